// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "altitude.hpp"

#include "test_world.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace comity::watch {
namespace {

using airspace::AltitudeBand;
using airspace::Band;
using geo::Height;
using geo::Milliseconds;
using report::ReportedAltitude;

template <typename AltitudeType>
AltitudeType metres(double m) {
    return AltitudeType::at(Height::metres(m));
}

template <typename AltitudeType>
Band<AltitudeType> band(std::optional<double> lower, std::optional<double> upper) {
    Band<AltitudeType> band;
    if (lower) band.lower = metres<AltitudeType>(*lower);
    if (upper) band.upper = metres<AltitudeType>(*upper);
    return band;
}

Sample at_altitude(std::int64_t ms, std::optional<ReportedAltitude> altitude,
                   double metres_per_second = 0.0) {
    Sample sample;
    sample.time = after_ms(ms);
    sample.altitude = altitude;
    sample.vertical_rate = geo::Speed::metres_per_second(metres_per_second);
    return sample;
}

bool is_in(const AltitudeBand& band, std::optional<ReportedAltitude> altitude) {
    return may_be_in(band, at_altitude(0, altitude));
}

using geo::AltitudeMsl;
using geo::AltitudeWgs84;
using geo::HeightAgl;
using geo::PressureAltitude;

TEST(WatchAltitude, InTheBandsDatumTheLimitsAreExactAndClosed) {
    const AltitudeBand msl = band<AltitudeMsl>(1'000.0, 2'000.0);
    EXPECT_TRUE(is_in(msl, metres<AltitudeMsl>(1'000.0)));
    EXPECT_TRUE(is_in(msl, metres<AltitudeMsl>(2'000.0)));
    EXPECT_FALSE(is_in(msl, metres<AltitudeMsl>(999.9999)));
    EXPECT_FALSE(is_in(msl, metres<AltitudeMsl>(2'000.0001)));
}

TEST(WatchAltitude, UnlimitedOrUnknownIsIn) {
    EXPECT_TRUE(is_in(band<AltitudeMsl>(1'000.0, 2'000.0), std::nullopt));
    EXPECT_TRUE(is_in(band<AltitudeMsl>(std::nullopt, std::nullopt), metres<AltitudeMsl>(-400.0)));
    EXPECT_TRUE(is_in(band<AltitudeMsl>(1'000.0, std::nullopt), metres<AltitudeMsl>(9'000.0)));
    EXPECT_FALSE(is_in(band<AltitudeMsl>(1'000.0, std::nullopt), metres<AltitudeMsl>(900.0)));
}

TEST(WatchAltitude, InAnotherDatumTheBandIsWiderByTheBound) {
    const AltitudeBand msl = band<AltitudeMsl>(1'000.0, 2'000.0);
    EXPECT_TRUE(is_in(msl, metres<AltitudeWgs84>(2'110.0)));
    EXPECT_FALSE(is_in(msl, metres<AltitudeWgs84>(2'110.01)));
    EXPECT_TRUE(is_in(msl, metres<AltitudeWgs84>(890.0)));
    EXPECT_FALSE(is_in(msl, metres<AltitudeWgs84>(889.99)));
    // 500 m + 12 % of the greater height.
    EXPECT_TRUE(is_in(msl, metres<PressureAltitude>(2'840.0)));
    EXPECT_FALSE(is_in(msl, metres<PressureAltitude>(2'842.0)));
}

TEST(WatchAltitude, AboveGroundItIsAsWideAsGroundIsHigh) {
    const AltitudeBand agl = band<HeightAgl>(100.0, 500.0);
    EXPECT_TRUE(is_in(agl, metres<AltitudeMsl>(-330.0)));
    EXPECT_FALSE(is_in(agl, metres<AltitudeMsl>(-330.01)));
    EXPECT_TRUE(is_in(agl, metres<AltitudeMsl>(9'349.0)));
    EXPECT_FALSE(is_in(agl, metres<AltitudeMsl>(9'349.01)));
}

TEST(WatchAltitude, TimeToTheBandFollowsTheVerticalRate) {
    const AltitudeBand msl = band<AltitudeMsl>(1'000.0, 2'000.0);
    const auto time = [&](double m, double rate) {
        return time_to_band(msl, at_altitude(0, metres<AltitudeMsl>(m), rate));
    };
    EXPECT_EQ(time(1'500.0, 50.0), Milliseconds(0));
    EXPECT_EQ(time(900.0, 10.0), Milliseconds(10'000));
    EXPECT_EQ(time(2'100.0, -8.0), Milliseconds(12'500));
    EXPECT_EQ(time(900.0, -10.0), std::nullopt);
    EXPECT_EQ(time(2'100.0, 8.0), std::nullopt);
    EXPECT_EQ(time(900.0, 0.0), std::nullopt);
    EXPECT_EQ(time(900.0, 1e-9), std::nullopt);
    EXPECT_EQ(time_to_band(msl, at_altitude(0, std::nullopt)), Milliseconds(0));
}

struct Way {
    std::optional<ReportedAltitude> from;
    std::optional<ReportedAltitude> to;
    std::optional<geo::Interval> expected;
};

TEST(WatchAltitude, TimeInTheBandBetweenTwoReports) {
    const AltitudeBand msl = band<AltitudeMsl>(1'000.0, 2'000.0);
    const auto between = [](std::int64_t begin, std::int64_t end) {
        return geo::Interval{.begin = after_ms(begin), .end = after_ms(end)};
    };
    const auto m = [](double value) { return metres<AltitudeMsl>(value); };
    const auto w = [](double value) { return metres<AltitudeWgs84>(value); };
    const Way ways[] = {
        {m(1'500), m(1'600), between(0, 10'000)},
        {m(500), m(1'500), between(5'000, 10'000)},
        {m(1'500), m(500), between(0, 5'000)},
        {m(500), m(2'500), between(2'500, 7'500)},
        {m(2'500), m(500), between(2'500, 7'500)},
        {m(500), m(1'000), between(10'000, 10'000)},
        {m(500), m(900), std::nullopt},
        {m(2'500), m(2'100), std::nullopt},
        // Where it cannot be computed a change shows at the reports.
        {std::nullopt, m(500), between(0, 0)},
        {m(500), std::nullopt, between(10'000, 10'000)},
        {std::nullopt, std::nullopt, between(0, 10'000)},
        {w(500), w(1'500), between(10'000, 10'000)},
        {w(500), w(600), std::nullopt},
    };
    for (const Way& way : ways) {
        SCOPED_TRACE(&way - ways);
        EXPECT_EQ(time_in_band(msl, at_altitude(0, way.from), at_altitude(10'000, way.to)),
                  way.expected);
    }
}

}  // namespace
}  // namespace comity::watch
