// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/tree_proof.hpp"

#include "naive_tree.hpp"
#include "test_trees.hpp"

#include "comity/base/expected.hpp"
#include "comity/ledger/tree.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

/// A tree with all that tests ask of it.
struct World {
    explicit World(std::size_t size) : leaves(test_leaves(size)) { grow(tree, leaves); }

    TreeHead head(std::size_t size) {
        return {.size = size, .root = *subtree_root(hasher, tree, {0, size})};
    }
    SubtreeHead subtree(LeafRange range) {
        return {.leaves = range, .root = *subtree_root(hasher, tree, range)};
    }

    TreeHasher hasher;
    std::vector<Hash> leaves;
    StoredTree tree;
};

TEST(Proofs, AreThoseOfTheStandardForEveryPlaceInSmallTrees) {
    World world(40);
    for (std::size_t size = 1; size <= 40; ++size) {
        const std::span<const Hash> leaves = std::span(world.leaves).first(size);
        const TreeHead head = world.head(size);
        for (std::size_t index = 0; index < size; ++index) {
            const auto proof = prove_inclusion(world.hasher, world.tree, {index, size});
            ASSERT_EQ(proof, naive::inclusion(index, leaves)) << index << " of " << size;
            ASSERT_TRUE(verify_inclusion(world.hasher, index, leaves[index], *proof, head));
            ASSERT_EQ(root_from_inclusion(world.hasher, {index, size}, leaves[index], *proof),
                      head.root);
        }
        for (std::size_t old_size = 1; old_size <= size; ++old_size) {
            const auto proof = prove_consistency(world.hasher, world.tree, {old_size, size});
            ASSERT_EQ(proof, naive::consistency(old_size, leaves)) << old_size << " to " << size;
            ASSERT_TRUE(verify_consistency(world.hasher, world.head(old_size), *proof, head));
        }
    }
}

TEST(Proofs, AreThoseOfTheDraftForEverySubtreeOfSmallTrees) {
    World world(34);
    for (std::size_t size = 1; size <= 34; ++size) {
        const std::span<const Hash> leaves = std::span(world.leaves).first(size);
        for (std::size_t begin = 0; begin <= size; ++begin) {
            for (std::size_t end = begin; end <= size; ++end) {
                if (!is_subtree({begin, end})) continue;
                const auto proof =
                    prove_subtree_consistency(world.hasher, world.tree, {{begin, end}, size});
                const Proof expected =
                    begin == end ? Proof{} : naive::subtree_subproof(begin, end, leaves, true);
                ASSERT_EQ(proof, expected) << begin << " to " << end << " of " << size;
                ASSERT_TRUE(verify_subtree_consistency(world.hasher, world.subtree({begin, end}),
                                                       *proof, world.head(size)));
            }
        }
    }
}

TEST(Proofs, OfALeafInASubtreeAreThoseInATreeOfItsLeavesAlone) {
    World world(34);
    for (std::size_t begin = 0; begin <= 34; ++begin) {
        for (std::size_t end = begin + 1; end <= 34; ++end) {
            if (!is_subtree({begin, end})) continue;
            const auto alone = std::span(world.leaves).subspan(begin, end - begin);
            for (std::size_t index = begin; index < end; ++index) {
                const auto proof =
                    prove_subtree_inclusion(world.hasher, world.tree, index, {begin, end});
                ASSERT_EQ(proof, naive::inclusion(index - begin, alone));
                ASSERT_TRUE(verify_subtree_inclusion(world.hasher, index, world.leaves[index],
                                                     *proof, world.subtree({begin, end})));
            }
        }
    }
}

// The draft's two examples, section 4.4.1.
TEST(Proofs, AreThoseOfTheDraftsExamples) {
    World world(14);
    const auto root = [&](std::size_t begin, std::size_t end) {
        return naive::root(std::span(world.leaves).subspan(begin, end - begin));
    };
    EXPECT_EQ(prove_subtree_consistency(world.hasher, world.tree, {{4, 8}, 14}),
              (Proof{root(0, 4), root(8, 14)}));
    EXPECT_EQ(prove_subtree_consistency(world.hasher, world.tree, {{8, 13}, 14}),
              (Proof{root(12, 13), root(13, 14), root(8, 12), root(0, 8)}));
}

