// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/tree_proof.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/tree.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace comity::ledger {
namespace {

// All proofs are one: SUBTREE_PROOF(start, end, D[n]), the way from a subtree up to the root. An
// inclusion proof is that of the subtree of one leaf, a consistency proof that of [0, m). So one
// function finds the way, one makes a proof of it and one folds a proof along it.

/// One hash of a proof: that of the node beside the way.
struct Step {
    LeafRange leaves;
    bool is_left;    ///< it stands left of the way
    bool is_within;  ///< it is itself a part of the subtree
};

/// The way down from a tree to a subtree, or to the rightmost part of it.
class Way {
  public:
    /// Case by case as in SUBTREE_SUBPROOF; `to` is a subtree of `tree` and has a leaf.
    Way(LeafRange tree, LeafRange to) {
        while (tree != to) {
            const std::uint64_t split = tree.begin + std::bit_floor(tree.end - tree.begin - 1);
            const LeafRange left{tree.begin, split};
            const LeafRange right{split, tree.end};
            if (to.end <= split) {
                push({.leaves = right, .is_left = false, .is_within = false});
                tree = left;
            } else if (to.begin >= split) {
                push({.leaves = left, .is_left = true, .is_within = false});
                tree = right;
            } else {
                // The subtree's left part is a node of the tree, its rest is in the right half.
                COMITY_CHECK(to.begin == tree.begin);
                push({.leaves = left, .is_left = true, .is_within = true});
                tree = right;
                to.begin = split;
                has_seed_ = true;
            }
        }
        end_ = to;
    }

    /// From the lowest to the highest.
    std::span<const Step> steps() const { return std::span(steps_).subspan(first_); }
    /// Whether the way ends at a part of the subtree, whose hash then begins the proof.
    bool has_seed() const { return has_seed_; }
    /// Where the way ends.
    LeafRange end() const { return end_; }
    std::size_t proof_size() const { return (has_seed_ ? 1 : 0) + steps().size(); }

  private:
    void push(Step step) { steps_.at(--first_) = step; }

