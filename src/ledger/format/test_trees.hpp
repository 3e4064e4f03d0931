// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/tree.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::ledger {

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

/// The hashes of `count` different leaves, always the same.
inline std::vector<Hash> test_leaves(std::size_t count) {
    TreeHasher hasher;
    std::vector<Hash> leaves;
    leaves.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        leaves.push_back(hasher.leaf(bytes_of("entry " + std::to_string(i))));
    }
    return leaves;
}

/// A tree of these leaves, in memory.
inline void grow(StoredTree& tree, std::span<const Hash> leaves) {
    TreeHasher hasher;
    for (const Hash& leaf : leaves) tree.append(hasher, leaf);
}

/// This hash with one bit turned.
inline Hash with_bit_turned(Hash hash, std::size_t bit) {
    hash.bytes.at(bit / 8) ^= std::byte{1} << (bit % 8);
    return hash;
}

}  // namespace comity::ledger