TEST(Proofs, HoldForAnyTwoPrefixesOfALog) {
    constexpr std::size_t kSize = 520;
    World world(kSize);
    std::vector<TreeHead> heads;
    for (std::size_t size = 0; size <= kSize; ++size) heads.push_back(world.head(size));
    for (std::size_t old_size = 1; old_size <= kSize; ++old_size) {
        for (std::size_t size = old_size; size <= kSize; ++size) {
            const auto proof = prove_consistency(world.hasher, world.tree, {old_size, size});
            ASSERT_TRUE(proof);
            ASSERT_TRUE(verify_consistency(world.hasher, heads[old_size], *proof, heads[size]));
        }
    }
}

TEST(Proofs, AreThoseOfTheRecursiveTreeForEverySizeTo5000) {
    constexpr std::size_t kSize = 5'000;
    World world(kSize);
    naive::KeepingTree naive(world.leaves);
    constexpr std::uint64_t kSeed = 2;
    std::mt19937_64 random(kSeed);
    SCOPED_TRACE("seed " + std::to_string(kSeed));
    for (std::size_t size = 1; size <= kSize; ++size) {
        const TreeHead head{.size = size, .root = naive.root(0, size)};
        // The first and the last place, one where the tree is split, and any one.
        for (const std::size_t index :
             {std::size_t{0}, size - 1, std::bit_floor(size) - 1, random() % size}) {
            const auto inclusion = prove_inclusion(world.hasher, world.tree, {index, size});
            ASSERT_EQ(inclusion, naive.inclusion(index, 0, size)) << index << " of " << size;
            ASSERT_TRUE(
                verify_inclusion(world.hasher, index, world.leaves[index], *inclusion, head));
            const std::size_t old_size = index + 1;
            const auto growth = prove_consistency(world.hasher, world.tree, {old_size, size});
            ASSERT_EQ(growth, naive.consistency(old_size, 0, size)) << old_size << " to " << size;
            const TreeHead old{.size = old_size, .root = naive.root(0, old_size)};
            ASSERT_TRUE(verify_consistency(world.hasher, old, *growth, head));
        }
    }
}

