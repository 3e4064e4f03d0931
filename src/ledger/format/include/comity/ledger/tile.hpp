// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/tree.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// C2SP tlog-tiles: a log as files that never change. A tile holds 256 hashes side by side; those
/// of level 0 are leaf hashes, and each of level L is the root over all of a full tile of level L -
/// 1, thus over 256^L leaves. Beside the hash tiles of level 0 stand bundles of the 256 entries
/// themselves. The tile at the right edge may be partial: 1 to 255 wide.
///
/// docs/formats/tlog-tiles.md has an example to the byte.
namespace comity::ledger {

inline constexpr unsigned kTileWidth = 256;
/// A tile is this many levels of the tree high.
inline constexpr unsigned kTileHeight = 8;

/// One hash tile, or the bundle of entries of one. A value; `tile_path` says what is valid.
struct Tile {
    enum class Kind { kHashes, kEntries };

    Kind kind = Kind::kHashes;
    unsigned level = 0;           ///< 0 to 63; 0 for entries
    std::uint64_t index = 0;      ///< within its level; below kTileIndexEnd
    unsigned width = kTileWidth;  ///< hashes or entries in it, 1 to 256

    friend constexpr bool operator==(const Tile&, const Tile&) = default;
};

/// Trees of fewer than kTreeSizeEnd leaves have no tile of this index, on any level.
inline constexpr std::uint64_t kTileIndexEnd = kTreeSizeEnd / kTileWidth;

// --- Paths ---

enum class [[nodiscard]] TilePathError{
    kNotATile,  ///< does not begin with tile/ and a level
    kLevel,     ///< neither "entries" nor 0 to 63 without leading zeros
    kIndex,     ///< not in groups of three digits, all but the last one behind an x; or not the
                ///< shortest such
    kTooLarge,  ///< kTileIndexEnd or more
    kWidth,     ///< behind ".p/" is not 1 to 255 without leading zeros
};

/// Words for a person: what was expected.
const char* to_string(TilePathError error);

/// `tile/0/x001/x234/067`, `tile/2/000.p/17`, `tile/entries/000`. A tile whose parts are not valid
/// fails a check.
std::string tile_path(const Tile& tile);

/// Reads what `tile_path` writes and nothing else: each tile has one path.
base::Expected<Tile, TilePathError> parse_tile_path(std::string_view path);

// --- The tiles of a tree ---

/// The hash tiles of one level: full ones with the indices [0, full_count), and behind them one
/// that is `partial_width` wide, or none where that is 0.
struct TileLevel {
    unsigned level = 0;
    std::uint64_t full_count = 0;
    unsigned partial_width = 0;
    friend constexpr bool operator==(const TileLevel&, const TileLevel&) = default;
};

/// The levels of a tree of this size that have tiles, from 0 up: none for an empty tree, at most 8.
/// The entry bundles are as the tiles of level 0. kTreeSizeEnd or more fails a check.
std::vector<TileLevel> tile_levels(std::uint64_t size);

/// Where the hash of a complete subtree comes from: the root over `count` (a power of two) of the
/// hashes in a tile, from `first` on.
struct TilePart {
    Tile tile;
    unsigned first = 0;
    unsigned count = 1;
    friend constexpr bool operator==(const TilePart&, const TilePart&) = default;
};

/// The tile as wide as it is in a tree of `size` leaves. Absent where the subtree is not complete
/// in that tree. kTreeSizeEnd or more fails a check.
std::optional<TilePart> tile_part_of(NodeId node, std::uint64_t size);

/// The root over the part's hashes. Absent where there are fewer in the tile.
std::optional<Hash> root_of_part(TreeHasher& hasher, const TilePart& part,
                                 std::span<const Hash> tile);

// --- What is in a tile ---

enum class [[nodiscard]] TileError{
    kWidth,         ///< a hash tile is not its width times 32 bytes long
    kTruncated,     ///< an entry bundle ends within an entry, or before it has all of them
    kTrailing,      ///< something follows the last entry of a bundle
    kEntryTooLong,  ///< an entry to be written has more than 65,535 bytes
};

/// Words for a person: what is wrong with the tile.
const char* to_string(TileError error);

/// The hashes, one after the other. No hash, or more than 256, fail a check.
std::vector<std::byte> format_hash_tile(std::span<const Hash> hashes);

/// The `width` hashes of a tile, 1 to 256; another width fails a check.
base::Expected<std::vector<Hash>, TileError> parse_hash_tile(std::span<const std::byte> content,
                                                             unsigned width);

inline constexpr std::size_t kEntrySizeMax = 65'535;

/// Each entry behind its length (two bytes, most significant first). No entry, or more than 256,
/// fail a check.
base::Expected<std::vector<std::byte>, TileError> format_entry_bundle(
    std::span<const std::span<const std::byte>> entries);

/// The `width` entries of a bundle, 1 to 256, as views of the content; another width fails a check.
base::Expected<std::vector<std::span<const std::byte>>, TileError> parse_entry_bundle(
    std::span<const std::byte> content, unsigned width);

}  // namespace comity::ledger
