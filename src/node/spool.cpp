// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/spool.hpp"

#include "spool_format.hpp"

#include "comity/accord/ids.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace comity::node {
namespace {

constexpr const char* kName = "spool";
constexpr const char* kNewName = "spool.new";

base::Unexpected<SpoolError> refused(SpoolFault fault, std::string where) {
    return base::Unexpected(SpoolError{.fault = fault, .where = std::move(where)});
}

base::Unexpected<SpoolError> failed(base::DiskError error, const std::string& where) {
    const bool is_full = error == base::DiskError::kNoSpace;
    return refused(is_full ? SpoolFault::kNoSpace : SpoolFault::kMedium,
                   where + ": " + to_string(error));
}

bool is_size(std::uint64_t bytes) {
    return bytes >= kMinSpool && bytes <= kMaxSpool && bytes % kBlock == 0;
}

// An empty spool, whole before it has its name.
base::Expected<void, base::DiskError> create(base::Disk& disk, std::uint64_t bytes) {
    if (auto gone = disk.remove(kNewName); !gone && gone.error() != base::DiskError::kNotFound) {
        return gone;
    }
    const auto file = disk.create(kNewName);
    if (!file) return base::Unexpected(file.error());
    seal::Sha256 sha256;
    const auto mark = encode_mark(sha256, {.size = bytes});
    return (*file)
        ->preallocate(bytes)
        .and_then([&] { return (*file)->write_at(0, mark); })
        .and_then([&] { return (*file)->sync(); })
        .and_then([&] { return disk.rename(kNewName, kName); })
        .and_then([&] { return disk.sync_directory(); });
}

// The mark that counts: of two that check the later.
base::Expected<SpoolMark, SpoolError> find_mark(seal::Sha256& sha256,
                                                std::span<const std::byte> blocks) {
    std::optional<SpoolMark> found;
    for (std::size_t at = 0; at + kBlock <= blocks.size(); at += kBlock) {
        const auto block = blocks.subspan(at, kBlock);
        if (const auto version = mark_version(block); version > kSpoolVersion) {
            return refused(SpoolFault::kNewer, std::string(kName) + ": format " +
                                                   std::to_string(version) +
                                                   "; this program knows formats up to " +
                                                   std::to_string(kSpoolVersion));
        }
        const auto mark = decode_mark(sha256, block);
        if (mark && (!found || found->sequence < mark->sequence)) found = mark;
    }
    if (!found || !is_size(found->size)) {
        return refused(SpoolFault::kDamaged,
                       std::string(kName) + " at 0: expected a mark in one of two blocks");
    }
    return *found;
}

// So many bytes of the file; fewer are damage.
base::Expected<std::vector<std::byte>, SpoolError> read(base::File& file, std::uint64_t offset,
                                                        std::uint64_t count) {
    const auto size = file.size();
    if (!size) return failed(size.error(), kName);
    if (*size < offset + count) {
        return refused(SpoolFault::kDamaged, std::string(kName) + ": " + std::to_string(*size) +
                                                 " bytes, expected " +
                                                 std::to_string(offset + count));
    }
    std::vector<std::byte> bytes(count);
    const auto done = file.read_at(offset, bytes);
    if (!done) return failed(done.error(), kName);
    if (*done != count) return failed(base::DiskError::kIo, kName);
    return bytes;
}

}  // namespace

const char* to_string(SpoolFault fault) {
    switch (fault) {
        case SpoolFault::kLimits:
            return "the size of the spool is outside its limits";
        case SpoolFault::kTooLarge:
            return "the warning is too large for the spool";
        case SpoolFault::kAddressees:
            return "no addressees, too many, or one that is no party's id";
        case SpoolFault::kFull:
            return "the spool is full";
        case SpoolFault::kNumber:
            return "no entry of this number was ever given";
        case SpoolFault::kStopped:
            return "the spool stopped after a write that failed";
        case SpoolFault::kNoSpace:
            return "no space left";
        case SpoolFault::kMedium:
            return "the medium failed, or does not permit it";
        case SpoolFault::kDamaged:
            return "the file says nowhere what was filed";
        case SpoolFault::kNewer:
            return "the spool is of a newer format";
    }
    return "unknown fault";
}

base::Expected<std::unique_ptr<Spool>, SpoolError> Spool::open(base::Disk& disk,
                                                               const SpoolLimits& limits) {
    if (!is_size(limits.bytes)) {
        return refused(SpoolFault::kLimits, std::to_string(limits.bytes) + " bytes");
    }
    auto file = disk.open(kName);
    if (!file && file.error() == base::DiskError::kNotFound) {
        if (const auto made = create(disk, limits.bytes); !made) return failed(made.error(), kName);
        file = disk.open(kName);
    }
    if (!file) return failed(file.error(), kName);
    std::unique_ptr<Spool> spool(new Spool);
    spool->file_ = *std::move(file);
    const auto marks = read(*spool->file_, 0, kMarks);
    if (!marks) return base::Unexpected(marks.error());
    const auto mark = find_mark(spool->sha256_, *marks);
    if (!mark) return base::Unexpected(mark.error());
    const auto area = read(*spool->file_, kMarks, mark->size - kMarks);
    if (!area) return base::Unexpected(area.error());
    spool->blocks_ = area->size() / kBlock;
    spool->sequence_ = mark->sequence;
    spool->filed_ = mark->filed;
    spool->find_entries(*area);
    if (const auto done = spool->make_durable(*area); !done) return base::Unexpected(done.error());
    // Its name too may be from a program that could not sync it.
    if (const auto done = disk.sync_directory(); !done) return failed(done.error(), kName);
    return spool;
}

