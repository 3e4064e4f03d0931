// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/hash.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// RFC 6962, section 2.1, and SUBTREE_PROOF, written down as they stand there, over the leaves
/// themselves. Tests compare with it.
namespace comity::ledger::naive {

inline std::size_t split_of(std::size_t size) {
    return std::bit_floor(size - 1);
}

/// MTH of leaves that are given by their hashes.
inline Hash root(std::span<const Hash> leaves) {
    if (leaves.empty()) return seal::sha256({});
    if (leaves.size() == 1) return leaves.front();
    const std::size_t split = split_of(leaves.size());
    const Hash left = root(leaves.first(split));
    const Hash right = root(leaves.subspan(split));
    std::vector<std::byte> message{std::byte{1}};
    message.insert(message.end(), left.bytes.begin(), left.bytes.end());
    message.insert(message.end(), right.bytes.begin(), right.bytes.end());
    return seal::sha256(message);
}

/// PATH(index, D).
inline Proof inclusion(std::size_t index, std::span<const Hash> leaves) {
    if (leaves.size() == 1) return {};
    const std::size_t split = split_of(leaves.size());
    const auto left = leaves.first(split);
    const auto right = leaves.subspan(split);
    Proof proof = index < split ? inclusion(index, left) : inclusion(index - split, right);
    proof.push_back(root(index < split ? right : left));
    return proof;
}

/// SUBTREE_SUBPROOF(start, end, D, known).
inline Proof subtree_subproof(std::size_t start, std::size_t end, std::span<const Hash> leaves,
                              bool known) {
    if (start == 0 && end == leaves.size()) return known ? Proof{} : Proof{root(leaves)};
    const std::size_t split = split_of(leaves.size());
    const auto left = leaves.first(split);
    const auto right = leaves.subspan(split);
    Proof proof;
    if (end <= split) {
        proof = subtree_subproof(start, end, left, known);
        proof.push_back(root(right));
    } else if (split <= start) {
        proof = subtree_subproof(start - split, end - split, right, known);
        proof.push_back(root(left));
    } else {
        proof = subtree_subproof(0, end - split, right, false);
        proof.push_back(root(left));
    }
    return proof;
}

/// PROOF(size, D).
inline Proof consistency(std::size_t old_size, std::span<const Hash> leaves) {
    return subtree_subproof(0, old_size, leaves, true);
}

/// The same for large trees. Each root above is MTH(D[0:n]) anew: 12,500,000 hashes for all sizes
/// to 5,000. The roots of complete subtrees stay the same, so that this one keeps them.
class KeepingTree {
  public:
    explicit KeepingTree(std::span<const Hash> leaves) : leaves_(leaves) {}

    /// MTH(D[begin:end]).
    Hash root(std::size_t begin, std::size_t end) {
        const std::size_t size = end - begin;
        if (size == 0) return seal::sha256({});
        if (size == 1) return leaves_[begin];
        const bool complete = std::has_single_bit(size);
        std::optional<Hash>& kept =
            kept_[static_cast<std::size_t>(std::countr_zero(size)) * leaves_.size() + begin];
        if (complete && kept) return *kept;
        const std::size_t split = split_of(size);
        const Hash hash = hasher_.node(root(begin, begin + split), root(begin + split, end));
        if (complete) kept = hash;
        return hash;
    }

    /// PATH(index - begin, D[begin:end]).
    Proof inclusion(std::size_t index, std::size_t begin, std::size_t end) {
        if (end - begin == 1) return {};
        const std::size_t split = begin + split_of(end - begin);
        Proof proof = index < split ? inclusion(index, begin, split) : inclusion(index, split, end);
        proof.push_back(index < split ? root(split, end) : root(begin, split));
        return proof;
    }

    /// SUBPROOF(old_size - begin, D[begin:end], known); PROOF where `begin` is 0 and `known`.
    Proof consistency(std::size_t old_size, std::size_t begin, std::size_t end, bool known = true) {
        if (old_size == end) return known ? Proof{} : Proof{root(begin, end)};
        const std::size_t split = begin + split_of(end - begin);
        Proof proof = old_size <= split ? consistency(old_size, begin, split, known)
                                        : consistency(old_size, split, end, false);
        proof.push_back(old_size <= split ? root(split, end) : root(begin, split));
        return proof;
    }

  private:
    std::span<const Hash> leaves_;
    TreeHasher hasher_;
    std::vector<std::optional<Hash>> kept_{13 * leaves_.size()};
};

}  // namespace comity::ledger::naive