    // Each step halves a range of fewer than 2^63 leaves. Filled from the back: found from the top.
    std::array<Step, 63> steps_;
    std::size_t first_ = 63;
    bool has_seed_ = false;
    LeafRange end_;
};

base::Expected<Proof, ProofError> prove(TreeHasher& hasher, const TreeNodes& nodes,
                                        const Way& way) {
    Proof proof;
    proof.reserve(way.proof_size());
    const auto add = [&](LeafRange leaves) {
        const auto root = subtree_root(hasher, nodes, leaves);
        if (root) proof.push_back(*root);
        return root.has_value();
    };
    if (way.has_seed() && !add(way.end())) return base::Unexpected(ProofError::kNodeNotAvailable);
    for (const Step& step : way.steps()) {
        if (!add(step.leaves)) return base::Unexpected(ProofError::kNodeNotAvailable);
    }
    return proof;
}

/// The two roots that a proof leads to.
struct Roots {
    Hash subtree;
    Hash tree;
};

/// Follows a proof up from a subtree with the given root.
base::Expected<Roots, ProofError> follow(TreeHasher& hasher, const Way& way, const Hash& from,
                                         std::span<const Hash> proof) {
    if (proof.size() < way.proof_size()) return base::Unexpected(ProofError::kTooShort);
    if (proof.size() > way.proof_size()) return base::Unexpected(ProofError::kTooLong);
    Roots roots{.subtree = from, .tree = from};
    if (way.has_seed()) {
        roots = {.subtree = proof.front(), .tree = proof.front()};
        proof = proof.subspan(1);
    }
    const Hash* beside = proof.data();
    for (const Step& step : way.steps()) {
        if (step.is_within) roots.subtree = hasher.node(*beside, roots.subtree);
        roots.tree =
            step.is_left ? hasher.node(*beside, roots.tree) : hasher.node(roots.tree, *beside);
        ++beside;
    }
    return roots;
}

// --- What is refused before any hash is looked at ---

using Refusal = std::optional<ProofError>;

Refusal refused(LeafPlace place) {
    if (place.tree_size == 0) return ProofError::kEmptyTree;
    if (place.tree_size >= kTreeSizeEnd) return ProofError::kTreeTooLarge;
    if (place.index >= place.tree_size) return ProofError::kIndexOutside;
    return std::nullopt;
}

Refusal refused(Growth growth) {
    if (growth.old_size > growth.size) return ProofError::kShrinks;
    if (growth.old_size == 0) return ProofError::kEmptyTree;
    if (growth.size >= kTreeSizeEnd) return ProofError::kTreeTooLarge;
    return std::nullopt;
}

Refusal refused(std::uint64_t index, LeafRange subtree) {
    if (!is_subtree(subtree)) return ProofError::kNotASubtree;
    if (subtree.begin == subtree.end) return ProofError::kEmptyTree;
    if (index < subtree.begin || index >= subtree.end) return ProofError::kIndexOutside;
    return std::nullopt;
}

Refusal refused(SubtreePlace place) {
    if (!is_subtree(place.leaves)) return ProofError::kNotASubtree;
    if (place.tree_size >= kTreeSizeEnd) return ProofError::kTreeTooLarge;
    if (place.leaves.end > place.tree_size) return ProofError::kSubtreeOutside;
    return std::nullopt;
}

// --- The ways ---

LeafRange one_leaf(std::uint64_t index) {
    return {.begin = index, .end = index + 1};
}

Way way_of(LeafPlace place) {
    return {{.begin = 0, .end = place.tree_size}, one_leaf(place.index)};
}

Way way_of(Growth growth) {
    return {{.begin = 0, .end = growth.size}, {.begin = 0, .end = growth.old_size}};
}

Way way_of(SubtreePlace place) {
    return {{.begin = 0, .end = place.tree_size}, place.leaves};
}

base::Expected<void, ProofError> check_root(const Hash& found, const Hash& root,
                                            ProofError otherwise) {
    if (found != root) return base::Unexpected(otherwise);
    return {};
}

base::Expected<void, ProofError> verify(TreeHasher& hasher, const Way& way, const Hash& from,
                                        std::span<const Hash> proof, const Hash& root) {
    const auto roots = follow(hasher, way, from, proof);
    if (!roots) return base::Unexpected(roots.error());
    if (roots->subtree != from) return base::Unexpected(ProofError::kOldRootMismatch);
    return check_root(roots->tree, root, ProofError::kRootMismatch);
}

}  // namespace

const char* to_string(ProofError error) {
    switch (error) {
        case ProofError::kEmptyTree:
            return "a tree without leaves proves nothing";
        case ProofError::kTreeTooLarge:
            return "the tree is too large, expected fewer than 2^63 leaves";
        case ProofError::kIndexOutside:
            return "the index is not within the tree";
        case ProofError::kShrinks:
            return "the tree shrinks";
        case ProofError::kNotASubtree:
            return "no tree has a subtree of these leaves";
        case ProofError::kSubtreeOutside:
            return "the subtree ends behind the tree";
        case ProofError::kTooShort:
            return "the proof has too few hashes";
        case ProofError::kTooLong:
            return "the proof has too many hashes";
        case ProofError::kOldRootMismatch:
            return "the proof does not lead to the old root";
        case ProofError::kRootMismatch:
            return "the proof does not lead to the root";
        case ProofError::kNodeNotAvailable:
            return "a node of the tree cannot be read";
    }
    return "unknown error";
}

base::Expected<Proof, ProofError> prove_inclusion(TreeHasher& hasher, const TreeNodes& nodes,
                                                  LeafPlace place) {
    if (const auto refusal = refused(place)) return base::Unexpected(*refusal);
    return prove(hasher, nodes, way_of(place));
}

