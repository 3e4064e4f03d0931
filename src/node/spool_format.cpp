// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "spool_format.hpp"

#include "comity/accord/ids.hpp"
#include "comity/base/byte_writer.hpp"
#include "comity/base/bytes.hpp"
#include "comity/base/cursor.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/spool.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::node {
namespace {

constexpr std::string_view kMarkMagic = "Spool  \n";
constexpr std::string_view kEntryMagic = "Warning\n";
constexpr std::size_t kMarkHashed = 8 + 2 + 8 + 8 + 8;
constexpr std::size_t kEntryHeader = 8 + 8 + 4;
constexpr std::size_t kFixed = 8 + 2;  // of what the length counts
constexpr std::size_t kMaxLength =
    kFixed + kMaxSpoolAddressees * (1 + accord::kMaxId) + kMaxSpoolPayload;
// What each block but the first begins with, so that nothing in an entry can be taken for one.
constexpr std::byte kContinued{'+'};

bool begins_with(std::span<const std::byte> bytes, std::string_view text) {
    return bytes.size() >= text.size() &&
           std::ranges::equal(bytes.first(text.size()), base::bytes_of(text));
}

bool all_zero(std::span<const std::byte> bytes) {
    return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{0}; });
}

// Of the bytes behind the header and before the hash.
std::size_t length_of(const SpoolEntry& entry) {
    std::size_t length = kFixed + entry.payload.size();
    for (const accord::PartyId& party : entry.addressees) length += 1 + party.value().size();
    return length;
}

// That hold so many bytes of an entry.
std::uint64_t blocks_for(std::size_t size) {
    return size <= kBlock ? 1 : 1 + (size - kBlock + kBlock - 2) / (kBlock - 1);
}

std::uint64_t blocks_for_length(std::size_t length) {
    return blocks_for(kEntryHeader + length + seal::Hash::kSize);
}

// The bytes of an entry, out of its blocks; the rest of the last one too.
std::optional<std::vector<std::byte>> join(std::span<const std::byte> blocks) {
    std::vector<std::byte> bytes;
    bytes.reserve(blocks.size());
    base::ByteWriter writer(bytes);
    writer.bytes(blocks.first(kBlock));
    for (std::size_t at = kBlock; at < blocks.size(); at += kBlock) {
        if (blocks[at] != kContinued) return std::nullopt;
        writer.bytes(blocks.subspan(at + 1, kBlock - 1));
    }
    return bytes;
}

// What the length counts; absent where a field is outside its limits.
std::optional<SpoolEntry> decode_content(std::span<const std::byte> content) {
    base::ByteCursor cursor(content);
    const auto left_at = cursor.read_u64be();
    const auto count = cursor.read_u16be();
    if (!left_at || !count || *count == 0 || *count > kMaxSpoolAddressees) return std::nullopt;
    SpoolEntry entry;
    entry.left_at = geo::Instant{geo::Milliseconds(static_cast<std::int64_t>(*left_at))};
    for (unsigned i = 0; i < *count; ++i) {
        const auto taken = cursor.take(cursor.read_u8().value_or(0));
        if (!taken) return std::nullopt;
        std::string id(base::text_of(*taken));
        if (!accord::is_id(id)) return std::nullopt;
        // In order, so that an entry has one form only.
        if (!entry.addressees.empty() && id <= entry.addressees.rbegin()->value()) {
            return std::nullopt;
        }
        entry.addressees.insert(accord::PartyId(std::move(id)));
    }
    if (cursor.remaining() > kMaxSpoolPayload) return std::nullopt;
    const auto payload = cursor.take(cursor.remaining());
    entry.payload.assign(payload->begin(), payload->end());
    return entry;
}

}  // namespace

std::vector<std::byte> encode_mark(seal::Sha256& sha256, const SpoolMark& mark) {
    std::vector<std::byte> bytes;
    base::ByteWriter writer(bytes);
    writer.text(kMarkMagic);
    writer.u16(kSpoolVersion);
    writer.u64(mark.sequence);
    writer.u64(mark.size);
    writer.u64(mark.filed);
    writer.bytes(sha256.of(bytes).span());
    bytes.resize(kBlock);
    return bytes;
}

