// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/ledger/format_error.hpp"
#include "comity/ledger/tick.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::ledger {

/// What a store keeps of a second that was closed (docs/formats/ledger-folder.md): its tick, what
/// the tick covers, and the log's signature of the checkpoint that ends with it. The slots are made
/// again from the records and the ledger's secret. A value.
struct KeptTick {
    static constexpr std::size_t kBytes = 2 + 8 + 32 + 4 + 8 + 64;

    Tick tick;
    std::uint32_t slot_count = 0;
    std::uint64_t records = 0;  ///< that were kept before it
    base::Ed25519Signature signature{};
    friend bool operator==(const KeptTick&, const KeptTick&) = default;
};

std::array<std::byte, KeptTick::kBytes> encode(const KeptTick& kept);
base::Expected<KeptTick, FormatError> decode_kept_tick(std::span<const std::byte> bytes);

}  // namespace comity::ledger
