// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "segment_writer.hpp"

#include "mark.hpp"
#include "opening.hpp"
#include "segment_format.hpp"
#include "store_error.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace comity::ledger {
namespace {

constexpr const char* kNewSegment = "segment.new";
constexpr const char* kNewMark = "mark.new";
constexpr const char* kDirectory = "the directory";

using Done = base::Expected<void, StoreError>;

std::uint64_t whole_blocks(std::uint64_t size) {
    return (size + kBlock - 1) / kBlock * kBlock;
}

Done remove_if_there(base::Disk& disk, const char* name) {
    const auto removed = disk.remove(name);
    if (!removed && removed.error() != base::DiskError::kNotFound) {
        return failed(removed.error(), name);
    }
    return {};
}

Done sync_names(base::Disk& disk) {
    if (const auto synced = disk.sync_directory(); !synced) {
        return failed(synced.error(), kDirectory);
    }
    return {};
}

// A file of `size` bytes that begins with `block`, durable but for its name.
base::Expected<std::unique_ptr<base::File>, StoreError> make_file(base::Disk& disk,
                                                                  const char* name,
                                                                  const Block& block,
                                                                  std::uint64_t size) {
    if (auto removed = remove_if_there(disk, name); !removed) {
        return base::Unexpected(removed.error());
    }
    auto file = disk.create(name);
    if (!file) return failed(file.error(), name);
    if (const auto room = (*file)->preallocate(size); !room) return failed(room.error(), name);
    if (const auto written = (*file)->write_at(0, block); !written) {
        return failed(written.error(), name);
    }
    if (const auto synced = (*file)->sync(); !synced) return failed(synced.error(), name);
    return *std::move(file);
}

Done rename_to(base::Disk& disk, const char* from, const std::string& to) {
    if (const auto renamed = disk.rename(from, to); !renamed) return failed(renamed.error(), to);
    return {};
}

Done within_limits(std::span<const EntryView> group) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < group.size(); ++i) {
        COMITY_CHECK(group[i].kind == EntryKind::kRecord || group[i].kind == EntryKind::kTick);
        if (group[i].bytes.size() > Store::kMaxEntry) {
            return refused(StoreFault::kTooLarge, "entry " + std::to_string(i) + " of the group");
        }
        bytes += group[i].bytes.size();
    }
    if (group.size() > Store::kMaxGroupEntries || bytes > Store::kMaxGroup) {
        return refused(StoreFault::kTooLarge, "the group");
    }
    return {};
}

}  // namespace

// The mark comes first: a segment without a mark is damage, a mark that says nothing without a
// segment is a store that never was.
Done make_store(base::Disk& disk, const StoreIdentity& identity, std::uint64_t segment_size) {
    const ChainPoint genesis = genesis_of(identity);
    const Block mark = encode_mark_file({.identity = identity, .durable = genesis});
    if (auto made = make_file(disk, kNewMark, mark, kBlock); !made) {
        return base::Unexpected(made.error());
    }
    const std::uint64_t size = std::max<std::uint64_t>(whole_blocks(segment_size), 2 * kBlock);
    const SegmentHeader header{.identity = identity, .size = size, .before = genesis};
    if (auto made = make_file(disk, kNewSegment, encode(header), size); !made) {
        return base::Unexpected(made.error());
    }
    return rename_to(disk, kNewMark, kMarkName).and_then([&] {
        return rename_to(disk, kNewSegment, segment_name(0));
    });
}

base::Expected<std::unique_ptr<SegmentWriter>, StoreError> SegmentWriter::open(
    base::Disk& disk, std::unique_ptr<base::DiskLock> lock, const FoundStore& found,
    std::uint64_t segment_size) {
    COMITY_CHECK(!found.damage && found.mark && !found.segments.empty());
    auto mark = disk.open(kMarkName);
    if (!mark) return failed(mark.error(), kMarkName);
    std::unique_ptr<SegmentWriter> writer(
        new SegmentWriter(disk, std::move(lock), MarkFile(*std::move(mark), *found.mark)));
    writer->segment_size_ = whole_blocks(segment_size);
    writer->segment_ = found.segments.back().header;
    writer->file_size_ = found.segments.back().size;
    writer->end_offset_ = found.end_offset;
    writer->has_remains_ = found.dropped.has_value();
    const std::string name = segment_name(writer->segment_.before.entries);
    auto file = disk.open(name);
    if (!file) return failed(file.error(), name);
    writer->file_ = *std::move(file);
    if (auto confirmed = writer->confirm(found); !confirmed) {
        return base::Unexpected(confirmed.error());
    }
    return writer;
}