std::optional<SpoolMark> decode_mark(seal::Sha256& sha256, std::span<const std::byte> block) {
    if (block.size() != kBlock || mark_version(block) != kSpoolVersion) return std::nullopt;
    base::ByteCursor cursor(block);
    (void)cursor.skip(kMarkMagic.size() + 2);
    SpoolMark mark;
    mark.sequence = *cursor.read_u64be();
    mark.size = *cursor.read_u64be();
    mark.filed = *cursor.read_u64be();
    const seal::Hash hash = sha256.of(block.first(kMarkHashed));
    if (!std::ranges::equal(*cursor.take(seal::Hash::kSize), hash.span())) return std::nullopt;
    if (!all_zero(block.subspan(cursor.position()))) return std::nullopt;
    return mark;
}

std::uint16_t mark_version(std::span<const std::byte> block) {
    if (!begins_with(block, kMarkMagic)) return 0;
    base::ByteCursor cursor(block.subspan(kMarkMagic.size()));
    return cursor.read_u16be().value_or(0);
}

std::uint64_t block_count(const SpoolEntry& entry) {
    return blocks_for_length(length_of(entry));
}

std::vector<std::byte> encode_entry(seal::Sha256& sha256, std::uint64_t number,
                                    const SpoolEntry& entry) {
    std::vector<std::byte> bytes;
    base::ByteWriter writer(bytes);
    writer.text(kEntryMagic);
    writer.u64(number);
    writer.u32(static_cast<std::uint32_t>(length_of(entry)));
    writer.u64(static_cast<std::uint64_t>(entry.left_at.time_since_epoch().count()));
    writer.u16(static_cast<std::uint16_t>(entry.addressees.size()));
    for (const accord::PartyId& party : entry.addressees) {
        writer.u8(static_cast<std::uint8_t>(party.value().size()));
        writer.text(party.value());
    }
    writer.bytes(entry.payload);
    writer.bytes(sha256.of(bytes).span());
    std::vector<std::byte> blocks;
    blocks.reserve(block_count(entry) * kBlock);
    for (const std::byte byte : bytes) {
        if (!blocks.empty() && blocks.size() % kBlock == 0) blocks.push_back(kContinued);
        blocks.push_back(byte);
    }
    blocks.resize(block_count(entry) * kBlock);
    return blocks;
}

std::optional<DecodedEntry> decode_entry(seal::Sha256& sha256, std::span<const std::byte> blocks) {
    if (blocks.size() < kBlock || !begins_with(blocks, kEntryMagic)) return std::nullopt;
    base::ByteCursor cursor(blocks);
    (void)cursor.skip(kEntryMagic.size());
    const std::uint64_t number = *cursor.read_u64be();
    const std::size_t length = *cursor.read_u32be();
    if (number == 0 || length > kMaxLength) return std::nullopt;
    const std::uint64_t count = blocks_for_length(length);
    if (count > blocks.size() / kBlock) return std::nullopt;
    const auto bytes = join(blocks.first(count * kBlock));
    if (!bytes) return std::nullopt;
    const std::span<const std::byte> all(*bytes);
    const std::size_t hashed = kEntryHeader + length;
    const seal::Hash hash = sha256.of(all.first(hashed));
    if (!std::ranges::equal(all.subspan(hashed, seal::Hash::kSize), hash.span())) {
        return std::nullopt;
    }
    if (!all_zero(all.subspan(hashed + seal::Hash::kSize))) return std::nullopt;
    auto entry = decode_content(all.subspan(kEntryHeader, length));
    if (!entry) return std::nullopt;
    return DecodedEntry{.spooled = {.number = number, .entry = *std::move(entry)}, .blocks = count};
}

}  // namespace comity::node
