// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/hash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// The Merkle tree of RFC 6962, section 2.1 (RFC 9162, section 2.1.1), with SHA-256. With MTH for
/// the root of a list of entries and k for the largest power of two below n:
///
///     MTH({})     = SHA-256()
///     MTH({d})    = SHA-256(0x00 || d)
///     MTH(D[0:n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))
///
/// docs/formats/tlog-tree.md has an example to the byte.
namespace comity::ledger {

using seal::Hash;

/// Trees have fewer leaves than this, 2^63: sizes fit the signed integers of others, and sums of
/// two of them do not overflow.
inline constexpr std::uint64_t kTreeSizeEnd = std::uint64_t{1} << 63U;

/// Hashes leaves and nodes, one after the other; keep one for many. From one thread at a time. A
/// resource.
class TreeHasher {
  public:
    /// SHA-256(0x00 || entry).
    Hash leaf(std::span<const std::byte> entry);
    /// SHA-256(0x01 || left || right).
    Hash node(const Hash& left, const Hash& right);

  private:
    seal::Sha256 sha256_;
};

/// The root of the tree without leaves.
Hash empty_root();

/// A number of leaves, and the root of the tree of them.
struct TreeHead {
    std::uint64_t size = 0;
    Hash root;
    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// The leaves from `begin` on, up to and without `end`.
struct LeafRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    friend constexpr bool operator==(const LeafRange&, const LeafRange&) = default;
};

/// Whether a tree can have a subtree of just these leaves: `begin` is a multiple of the least power
/// of two that is not less than the number of leaves. Without leaves it is a subtree too
/// (draft-ietf-plants-merkle-tree-certs, section 4.1).
bool is_subtree(LeafRange leaves);

/// The complete subtree over the leaves [index * 2^level, (index + 1) * 2^level): it stays the same
/// however much the tree grows. Levels are 0 to 63.
struct NodeId {
    unsigned level = 0;
    std::uint64_t index = 0;
    friend constexpr bool operator==(const NodeId&, const NodeId&) = default;
};

/// Where roots and proofs find the hashes of complete subtrees: memory, tiles, a store. A resource.
class TreeNodes {
  public:
    TreeNodes() = default;
    TreeNodes(const TreeNodes&) = delete;
    TreeNodes& operator=(const TreeNodes&) = delete;
    virtual ~TreeNodes() = default;

    /// Absent where this subtree is not complete yet, or cannot be read.
    virtual std::optional<Hash> node(NodeId id) const = 0;
};

/// The root of a subtree of these leaves, complete or not, or of the whole tree ([0, size)). Reads
/// at most 63 nodes. Absent where one of them is. A range that is no subtree fails a check.
std::optional<Hash> subtree_root(TreeHasher& hasher, const TreeNodes& nodes, LeafRange leaves);

/// As much of a tree as it needs to grow: the roots of the complete subtrees that it consists of,
/// at most 63 (a *compact range* from 0). A value.
class TreeFrontier {
  public:
    TreeFrontier() = default;

    /// That of the first `size` leaves of a tree. Absent where a node is.
    static std::optional<TreeFrontier> of(const TreeNodes& nodes, std::uint64_t size);

    /// From `size` and `roots`, as they were kept. Absent where they are not as many as such a tree
    /// has, or the tree has kTreeSizeEnd leaves.
    static std::optional<TreeFrontier> from(std::uint64_t size, std::span<const Hash> roots);

    /// A tree of kTreeSizeEnd leaves fails a check.
    void append(TreeHasher& hasher, const Hash& leaf);

    std::uint64_t size() const { return size_; }
    Hash root(TreeHasher& hasher) const;
    /// The roots of the complete subtrees, the smallest first; one for each bit of the size.
    std::vector<Hash> roots() const;

    friend bool operator==(const TreeFrontier&, const TreeFrontier&) = default;

  private:
    // Bit l of size_ says whether there is a subtree of 2^l leaves; unused places are zeros.
    std::uint64_t size_ = 0;
    std::array<Hash, 63> roots_{};
};

/// A tree in memory, with the hash of each complete subtree: 64 bytes a leaf. A resource.
class StoredTree final : public TreeNodes {
  public:
    /// Makes room for a tree of this size.
    void reserve(std::uint64_t size);

    /// A tree of kTreeSizeEnd leaves fails a check.
    void append(TreeHasher& hasher, const Hash& leaf);

    std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
    std::optional<Hash> node(NodeId id) const override;

  private:
    std::vector<std::vector<Hash>> levels_;
};

}  // namespace comity::ledger