TEST(Proofs, HoldInLargeTreesWhereverTheyAreSampled) {
    World world(5'000);
    std::mt19937_64 random(1);
    const auto below = [&](std::uint64_t end) { return random() % end; };
    for (int i = 0; i < 4'000; ++i) {
        const std::uint64_t size = 1 + below(5'000);
        const std::uint64_t index = below(size);
        const auto inclusion = prove_inclusion(world.hasher, world.tree, {index, size});
        ASSERT_TRUE(inclusion);
        const TreeHead head = world.head(size);
        ASSERT_TRUE(verify_inclusion(world.hasher, index, world.leaves[index], *inclusion, head));
        const std::uint64_t old_size = 1 + below(size);
        const auto growth = prove_consistency(world.hasher, world.tree, {old_size, size});
        ASSERT_TRUE(growth);
        ASSERT_TRUE(verify_consistency(world.hasher, world.head(old_size), *growth, head));
        if (i % 200 != 0) continue;
        const std::span<const Hash> leaves = std::span(world.leaves).first(size);
        ASSERT_EQ(*inclusion, naive::inclusion(index, leaves));
        ASSERT_EQ(*growth, naive::consistency(old_size, leaves));
    }
}

// --- What is not proved ---

/// `still_holds` for no single bit of the proof and of the roots turned.
template <typename StillHolds>
void expect_each_bit_counts(const Proof& proof, const std::vector<Hash>& roots,
                            StillHolds still_holds) {
    ASSERT_TRUE(still_holds(proof, roots));
    for (std::size_t i = 0; i < proof.size(); ++i) {
        for (std::size_t bit = 0; bit < 256; ++bit) {
            Proof turned = proof;
            turned[i] = with_bit_turned(turned[i], bit);
            ASSERT_FALSE(still_holds(turned, roots)) << "hash " << i << " bit " << bit;
        }
    }
    for (std::size_t i = 0; i < roots.size(); ++i) {
        for (std::size_t bit = 0; bit < 256; ++bit) {
            std::vector<Hash> turned = roots;
            turned[i] = with_bit_turned(turned[i], bit);
            ASSERT_FALSE(still_holds(proof, turned)) << "root " << i << " bit " << bit;
        }
    }
}

TEST(Proofs, AreRefusedWithAnyBitTurned) {
    World world(13);
    for (const std::size_t index : {0U, 6U, 11U, 12U}) {
        const auto proof = prove_inclusion(world.hasher, world.tree, {index, 13});
        expect_each_bit_counts(*proof, {world.leaves[index], world.head(13).root},
                               [&](const Proof& turned, const std::vector<Hash>& roots) {
                                   return verify_inclusion(world.hasher, index, roots[0], turned,
                                                           {13, roots[1]})
                                       .has_value();
                               });
    }
    for (const std::size_t size : {1U, 6U, 8U, 12U, 13U}) {
        const auto proof = prove_consistency(world.hasher, world.tree, {size, 13});
        expect_each_bit_counts(*proof, {world.head(size).root, world.head(13).root},
                               [&](const Proof& turned, const std::vector<Hash>& roots) {
                                   return verify_consistency(world.hasher, {size, roots[0]}, turned,
                                                             {13, roots[1]})
                                       .has_value();
                               });
    }
    const LeafRange part{8, 11};
    const auto proof = prove_subtree_consistency(world.hasher, world.tree, {part, 13});
    expect_each_bit_counts(*proof, {world.subtree(part).root, world.head(13).root},
                           [&](const Proof& turned, const std::vector<Hash>& roots) {
                               return verify_subtree_consistency(world.hasher, {part, roots[0]},
                                                                 turned, {13, roots[1]})
                                   .has_value();
                           });
}

TEST(Proofs, AreRefusedAtAnyOtherPlace) {
    World world(13);
    const TreeHead head = world.head(13);
    for (std::size_t index = 0; index < 13; ++index) {
        const auto proof = prove_inclusion(world.hasher, world.tree, {index, 13});
        for (std::uint64_t other = 0; other < 40; ++other) {
            const auto at_other =
                verify_inclusion(world.hasher, other, world.leaves[index], *proof, head);
            EXPECT_EQ(at_other.has_value(), other == index);
        }
    }
    for (std::size_t size = 1; size <= 13; ++size) {
        const auto proof = prove_consistency(world.hasher, world.tree, {size, 13});
        for (std::size_t other = 1; other <= 13; ++other) {
            const auto from_other =
                verify_consistency(world.hasher, world.head(other), *proof, head);
            EXPECT_EQ(from_other.has_value(), other == size) << size << " " << other;
        }
    }
}

// --- One row for each code ---

template <typename T>
std::optional<ProofError> error_of(const base::Expected<T, ProofError>& result) {
    return result ? std::nullopt : std::optional(result.error());
}

TEST(Proofs, ShowTheOldRootWhereTheyHoldAPartOfTheOldTree) {
    World world(40);
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t old_size = 1; old_size <= size; ++old_size) {
            const auto proof = *prove_consistency(world.hasher, world.tree, {old_size, size});
            const auto shown = old_root_shown(world.hasher, old_size, proof, world.head(size));
            const bool has_part = old_size < size && (old_size & (old_size - 1)) != 0;
            ASSERT_EQ(shown.has_value(), has_part) << old_size << " to " << size;
            if (!has_part) continue;
            ASSERT_EQ(*shown, world.head(old_size).root);
            const TreeHead other{.size = size, .root = world.leaves[0]};
            ASSERT_FALSE(old_root_shown(world.hasher, old_size, proof, other));
        }
    }
    EXPECT_FALSE(old_root_shown(world.hasher, 0, {}, world.head(3)));
    EXPECT_FALSE(old_root_shown(world.hasher, 4, {}, world.head(3)));
    EXPECT_FALSE(old_root_shown(world.hasher, 3, {}, world.head(5)));
}

TEST(ProofError, EmptyTree) {
    World world(4);
    EXPECT_EQ(error_of(verify_inclusion(world.hasher, 0, world.leaves[0], {}, {0, empty_root()})),
              ProofError::kEmptyTree);
    EXPECT_EQ(error_of(verify_consistency(world.hasher, {0, empty_root()}, {}, world.head(4))),
              ProofError::kEmptyTree);
    EXPECT_EQ(error_of(verify_consistency(world.hasher, {0, empty_root()}, {}, {0, empty_root()})),
              ProofError::kEmptyTree);
    EXPECT_EQ(error_of(verify_subtree_inclusion(world.hasher, 2, world.leaves[2], {},
                                                {{2, 2}, empty_root()})),
              ProofError::kEmptyTree);
    EXPECT_EQ(error_of(prove_inclusion(world.hasher, world.tree, {0, 0})), ProofError::kEmptyTree);
    EXPECT_EQ(error_of(prove_consistency(world.hasher, world.tree, {0, 4})),
              ProofError::kEmptyTree);
}