// What stands behind the mark may be in the system's memory only, where an earlier sync failed and
// the machine went on: the name of the last segment, its last group and the zeros behind it.
Done SegmentWriter::confirm(const FoundStore& found) {
    for (const char* name : {kNewSegment, kNewMark}) {
        if (auto removed = remove_if_there(disk_, name); !removed) return removed;
    }
    if (auto synced = sync_names(disk_); !synced) return synced;
    if (found.is_covered()) return {};
    if (found.last) {
        if (auto written = write_again(*found.last); !written) return written;
    }
    return mark_.write(found.end);
}

Done SegmentWriter::write_again(const GroupPlace& place) {
    const std::string name = segment_name(segment_.before.entries);
    buffer_.resize(place.extent);
    const auto read = file_->read_at(place.offset, buffer_);
    if (!read) return failed(read.error(), name);
    if (const auto written = file_->write_at(place.offset, buffer_); !written) {
        return failed(written.error(), name);
    }
    if (!has_remains_) {
        if (auto written = write_zeros(end_offset_); !written) return written;
    }
    if (const auto synced = file_->sync(); !synced) return failed(synced.error(), name);
    return {};
}

Done SegmentWriter::append(std::span<const EntryView> group) {
    if (stopped_) return refused(StoreFault::kStopped, "");
    if (group.empty()) return {};
    if (auto checked = within_limits(group); !checked) return checked;
    auto written = write(group);
    if (!written) stopped_ = true;
    return written;
}

Done SegmentWriter::write(std::span<const EntryView> group) {
    ChainPoint end = this->end();
    end.last = encode_group(sha256_, end, group, buffer_);
    ++end.groups;
    end.entries += group.size();
    if (auto made = make_room(buffer_.size()); !made) return made;
    const std::string name = segment_name(segment_.before.entries);
    if (const auto written = file_->write_at(end_offset_, buffer_); !written) {
        return failed(written.error(), name);
    }
    if (const auto synced = file_->sync(); !synced) return failed(synced.error(), name);
    end_offset_ += buffer_.size();
    if (has_remains_) {
        if (auto written = write_zeros(end_offset_); !written) return written;
        if (const auto synced = file_->sync(); !synced) return failed(synced.error(), name);
        has_remains_ = false;
    }
    return mark_.write(end);
}

Done SegmentWriter::make_room(std::uint64_t extent) {
    if (extent <= file_size_ - end_offset_) return {};
    const bool is_empty = end_offset_ == kBlock;
    if (!has_remains_ && !is_empty) return roll_over(extent);
    // The group goes over the remains, and no segment stays empty: so this one grows.
    if (const auto room = file_->preallocate(end_offset_ + extent); !room) {
        return failed(room.error(), segment_name(segment_.before.entries));
    }
    file_size_ = end_offset_ + extent;
    return {};
}

// The new file has its name only when its header is durable, and a group only when its name is.
Done SegmentWriter::roll_over(std::uint64_t extent) {
    const std::uint64_t size = std::max<std::uint64_t>(segment_size_, kBlock + extent);
    const SegmentHeader header{.identity = segment_.identity,
                               .number = segment_.number + 1,
                               .size = size,
                               .before = end()};
    auto file = make_file(disk_, kNewSegment, encode(header), size);
    if (!file) return base::Unexpected(file.error());
    auto named = rename_to(disk_, kNewSegment, segment_name(header.before.entries)).and_then([&] {
        return sync_names(disk_);
    });
    if (!named) return named;
    segment_ = header;
    file_ = *std::move(file);
    file_size_ = size;
    end_offset_ = kBlock;
    return {};
}

Done SegmentWriter::write_zeros(std::uint64_t from) {
    constexpr std::uint64_t kPart = std::uint64_t{1} << 20;
    const std::vector<std::byte> zeros(std::min(kPart, file_size_ - from));
    while (from < file_size_) {
        const auto part = std::span(zeros).first(std::min(kPart, file_size_ - from));
        if (const auto written = file_->write_at(from, part); !written) {
            return failed(written.error(), segment_name(segment_.before.entries));
        }
        from += part.size();
    }
    return {};
}

Done SegmentWriter::close() {
    if (stopped_) return refused(StoreFault::kStopped, "");
    stopped_ = true;
    auto synced = mark_.sync();
    lock_.reset();
    return synced;
}

}  // namespace comity::ledger
