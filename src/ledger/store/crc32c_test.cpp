// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "crc32c.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

std::array<std::byte, 32> counting(int from, int by) {
    std::array<std::byte, 32> bytes{};
    for (std::byte& byte : bytes) {
        byte = static_cast<std::byte>(from);
        from += by;
    }
    return bytes;
}

TEST(Crc32c, GivesTheNumbersOfRfc3720) {
    EXPECT_EQ(crc32c(counting(0, 0)), 0x8A9136AAU);
    EXPECT_EQ(crc32c(counting(0xFF, 0)), 0x62A8AB43U);
    EXPECT_EQ(crc32c(counting(0, 1)), 0x46DD794EU);
    EXPECT_EQ(crc32c(counting(31, -1)), 0x113FDB5CU);
    std::array<std::byte, 48> read{};  // the iSCSI Read (10) command
    for (const auto& [at, value] : {std::pair{0, 0x01},
                                    {1, 0xC0},
                                    {16, 0x14},
                                    {22, 0x04},
                                    {27, 0x14},
                                    {31, 0x18},
                                    {32, 0x28},
                                    {40, 0x02}}) {
        read.at(static_cast<std::size_t>(at)) = static_cast<std::byte>(value);
    }
    EXPECT_EQ(crc32c(read), 0xD9963A56U);
}

// The number that catalogues of CRCs give as the check of this one.
TEST(Crc32c, GivesItsCheckNumber) {
    EXPECT_EQ(crc32c(std::as_bytes(std::span(std::string_view("123456789")))), 0xE3069283U);
    EXPECT_EQ(crc32c({}), 0U);
}

// Bit by bit, as the definition says, for every length and alignment of the eight at a time.
TEST(Crc32c, IsTheRemainderBitByBit) {
    const auto slow = [](std::span<const std::byte> bytes) {
        std::uint32_t remainder = 0xFFFFFFFF;
        for (const std::byte byte : bytes) {
            remainder ^= std::to_integer<std::uint32_t>(byte);
            for (int bit = 0; bit < 8; ++bit) {
                remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? 0x82F63B78U : 0U);
            }
        }
        return ~remainder;
    };
    std::array<std::byte, 64> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 37 + 11);
    for (std::size_t begin = 0; begin < 9; ++begin) {
        for (std::size_t size = 0; size <= bytes.size() - begin; ++size) {
            const auto part = std::span<const std::byte>(bytes).subspan(begin, size);
            ASSERT_EQ(crc32c(part), slow(part)) << begin << " " << size;
        }
    }
}

}  // namespace
}  // namespace comity::ledger
