// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/testing/seeded_entropy.hpp"

#include <array>
#include <cstddef>
#include <span>

#include <gtest/gtest.h>

namespace comity::base::testing {
namespace {

TEST(SplitMix64, GivesItsPublishedNumbers) {
    // The first numbers of the reference implementation by S. Vigna from seed 1234567.
    SplitMix64 generator(1234567);
    EXPECT_EQ(generator.next(), 6457827717110365317U);
    EXPECT_EQ(generator.next(), 3203168211198807973U);
    EXPECT_EQ(generator.next(), 9817491932198370423U);
}

TEST(SplitMix64, ReachesEveryChoice) {
    SplitMix64 generator(1);
    std::array<int, 5> seen{};
    for (int i = 0; i < 1000; ++i) ++seen.at(generator.below(seen.size()));
    for (const int count : seen) EXPECT_GT(count, 100);
}

TEST(SeededEntropy, GivesTheSameBytesFromTheSameSeedHoweverTheyAreAskedFor) {
    std::array<std::byte, 100> whole{};
    std::array<std::byte, 100> parts{};
    std::array<std::byte, 100> other{};
    SeededEntropy(1).fill(whole);
    SeededEntropy entropy(1);
    const std::span<std::byte> rest(parts);
    entropy.fill(rest.first(0));
    entropy.fill(rest.first(1));
    entropy.fill(rest.subspan(1, 30));
    entropy.fill(rest.subspan(31));
    SeededEntropy(2).fill(other);
    EXPECT_EQ(whole, parts);
    EXPECT_NE(whole, other);
}

}  // namespace
}  // namespace comity::base::testing
