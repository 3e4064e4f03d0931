// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/system/system_entropy.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace comity::system {
namespace {

TEST(SystemEntropy, FillsEveryByte) {
    SystemEntropy entropy;
    // A byte that is never written stays 0 in each of 16 rounds; by chance once in 2^118 runs.
    std::vector<std::byte> seen(1'000);
    for (int round = 0; round < 16; ++round) {
        std::vector<std::byte> bytes(seen.size());
        entropy.fill(bytes);
        for (std::size_t i = 0; i < seen.size(); ++i) seen.at(i) |= bytes.at(i);
    }
    EXPECT_EQ(std::ranges::count(seen, std::byte{0}), 0);
}

TEST(SystemEntropy, NeverGivesTheSameTwice) {
    SystemEntropy entropy;
    std::array<std::byte, 16> one{};
    std::array<std::byte, 16> two{};
    entropy.fill(one);
    entropy.fill(two);
    EXPECT_NE(one, two);
    entropy.fill(std::span<std::byte>());
}

TEST(SystemEntropy, FillsMoreThanTheKernelGivesAtOnce) {
    SystemEntropy entropy;
    std::vector<std::byte> bytes((std::size_t{33} << 20) + 1);
    entropy.fill(bytes);
    const auto tail = std::span(bytes).last(64);
    EXPECT_TRUE(std::ranges::any_of(tail, [](std::byte b) { return b != std::byte{0}; }));
}

}  // namespace
}  // namespace comity::system
