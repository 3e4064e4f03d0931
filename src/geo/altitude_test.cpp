// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/altitude.hpp"

#include "comity/base/testing/random_arguments.hpp"

#include <cstdint>

#include <gtest/gtest.h>

namespace comity::geo {
namespace {

using base::testing::RandomArguments;

TEST(Height, HoldsFeetExactly) {
    EXPECT_EQ(Height::whole_feet(1).in_tenths_of_mm(), 3048);
    EXPECT_EQ(Height::whole_feet(-100).in_tenths_of_mm(), -304'800);
    EXPECT_EQ(Height::metres(0.3048), Height::whole_feet(1));
    EXPECT_EQ(Height::whole_feet(19'000).in_metres(), 5791.2);
    for (std::int64_t feet = -2'000; feet <= 100'000; ++feet) {
        ASSERT_EQ(Height::feet(static_cast<double>(feet)), Height::whole_feet(feet));
        ASSERT_EQ(Height::whole_feet(feet).in_feet(), static_cast<double>(feet));
    }
}

TEST(Height, RoundsToTheNearestTenthOfAMillimetre) {
    struct Row {
        double metres;
        std::int64_t expected;
    };
    // Halves upward; each number here is a double exactly.
    const Row rows[] = {{0.0, 0},
                        {0.0001220703125, 1},
                        {-0.0001220703125, -1},
                        {1.0, 10'000},
                        {-1.0, -10'000},
                        {0.03125, 313},    // 312.5
                        {-0.03125, -312},  // -312.5
                        {0.0311279296875, 311},
                        {-0.0311279296875, -311},
                        {8848.86, 88'488'600},
                        {-430.5, -4'305'000}};
    for (const auto& [metres, expected] : rows) {
        EXPECT_EQ(Height::metres(metres).in_tenths_of_mm(), expected) << metres;
    }
    RandomArguments random(1);
    for (int i = 0; i < 100'000; ++i) {
        const double metres = random.between(-1e5, 1e5);
        ASSERT_NEAR(Height::metres(metres).in_metres(), metres, 0.00005 + 1e-9);
    }
}

TEST(Height, AddsAndCompares) {
    const Height foot = Height::whole_feet(1);
    EXPECT_EQ(foot + foot, Height::whole_feet(2));
    EXPECT_EQ(foot - foot, Height());
    EXPECT_EQ(-foot, Height::whole_feet(-1));
    EXPECT_LT(-foot, Height());
}

template <typename T>
class AltitudeOf : public testing::Test {};
using EveryAltitude = testing::Types<AltitudeWgs84, AltitudeMsl, PressureAltitude, HeightAgl>;
TYPED_TEST_SUITE(AltitudeOf, EveryAltitude);

TYPED_TEST(AltitudeOf, IsAPointAndItsDifferencesAreHeights) {
    const auto low = TypeParam::at(Height::whole_feet(9'000));
    const auto high = TypeParam::at(Height::whole_feet(10'000));
    EXPECT_EQ(high - low, Height::whole_feet(1'000));
    EXPECT_EQ(low + Height::whole_feet(1'000), high);
    EXPECT_EQ(high - Height::whole_feet(1'000), low);
    EXPECT_LT(low, high);
    EXPECT_EQ(low.above_datum(), Height::whole_feet(9'000));
    EXPECT_EQ(TypeParam(), TypeParam::at(Height()));
}

}  // namespace
}  // namespace comity::geo
