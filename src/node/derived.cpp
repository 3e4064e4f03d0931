// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/derived.hpp"

#include <algorithm>
#include <array>

namespace comity::node {
namespace {

std::array<std::byte, 8> big_endian(std::uint64_t value) {
    std::array<std::byte, 8> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::byte>(value >> (56 - 8 * i));
    }
    return bytes;
}

}  // namespace

seal::Hash derived_key(std::uint64_t seed, std::string_view purpose) {
    return seal::hmac_sha256(big_endian(seed), std::as_bytes(std::span(purpose)));
}

void DerivedEntropy::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        if (left_ == 0) {
            block_ = hmac_.of(big_endian(next_++));
            left_ = block_.bytes.size();
        }
        const std::size_t count = std::min(left_, bytes.size());
        const auto part = std::span(block_.bytes).last(left_).first(count);
        std::ranges::copy(part, bytes.begin());
        bytes = bytes.subspan(count);
        left_ -= count;
    }
}

}  // namespace comity::node
