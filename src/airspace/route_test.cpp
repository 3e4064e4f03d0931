// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/airspace/route.hpp"

#include "test_tracks.hpp"

#include "comity/geo/geodesic.hpp"
#include "comity/geo/region_index.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace comity::airspace {
namespace {

constexpr geo::Distance kWidth = geo::Distance::metres(2000);
constexpr geo::Milliseconds kSlack{60'000};

Route route_of(std::vector<geo::Position> places) {
    Route route;
    for (const geo::Position& place : places) {
        const auto minutes = static_cast<std::int64_t>(route.points.size()) * 60'000;
        route.points.push_back({.position = place, .time = after_ms(minutes)});
    }
    return route;
}

const geo::Polygon& polygon_in(const Volume& volume) {
    return std::get<geo::Polygon>(volume.footprint);
}

geo::RegionIndex index_of(const Volume& volume) {
    return geo::RegionIndex(std::span(&polygon_in(volume), 1));
}

geo::Position rounded(geo::LatLon place) {
    const auto position =
        geo::Position::from_degrees({.latitude = place.latitude, .longitude = place.longitude});
    COMITY_CHECK(position.has_value());
    return *position;
}

// The least distance from a place to a leg, by GeographicLib on ever smaller parts.
double metres_to_leg(geo::LatLon place, geo::Position from, geo::Position to) {
    double low = 0.0;
    double high = 1.0;
    double least = 1e9;
    double best = 0.0;
    for (int round = 0; round < 8; ++round) {
        const double step = (high - low) / 16.0;
        for (int i = 0; i <= 16; ++i) {
            const double fraction = low + step * i;
            const double metres = geodesic_metres(place, between(from, to, fraction));
            if (metres < least) {
                least = metres;
                best = fraction;
            }
        }
        low = std::max(0.0, best - step);
        high = std::min(1.0, best + step);
    }
    return least;
}

struct Leg {
    geo::Position from;
    geo::Position to;
    double half_width;
};

// Anywhere up to 85 degrees of latitude, also over the antimeridian: from nothing to a few thousand
// kilometres long.
Leg random_leg(RandomArguments& random) {
    const double scale = random.once_in(2) ? 1.0 : (random.once_in(2) ? 10.0 : 1e-3);
    const double latitude = random.between(-84.9, 84.9);
    const double longitude = random.once_in(5) ? 179.9 : random.between(-180.0, 180.0);
    double to_longitude = longitude + scale * random.between(-2.0, 2.0);
    if (to_longitude > 180.0) to_longitude -= 360.0;
    if (to_longitude < -180.0) to_longitude += 360.0;
    const double to_latitude =
        std::clamp(latitude + scale * random.between(-1.0, 1.0), -85.0, 85.0);
    return {.from = at(longitude, latitude),
            .to = random.once_in(20) ? at(longitude, latitude) : at(to_longitude, to_latitude),
            .half_width = random.once_in(2) ? random.between(1.0, 5000.0)
                                            : random.between(5000.0, 100'000.0)};
}

TEST(VolumesOf, HoldsEveryPlaceWithinTheHalfWidth) {
    constexpr std::uint64_t kSeed = 20'260'601;
    RandomArguments random(kSeed);
    double furthest = 0.0;
    for (int i = 0; i < 300; ++i) {
        const Leg leg = random_leg(random);
        const auto volumes = volumes_of(route_of({leg.from, leg.to}),
                                        geo::Distance::metres(leg.half_width), {}, kSlack);
        ASSERT_TRUE(volumes.has_value()) << "leg " << i << " of seed " << kSeed;
        const geo::RegionIndex index = index_of(volumes->front());
        for (int j = 0; j < 60; ++j) {
            // Most of them 2 cm within the very edge of the half width, all around.
            const double fraction = random.once_in(3) ? 0.0 : random.between(0.0, 1.0);
            const double distance =
                leg.half_width * (random.once_in(4) ? random.between(0.0, 1.0) : 1.0);
            const geo::LatLon place = geo::geodesic_direct(
                between(leg.from, leg.to, fraction), geo::Angle::degrees(random.between(0, 360)),
                geo::Distance::metres(std::max(0.0, distance - 0.02)));
            EXPECT_TRUE(index.contains(0, rounded(place)))
                << "leg " << i << " of seed " << kSeed << ", half width " << leg.half_width
                << ", place " << place.latitude << ' ' << place.longitude;
        }
        for (const geo::Position& corner : polygon_in(volumes->front()).ring(0)) {
            const geo::PositionDegrees degrees = corner.degrees();
            const double metres = metres_to_leg(
                {.latitude = degrees.latitude, .longitude = degrees.longitude}, leg.from, leg.to);
            furthest = std::max(furthest, (metres - 250.0) / leg.half_width);
        }
    }
    EXPECT_LE(furthest, 1.1) << "seed " << kSeed;
}

TEST(VolumesOf, HoldsNothingFarAway) {
    const auto volumes = volumes_of(route_of({at(20.0, 50.0), at(21.0, 50.0)}), kWidth, {}, kSlack);
    ASSERT_TRUE(volumes.has_value());
    const geo::RegionIndex index = index_of(volumes->front());
    EXPECT_TRUE(index.contains(0, at(20.5, 50.0)));
    EXPECT_TRUE(index.contains(0, at(20.5, 50.0179)));   // 1,992 m north
    EXPECT_FALSE(index.contains(0, at(20.5, 50.0184)));  // 2,047 m
    EXPECT_FALSE(index.contains(0, at(20.5, 49.9816)));  // 2,047 m south
    EXPECT_FALSE(index.contains(0, at(19.9690, 50.0)));  // 2,220 m before its begin
    EXPECT_FALSE(index.contains(0, at(21.0310, 50.0)));  // and after its end
}

// A line that is straight in longitude and latitude is 26 km from the geodesic here, and the volume
// is about the line.
TEST(VolumesOf, FollowsTheLegAndNotTheGeodesic) {
    const geo::Position from = at(0.0, 60.0);
    const geo::Position to = at(20.0, 60.0);
    const auto volumes = volumes_of(route_of({from, to}), kWidth, {}, kSlack);
    ASSERT_TRUE(volumes.has_value());
    const geo::RegionIndex index = index_of(volumes->front());
    EXPECT_TRUE(index.contains(0, at(10.0, 60.0)));
    EXPECT_FALSE(index.contains(0, at(10.0, 60.2)));
}

TEST(VolumesOf, OneVolumeForEachLegWithItsTimeAndBand) {
    const AltitudeBand band = Band<geo::PressureAltitude>{
        .lower = geo::PressureAltitude::at(geo::Height::whole_feet(5'000)), .upper = std::nullopt};
    const auto volumes = volumes_of(route_of({at(20.0, 50.0), at(20.1, 50.0), at(20.1, 50.1)}),
                                    kWidth, band, kSlack);
    ASSERT_TRUE(volumes.has_value());
    ASSERT_EQ(volumes->size(), 2U);
    EXPECT_EQ((*volumes)[0].time,
              (geo::Interval{.begin = after_ms(-60'000), .end = after_ms(120'000)}));
    EXPECT_EQ((*volumes)[1].time, (geo::Interval{.begin = after_ms(0), .end = after_ms(180'000)}));
    for (const Volume& volume : *volumes) {
        EXPECT_EQ(volume.band, band);
        EXPECT_EQ(polygon_in(volume).edge_kind(), geo::EdgeKind::kGeodesic);
    }
    EXPECT_TRUE(index_of((*volumes)[1]).contains(0, at(20.1, 50.05)));
    EXPECT_FALSE(index_of((*volumes)[0]).contains(0, at(20.1, 50.05)));
}

TEST(VolumesOf, RefusesWhatIsBeyondItsLimits) {
    const Route good = route_of({at(20.0, 50.0), at(20.1, 50.0), at(20.1, 50.1)});
    Route late = good;
    late.points[2].time = late.points[1].time;
    Route polar = good;
    polar.points[1].position = at(20.0, 85.000'000'1);
    Route far = good;
    far.points[2].position = at(120.0, 20.0);
    Route many;
    for (std::size_t i = 0; i <= Route::kMaxPoints; ++i) {
        many.points.push_back(
            {.position = at(20.0, 50.0), .time = after_ms(static_cast<std::int64_t>(i) * 1000)});
    }
    Route most = many;
    most.points.pop_back();

    struct Row {
        Route route;
        double half_width;
        std::int64_t slack;
        RouteError error;
    };
    const Row rows[] = {
        {route_of({}), 2000.0, 0, {RouteFault::kTooFewPoints, 0}},
        {route_of({at(20.0, 50.0)}), 2000.0, 0, {RouteFault::kTooFewPoints, 0}},
        {many, 2000.0, 0, {RouteFault::kTooManyPoints, 0}},
        {late, 2000.0, 0, {RouteFault::kTimeOrder, 2}},
        {polar, 2000.0, 0, {RouteFault::kNearPole, 1}},
        {far, 2000.0, 0, {RouteFault::kLegTooLong, 2}},
        {good, 0.0, 0, {RouteFault::kHalfWidth, 0}},
        {good, 100'000.1, 0, {RouteFault::kHalfWidth, 0}},
        {good, 2000.0, -1, {RouteFault::kSlack, 0}},
        {good, 2000.0, 86'400'001, {RouteFault::kSlack, 0}},
    };
    for (const Row& row : rows) {
        const auto volumes = volumes_of(row.route, geo::Distance::metres(row.half_width), {},
                                        geo::Milliseconds(row.slack));
        ASSERT_FALSE(volumes.has_value()) << to_string(row.error.fault);
        EXPECT_EQ(volumes.error(), row.error) << to_string(row.error.fault);
    }
    EXPECT_TRUE(volumes_of(good, Route::kMaxHalfWidth, {}, Route::kMaxSlack).has_value());
    EXPECT_TRUE(volumes_of(most, kWidth, {}, kSlack).has_value());
}

}  // namespace
}  // namespace comity::airspace