base::Expected<Proof, ProofError> prove_consistency(TreeHasher& hasher, const TreeNodes& nodes,
                                                    Growth growth) {
    if (const auto refusal = refused(growth)) return base::Unexpected(*refusal);
    return prove(hasher, nodes, way_of(growth));
}

base::Expected<Proof, ProofError> prove_subtree_inclusion(TreeHasher& hasher,
                                                          const TreeNodes& nodes,
                                                          std::uint64_t index, LeafRange subtree) {
    if (const auto refusal = refused(index, subtree)) return base::Unexpected(*refusal);
    return prove(hasher, nodes, Way(subtree, one_leaf(index)));
}

base::Expected<Proof, ProofError> prove_subtree_consistency(TreeHasher& hasher,
                                                            const TreeNodes& nodes,
                                                            SubtreePlace place) {
    if (const auto refusal = refused(place)) return base::Unexpected(*refusal);
    if (place.leaves.begin == place.leaves.end) return Proof{};
    return prove(hasher, nodes, way_of(place));
}

base::Expected<Hash, ProofError> root_from_inclusion(TreeHasher& hasher, LeafPlace place,
                                                     const Hash& leaf,
                                                     std::span<const Hash> proof) {
    if (const auto refusal = refused(place)) return base::Unexpected(*refusal);
    return follow(hasher, way_of(place), leaf, proof).map([](const Roots& roots) {
        return roots.tree;
    });
}

base::Expected<void, ProofError> verify_inclusion(TreeHasher& hasher, std::uint64_t index,
                                                  const Hash& leaf, std::span<const Hash> proof,
                                                  const TreeHead& tree) {
    const LeafPlace place{.index = index, .tree_size = tree.size};
    if (const auto refusal = refused(place)) return base::Unexpected(*refusal);
    return verify(hasher, way_of(place), leaf, proof, tree.root);
}

base::Expected<void, ProofError> verify_consistency(TreeHasher& hasher, const TreeHead& old,
                                                    std::span<const Hash> proof,
                                                    const TreeHead& tree) {
    const Growth growth{.old_size = old.size, .size = tree.size};
    if (const auto refusal = refused(growth)) return base::Unexpected(*refusal);
    return verify(hasher, way_of(growth), old.root, proof, tree.root);
}

std::optional<Hash> old_root_shown(TreeHasher& hasher, std::uint64_t old_size,
                                   std::span<const Hash> proof, const TreeHead& tree) {
    const Growth growth{.old_size = old_size, .size = tree.size};
    if (refused(growth)) return std::nullopt;
    const Way way = way_of(growth);
    if (!way.has_seed()) return std::nullopt;
    const auto roots = follow(hasher, way, Hash{}, proof);
    if (!roots || roots->tree != tree.root) return std::nullopt;
    return roots->subtree;
}

base::Expected<void, ProofError> verify_subtree_inclusion(TreeHasher& hasher, std::uint64_t index,
                                                          const Hash& leaf,
                                                          std::span<const Hash> proof,
                                                          const SubtreeHead& subtree) {
    if (const auto refusal = refused(index, subtree.leaves)) return base::Unexpected(*refusal);
    return verify(hasher, Way(subtree.leaves, one_leaf(index)), leaf, proof, subtree.root);
}

base::Expected<void, ProofError> verify_subtree_consistency(TreeHasher& hasher,
                                                            const SubtreeHead& subtree,
                                                            std::span<const Hash> proof,
                                                            const TreeHead& tree) {
    const SubtreePlace place{.leaves = subtree.leaves, .tree_size = tree.size};
    if (const auto refusal = refused(place)) return base::Unexpected(*refusal);
    if (subtree.leaves.begin == subtree.leaves.end) {
        if (!proof.empty()) return base::Unexpected(ProofError::kTooLong);
        return check_root(subtree.root, empty_root(), ProofError::kOldRootMismatch);
    }
    return verify(hasher, way_of(place), subtree.root, proof, tree.root);
}

}  // namespace comity::ledger
