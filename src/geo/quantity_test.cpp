// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/quantity.hpp"

#include <numbers>

#include <gtest/gtest.h>

namespace comity::geo {
namespace {

TEST(Distance, KnowsItsUnits) {
    EXPECT_EQ(Distance::nautical_miles(1.0).in_metres(), 1852.0);
    EXPECT_EQ(Distance::metres(926.0).in_nautical_miles(), 0.5);
    EXPECT_EQ(Distance().in_metres(), 0.0);
}

TEST(Speed, KnowsItsUnits) {
    EXPECT_DOUBLE_EQ(Speed::knots(1.0).in_metres_per_second(), 1852.0 / 3600.0);
    EXPECT_DOUBLE_EQ(Speed::metres_per_second(100.0).in_knots(), 194.38444924406048);
    EXPECT_DOUBLE_EQ(Speed::feet_per_minute(1000.0).in_metres_per_second(), 5.08);
    EXPECT_DOUBLE_EQ(Speed::metres_per_second(5.08).in_feet_per_minute(), 1000.0);
}

TEST(Angle, KnowsItsUnits) {
    EXPECT_EQ(Angle::degrees(180.0).in_radians(), std::numbers::pi);
    EXPECT_EQ(Angle::radians(std::numbers::pi / 2).in_degrees(), 90.0);
}

TEST(Quantity, AddsScalesAndCompares) {
    const Distance one = Distance::metres(1.0);
    const Distance three = Distance::metres(3.0);
    EXPECT_EQ(one + one + one, three);
    EXPECT_EQ(three - one, 2.0 * one);
    EXPECT_EQ(three * 2.0, Distance::metres(6.0));
    EXPECT_EQ(three / 2.0, Distance::metres(1.5));
    EXPECT_EQ(three / one, 3.0);
    EXPECT_EQ(-one, Distance::metres(-1.0));
    EXPECT_LT(one, three);
    EXPECT_GT(one, -three);
    Distance sum;
    sum += three;
    sum += one;
    EXPECT_EQ(sum, Distance::metres(4.0));
}

TEST(Quantity, SpeedTimesTimeIsDistance) {
    const Speed speed = Speed::knots(600.0);
    EXPECT_DOUBLE_EQ((speed * Seconds{360.0}).in_nautical_miles(), 60.0);
    EXPECT_EQ(Seconds{360.0} * speed, speed * Seconds{360.0});
    EXPECT_DOUBLE_EQ((Distance::nautical_miles(60.0) / Seconds{360.0}).in_knots(), 600.0);
    // Whole milliseconds become seconds by themselves.
    EXPECT_DOUBLE_EQ((speed * std::chrono::milliseconds{360'000}).in_nautical_miles(), 60.0);
}

static_assert(Distance::nautical_miles(2.0) > Distance::metres(3703.0));
static_assert(sizeof(Distance) == sizeof(double));

}  // namespace
}  // namespace comity::geo
