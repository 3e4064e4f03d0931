// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Snapshots of a state that is derived from the entries, beside the segments
/// (docs/formats/segment.md): a start needs the entries behind it only. Opaque bytes; nothing is
/// lost where one is missing or does not check. That a snapshot is what the entries make it is for
/// its reader to know: its hash is in a record.
namespace comity::ledger {

/// Bytes of one snapshot.
inline constexpr std::size_t kMaxSnapshot = std::size_t{1} << 31;

struct Snapshot {
    std::uint64_t entries = 0;  ///< of the store that it covers, from the first on
    seal::Hash hash;            ///< SHA-256 of the bytes
    std::vector<std::byte> bytes;
    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// Writes a snapshot, durably, and removes all but it and the newest before it; its hash. One that
/// covers as many entries is replaced. kTooLarge, kNoSpace, kMedium; a store is not stopped by
/// them. Whoever calls is the one writer of the store.
base::Expected<seal::Hash, StoreError> write_snapshot(base::Disk& disk,
                                                      const StoreIdentity& identity,
                                                      std::uint64_t entries,
                                                      std::span<const std::byte> bytes);

/// The numbers of entries that snapshots by their names cover, in order.
base::Expected<std::vector<std::uint64_t>, StoreError> list_snapshots(base::Disk& disk);

/// The snapshot with this name. kNotFound; kDamaged, kOtherStore, kNewer where it does not check.
base::Expected<Snapshot, StoreError> read_snapshot(base::Disk& disk, const StoreIdentity& identity,
                                                   std::uint64_t entries);

/// The newest that checks and covers at most `entries`; absent where none does.
base::Expected<std::optional<Snapshot>, StoreError> newest_snapshot(base::Disk& disk,
                                                                    const StoreIdentity& identity,
                                                                    std::uint64_t entries);

}  // namespace comity::ledger
