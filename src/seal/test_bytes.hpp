// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace comity::seal {

/// The bytes of two lower-case digits each. For tests.
inline std::vector<std::byte> from_hex(std::string_view hex) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    COMITY_CHECK(hex.size() % 2 == 0);
    std::vector<std::byte> bytes;
    for (; !hex.empty(); hex.remove_prefix(2)) {
        const auto high = kDigits.find(hex[0]);
        const auto low = kDigits.find(hex[1]);
        COMITY_CHECK(high != kDigits.npos && low != kDigits.npos);
        bytes.push_back(static_cast<std::byte>(16 * high + low));
    }
    return bytes;
}

/// Exactly kSize bytes.
template <std::size_t kSize>
std::array<std::byte, kSize> sized(std::span<const std::byte> bytes) {
    COMITY_CHECK(bytes.size() == kSize);
    std::array<std::byte, kSize> array{};
    std::ranges::copy(bytes, array.begin());
    return array;
}

}  // namespace comity::seal
