// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/position.hpp"

#include "comity/base/testing/random_arguments.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::geo {
namespace {

using base::testing::RandomArguments;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Degrees, and what they are to give: a position in 1e-7 degree, or an error.
struct Row {
    PositionDegrees degrees;
    std::optional<PositionE7> expected;
    PositionError error = PositionError::kNotFinite;
};

Row refused(PositionDegrees degrees, PositionError error) {
    return {degrees, std::nullopt, error};
}

const Row kRows[] = {
    {{0.0, 0.0}, PositionE7{0, 0}},
    {{-0.0, -0.0}, PositionE7{0, 0}},
    {{36.1234567, -179.7654321}, PositionE7{361'234'567, -1'797'654'321}},
    {{90.0, 180.0}, PositionE7{900'000'000, 1'800'000'000}},
    {{-90.0, -180.0}, PositionE7{-900'000'000, -1'800'000'000}},
    // To the nearest; a half (2^-7 degree is 78,125, 2^-8 is 39,062.5) away from zero.
    {{0.00000004, 0.00000006}, PositionE7{0, 1}},
    {{-0.00000004, -0.00000006}, PositionE7{0, -1}},
    {{0.0078125, 0.00390625}, PositionE7{78'125, 39'063}},
    {{-0.0078125, -0.00390625}, PositionE7{-78'125, -39'063}},
    // No rounding back into the range.
    refused({90.00000001, 0.0}, PositionError::kLatitudeRange),
    refused({-90.00000001, 0.0}, PositionError::kLatitudeRange),
    refused({1e300, 0.0}, PositionError::kLatitudeRange),
    refused({0.0, 180.00000001}, PositionError::kLongitudeRange),
    refused({0.0, -180.00000001}, PositionError::kLongitudeRange),
    refused({0.0, -1e300}, PositionError::kLongitudeRange),
    refused({kNaN, 0.0}, PositionError::kNotFinite),
    refused({0.0, kNaN}, PositionError::kNotFinite),
    refused({kInfinity, 0.0}, PositionError::kNotFinite),
    refused({0.0, -kInfinity}, PositionError::kNotFinite),
    // Of two faults, the first of the list of errors.
    refused({91.0, kNaN}, PositionError::kNotFinite),
    refused({91.0, 181.0}, PositionError::kLatitudeRange),
};

TEST(Position, FromDegreesRoundsOrRefuses) {
    for (const Row& row : kRows) {
        SCOPED_TRACE(testing::Message() << row.degrees.latitude << ' ' << row.degrees.longitude);
        const auto position = Position::from_degrees(row.degrees);
        ASSERT_EQ(position.has_value(), row.expected.has_value());
        if (position) {
            EXPECT_EQ(position->latitude().e7(), row.expected->latitude);
            EXPECT_EQ(position->longitude().e7(), row.expected->longitude);
        } else {
            EXPECT_EQ(position.error(), row.error);
        }
    }
}

TEST(Position, FromE7IsClosedAtBothEnds) {
    const auto latitude_ok = [](std::int32_t e7) {
        const bool alone = Latitude::from_e7(e7).has_value();
        EXPECT_EQ(Position::from_e7({.latitude = e7, .longitude = 0}).has_value(), alone);
        return alone;
    };
    const auto longitude_ok = [](std::int32_t e7) {
        const bool alone = Longitude::from_e7(e7).has_value();
        EXPECT_EQ(Position::from_e7({.latitude = 0, .longitude = e7}).has_value(), alone);
        return alone;
    };
    EXPECT_TRUE(latitude_ok(900'000'000));
    EXPECT_TRUE(latitude_ok(-900'000'000));
    EXPECT_FALSE(latitude_ok(900'000'001));
    EXPECT_FALSE(latitude_ok(-900'000'001));
    EXPECT_TRUE(longitude_ok(1'800'000'000));
    EXPECT_TRUE(longitude_ok(-1'800'000'000));
    EXPECT_FALSE(longitude_ok(1'800'000'001));
    EXPECT_FALSE(longitude_ok(-1'800'000'001));
    EXPECT_FALSE(latitude_ok(std::numeric_limits<std::int32_t>::min()));
    EXPECT_FALSE(longitude_ok(std::numeric_limits<std::int32_t>::min()));
    EXPECT_EQ(Position::from_e7({.latitude = 900'000'001, .longitude = 0}).error(),
              PositionError::kLatitudeRange);
    EXPECT_EQ(Position::from_e7({.latitude = 0, .longitude = 1'800'000'001}).error(),
              PositionError::kLongitudeRange);
}

TEST(Position, SurvivesTheWayOverDegrees) {
    RandomArguments random(1);
    for (int i = 0; i < 1'000'000; ++i) {
        const PositionE7 e7{
            .latitude = static_cast<std::int32_t>(random.integer(-900'000'000, 900'000'000)),
            .longitude = static_cast<std::int32_t>(random.integer(-1'800'000'000, 1'800'000'000))};
        const Position position = Position::from_e7(e7).value();
        ASSERT_EQ(Position::from_degrees(position.degrees()), position);
    }
}

TEST(Position, KeepsTheTwoNamesOfTheAntimeridianApart) {
    EXPECT_NE(Longitude::from_e7(1'800'000'000), Longitude::from_e7(-1'800'000'000));
    EXPECT_DOUBLE_EQ(Longitude::from_e7(1'800'000'000)->angle().in_degrees(), 180.0);
    EXPECT_DOUBLE_EQ(Latitude::from_e7(-450'000'000)->angle().in_degrees(), -45.0);
    EXPECT_LT(Latitude::from_e7(-1).value(), Latitude());
    EXPECT_LT(Longitude::from_e7(-1).value(), Longitude());
    EXPECT_EQ(Position(), Position::from_e7({.latitude = 0, .longitude = 0}));
    static_assert(sizeof(Position) == 8);
}

TEST(PositionError, HasWordsForEach) {
    for (const auto error : {PositionError::kNotFinite, PositionError::kLatitudeRange,
                             PositionError::kLongitudeRange}) {
        EXPECT_TRUE(std::string_view(to_string(error)).starts_with("expected "));
    }
}

}  // namespace
}  // namespace comity::geo
