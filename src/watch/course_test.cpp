// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "course.hpp"

#include "test_world.hpp"

#include "comity/geo/ecef.hpp"
#include "comity/geo/geodesic.hpp"
#include "comity/geo/trig.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace comity::watch {
namespace {

using geo::Milliseconds;

constexpr geo::Speed kMaxSpeed = geo::Speed::metres_per_second(1'500.0);

Sample sample(std::int64_t ms, geo::Position position) {
    Sample sample;
    sample.time = after_ms(ms);
    sample.position = position;
    return sample;
}

TEST(WatchCourse, AsReportedElseFromTheLastTwo) {
    const Sample before = sample(0, at(10.0, 0.0));
    Sample last = sample(10'000, at(10.01, 0.0));
    const auto derived = course_of(last, before, kMaxSpeed);
    ASSERT_TRUE(derived.has_value());
    EXPECT_NEAR(derived->speed.in_metres_per_second(), 111.3195, 0.001);
    EXPECT_NEAR(geo::sin(derived->track), 1.0, 1e-9);
    last.ground_speed = geo::Speed::metres_per_second(50.0);
    EXPECT_NEAR(course_of(last, before, kMaxSpeed)->speed.in_metres_per_second(), 111.3195, 0.001);
    last.track = geo::Angle::degrees(45.0);
    EXPECT_EQ(course_of(last, before, kMaxSpeed)->speed, *last.ground_speed);
    EXPECT_EQ(course_of(last, before, kMaxSpeed)->track, *last.track);
}

TEST(WatchCourse, UnknownWhereNothingSaysItOrNobodyIsThatFast) {
    const Sample before = sample(0, at(10.0, 0.0));
    EXPECT_FALSE(course_of(before, std::nullopt, kMaxSpeed).has_value());
    EXPECT_FALSE(course_of(sample(60'001, at(10.01, 0.0)), before, kMaxSpeed).has_value());
    EXPECT_TRUE(course_of(sample(60'000, at(10.01, 0.0)), before, kMaxSpeed).has_value());
    EXPECT_FALSE(course_of(sample(1'000, at(11.0, 0.0)), before, kMaxSpeed).has_value());
    Sample last = sample(1'000, at(10.0, 0.0));
    last.track = geo::Angle::degrees(45.0);
    last.ground_speed = geo::Speed::metres_per_second(-1.0);
    EXPECT_FALSE(course_of(last, before, kMaxSpeed).has_value());
}

std::optional<Milliseconds> entry(const geo::Polygon& area, geo::Position start, Moving moving,
                                  std::int64_t from_ms = 0, std::int64_t until_ms = 360'000) {
    return first_entry(footprint(area)->region(), start,
                       {.speed = geo::Speed::metres_per_second(moving.metres_per_second),
                        .track = geo::Angle::degrees(moving.degrees)},
                       Milliseconds(from_ms), Milliseconds(until_ms));
}

TEST(WatchCourse, FirstEntryInItsWindow) {
    const geo::Polygon area = box(10.0, -1.0, 10.1, 1.0);
    const geo::Position start = at(9.9, 0.0);  // 11,131.949 m before it
    EXPECT_EQ(entry(area, start, {100.0, 90.0}), Milliseconds(111'319));
    EXPECT_EQ(entry(area, start, {100.0, 270.0}), std::nullopt);
    EXPECT_EQ(entry(area, start, {100.0, 90.0}, 0, 111'000), std::nullopt);
    EXPECT_EQ(entry(area, start, {100.0, 90.0}, 150'000), Milliseconds(150'000));
    EXPECT_EQ(entry(area, start, {100.0, 90.0}, 230'000), std::nullopt);
    EXPECT_EQ(entry(area, start, {100.0, 90.0}, 150'000, 150'000), Milliseconds(150'000));
    EXPECT_EQ(entry(area, start, {0.0, 90.0}), std::nullopt);
    EXPECT_EQ(entry(area, at(10.0, 0.0), {0.0, 90.0}, 5'000), Milliseconds(5'000));
}

TEST(WatchCourse, OverTheAntimeridian) {
    EXPECT_EQ(entry(box(-180.0, -1.0, -179.9, 1.0), at(179.9, 0.0), {100.0, 90.0}),
              Milliseconds(111'319));
    EXPECT_EQ(entry(box(-179.95, -1.0, -179.9, 1.0), at(179.95, 0.0), {100.0, 90.0}),
              Milliseconds(111'319));
}

geo::LatLon place_after(geo::Position start, Moving moving, Milliseconds time) {
    const geo::PositionDegrees degrees = start.degrees();
    return geo::geodesic_direct(
        {.latitude = degrees.latitude, .longitude = degrees.longitude},
        geo::Angle::degrees(moving.degrees),
        geo::Distance::metres(moving.metres_per_second * geo::Seconds(time).count()));
}

// How deep inside the area a place is, in metres; negative outside.
double depth(const airspace::Area& area, geo::LatLon place) {
    const geo::Position position = at(place.longitude, place.latitude);
    const double metres =
        area.boundary().distance({.place = place, .vector = geo::to_ecef(place)})->in_metres();
    return area.region().contains(0, position) ? metres : -metres;
}

// Against a walk along the geodesic in steps of 50 ms: where we enter, it is at most 6 m outside;
// and it is nowhere more than 6 m inside before. (5 m of the pieces, the millisecond, the steps.)
TEST(WatchCourse, AgreesWithAWalkAlongTheGeodesic) {
    constexpr std::uint64_t kSeed = 24'112'015;
    SCOPED_TRACE(testing::Message() << "seed " << kSeed);
    RandomArguments random(kSeed);
    constexpr double kMetres = 6.0;
    int entries = 0;
    int clear = 0;
    constexpr int kRounds = 300;
    for (int round = 0; round < kRounds; ++round) {
        SCOPED_TRACE(testing::Message() << "round " << round);
        const double latitude = random.between(-84.0, 84.0);
        const geo::Position start = at(random.between(-177.0, 177.0), latitude);
        const double east = start.degrees().longitude;
        const auto vertex = [&] {
            const double width = std::min(2.5, 0.7 / std::sqrt(1.0 - latitude * latitude / 8100.0));
            return at(east + random.between(-width, width), latitude + random.between(-0.8, 0.8));
        };
        const auto area = footprint(ring({vertex(), vertex(), vertex()}));
        const Moving moving{random.between(20.0, 900.0), random.between(-180.0, 360.0)};
        const Milliseconds from(random.once_in(3) ? random.integer(0, 200'000) : 0);
        constexpr Milliseconds kUntil{360'000};
        const auto found =
            first_entry(area->region(), start,
                        {.speed = geo::Speed::metres_per_second(moving.metres_per_second),
                         .track = geo::Angle::degrees(moving.degrees)},
                        from, kUntil);
        if (found) {
            ++entries;
            ASSERT_GE(*found, from);
            ASSERT_LE(*found, kUntil);
            ASSERT_GE(depth(*area, place_after(start, moving, *found)), -kMetres);
        }
        for (Milliseconds t = from; t <= kUntil && (!found || t < *found); t += Milliseconds(50)) {
            const geo::LatLon place = place_after(start, moving, t);
            if (!area->region().contains(0, at(place.longitude, place.latitude))) continue;
            ASSERT_LE(depth(*area, place), kMetres) << t.count() << " ms";
        }
        if (!found) ++clear;
    }
    EXPECT_GT(entries, kRounds / 5);
    EXPECT_GT(clear, kRounds / 5);
}

}  // namespace
}  // namespace comity::watch
