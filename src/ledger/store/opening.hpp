// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mark.hpp"
#include "segment_format.hpp"
#include "segment_reader.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What stands on a disk, found by reading only.
namespace comity::ledger {

struct FoundSegment {
    SegmentHeader header;
    std::uint64_t size = 0;  ///< of the file now
};

/// A group by its place in the last segment.
struct GroupPlace {
    std::uint64_t offset = 0;
    std::uint64_t extent = 0;
};

struct FoundStore {
    StoreIdentity identity;
    std::optional<FoundMark> mark;
    std::vector<FoundSegment> segments;  ///< in order, up to the first that is damaged
    ChainPoint end;                      ///< behind the last good group
    std::uint64_t end_offset = kBlock;   ///< the same, in the last segment
    std::optional<GroupPlace> last;      ///< the last good group, where the last segment has one
    std::optional<DroppedGroup> dropped;
    std::optional<StoreDamage> damage;

    /// Whether the mark says that the last group was durable.
    bool is_covered() const { return mark && mark->mark.durable.groups >= end.groups; }
};

/// Checks the headers of all segments, and the last two segments whole. The errors are those of
/// SegmentStore::open.
base::Expected<FoundStore, StoreError> find_store(base::Disk& disk,
                                                  const std::optional<StoreIdentity>& expected);

/// The mark alone: absent where there is none, kDamaged where it does not check.
base::Expected<std::optional<FoundMark>, StoreError> find_mark(base::Disk& disk);

/// The indices in the names of the segment files, in order.
base::Expected<std::vector<std::uint64_t>, StoreError> find_segments(base::Disk& disk);

}  // namespace comity::ledger
