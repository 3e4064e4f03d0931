// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "timetable.hpp"

#include "test_world.hpp"

#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace comity::watch {
namespace {

using geo::Milliseconds;

constexpr Conformance kUsual{.distance = geo::Distance::metres(2'000.0),
                             .time = Milliseconds(600'000)};

std::vector<geo::Interval> times(const geo::Polygon& area, const std::vector<RoutePoint>& route) {
    return times_inside(footprint(area)->region(), route);
}

geo::Interval between(std::int64_t begin_ms, std::int64_t end_ms) {
    return {.begin = after_ms(begin_ms), .end = after_ms(end_ms)};
}

TEST(Timetable, TimesInsideOverPointsOfTheRouteAreOne) {
    const geo::Polygon area = box(10.0, 0.0, 11.0, 1.0);
    const std::vector<RoutePoint> through = {
        {at(9.0, 0.5), after(0)}, {at(10.5, 0.5), after(150)}, {at(12.0, 0.5), after(450)}};
    EXPECT_EQ(times(area, through), std::vector{between(100'000, 250'000)});
    const std::vector<RoutePoint> twice = {
        {at(9.0, 0.5), after(0)}, {at(12.0, 0.5), after(300)}, {at(9.0, 0.5), after(600)}};
    EXPECT_EQ(times(area, twice),
              (std::vector{between(100'000, 200'000), between(400'000, 500'000)}));
    // The corner alone; out of it at a point of the route, and in again from there.
    const std::vector<RoutePoint> corner = {{at(9.5, 0.5), after(0)}, {at(10.5, 1.5), after(10)}};
    EXPECT_EQ(times(area, corner), std::vector{between(5'000, 5'000)});
    const std::vector<RoutePoint> outside = {{at(8.0, 0.5), after(0)},
                                             {at(9.0, 0.5), after(10)},
                                             {at(9.0, 2.0), after(20)},
                                             {at(9.0, 3.0), after(30)}};
    EXPECT_TRUE(times(area, outside).empty());
}

std::optional<Milliseconds> late(const std::vector<RoutePoint>& route, std::int64_t second,
                                 geo::Position position,
                                 std::optional<double> degrees = std::nullopt) {
    Sample sample;
    sample.time = after(second);
    sample.position = position;
    std::optional<Course> course;
    if (degrees) {
        course = Course{.speed = geo::Speed::metres_per_second(100.0),
                        .track = geo::Angle::degrees(*degrees)};
    }
    return lateness(route, sample, course, kUsual);
}

// Out to the east and back, 300 s each way.
std::vector<RoutePoint> out_and_back() {
    return {{at(9.0, 0.0), after(0)}, {at(9.3, 0.0), after(300)}, {at(9.0, 0.0), after(600)}};
}

TEST(Timetable, LatenessIsThatOfTheNearestPlaceOnTheRoute) {
    EXPECT_EQ(late(out_and_back(), 100, at(9.1, 0.01), 90.0), Milliseconds(0));
    EXPECT_EQ(late(out_and_back(), 130, at(9.1, 0.01), 90.0), Milliseconds(30'000));
    EXPECT_EQ(late(out_and_back(), 70, at(9.1, -0.01), 90.0), Milliseconds(-30'000));
}

TEST(Timetable, TheDirectionSaysWhichPassItIs) {
    EXPECT_EQ(late(out_and_back(), 400, at(9.1, 0.0), 90.0), Milliseconds(300'000));
    EXPECT_EQ(late(out_and_back(), 400, at(9.1, 0.0), 270.0), Milliseconds(-100'000));
    // Without one, the pass that fits the time.
    EXPECT_EQ(late(out_and_back(), 110, at(9.1, 0.0)), Milliseconds(10'000));
}

TEST(Timetable, SeveralPassesAreToldApartByTime) {
    // A square flown round and over its first side again, 100 s a side.
    const std::vector<RoutePoint> round = {{at(9.0, 0.0), after(0)},   {at(9.1, 0.0), after(100)},
                                           {at(9.1, 0.1), after(200)}, {at(9.0, 0.1), after(300)},
                                           {at(9.0, 0.0), after(400)}, {at(9.1, 0.0), after(500)}};
    EXPECT_EQ(late(round, 60, at(9.05, 0.0), 90.0), Milliseconds(10'000));
    EXPECT_EQ(late(round, 440, at(9.05, 0.0), 90.0), Milliseconds(-10'000));
    EXPECT_EQ(late(round, 251, at(9.05, 0.0), 90.0), Milliseconds(-199'000));
}

TEST(Timetable, TooFarOrTooLateIsNotFollowing) {
    // A minute of latitude at the equator is 1,842.9 m.
    EXPECT_TRUE(late(out_and_back(), 100, at(9.1, 0.01808), 90.0).has_value());
    EXPECT_FALSE(late(out_and_back(), 100, at(9.1, 0.0181), 90.0).has_value());
    EXPECT_TRUE(late(out_and_back(), 700, at(9.1, 0.0), 90.0).has_value());
    EXPECT_FALSE(late(out_and_back(), 701, at(9.1, 0.0), 90.0).has_value());
    EXPECT_TRUE(late(out_and_back(), -500, at(9.1, 0.0), 90.0).has_value());
    EXPECT_FALSE(late(out_and_back(), -501, at(9.1, 0.0), 90.0).has_value());
}

TEST(Timetable, OverTheAntimeridianAndFarNorth) {
    const std::vector<RoutePoint> over = {{at(179.9, 0.0), after(0)},
                                          {at(-179.9, 0.0), after(200)}};
    EXPECT_EQ(late(over, 150, at(-179.95, 0.01), 90.0), Milliseconds(0));
    EXPECT_EQ(late(over, 50, at(179.95, 0.01), 90.0), Milliseconds(0));
    const std::vector<RoutePoint> north = {{at(20.0, 80.0), after(0)},
                                           {at(22.0, 80.0), after(200)}};
    EXPECT_TRUE(late(north, 100, at(21.0, 80.0178), 90.0).has_value());
    EXPECT_FALSE(late(north, 100, at(21.0, 80.0182), 90.0).has_value());
}

}  // namespace
}  // namespace comity::watch
