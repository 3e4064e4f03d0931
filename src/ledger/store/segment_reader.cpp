// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "segment_reader.hpp"

#include "block_codec.hpp"
#include "segment_format.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace comity::ledger {
namespace {

using Kind = GroupFault::Kind;

base::Unexpected<GroupFault> fault(Kind kind, const char* reason) {
    return base::Unexpected(GroupFault{.kind = kind, .reason = reason});
}

}  // namespace

base::Expected<void, base::DiskError> ReadBuffer::read(base::File& file, std::uint64_t offset,
                                                       std::size_t count) {
    if (count > capacity_) {
        bytes_ = std::make_unique_for_overwrite<std::byte[]>(count);
        capacity_ = count;
    }
    size_ = 0;
    const auto read = file.read_at(offset, {bytes_.get(), count});
    if (!read) return base::Unexpected(read.error());
    size_ = *read;
    return {};
}

base::Expected<std::span<std::byte>, GroupFault> GroupReader::bytes(std::uint64_t offset,
                                                                    std::size_t size) {
    const bool inside = offset >= std::max(window_begin_, moved_end_) &&
                        offset + size <= window_begin_ + window_.bytes().size();
    if (!inside) {
        moved_end_ = 0;
        window_begin_ = offset;
        const auto read = window_.read(file_, offset, std::max(size, ahead_));
        if (!read) {
            return base::Unexpected(GroupFault{
                .kind = Kind::kMedium, .reason = to_string(read.error()), .error = read.error()});
        }
    }
    const auto from = window_.bytes().subspan(offset - window_begin_);
    return from.first(std::min(size, from.size()));
}

base::Expected<GroupHeader, GroupFault> GroupReader::header(std::uint64_t offset,
                                                            std::uint64_t number,
                                                            std::uint64_t first_entry) {
    const auto block = bytes(offset, kBlock);
    if (!block) return base::Unexpected(block.error());
    if (all_zero(*block)) return fault(Kind::kNone, "no group begins here");
    const auto header = decode_group_header(*block);
    if (!header) {
        const bool value = header.error() == BlockFault::kValue;
        return fault(value ? Kind::kWrong : Kind::kTorn, to_string(header.error()));
    }
    if (header->before.groups != number || header->before.entries != first_entry) {
        return fault(Kind::kWrong, "a group that belongs elsewhere");
    }
    return *header;
}

base::Expected<Group, GroupFault> GroupReader::group(seal::Sha256& sha256, std::uint64_t offset,
                                                     const ChainPoint& at) {
    const auto header = this->header(offset, at.groups, at.entries);
    if (!header) return base::Unexpected(header.error());
    if (header->before.last != at.last) {
        return fault(Kind::kWrong, "the hash of the group before is another");
    }
    const std::uint64_t extent = group_extent(header->length);
    const auto whole = bytes(offset, extent);
    if (!whole) return base::Unexpected(whole.error());
    if (whole->size() < extent) return fault(Kind::kTorn, "the file ends within the group");
    const auto checked = check_group(sha256, *header, *whole);
    moved_end_ = offset + extent;
    if (!checked) {
        const bool torn = checked.error().torn;
        return fault(torn ? Kind::kTorn : Kind::kWrong, checked.error().reason);
    }
    return Group{.header = *header,
                 .hash = checked->hash,
                 .entries = checked->entries,
                 .offset = offset,
                 .extent = extent};
}

base::Expected<Tail, base::DiskError> read_tail(seal::Sha256& sha256, base::File& file,
                                                std::uint64_t begin) {
    constexpr std::size_t kPart = GroupReader::kAheadAll;
    ReadBuffer buffer;
    Tail tail{.end = begin};
    // Twice over the same bytes: where they end is known only behind them.
    for (std::uint64_t offset = begin;; offset += kPart) {
        if (auto read = buffer.read(file, offset, kPart); !read) {
            return base::Unexpected(read.error());
        }
        const auto part = buffer.bytes();
        for (std::size_t at = 0; at < part.size(); at += kBlock) {
            const auto block = part.subspan(at, std::min(kBlock, part.size() - at));
            if (all_zero(block)) continue;
            tail.end = offset + at + block.size();
            if (offset + at > begin && !tail.group && decode_group_header(block)) {
                tail.group = offset + at;
            }
        }
        if (part.size() < kPart) break;
    }
    for (std::uint64_t offset = begin; offset < tail.end; offset += kPart) {
        const auto count = std::min<std::uint64_t>(kPart, tail.end - offset);
        if (auto read = buffer.read(file, offset, count); !read) {
            (void)sha256.finish();
            return base::Unexpected(read.error());
        }
        sha256.update(buffer.bytes());
    }
    tail.hash = sha256.finish();
    return tail;
}

}  // namespace comity::ledger
