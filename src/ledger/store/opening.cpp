// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "opening.hpp"

#include "mark.hpp"
#include "segment_format.hpp"
#include "segment_reader.hpp"
#include "store_error.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace comity::ledger {
namespace {

/// Reads a store from its first file to its last; the first thing that does not check ends it.
class Finder {
  public:
    Finder(base::Disk& disk, const std::optional<StoreIdentity>& expected)
        : disk_(disk), expected_(expected) {}

    base::Expected<FoundStore, StoreError> find() {
        // First of all: what a writer adds from now on is ahead of the mark, never behind it.
        if (auto read = read_mark(); !read) return base::Unexpected(read.error());
        const auto names = find_segments(disk_);
        if (!names) return base::Unexpected(names.error());
        if (names->empty()) return base::Unexpected(no_segments());
        file_count_ = names->size();
        if (auto read = read_headers(*names); !read) return base::Unexpected(read.error());
        if (auto walked = walk_last_two(); !walked) return base::Unexpected(walked.error());
        // What looks like an incomplete last group was durable.
        if (found_.mark && found_.mark->mark.durable.groups > found_.end.groups) {
            damaged(where_it_ends("a group that was durable is not here"));
        }
        if (mark_damage_) damaged(*mark_damage_);
        if (found_.damage) {
            found_.damage->good_entries = found_.end.entries;
            found_.dropped.reset();
        }
        return std::move(found_);
    }

  private:
    // The first damage stands.
    void damaged(StoreError error) {
        if (!found_.damage) found_.damage = StoreDamage{.error = std::move(error)};
    }
    void damaged(std::string where, StoreFault fault = StoreFault::kDamaged) {
        damaged(StoreError{.fault = fault, .where = std::move(where)});
    }
    // In what is walked, which stands before whatever a header showed.
    void stop(const char* reason) {
        found_.damage.reset();
        damaged(where_it_ends(reason));
        stopped_ = true;
    }

    // A mark that is not good is damage; how far the entries are good is seen all the same.
    base::Expected<void, StoreError> read_mark() {
        auto mark = find_mark(disk_);
        if (!mark && mark.error().fault != StoreFault::kDamaged) {
            return base::Unexpected(mark.error());
        }
        if (!mark) {
            mark_damage_ = mark.error();
        } else if (*mark) {
            found_.mark = **mark;
        } else {
            mark_damage_ = {.fault = StoreFault::kDamaged,
                            .where = std::string(kMarkName) + ": missing"};
            mark_missing_ = true;
        }
        return {};
    }

    StoreError no_segments() const {
        const bool never_was = found_.mark ? found_.mark->mark.durable.groups == 0 : mark_missing_;
        if (never_was) return {.fault = StoreFault::kNotFound, .where = "there is no segment"};
        return {.fault = StoreFault::kDamaged, .where = "there is a mark and no segment"};
    }

    base::Expected<void, StoreError> read_headers(const std::vector<std::uint64_t>& names) {
        bool none_is_ours = true;
        for (const std::uint64_t first : names) {
            const std::string name = segment_name(first);
            auto segment = read_header(name);
            if (!segment && segment.error().fault != StoreFault::kDamaged) {
                return base::Unexpected(segment.error());
            }
            if (!segment) {
                damaged(segment.error());
                break;
            }
            if (found_.segments.empty()) set_identity(segment->header.identity);
            if (segment->header.identity != found_.identity) {
                damaged(name, StoreFault::kOtherStore);
                break;
            }
            none_is_ours = false;
            if (const char* misfit = misfit_of(first, *segment)) {
                damaged(place(name, 0, misfit));
                break;
            }
            found_.segments.push_back(*std::move(segment));
        }
        if (found_.segments.empty()) set_identity({});
        found_.end = genesis_of(found_.identity);
        const bool other_mark = found_.mark && found_.mark->mark.identity != found_.identity;
        if (other_mark) mark_damage_ = {.fault = StoreFault::kOtherStore, .where = kMarkName};
        if (expected_ && none_is_ours && (other_mark || !found_.mark) &&
            found_.damage->error.fault == StoreFault::kOtherStore) {
            return base::Unexpected(found_.damage->error);
        }
        if (other_mark) found_.mark.reset();
        return {};
    }

    // Whose store it is: whose it is expected to be, else as the mark says, else the first segment.
    void set_identity(const StoreIdentity& of_first_segment) {
        found_.identity = of_first_segment;
        if (found_.mark) found_.identity = found_.mark->mark.identity;
        if (expected_) found_.identity = *expected_;
    }

    base::Expected<FoundSegment, StoreError> read_header(const std::string& name) {
        const auto file = disk_.open(name);
        if (!file) return failed(file.error(), name);
        Block block{};
        const auto size = (*file)->size();
        if (!size) return failed(size.error(), name);
        const auto read = (*file)->read_at(0, block);
        if (!read) return failed(read.error(), name);
        const auto header = decode_segment_header(std::span(block).first(*read));
        if (!header && header.error() == BlockFault::kVersion) {
            return refused(StoreFault::kNewer, newer_format(name, version_in(block)));
        }
        if (!header) {
            return refused(StoreFault::kDamaged, place(name, 0, to_string(header.error())));
        }
        return FoundSegment{.header = *header, .size = *size};
    }

