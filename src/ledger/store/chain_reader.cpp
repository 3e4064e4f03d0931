// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "chain_reader.hpp"

#include "segment_format.hpp"
#include "segment_reader.hpp"
#include "store_error.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace comity::ledger {
namespace {

base::Unexpected<StoreDamage> damage(StoreError error, std::uint64_t good_entries) {
    return base::Unexpected(StoreDamage{.error = std::move(error), .good_entries = good_entries});
}

base::Unexpected<StoreDamage> group_damage(const GroupFault& fault, const std::string& name,
                                           std::uint64_t offset, std::uint64_t good_entries) {
    if (fault.kind == GroupFault::Kind::kMedium) {
        return damage(store_error(fault.error, name), good_entries);
    }
    return damage({.fault = StoreFault::kDamaged, .where = place(name, offset, fault.reason)},
                  good_entries);
}

}  // namespace

base::Expected<std::shared_ptr<base::File>, StoreDamage> SegmentSet::open(std::size_t segment) {
    if (open_file_ && open_segment_ == segment) return open_file_;
    const SegmentHeader& expected = segments_[segment];
    const std::uint64_t good = expected.before.entries;
    const std::string name = segment_name(good);
    auto file = disk_.open(name);
    if (!file && file.error() == base::DiskError::kNotFound) {
        return damage({.fault = StoreFault::kDamaged, .where = name + ": missing"}, good);
    }
    if (!file) return damage(store_error(file.error(), name), good);
    Block block{};
    const auto read = (*file)->read_at(0, block);
    if (!read) return damage(store_error(read.error(), name), good);
    const auto header = decode_segment_header(std::span(block).first(*read));
    if (!header || *header != expected) {
        return damage({.fault = StoreFault::kDamaged,
                       .where = place(name, 0, "the header is no longer what it was")},
                      good);
    }
    open_segment_ = segment;
    open_file_ = *std::move(file);
    return open_file_;
}

base::Expected<GroupStart, StoreDamage> SegmentSet::find(std::uint64_t index) {
    const auto behind = std::upper_bound(
        segments_.begin(), segments_.end(), index,
        [](std::uint64_t i, const SegmentHeader& header) { return i < header.before.entries; });
    COMITY_CHECK(behind != segments_.begin());
    const auto segment = static_cast<std::size_t>(behind - segments_.begin() - 1);
    const auto file = open(segment);
    if (!file) return base::Unexpected(file.error());
    std::vector<GroupStart>& places = places_[segment];
    if (places.empty()) {
        const ChainPoint& before = segments_[segment].before;
        places.push_back({.segment = segment, .groups = before.groups, .entries = before.entries});
    }
    GroupStart at = *std::prev(std::upper_bound(
        places.begin(), places.end(), index,
        [](std::uint64_t i, const GroupStart& place) { return i < place.entries; }));
    GroupReader reader(**file, GroupReader::kAheadOne);
    for (;;) {
        const auto header = reader.header(at.offset, at.groups, at.entries);
        if (!header) {
            const std::string name = segment_name(segments_[segment].before.entries);
            return group_damage(header.error(), name, at.offset, at.entries);
        }
        if (index - at.entries < header->count) return at;
        at.offset += group_extent(header->length);
        at.groups += 1;
        at.entries += header->count;
        if (at.offset >= places.back().offset + kStep) places.push_back(at);
    }
}

base::Expected<ChainReader, StoreDamage> ChainReader::open(SegmentSet& set, const GroupStart& start,
                                                           std::uint64_t end, std::size_t ahead) {
    ChainReader reader(set, end, ahead);
    if (auto entered = reader.enter(start.segment); !entered) {
        return base::Unexpected(entered.error());
    }
    if (start.offset > kBlock) {
        const auto header = reader.reader_->header(start.offset, start.groups, start.entries);
        reader.offset_ = start.offset;
        if (!header) return reader.fault(header.error());
        reader.point_ = header->before;
    }
    return reader;
}

base::Expected<void, StoreDamage> ChainReader::enter(std::size_t segment) {
    auto file = set_->open(segment);
    if (!file) return base::Unexpected(file.error());
    file_ = *std::move(file);
    reader_ = std::make_unique<GroupReader>(*file_, ahead_);
    segment_ = segment;
    offset_ = kBlock;
    point_ = set_->header(segment).before;
    return {};
}

// Behind the last group of a segment that has one behind it, nothing was ever written.
base::Expected<void, StoreDamage> ChainReader::enter_next(seal::Sha256& sha256) {
    if (point_ != set_->header(segment_ + 1).before) {
        return fault({.kind = GroupFault::Kind::kWrong, .reason = "another segment follows"});
    }
    const auto tail = read_tail(sha256, *file_, offset_);
    if (!tail) return fault({.kind = GroupFault::Kind::kMedium, .error = tail.error()});
    if (tail->end != offset_) {
        return fault({.kind = GroupFault::Kind::kWrong, .reason = "bytes where there is no group"});
    }
    return enter(segment_ + 1);
}

base::Expected<Group, StoreDamage> ChainReader::next(seal::Sha256& sha256) {
    COMITY_CHECK(!at_end());
    if (segment_ + 1 < set_->size() &&
        point_.entries >= set_->header(segment_ + 1).before.entries) {
        if (auto entered = enter_next(sha256); !entered) return base::Unexpected(entered.error());
    }
    const auto group = reader_->group(sha256, offset_, point_);
    if (!group) return fault(group.error());
    point_ = group->end();
    offset_ = group->end_offset();
    return *group;
}

base::Unexpected<StoreDamage> ChainReader::fault(const GroupFault& fault) const {
    const std::string name = segment_name(set_->header(segment_).before.entries);
    return group_damage(fault, name, offset_, point_.entries);
}

}  // namespace comity::ledger
