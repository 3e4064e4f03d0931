// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::fuzz {

/// Gives all bytes to `feed`, cut at places that depend on nothing but the bytes: many chunks of a
/// few bytes, some of none, some longer.
template <typename Feed>
void feed_in_chunks(std::span<const std::byte> bytes, Feed&& feed) {
    std::uint32_t state = static_cast<std::uint32_t>(bytes.size()) + 1;
    for (std::size_t at = 0; at < bytes.size();) {
        state = state * 1664525U + 1013904223U + std::to_integer<std::uint32_t>(bytes[at]);
        const std::uint32_t high = state >> 24;
        const std::size_t most = (high & 1U) != 0 ? 7 : 300;
        const std::size_t length = std::min<std::size_t>(high % most, bytes.size() - at);
        feed(bytes.subspan(at, length));
        at += length;
        if (length == 0) {
            feed(bytes.subspan(at, 1));
            ++at;
        }
    }
}

}  // namespace comity::fuzz
