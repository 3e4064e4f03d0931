// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/tree.hpp"

#include "comity/base/check.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace comity::ledger {
namespace {

// RFC 6962, section 2.1: the prefixes that keep leaves and nodes apart.
constexpr std::byte kLeafPrefix{0x00};
constexpr std::byte kNodePrefix{0x01};

std::uint64_t leaf_count(LeafRange leaves) {
    return leaves.end - leaves.begin;
}

unsigned level_of(std::uint64_t power_of_two) {
    return static_cast<unsigned>(std::countr_zero(power_of_two));
}

/// The complete subtrees that a subtree consists of, from right to left: from the least to the
/// greatest.
class PiecesFromRight {
  public:
    explicit PiecesFromRight(LeafRange leaves) : end_(leaves.end), left_(leaf_count(leaves)) {}

    std::optional<NodeId> next() {
        if (left_ == 0) return std::nullopt;
        const unsigned level = level_of(left_);
        left_ &= left_ - 1;
        end_ -= std::uint64_t{1} << level;
        return NodeId{.level = level, .index = end_ >> level};
    }

  private:
    std::uint64_t end_;
    std::uint64_t left_;
};

/// Joins the roots of complete subtrees, given from right to left, to one.
class RootFromRight {
  public:
    explicit RootFromRight(TreeHasher& hasher) : hasher_(hasher) {}

    void add(const Hash& left) { root_ = root_ ? hasher_.node(left, *root_) : left; }
    Hash root() const { return root_ ? *root_ : empty_root(); }

  private:
    TreeHasher& hasher_;
    std::optional<Hash> root_;
};

}  // namespace

Hash TreeHasher::leaf(std::span<const std::byte> entry) {
    // As below: the slots of each second are this short.
    constexpr std::size_t kShort = 255;
    if (entry.size() <= kShort) {
        std::array<std::byte, 1 + kShort> message;
        message.front() = kLeafPrefix;
        std::ranges::copy(entry, message.begin() + 1);
        return sha256_.of(std::span(message).first(1 + entry.size()));
    }
    return sha256_.of({std::span(&kLeafPrefix, 1), entry});
}

Hash TreeHasher::node(const Hash& left, const Hash& right) {
    // One piece is hashed faster than three.
    std::array<std::byte, 1 + 2 * Hash::kSize> message;
    message.front() = kNodePrefix;
    auto* const to = std::ranges::copy(left.bytes, message.begin() + 1).out;
    std::ranges::copy(right.bytes, to);
    return sha256_.of(message);
}

Hash empty_root() {
    return seal::sha256({});
}

bool is_subtree(LeafRange leaves) {
    if (leaves.begin > leaves.end || leaves.end >= kTreeSizeEnd) return false;
    return (leaves.begin & (std::bit_ceil(leaf_count(leaves)) - 1)) == 0;
}

std::optional<Hash> subtree_root(TreeHasher& hasher, const TreeNodes& nodes, LeafRange leaves) {
    COMITY_CHECK(is_subtree(leaves));
    RootFromRight joined(hasher);
    PiecesFromRight pieces(leaves);
    while (const auto piece = pieces.next()) {
        const auto root = nodes.node(*piece);
        if (!root) return std::nullopt;
        joined.add(*root);
    }
    return joined.root();
}

std::optional<TreeFrontier> TreeFrontier::of(const TreeNodes& nodes, std::uint64_t size) {
    COMITY_CHECK(size < kTreeSizeEnd);
    TreeFrontier frontier;
    frontier.size_ = size;
    PiecesFromRight pieces({.begin = 0, .end = size});
    while (const auto piece = pieces.next()) {
        const auto root = nodes.node(*piece);
        if (!root) return std::nullopt;
        frontier.roots_.at(piece->level) = *root;
    }
    return frontier;
}

std::optional<TreeFrontier> TreeFrontier::from(std::uint64_t size, std::span<const Hash> roots) {
    if (size >= kTreeSizeEnd) return std::nullopt;
    if (roots.size() != static_cast<std::size_t>(std::popcount(size))) return std::nullopt;
    TreeFrontier frontier;
    frontier.size_ = size;
    for (unsigned level = 0; !roots.empty(); ++level) {
        if ((size >> level & 1U) == 0) continue;
        frontier.roots_.at(level) = roots.front();
        roots = roots.subspan(1);
    }
    return frontier;
}

std::vector<Hash> TreeFrontier::roots() const {
    std::vector<Hash> roots;
    for (unsigned level = 0; size_ >> level != 0; ++level) {
        if ((size_ >> level & 1U) != 0) roots.push_back(roots_.at(level));
    }
    return roots;
}

void TreeFrontier::append(TreeHasher& hasher, const Hash& leaf) {
    COMITY_CHECK(size_ + 1 < kTreeSizeEnd);
    // Like counting in binary: equal subtrees join and carry.
    Hash carried = leaf;
    unsigned level = 0;
    for (; (size_ >> level & 1U) != 0; ++level) {
        carried = hasher.node(roots_.at(level), carried);
        roots_.at(level) = Hash{};
    }
    roots_.at(level) = carried;
    ++size_;
}

Hash TreeFrontier::root(TreeHasher& hasher) const {
    RootFromRight joined(hasher);
    PiecesFromRight pieces({.begin = 0, .end = size_});
    while (const auto piece = pieces.next()) joined.add(roots_.at(piece->level));
    return joined.root();
}

void StoredTree::reserve(std::uint64_t size) {
    COMITY_CHECK(size < kTreeSizeEnd);
    const auto levels = static_cast<std::size_t>(std::bit_width(size));
    if (levels_.size() < levels) levels_.resize(levels);
    for (std::size_t level = 0; level < levels; ++level) levels_[level].reserve(size >> level);
}

void StoredTree::append(TreeHasher& hasher, const Hash& leaf) {
    COMITY_CHECK(size() + 1 < kTreeSizeEnd);
    Hash completed = leaf;
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size()) levels_.emplace_back();
        std::vector<Hash>& nodes = levels_[level];
        nodes.push_back(completed);
        if (nodes.size() % 2 != 0) return;
        completed = hasher.node(nodes[nodes.size() - 2], completed);
    }
}

std::optional<Hash> StoredTree::node(NodeId id) const {
    if (id.level >= levels_.size() || id.index >= levels_[id.level].size()) return std::nullopt;
    return levels_[id.level][id.index];
}

}  // namespace comity::ledger
