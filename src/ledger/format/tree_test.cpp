// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/tree.hpp"

#include "naive_tree.hpp"
#include "test_trees.hpp"

#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

TEST(TreeHasher, KeepsLeavesAndNodesApart) {
    TreeHasher hasher;
    const Hash left = hasher.leaf(bytes_of("left"));
    const Hash right = hasher.leaf(bytes_of("right"));
    std::vector<std::byte> both{std::byte{1}};
    both.insert(both.end(), left.bytes.begin(), left.bytes.end());
    both.insert(both.end(), right.bytes.begin(), right.bytes.end());
    EXPECT_EQ(hasher.node(left, right), seal::sha256(both));
    EXPECT_NE(hasher.node(left, right), hasher.node(right, left));
    both.front() = std::byte{0};
    EXPECT_EQ(hasher.leaf(std::span(both).subspan(1)), seal::sha256(both));
}

TEST(TreeFrontier, HasTheRootOfTheNaiveTreeForEverySizeTo300) {
    TreeHasher hasher;
    const std::vector<Hash> leaves = test_leaves(300);
    TreeFrontier frontier;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        ASSERT_EQ(frontier.size(), size);
        ASSERT_EQ(frontier.root(hasher), naive::root(std::span(leaves).first(size))) << size;
        if (size < leaves.size()) frontier.append(hasher, leaves[size]);
    }
}

TEST(TreeFrontier, HasTheRootOfTheRecursiveTreeForEverySizeTo5000) {
    TreeHasher hasher;
    const std::vector<Hash> leaves = test_leaves(5'000);
    naive::KeepingTree naive(leaves);
    TreeFrontier frontier;
    StoredTree stored;
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        frontier.append(hasher, leaves[size - 1]);
        stored.append(hasher, leaves[size - 1]);
        const Hash root = naive.root(0, size);
        ASSERT_EQ(frontier.root(hasher), root) << size;
        ASSERT_EQ(subtree_root(hasher, stored, {0, size}), root) << size;
    }
}

TEST(TreeFrontier, IsFoundInNodesForEverySize) {
    TreeHasher hasher;
    const std::vector<Hash> leaves = test_leaves(200);
    StoredTree stored;
    grow(stored, leaves);
    TreeFrontier frontier;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        ASSERT_EQ(TreeFrontier::of(stored, size), frontier) << size;
        if (size < leaves.size()) frontier.append(hasher, leaves[size]);
    }
    EXPECT_EQ(TreeFrontier::of(stored, leaves.size() + 1), std::nullopt);
}

TEST(StoredTree, HasEachCompleteSubtreeAndNoOther) {
    const std::vector<Hash> leaves = test_leaves(77);
    StoredTree stored;
    stored.reserve(50);
    grow(stored, leaves);
    for (unsigned level = 0; level < 8; ++level) {
        const std::size_t width = std::size_t{1} << level;
        for (std::size_t index = 0; index < 80; ++index) {
            const auto found = stored.node({level, index});
            ASSERT_EQ(found.has_value(), (index + 1) * width <= leaves.size());
            if (found) {
                ASSERT_EQ(*found, naive::root(std::span(leaves).subspan(index * width, width)));
            }
        }
    }
    EXPECT_EQ(stored.node({63, 0}), std::nullopt);
    EXPECT_EQ(stored.node({64, 0}), std::nullopt);
    EXPECT_EQ(stored.node({0, kMax}), std::nullopt);
}

TEST(SubtreeRoot, IsThatOfItsLeavesAlone) {
    TreeHasher hasher;
    const std::vector<Hash> leaves = test_leaves(40);
    StoredTree stored;
    grow(stored, leaves);
    for (std::size_t begin = 0; begin <= leaves.size(); ++begin) {
        for (std::size_t end = begin; end <= leaves.size(); ++end) {
            if (!is_subtree({begin, end})) continue;
            ASSERT_EQ(subtree_root(hasher, stored, {begin, end}),
                      naive::root(std::span(leaves).subspan(begin, end - begin)));
        }
    }
    EXPECT_EQ(subtree_root(hasher, stored, {0, 41}), std::nullopt);
}

TEST(IsSubtree, WantsTheBeginAtAMultipleOfItsPowerOfTwo) {
    // draft-ietf-plants-merkle-tree-certs, section 4.1: a multiple of BIT_CEIL(end - start).
    EXPECT_TRUE(is_subtree({0, 13}));
    EXPECT_TRUE(is_subtree({4, 8}));
    EXPECT_TRUE(is_subtree({8, 13}));
    EXPECT_TRUE(is_subtree({5, 6}));
    EXPECT_TRUE(is_subtree({5, 5}));
    EXPECT_TRUE(is_subtree({0, 0}));
    EXPECT_FALSE(is_subtree({1, 3}));
    EXPECT_FALSE(is_subtree({4, 9}));
    EXPECT_FALSE(is_subtree({6, 5}));
    EXPECT_TRUE(is_subtree({0, kTreeSizeEnd - 1}));
    EXPECT_FALSE(is_subtree({0, kTreeSizeEnd}));
    EXPECT_FALSE(is_subtree({kMax, kMax}));
    EXPECT_FALSE(is_subtree({kMax - 1, kMax}));
}

TEST(SubtreeRootDeathTest, RefusesARangeThatIsNoSubtree) {
    TreeHasher hasher;
    const StoredTree stored;
    EXPECT_DEATH((void)subtree_root(hasher, stored, {1, 3}), "check failed");
}

}  // namespace
}  // namespace comity::ledger
