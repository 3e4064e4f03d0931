// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/stream.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include <gtest/gtest.h>

namespace comity::seal {
namespace {

// RFC 8439, A.1, test vector 1: key, nonce and counter of zeros.
TEST(FillFromKey, IsTheKeyStreamOfTheStandard) {
    std::array<std::byte, 64> bytes{};
    fill_from_key({}, bytes);
    constexpr std::array<std::uint8_t, 16> kBegin{0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1, 0x3d, 0x90,
                                                  0x40, 0x5d, 0x6a, 0xe5, 0x53, 0x86, 0xbd, 0x28};
    for (std::size_t i = 0; i < kBegin.size(); ++i) {
        EXPECT_EQ(std::to_integer<std::uint8_t>(bytes[i]), kBegin[i]) << i;
    }
}

TEST(FillFromKey, LongerIsTheSameWithMoreBehindIt) {
    const Hash key = sha256(std::as_bytes(std::span("key")));
    std::array<std::byte, 100> few{};
    std::array<std::byte, 1000> many{};
    fill_from_key(key, few);
    fill_from_key(key, many);
    EXPECT_TRUE(std::ranges::equal(few, std::span(many).first(few.size())));
    fill_from_key({}, few);
    EXPECT_FALSE(std::ranges::equal(few, std::span(many).first(few.size())));
}

}  // namespace
}  // namespace comity::seal
