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

}  // namespace comity::ledger::naive
