// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "decimal.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/tile.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace comity::ledger {
namespace {

constexpr std::string_view kTile = "tile/";
constexpr std::string_view kEntries = "entries";
constexpr std::string_view kPartial = ".p/";
constexpr unsigned kLevelEnd = 64;
// Digits go in groups of three.
constexpr std::uint64_t kGroup = 1000;

std::optional<std::uint64_t> group_of(std::string_view text) {
    if (text.size() != 3) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = 10 * value + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

std::string text_of_group(std::uint64_t group) {
    std::string text = std::to_string(group);
    return text.insert(0, 3 - text.size(), '0');
}

base::Expected<std::uint64_t, TilePathError> parse_index(std::string_view text) {
    const auto refuse = [](TilePathError error) { return base::Unexpected(error); };
    std::uint64_t index = 0;
    bool is_first = true;
    for (;;) {
        const auto slash = text.find('/');
        const bool is_last = slash == std::string_view::npos;
        std::string_view element = text.substr(0, slash);
        if (!is_last) {
            if (!element.starts_with('x')) return refuse(TilePathError::kIndex);
            element.remove_prefix(1);
            text.remove_prefix(slash + 1);
        }
        const auto group = group_of(element);
        if (!group) return refuse(TilePathError::kIndex);
        // x000 in front would give the tile a second path.
        if (is_first && !is_last && *group == 0) return refuse(TilePathError::kIndex);
        if (index > kTileIndexEnd / kGroup) return refuse(TilePathError::kTooLarge);
        index = kGroup * index + *group;
        if (is_last) break;
        is_first = false;
    }
    if (index >= kTileIndexEnd) return refuse(TilePathError::kTooLarge);
    return index;
}

bool is_valid(const Tile& tile) {
    return tile.level < kLevelEnd && (tile.kind == Tile::Kind::kHashes || tile.level == 0) &&
           tile.index < kTileIndexEnd && 1 <= tile.width && tile.width <= kTileWidth;
}

}  // namespace

const char* to_string(TilePathError error) {
    switch (error) {
        case TilePathError::kNotATile:
            return "expected a path such as tile/0/x001/x234/067";
        case TilePathError::kLevel:
            return "expected a level, 0 to 63, or entries";
        case TilePathError::kIndex:
            return "expected an index in groups of three digits, all but the last behind an x";
        case TilePathError::kTooLarge:
            return "expected an index that a tree of fewer than 2^63 leaves has";
        case TilePathError::kWidth:
            return "expected the width of a partial tile, 1 to 255";
    }
    return "unknown error";
}

std::string tile_path(const Tile& tile) {
    COMITY_CHECK(is_valid(tile));
    std::string index = text_of_group(tile.index % kGroup);
    for (std::uint64_t left = tile.index / kGroup; left > 0; left /= kGroup) {
        index.insert(0, "x" + text_of_group(left % kGroup) + "/");
    }
    std::string path(kTile);
    path += tile.kind == Tile::Kind::kEntries ? std::string(kEntries) : std::to_string(tile.level);
    path += '/';
    path += index;
    if (tile.width < kTileWidth) {
        path += kPartial;
        path += std::to_string(tile.width);
    }
    return path;
}

base::Expected<Tile, TilePathError> parse_tile_path(std::string_view path) {
    const auto refuse = [](TilePathError error) { return base::Unexpected(error); };
    if (!path.starts_with(kTile)) return refuse(TilePathError::kNotATile);
    path.remove_prefix(kTile.size());
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return refuse(TilePathError::kNotATile);
    const std::string_view level = path.substr(0, slash);
    path.remove_prefix(slash + 1);

    Tile tile;
    if (level == kEntries) {
        tile.kind = Tile::Kind::kEntries;
    } else {
        const auto number = parse_decimal(level);
        if (!number || *number >= kLevelEnd) return refuse(TilePathError::kLevel);
        tile.level = static_cast<unsigned>(*number);
    }
    if (const auto partial = path.find(kPartial); partial != std::string_view::npos) {
        const auto width = parse_decimal(path.substr(partial + kPartial.size()));
        if (!width || *width == 0 || *width >= kTileWidth) return refuse(TilePathError::kWidth);
        tile.width = static_cast<unsigned>(*width);
        path = path.substr(0, partial);
    }
    const auto index = parse_index(path);
    if (!index) return refuse(index.error());
    tile.index = *index;
    return tile;
}

}  // namespace comity::ledger