TEST(ProofError, TreeTooLarge) {
    World world(1);
    const TreeHead too_large{kTreeSizeEnd, world.leaves[0]};
    EXPECT_EQ(error_of(verify_inclusion(world.hasher, 0, world.leaves[0], {}, too_large)),
              ProofError::kTreeTooLarge);
    EXPECT_EQ(
        error_of(verify_inclusion(world.hasher, 0, world.leaves[0], {}, {kMax, world.leaves[0]})),
        ProofError::kTreeTooLarge);
    EXPECT_EQ(error_of(verify_consistency(world.hasher, world.head(1), {}, too_large)),
              ProofError::kTreeTooLarge);
    EXPECT_EQ(error_of(verify_subtree_consistency(world.hasher, {{0, 1}, world.leaves[0]}, {},
                                                  too_large)),
              ProofError::kTreeTooLarge);
    // One leaf fewer is a tree like any other.
    const TreeHead largest{kTreeSizeEnd - 1, world.leaves[0]};
    const Proof long_proof(63, world.leaves[0]);
    EXPECT_EQ(error_of(verify_inclusion(world.hasher, 0, world.leaves[0], long_proof, largest)),
              ProofError::kRootMismatch);
    EXPECT_EQ(error_of(verify_consistency(world.hasher, {kTreeSizeEnd - 2, world.leaves[0]},
                                          long_proof, largest)),
              ProofError::kOldRootMismatch);
}

TEST(ProofError, IndexOutside) {
    World world(5);
    const TreeHead head = world.head(5);
    for (const std::uint64_t index : {std::uint64_t{5}, std::uint64_t{6}, kMax}) {
        EXPECT_EQ(error_of(verify_inclusion(world.hasher, index, world.leaves[4], {}, head)),
                  ProofError::kIndexOutside);
        EXPECT_EQ(error_of(prove_inclusion(world.hasher, world.tree, {index, 5})),
                  ProofError::kIndexOutside);
    }
    const SubtreeHead subtree = world.subtree({2, 4});
    for (const std::uint64_t index : {0U, 1U, 4U}) {
        EXPECT_EQ(
            error_of(verify_subtree_inclusion(world.hasher, index, world.leaves[2], {}, subtree)),
            ProofError::kIndexOutside);
    }
}

TEST(ProofError, Shrinks) {
    World world(5);
    EXPECT_EQ(error_of(verify_consistency(world.hasher, world.head(5), {}, world.head(4))),
              ProofError::kShrinks);
    EXPECT_EQ(error_of(verify_consistency(world.hasher, world.head(5), {}, {0, empty_root()})),
              ProofError::kShrinks);
    EXPECT_EQ(error_of(prove_consistency(world.hasher, world.tree, {5, 4})), ProofError::kShrinks);
}

TEST(ProofError, NotASubtree) {
    World world(8);
    for (const LeafRange range : {LeafRange{1, 3}, LeafRange{2, 5}, LeafRange{5, 2}}) {
        EXPECT_EQ(error_of(verify_subtree_consistency(world.hasher, {range, world.leaves[0]}, {},
                                                      world.head(8))),
                  ProofError::kNotASubtree);
        EXPECT_EQ(error_of(verify_subtree_inclusion(world.hasher, 2, world.leaves[2], {},
                                                    {range, world.leaves[0]})),
                  ProofError::kNotASubtree);
        EXPECT_EQ(error_of(prove_subtree_consistency(world.hasher, world.tree, {range, 8})),
                  ProofError::kNotASubtree);
    }
}

TEST(ProofError, SubtreeOutside) {
    World world(8);
    EXPECT_EQ(error_of(verify_subtree_consistency(world.hasher, world.subtree({4, 8}), {},
                                                  world.head(7))),
              ProofError::kSubtreeOutside);
    EXPECT_EQ(error_of(verify_subtree_consistency(world.hasher, {{9, 9}, empty_root()}, {},
                                                  world.head(8))),
              ProofError::kSubtreeOutside);
    EXPECT_EQ(error_of(prove_subtree_consistency(world.hasher, world.tree, {{4, 8}, 7})),
              ProofError::kSubtreeOutside);
}

