// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/tile.hpp"

#include "comity/base/check.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/tree.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace comity::ledger {
namespace {

void check_width(std::size_t width) {
    COMITY_CHECK(1 <= width && width <= kTileWidth);
}

}  // namespace

// --- The tiles of a tree ---

std::vector<TileLevel> tile_levels(std::uint64_t size) {
    COMITY_CHECK(size < kTreeSizeEnd);
    std::vector<TileLevel> levels;
    for (unsigned level = 0; size > 0; ++level) {
        levels.push_back({.level = level,
                          .full_count = size / kTileWidth,
                          .partial_width = static_cast<unsigned>(size % kTileWidth)});
        // Only full tiles are hashed into the level above.
        size /= kTileWidth;
    }
    return levels;
}

std::optional<TilePart> tile_part_of(NodeId node, std::uint64_t size) {
    COMITY_CHECK(size < kTreeSizeEnd);
    if (node.level >= 63 || node.index >= size >> node.level) return std::nullopt;
    const unsigned tile_level = node.level / kTileHeight;
    const unsigned height = node.level % kTileHeight;
    // In hashes of the tile's level, counted over the whole level.
    const std::uint64_t first = node.index << height;
    const std::uint64_t level_size = size >> (tile_level * kTileHeight);
    const std::uint64_t index = first / kTileWidth;
    const std::uint64_t width =
        std::min<std::uint64_t>(kTileWidth, level_size - index * kTileWidth);
    return TilePart{
        .tile = {.level = tile_level, .index = index, .width = static_cast<unsigned>(width)},
        .first = static_cast<unsigned>(first % kTileWidth),
        .count = 1U << height};
}

std::optional<Hash> root_of_part(TreeHasher& hasher, const TilePart& part,
                                 std::span<const Hash> tile) {
    if (tile.size() < part.first || tile.size() - part.first < part.count) return std::nullopt;
    TreeFrontier frontier;
    for (const Hash& hash : tile.subspan(part.first, part.count)) frontier.append(hasher, hash);
    return frontier.root(hasher);
}

// --- What is in a tile ---

const char* to_string(TileError error) {
    switch (error) {
        case TileError::kWidth:
            return "the tile is not as long as its width says, expected 32 bytes a hash";
        case TileError::kTruncated:
            return "the entry bundle ends too early";
        case TileError::kTrailing:
            return "something follows the last entry of the bundle";
        case TileError::kEntryTooLong:
            return "the entry is too long, expected at most 65,535 bytes";
    }
    return "unknown error";
}

std::vector<std::byte> format_hash_tile(std::span<const Hash> hashes) {
    check_width(hashes.size());
    std::vector<std::byte> content;
    content.reserve(hashes.size() * Hash::kSize);
    for (const Hash& hash : hashes) {
        content.insert(content.end(), hash.bytes.begin(), hash.bytes.end());
    }
    return content;
}

base::Expected<std::vector<Hash>, TileError> parse_hash_tile(std::span<const std::byte> content,
                                                             unsigned width) {
    check_width(width);
    if (content.size() != width * Hash::kSize) return base::Unexpected(TileError::kWidth);
    std::vector<Hash> hashes;
    hashes.reserve(width);
    for (; !content.empty(); content = content.subspan(Hash::kSize)) {
        hashes.push_back(*Hash::from(content.first(Hash::kSize)));
    }
    return hashes;
}

base::Expected<std::vector<std::byte>, TileError> format_entry_bundle(
    std::span<const std::span<const std::byte>> entries) {
    check_width(entries.size());
    std::vector<std::byte> content;
    for (const auto entry : entries) {
        if (entry.size() > kEntrySizeMax) return base::Unexpected(TileError::kEntryTooLong);
        content.push_back(static_cast<std::byte>(entry.size() >> 8U));
        content.push_back(static_cast<std::byte>(entry.size() & 0xFFU));
        content.insert(content.end(), entry.begin(), entry.end());
    }
    return content;
}

base::Expected<std::vector<std::span<const std::byte>>, TileError> parse_entry_bundle(
    std::span<const std::byte> content, unsigned width) {
    check_width(width);
    std::vector<std::span<const std::byte>> entries;
    entries.reserve(width);
    base::ByteCursor cursor(content);
    while (entries.size() < width) {
        const auto size = cursor.read_u16be();
        if (!size) return base::Unexpected(TileError::kTruncated);
        const auto entry = cursor.take(*size);
        if (!entry) return base::Unexpected(TileError::kTruncated);
        entries.push_back(*entry);
    }
    if (cursor.remaining() > 0) return base::Unexpected(TileError::kTrailing);
    return entries;
}

}  // namespace comity::ledger
