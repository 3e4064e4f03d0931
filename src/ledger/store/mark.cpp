// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "mark.hpp"

#include "block_codec.hpp"
#include "segment_format.hpp"
#include "store_error.hpp"

#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace comity::ledger {
namespace {

constexpr std::string_view kMarkMagic = "Mark   \n";

}  // namespace

std::array<std::byte, kMarkHalf> encode(const Mark& mark) {
    std::array<std::byte, kMarkHalf> half{};
    BlockWriter writer(half);
    writer.text(kMarkMagic);
    writer.u16(kStoreVersion);
    writer.hash(mark.identity.ledger);
    writer.u64(mark.durable.groups);
    writer.u64(mark.durable.entries);
    writer.hash(mark.durable.last);
    writer.checksum();
    return half;
}

base::Expected<Mark, BlockFault> decode_mark_half(std::span<const std::byte> half) {
    BlockReader reader(half);
    if (!reader.text(kMarkMagic)) return base::Unexpected(BlockFault::kMagic);
    const std::uint16_t version = reader.u16();
    Mark mark;
    mark.identity.ledger = reader.hash();
    mark.durable.groups = reader.u64();
    mark.durable.entries = reader.u64();
    mark.durable.last = reader.hash();
    if (!reader.checksum()) return base::Unexpected(BlockFault::kChecksum);
    if (version > kStoreVersion) return base::Unexpected(BlockFault::kVersion);
    if (version != kStoreVersion || !reader.rest_is_zero()) {
        return base::Unexpected(BlockFault::kValue);
    }
    return mark;
}

base::Expected<FoundMark, BlockFault> decode_mark(std::span<const std::byte> file) {
    if (file.size() != 2 * kMarkHalf) return base::Unexpected(BlockFault::kValue);
    const auto first = decode_mark_half(file.first(kMarkHalf));
    const auto second = decode_mark_half(file.last(kMarkHalf));
    for (const auto* half : {&first, &second}) {
        if (!*half && half->error() == BlockFault::kVersion) {
            return base::Unexpected(BlockFault::kVersion);
        }
    }
    if (!first && !second) return base::Unexpected(first.error());
    if (first && second && first->identity != second->identity) {
        return base::Unexpected(BlockFault::kValue);
    }
    const bool second_knows_more =
        second && (!first || second->durable.groups > first->durable.groups);
    return second_knows_more ? FoundMark{.mark = *second, .half = 1}
                             : FoundMark{.mark = *first, .half = 0};
}

std::uint16_t mark_version_in(std::span<const std::byte> file) {
    std::uint16_t newest = 0;
    for (std::size_t begin = 0; begin < 2 * kMarkHalf && begin < file.size(); begin += kMarkHalf) {
        BlockReader reader(file.subspan(begin));
        if (reader.text(kMarkMagic)) newest = std::max(newest, reader.u16());
    }
    return newest;
}

Block encode_mark_file(const Mark& mark) {
    Block file{};
    const auto half = encode(mark);
    std::ranges::copy(half, file.begin());
    std::ranges::copy(half, file.begin() + kMarkHalf);
    return file;
}

base::Expected<void, StoreError> MarkFile::write(const ChainPoint& durable) {
    found_.mark.durable = durable;
    found_.half = 1 - found_.half;
    const std::uint64_t offset = found_.half == 0 ? 0 : kMarkHalf;
    if (auto written = file_->write_at(offset, encode(found_.mark)); !written) {
        return failed(written.error(), kMarkName);
    }
    return {};
}

base::Expected<void, StoreError> MarkFile::sync() {
    if (auto synced = file_->sync(); !synced) return failed(synced.error(), kMarkName);
    return {};
}

}  // namespace comity::ledger