TEST(ProofError, TooShortAndTooLong) {
    World world(13);
    const TreeHead head = world.head(13);
    const auto inclusion = prove_inclusion(world.hasher, world.tree, {6, 13});
    const auto growth = prove_consistency(world.hasher, world.tree, {6, 13});
    const auto of_inclusion = [&](const Proof& proof) {
        return error_of(verify_inclusion(world.hasher, 6, world.leaves[6], proof, head));
    };
    const auto of_growth = [&](const Proof& proof) {
        return error_of(verify_consistency(world.hasher, world.head(6), proof, head));
    };
    for (std::size_t cut = 1; cut <= inclusion->size(); ++cut) {
        EXPECT_EQ(of_inclusion({inclusion->begin(), inclusion->end() - static_cast<long>(cut)}),
                  ProofError::kTooShort);
    }
    for (std::size_t cut = 1; cut <= growth->size(); ++cut) {
        EXPECT_EQ(of_growth({growth->begin(), growth->end() - static_cast<long>(cut)}),
                  ProofError::kTooShort);
    }
    for (const std::size_t more : {1U, 2U, 60U, 1'000'000U}) {
        Proof longer = *inclusion;
        longer.resize(longer.size() + more, head.root);
        EXPECT_EQ(of_inclusion(longer), ProofError::kTooLong);
        longer = *growth;
        longer.resize(longer.size() + more, head.root);
        EXPECT_EQ(of_growth(longer), ProofError::kTooLong);
    }
    EXPECT_EQ(error_of(verify_consistency(world.hasher, head, Proof{head.root}, head)),
              ProofError::kTooLong);
    EXPECT_EQ(error_of(verify_subtree_consistency(world.hasher, {{4, 4}, empty_root()},
                                                  Proof{head.root}, head)),
              ProofError::kTooLong);
}

TEST(ProofError, OldRootMismatch) {
    World world(13);
    const auto growth = prove_consistency(world.hasher, world.tree, {6, 13});
    EXPECT_EQ(error_of(verify_consistency(world.hasher, {6, world.head(5).root}, *growth,
                                          world.head(13))),
              ProofError::kOldRootMismatch);
    EXPECT_EQ(error_of(verify_subtree_consistency(world.hasher, {{4, 4}, world.head(5).root}, {},
                                                  world.head(13))),
              ProofError::kOldRootMismatch);
}

TEST(ProofError, RootMismatch) {
    World world(13);
    const auto inclusion = prove_inclusion(world.hasher, world.tree, {6, 13});
    EXPECT_EQ(
        error_of(verify_inclusion(world.hasher, 6, world.leaves[5], *inclusion, world.head(13))),
        ProofError::kRootMismatch);
    const auto growth = prove_consistency(world.hasher, world.tree, {6, 13});
    EXPECT_EQ(error_of(verify_consistency(world.hasher, world.head(6), *growth,
                                          {13, world.head(12).root})),
              ProofError::kRootMismatch);
    EXPECT_EQ(
        error_of(verify_consistency(world.hasher, world.head(6), {}, {6, world.head(12).root})),
        ProofError::kRootMismatch);
}

TEST(ProofError, NodeNotAvailable) {
    World world(5);
    EXPECT_EQ(error_of(prove_inclusion(world.hasher, world.tree, {0, 6})),
              ProofError::kNodeNotAvailable);
    EXPECT_EQ(error_of(prove_consistency(world.hasher, world.tree, {5, 6})),
              ProofError::kNodeNotAvailable);
}

TEST(ProofError, HasWordsForEach) {
    for (const auto error :
         {ProofError::kEmptyTree, ProofError::kTreeTooLarge, ProofError::kIndexOutside,
          ProofError::kShrinks, ProofError::kNotASubtree, ProofError::kSubtreeOutside,
          ProofError::kTooShort, ProofError::kTooLong, ProofError::kOldRootMismatch,
          ProofError::kRootMismatch, ProofError::kNodeNotAvailable}) {
        EXPECT_NE(std::string_view(to_string(error)), "unknown error");
    }
}

}  // namespace
}  // namespace comity::ledger
