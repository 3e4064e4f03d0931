// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/ledger/format_error.hpp"
#include "comity/ledger/store.hpp"
#include "comity/ledger/tick.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::ledger {

/// What a store keeps of a second that was closed (docs/formats/ledger-folder.md): its tick, what
/// the tick covers, and the log's signature of the checkpoint that ends with it, where there is
/// one: of the ticks that become durable together the last is signed, and its checkpoint is over
/// the others. So the last tick of a store is always signed. The slots are made again from the
/// records and the ledger's secret. A value.
struct KeptTick {
    static constexpr std::size_t kBytes = 2 + 8 + 32 + 4 + 8 + 64;

    Tick tick;
    std::uint32_t slot_count = 0;
    std::uint64_t records = 0;           ///< that were kept before it
    base::Ed25519Signature signature{};  ///< all 0: unsigned. No key of a log signs so.

    bool is_signed() const { return signature != base::Ed25519Signature{}; }
    friend bool operator==(const KeptTick&, const KeptTick&) = default;
};

std::array<std::byte, KeptTick::kBytes> encode(const KeptTick& kept);
base::Expected<KeptTick, FormatError> decode_kept_tick(std::span<const std::byte> bytes);

/// Whether two entries are the same, but for the signature of a tick where one of them has none:
/// which ticks are signed depends on how they were grouped.
bool is_same_entry(EntryView a, EntryView b);

}  // namespace comity::ledger
