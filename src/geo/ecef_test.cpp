// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/ecef.hpp"

#include "comity/base/testing/random_arguments.hpp"
#include "comity/geo/position.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include <GeographicLib/Geocentric.hpp>
#include <gtest/gtest.h>

namespace comity::geo {
namespace {

using base::testing::RandomArguments;

// A nanometre is about the last bit of a coordinate.
constexpr double kTolerance = 5e-9;

Ecef oracle(double latitude, double longitude) {
    Ecef v;
    GeographicLib::Geocentric::WGS84().Forward(latitude, longitude, 0.0, v.x, v.y, v.z);
    return v;
}

Position at_e7(std::int32_t latitude, std::int32_t longitude) {
    return Position::from_e7({.latitude = latitude, .longitude = longitude}).value();
}

TEST(Ecef, OfAPositionAgreesWithGeographicLib) {
    RandomArguments random(1);
    double worst = 0.0;
    for (int i = 0; i < 1'000'000; ++i) {
        const Position p =
            at_e7(static_cast<std::int32_t>(random.integer(-900'000'000, 900'000'000)),
                  static_cast<std::int32_t>(random.integer(-1'800'000'000, 1'800'000'000)));
        const auto [latitude, longitude] = p.degrees();
        worst = std::max(worst, norm(to_ecef(p) - oracle(latitude, longitude)));
    }
    RecordProperty("worst_metres", std::to_string(worst));
    EXPECT_LT(worst, kTolerance);
}

TEST(Ecef, OfAPlaceAgreesWithGeographicLibBeyondTheAntimeridianToo) {
    RandomArguments random(2);
    double worst = 0.0;
    for (int i = 0; i < 1'000'000; ++i) {
        const double latitude = random.between(-90.0, 90.0);
        const double longitude = random.between(-540.0, 540.0);
        worst = std::max(worst,
                         norm(to_ecef(LatLon{latitude, longitude}) - oracle(latitude, longitude)));
    }
    EXPECT_LT(worst, kTolerance);
}

TEST(Ecef, IsExactOnTheAxes) {
    EXPECT_EQ(to_ecef(at_e7(0, 0)), (Ecef{wgs84::kA, 0.0, 0.0}));
    EXPECT_EQ(to_ecef(at_e7(0, 900'000'000)), (Ecef{0.0, wgs84::kA, 0.0}));
    EXPECT_EQ(to_ecef(at_e7(0, 1'800'000'000)), (Ecef{-wgs84::kA, 0.0, 0.0}));
    EXPECT_EQ(to_ecef(at_e7(0, -1'800'000'000)), to_ecef(at_e7(0, 1'800'000'000)));
    for (const std::int32_t longitude : {0, 123'456'789, -1'800'000'000}) {
        const Ecef pole = to_ecef(at_e7(900'000'000, longitude));
        EXPECT_EQ(pole.x, 0.0);
        EXPECT_EQ(pole.y, 0.0);
        EXPECT_NEAR(pole.z, wgs84::kB, 2e-9);
    }
}

TEST(Ecef, VectorsAddScaleAndMultiply) {
    const Ecef a{1.0, 2.0, 2.0};
    EXPECT_EQ(norm(a), 3.0);
    EXPECT_EQ(a - a, Ecef{});
    EXPECT_EQ(2.0 * a, a + a);
    EXPECT_EQ(dot(a, {2.0, 0.0, -1.0}), 0.0);
}

}  // namespace
}  // namespace comity::geo
