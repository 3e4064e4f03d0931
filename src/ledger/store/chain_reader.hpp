// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segment_format.hpp"
#include "segment_reader.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

/// Reading across segments.
namespace comity::ledger {

/// The beginning of a group.
struct GroupStart {
    std::size_t segment = 0;
    std::uint64_t offset = kBlock;
    std::uint64_t groups = 0;   ///< before it
    std::uint64_t entries = 0;  ///< before it
};

/// The segments of a store, and where in them entries are. A resource; the disk outlives it.
class SegmentSet {
  public:
    SegmentSet(base::Disk& disk, std::vector<SegmentHeader> segments)
        : disk_(disk), segments_(std::move(segments)) {}

    std::size_t size() const { return segments_.size(); }
    const SegmentHeader& header(std::size_t segment) const { return segments_[segment]; }
    void add(const SegmentHeader& header) { segments_.push_back(header); }

    /// The file, open, its header checked again. It stays open while somebody holds it.
    base::Expected<std::shared_ptr<base::File>, StoreDamage> open(std::size_t segment);

    /// The group that holds this entry, which there is. By the headers, from the nearest place
    /// before it that is known.
    base::Expected<GroupStart, StoreDamage> find(std::uint64_t index);

  private:
    /// Bytes between places that are remembered.
    static constexpr std::uint64_t kStep = std::uint64_t{256} << 10;

    base::Disk& disk_;
    std::vector<SegmentHeader> segments_;
    std::map<std::size_t, std::vector<GroupStart>> places_;
    std::size_t open_segment_ = 0;
    std::shared_ptr<base::File> open_file_;
};

/// Reads groups in turn, each checked whole and against the one before. The errors say how many
/// entries are good; kMedium among them is no damage. A value that moves; the set outlives it.
class ChainReader {
  public:
    /// From `start` up to `end` entries, which is the end of a group.
    static base::Expected<ChainReader, StoreDamage> open(SegmentSet& set, const GroupStart& start,
                                                         std::uint64_t end, std::size_t ahead);

    bool at_end() const { return point_.entries >= end_; }
    std::uint64_t entries() const { return point_.entries; }
    std::uint64_t end() const { return end_; }

    /// The next group, where `at_end` is false.
    base::Expected<Group, StoreDamage> next(seal::Sha256& sha256);

  private:
    ChainReader(SegmentSet& set, std::uint64_t end, std::size_t ahead)
        : set_(&set), end_(end), ahead_(ahead) {}

    base::Expected<void, StoreDamage> enter(std::size_t segment);
    base::Expected<void, StoreDamage> enter_next(seal::Sha256& sha256);
    base::Unexpected<StoreDamage> fault(const GroupFault& fault) const;

    SegmentSet* set_;
    std::uint64_t end_;
    std::size_t ahead_;
    std::size_t segment_ = 0;
    std::uint64_t offset_ = kBlock;
    ChainPoint point_;
    std::shared_ptr<base::File> file_;
    std::unique_ptr<GroupReader> reader_;
};

}  // namespace comity::ledger
