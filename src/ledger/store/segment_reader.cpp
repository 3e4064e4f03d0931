// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "segment_reader.hpp"

#include <algorithm>

namespace comity::ledger {
namespace {

using Kind = GroupFault::Kind;

base::Unexpected<GroupFault> fault(Kind kind, const char* reason) {
    return base::Unexpected(GroupFault{.kind = kind, .reason = reason});
}

bool all_zero(std::span<const std::byte> bytes) {
    return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{0}; });
}

}  // namespace

base::Expected<std::span<std::byte>, GroupFault> GroupReader::bytes(std::uint64_t offset,
                                                                    std::size_t size) {
    const bool inside = offset >= std::max(window_begin_, moved_end_) &&
                        offset + size <= window_begin_ + window_.size();
    if (!inside) {
        moved_end_ = 0;
        window_.resize(std::max(size, ahead_));
        window_begin_ = offset;
        const auto read = file_.read_at(offset, window_);
        window_.resize(read.value_or(0));
        if (!read) {
            return base::Unexpected(GroupFault{
                .kind = Kind::kMedium, .reason = to_string(read.error()), .error = read.error()});
        }
    }
    const auto from = std::span(window_).subspan(offset - window_begin_);
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
    std::vector<std::byte> buffer(GroupReader::kAheadAll);
    Tail tail{.end = begin};
    // Twice over the same bytes: where they end is known only behind them.
    for (std::uint64_t offset = begin;; offset += buffer.size()) {
        const auto read = file.read_at(offset, buffer);
        if (!read) return base::Unexpected(read.error());
        for (std::size_t at = 0; at < *read; at += kBlock) {
            const auto block = std::span(buffer).subspan(at, std::min(kBlock, *read - at));
            if (all_zero(block)) continue;
            tail.end = offset + at + block.size();
            if (offset + at > begin && !tail.group && decode_group_header(block)) {
                tail.group = offset + at;
            }
        }
        if (*read < buffer.size()) break;
    }
    for (std::uint64_t offset = begin; offset < tail.end; offset += buffer.size()) {
        const auto part =
            std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), tail.end - offset));
        const auto read = file.read_at(offset, part);
        if (!read) return base::Unexpected(read.error());
        sha256.update(part.first(*read));
    }
    tail.hash = sha256.finish();
    return tail;
}

}  // namespace comity::ledger