// Wherever they are: numbers say their order, and what was filed and is still there does not count.
void Spool::find_entries(const std::vector<std::byte>& area) {
    std::map<std::uint64_t, std::pair<Spooled, Extent>> found;
    for (std::uint64_t at = 0; at < blocks_;) {
        auto entry = decode_entry(sha256_, std::span(area).subspan(at * kBlock));
        if (!entry) {
            ++at;
            continue;
        }
        const Extent extent{.begin = at, .count = entry->blocks};
        at += entry->blocks;
        const std::uint64_t number = entry->spooled.number;
        if (number > filed_) found.emplace(number, std::pair(std::move(entry->spooled), extent));
    }
    last_number_ = found.empty() ? filed_ : found.rbegin()->first;
    missing_ = last_number_ - filed_ - found.size();
    for (auto& [number, one] : found) {
        pending_.push_back(std::move(one.first));
        extents_.push_back(one.second);
    }
}

// After a sync that failed, what a file shows may be in the memory of the system only: it is
// written again before anything is built on it.
base::Expected<void, SpoolError> Spool::make_durable(const std::vector<std::byte>& area) {
    for (const Extent& extent : extents_) {
        const auto bytes = std::span(area).subspan(extent.begin * kBlock, extent.count * kBlock);
        if (const auto done = file_->write_at(kMarks + extent.begin * kBlock, bytes); !done) {
            return failed(done.error(), kName);
        }
    }
    return write((sequence_ % 2) * kBlock, mark(), kName);
}

std::vector<std::byte> Spool::mark() const {
    seal::Sha256 sha256;
    return encode_mark(sha256,
                       {.sequence = sequence_, .size = kMarks + blocks_ * kBlock, .filed = filed_});
}

base::Expected<void, SpoolError> Spool::write(std::uint64_t offset,
                                              std::span<const std::byte> bytes,
                                              const std::string& what) {
    const auto done = file_->write_at(offset, bytes).and_then([&] { return file_->sync(); });
    if (done) return {};
    stopped_ = true;
    return failed(done.error(), what);
}

// The first of so many free blocks, behind the last entry where they are; blocks_ where there are
// none.
std::uint64_t Spool::place_for(std::uint64_t count) const {
    if (extents_.empty()) return count <= blocks_ ? 0 : blocks_;
    const std::uint64_t head = extents_.back().begin + extents_.back().count;
    const auto is_free = [&](std::uint64_t begin) {
        return begin + count <= blocks_ && std::ranges::none_of(extents_, [&](const Extent& used) {
                   return begin < used.begin + used.count && used.begin < begin + count;
               });
    };
    if (is_free(head)) return head;
    return is_free(0) ? 0 : blocks_;
}

base::Expected<std::uint64_t, SpoolError> Spool::append(const SpoolEntry& entry) {
    if (stopped_) return refused(SpoolFault::kStopped, kName);
    if (entry.payload.size() > kMaxSpoolPayload) {
        return refused(SpoolFault::kTooLarge, std::to_string(entry.payload.size()) +
                                                  " bytes, more than " +
                                                  std::to_string(kMaxSpoolPayload));
    }
    const bool are_parties = std::ranges::all_of(
        entry.addressees, [](const accord::PartyId& id) { return accord::is_id(id.value()); });
    if (entry.addressees.empty() || entry.addressees.size() > kMaxSpoolAddressees || !are_parties) {
        return refused(SpoolFault::kAddressees,
                       "expected 1 to " + std::to_string(kMaxSpoolAddressees) + " ids of parties");
    }
    const std::uint64_t count = block_count(entry);
    if (count > blocks_) {
        return refused(SpoolFault::kTooLarge,
                       std::to_string(count) + " blocks, more than " + std::to_string(blocks_));
    }
    const std::uint64_t begin = place_for(count);
    if (begin == blocks_ || last_number_ == UINT64_MAX) {
        return refused(SpoolFault::kFull, std::to_string(pending_.size()) + " entries pending");
    }
    const std::uint64_t number = last_number_ + 1;
    const auto bytes = encode_entry(sha256_, number, entry);
    const auto done = write(kMarks + begin * kBlock, bytes, "entry " + std::to_string(number));
    if (!done) return base::Unexpected(done.error());
    last_number_ = number;
    pending_.push_back({.number = number, .entry = entry});
    extents_.push_back({.begin = begin, .count = count});
    return number;
}

base::Expected<void, SpoolError> Spool::mark_filed(std::uint64_t up_to) {
    if (stopped_) return refused(SpoolFault::kStopped, kName);
    if (up_to > last_number_) {
        return refused(SpoolFault::kNumber,
                       std::to_string(up_to) + ", the last is " + std::to_string(last_number_));
    }
    if (up_to <= filed_) return {};
    ++sequence_;
    filed_ = up_to;
    const auto done = write((sequence_ % 2) * kBlock, mark(), "the mark");
    if (!done) return done;
    // Only what the mark durably says is filed gives up its room.
    const auto first =
        std::ranges::find_if(pending_, [&](const Spooled& one) { return one.number > up_to; });
    const auto count = first - pending_.begin();
    pending_.erase(pending_.begin(), first);
    extents_.erase(extents_.begin(), extents_.begin() + count);
    return {};
}

}  // namespace comity::node
