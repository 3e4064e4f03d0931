// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/tile.hpp"

#include "test_trees.hpp"

#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

std::vector<std::byte> bytes(std::string_view text) {
    const auto view = bytes_of(text);
    return {view.begin(), view.end()};
}

TEST(TileLevels, AreThoseOfTheSpecification) {
    EXPECT_TRUE(tile_levels(0).empty());
    EXPECT_EQ(tile_levels(1), (std::vector<TileLevel>{{0, 0, 1}}));
    EXPECT_EQ(tile_levels(255), (std::vector<TileLevel>{{0, 0, 255}}));
    EXPECT_EQ(tile_levels(256), (std::vector<TileLevel>{{0, 1, 0}, {1, 0, 1}}));
    EXPECT_EQ(tile_levels(70'000), (std::vector<TileLevel>{{0, 273, 112}, {1, 1, 17}, {2, 0, 1}}));
    EXPECT_EQ(tile_levels(kTreeSizeEnd - 1).size(), 8U);
    EXPECT_EQ(tile_levels(kTreeSizeEnd - 1).back(), (TileLevel{7, 0, 127}));
}

/// The nodes of a tree as its tiles give them.
class Tiled final : public TreeNodes {
  public:
    Tiled(const StoredTree& tree, std::uint64_t size) : tree_(tree), size_(size) {}

    std::optional<Hash> node(NodeId id) const override {
        const auto part = tile_part_of(id, size_);
        if (!part) return std::nullopt;
        std::vector<Hash> hashes;
        for (unsigned i = 0; i < part->tile.width; ++i) {
            const auto hash = tree_.node({.level = part->tile.level * kTileHeight,
                                          .index = part->tile.index * kTileWidth + i});
            // A tile never asks for more than the tree of its size has.
            EXPECT_TRUE(hash.has_value());
            hashes.push_back(*hash);
        }
        TreeHasher hasher;
        const auto content = format_hash_tile(hashes);
        return root_of_part(hasher, *part, *parse_hash_tile(content, part->tile.width));
    }

  private:
    const StoredTree& tree_;
    std::uint64_t size_;
};

TEST(TilePartOf, FindsEveryNodeOfATree) {
    StoredTree tree;
    grow(tree, test_leaves(600));
    for (const std::uint64_t size : {0U, 1U, 2U, 255U, 256U, 257U, 511U, 512U, 600U}) {
        const Tiled tiled(tree, size);
        for (unsigned level = 0; level < 11; ++level) {
            for (std::uint64_t index = 0; index <= size >> level; ++index) {
                const bool complete = (index + 1) << level <= size;
                // One in seven: a node low in a tile costs as much as the whole tile here.
                if (level < 5 && index % 7 != 0 && complete) continue;
                const auto expected = complete ? tree.node({level, index}) : std::nullopt;
                ASSERT_EQ(tiled.node({level, index}), expected) << level << " " << index;
            }
        }
    }
    EXPECT_EQ(tile_part_of({63, 0}, kTreeSizeEnd - 1), std::nullopt);
    EXPECT_EQ(tile_part_of({0, std::numeric_limits<std::uint64_t>::max()}, 5), std::nullopt);
    EXPECT_EQ(tile_part_of({62, 0}, kTreeSizeEnd - 1),
              (TilePart{.tile = {.level = 7, .index = 0, .width = 127}, .first = 0, .count = 64}));
}

TEST(TilePartOf, IsEnoughForProofs) {
    TreeHasher hasher;
    StoredTree tree;
    const std::vector<Hash> leaves = test_leaves(600);
    grow(tree, leaves);
    const Tiled tiled(tree, 600);
    const TreeHead head{600, *subtree_root(hasher, tree, {0, 600})};
    const auto proof = prove_inclusion(hasher, tiled, {300, 600});
    ASSERT_TRUE(proof);
    EXPECT_TRUE(verify_inclusion(hasher, 300, leaves[300], *proof, head));
}

TEST(RootOfPart, IsAbsentWhereTheTileIsTooNarrow) {
    TreeHasher hasher;
    const std::vector<Hash> leaves = test_leaves(4);
    EXPECT_TRUE(root_of_part(hasher, {.first = 2, .count = 2}, leaves));
    EXPECT_FALSE(root_of_part(hasher, {.first = 4, .count = 1}, leaves));
    EXPECT_FALSE(root_of_part(hasher, {.first = 4, .count = 4}, leaves));
    EXPECT_FALSE(root_of_part(hasher, {.first = 8, .count = 1}, leaves));
}

TEST(HashTile, IsReadBack) {
    const std::vector<Hash> leaves = test_leaves(256);
    for (const unsigned width : {1U, 2U, 255U, 256U}) {
        const auto content = format_hash_tile(std::span(leaves).first(width));
        EXPECT_EQ(content.size(), 32 * width);
        const auto hashes = parse_hash_tile(content, width);
        ASSERT_TRUE(hashes);
        EXPECT_TRUE(std::ranges::equal(*hashes, std::span(leaves).first(width)));
    }
}

TEST(EntryBundle, IsReadBack) {
    const std::vector<std::byte> longest(kEntrySizeMax, std::byte{7});
    const std::vector<std::span<const std::byte>> entries = {bytes_of("one"), bytes_of(""),
                                                             longest};
    const auto content = format_entry_bundle(entries);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->size(), 2 + 3 + 2 + 2 + kEntrySizeMax);
    const auto read = parse_entry_bundle(*content, 3);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_TRUE(std::ranges::equal((*read)[i], entries[i]));
}

// --- One for each code ---

TEST(TileError, Width) {
    const auto content = format_hash_tile(test_leaves(4));
    for (const unsigned width : {1U, 3U, 5U, 256U}) {
        EXPECT_EQ(parse_hash_tile(content, width).error(), TileError::kWidth);
    }
    EXPECT_EQ(parse_hash_tile(std::span(content).first(127), 4).error(), TileError::kWidth);
    EXPECT_EQ(parse_hash_tile({}, 1).error(), TileError::kWidth);
}

TEST(TileError, Truncated) {
    const auto content = bytes(std::string_view("\0\3one\0\3two", 10));
    ASSERT_TRUE(parse_entry_bundle(content, 2));
    for (std::size_t size = 0; size < content.size(); ++size) {
        EXPECT_EQ(parse_entry_bundle(std::span(content).first(size), 2).error(),
                  TileError::kTruncated);
    }
    EXPECT_EQ(parse_entry_bundle(content, 3).error(), TileError::kTruncated);
    EXPECT_EQ(parse_entry_bundle(bytes("\xff\xffshort"), 1).error(), TileError::kTruncated);
}

TEST(TileError, Trailing) {
    const auto content = bytes(std::string_view("\0\3one\0\3two", 10));
    EXPECT_EQ(parse_entry_bundle(content, 1).error(), TileError::kTrailing);
    EXPECT_EQ(parse_entry_bundle(bytes(std::string_view("\0\0\n", 3)), 1).error(),
              TileError::kTrailing);
}

TEST(TileError, EntryTooLong) {
    const std::vector<std::byte> too_long(kEntrySizeMax + 1);
    const std::vector<std::span<const std::byte>> entries = {bytes_of("one"), too_long};
    EXPECT_EQ(format_entry_bundle(entries).error(), TileError::kEntryTooLong);
}

TEST(TileError, HasWordsForEach) {
    for (const auto error : {TileError::kWidth, TileError::kTruncated, TileError::kTrailing,
                             TileError::kEntryTooLong}) {
        EXPECT_NE(std::string_view(to_string(error)), "unknown error");
    }
}

}  // namespace
}  // namespace comity::ledger