    // Why this cannot be the next segment; null where it can.
    const char* misfit_of(std::uint64_t first, const FoundSegment& segment) const {
        const SegmentHeader& header = segment.header;
        const bool is_first = found_.segments.empty();
        if (header.number != found_.segments.size()) return "this is not the next segment";
        if (header.before.entries != first) return "the file has the name of another";
        if (segment.size < header.size) return "the file is shorter than it was made";
        if (is_first && header.before != genesis_of(found_.identity)) {
            return "the chain does not begin here";
        }
        if (!is_first && (header.before.groups <= found_.segments.back().header.before.groups)) {
            return "the segment before it would hold nothing";
        }
        return nullptr;
    }

    base::Expected<void, StoreError> walk_last_two() {
        std::vector<FoundSegment>& segments = found_.segments;
        const std::size_t count = segments.size();
        for (std::size_t i = count - std::min<std::size_t>(2, count); i < segments.size(); ++i) {
            if (auto walked = walk(i); !walked) return base::Unexpected(walked.error());
            const bool joins = i + 1 == count || found_.end == segments[i + 1].header.before;
            if (!joins && !stopped_) stop("groups are missing");
            if (stopped_) segments.resize(i + 1);
        }
        return {};
    }

    // Goes through the groups of a segment and through what is behind them.
    base::Expected<void, StoreError> walk(std::size_t i) {
        const std::string name = segment_name(found_.segments[i].header.before.entries);
        const auto file = disk_.open(name);
        if (!file) return failed(file.error(), name);
        walked_ = name;
        found_.end = found_.segments[i].header.before;
        found_.end_offset = kBlock;
        found_.last.reset();
        GroupFault fault;
        if (differs_from_mark(found_.end)) {
            fault = {.kind = GroupFault::Kind::kWrong, .reason = kOtherMark};
        } else {
            fault = walk_groups(**file);
        }
        if (fault.kind == GroupFault::Kind::kMedium) return failed(fault.error, name);
        if (fault.kind == GroupFault::Kind::kWrong) {
            stop(fault.reason);
            return {};
        }
        const auto tail = read_tail(sha256_, **file, found_.end_offset);
        if (!tail) return failed(tail.error(), name);
        judge_tail(i, fault, *tail);
        return {};
    }

    GroupFault walk_groups(base::File& file) {
        GroupReader reader(file, GroupReader::kAheadAll);
        for (;;) {
            const auto group = reader.group(sha256_, found_.end_offset, found_.end);
            if (!group) return group.error();
            if (differs_from_mark(group->end())) {
                return {.kind = GroupFault::Kind::kWrong, .reason = kOtherMark};
            }
            found_.end = group->end();
            found_.end_offset = group->end_offset();
            found_.last = GroupPlace{.offset = group->offset, .extent = group->extent};
        }
    }

    // Only an incomplete last group goes, and only where nothing follows it. Whether it was durable
    // is seen by the mark.
    void judge_tail(std::size_t i, const GroupFault& fault, const Tail& tail) {
        const bool none = tail.end == found_.end_offset;
        if (none) return;
        const bool is_last_file = i + 1 == file_count_;
        if (is_last_file && !tail.group) {
            found_.dropped = DroppedGroup{.after = found_.end.entries,
                                          .bytes = tail.end - found_.end_offset,
                                          .hash = tail.hash};
            return;
        }
        stop(fault.kind == GroupFault::Kind::kNone ? "bytes where there is no group"
                                                   : fault.reason);
    }

    bool differs_from_mark(const ChainPoint& point) const {
        return found_.mark && found_.mark->mark.durable.groups == point.groups &&
               found_.mark->mark.durable != point;
    }

    std::string where_it_ends(const char* what) const {
        return place(walked_, found_.end_offset, what);
    }

    static constexpr const char* kOtherMark = "the mark says another hash";

    base::Disk& disk_;
    const std::optional<StoreIdentity>& expected_;
    seal::Sha256 sha256_;
    FoundStore found_;
    std::size_t file_count_ = 0;
    std::optional<StoreError> mark_damage_;
    bool mark_missing_ = false;
    std::string walked_ = segment_name(0);  // the segment that is, or was last, gone through
    bool stopped_ = false;
};

}  // namespace

base::Expected<FoundStore, StoreError> find_store(base::Disk& disk,
                                                  const std::optional<StoreIdentity>& expected) {
    return Finder(disk, expected).find();
}

base::Expected<std::optional<FoundMark>, StoreError> find_mark(base::Disk& disk) {
    const auto file = disk.open(kMarkName);
    if (!file && file.error() == base::DiskError::kNotFound) return std::nullopt;
    if (!file) return failed(file.error(), kMarkName);
    std::array<std::byte, kBlock + 1> bytes{};  // one more, to see where there is more
    const auto read = (*file)->read_at(0, bytes);
    if (!read) return failed(read.error(), kMarkName);
    const auto mark = decode_mark(std::span(bytes).first(*read));
    if (mark) return *mark;
    if (mark.error() == BlockFault::kVersion) {
        return refused(StoreFault::kNewer, newer_format(kMarkName, mark_version_in(bytes)));
    }
    return refused(StoreFault::kDamaged, place(kMarkName, 0, to_string(mark.error())));
}

base::Expected<std::vector<std::uint64_t>, StoreError> find_segments(base::Disk& disk) {
    const auto names = disk.list();
    if (!names) return failed(names.error(), "the directory");
    std::vector<std::uint64_t> found;
    for (const std::string& name : *names) {
        if (const auto first = first_entry_of(name)) found.push_back(*first);
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace comity::ledger
