// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/tree.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Proofs over the tree of tree.hpp: that a leaf is in a tree (RFC 6962, section 2.1.1), that a
/// tree begins with all of an older one (2.1.2), and both of them for a subtree
/// (draft-ietf-plants-merkle-tree-certs, section 4). A proof is a list of hashes, that of the
/// lowest node first, and says nothing itself of places and sizes: who verifies it brings them.
///
/// A verifier takes any hashes in any number, and does at most 126 steps of hashing.
namespace comity::ledger {

enum class [[nodiscard]] ProofError{
    kEmptyTree,         ///< a tree without leaves: nothing is in it, and it proves nothing
    kTreeTooLarge,      ///< kTreeSizeEnd leaves or more
    kIndexOutside,      ///< the leaf's index is not within the tree, or the subtree
    kShrinks,           ///< the new tree has fewer leaves than the old one
    kNotASubtree,       ///< no tree has a subtree of these leaves
    kSubtreeOutside,    ///< the subtree ends behind the tree's end
    kTooShort,          ///< fewer hashes than a proof of these places and sizes has
    kTooLong,           ///< more hashes than a proof of these places and sizes has
    kOldRootMismatch,   ///< the hashes do not lead to the root of the old tree, or of the subtree
    kRootMismatch,      ///< the hashes do not lead to the root of the tree
    kNodeNotAvailable,  ///< making a proof: a node that it needs cannot be read
};

/// Words for a person: what is wrong with the proof.
const char* to_string(ProofError error);

/// A leaf, and how many leaves the tree has that it is in.
struct LeafPlace {
    std::uint64_t index = 0;
    std::uint64_t tree_size = 0;
};

/// An older and a newer number of leaves of the same tree.
struct Growth {
    std::uint64_t old_size = 0;
    std::uint64_t size = 0;
};

/// A subtree, and how many leaves the tree has that it is in.
struct SubtreePlace {
    LeafRange leaves;
    std::uint64_t tree_size = 0;
};

using Proof = std::vector<Hash>;

// --- Making proofs ---
//
// They refuse places and sizes as the verifiers do, and give kNodeNotAvailable where a node is
// absent. A proof reads and hashes at most 63 nodes for each of its at most 63 hashes, and in a
// tree that is not far from full, one for almost all of them.

/// PATH(m, D[n]).
base::Expected<Proof, ProofError> prove_inclusion(TreeHasher& hasher, const TreeNodes& nodes,
                                                  LeafPlace place);

/// PROOF(m, D[n]), 0 < m <= n.
base::Expected<Proof, ProofError> prove_consistency(TreeHasher& hasher, const TreeNodes& nodes,
                                                    Growth growth);

/// The leaf's PATH within the subtree alone. The index counts in the whole tree.
base::Expected<Proof, ProofError> prove_subtree_inclusion(TreeHasher& hasher,
                                                          const TreeNodes& nodes,
                                                          std::uint64_t index, LeafRange subtree);

/// SUBTREE_PROOF(start, end, D[n]). It is PROOF(end, D[n]) where the subtree begins at 0, and empty
/// for a subtree without leaves.
base::Expected<Proof, ProofError> prove_subtree_consistency(TreeHasher& hasher,
                                                            const TreeNodes& nodes,
                                                            SubtreePlace place);

// --- Verifying proofs ---

/// The root that the tree has if the leaf is where the proof says.
base::Expected<Hash, ProofError> root_from_inclusion(TreeHasher& hasher, LeafPlace place,
                                                     const Hash& leaf, std::span<const Hash> proof);

/// `tree` has this leaf hash at this index.
base::Expected<void, ProofError> verify_inclusion(TreeHasher& hasher, std::uint64_t index,
                                                  const Hash& leaf, std::span<const Hash> proof,
                                                  const TreeHead& tree);

/// `tree` begins with all leaves of `old`. An old tree of size 0 is refused: every tree begins with
/// it, so that a proof from it would prove nothing and could be mistaken for one that does. Where a
/// protocol wants it (C2SP tlog-witness, `old 0`), it says so itself.
base::Expected<void, ProofError> verify_consistency(TreeHasher& hasher, const TreeHead& old,
                                                    std::span<const Hash> proof,
                                                    const TreeHead& tree);

/// The root that the first `old_size` leaves of `tree` have, where the hashes of a consistency
/// proof show one. Whoever holds another root of that size, signed by the same log, holds two
/// histories. Absent where they do not lead to the root of `tree`, and where the old size is a
/// power of two or that of the tree: such a proof has no part of the old tree in it.
std::optional<Hash> old_root_shown(TreeHasher& hasher, std::uint64_t old_size,
                                   std::span<const Hash> proof, const TreeHead& tree);

/// A subtree and its root.
struct SubtreeHead {
    LeafRange leaves;
    Hash root;
};

/// `subtree` has this leaf hash at this index, which counts in the whole tree.
base::Expected<void, ProofError> verify_subtree_inclusion(TreeHasher& hasher, std::uint64_t index,
                                                          const Hash& leaf,
                                                          std::span<const Hash> proof,
                                                          const SubtreeHead& subtree);

/// `tree` has `subtree` in its place. A subtree without leaves is in every tree that reaches to it:
/// only its own root is checked then, and the proof is empty.
base::Expected<void, ProofError> verify_subtree_consistency(TreeHasher& hasher,
                                                            const SubtreeHead& subtree,
                                                            std::span<const Hash> proof,
                                                            const TreeHead& tree);

}  // namespace comity::ledger
