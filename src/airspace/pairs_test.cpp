// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/airspace/pairs.hpp"

#include "shared_data.hpp"
#include "test_flights.hpp"
#include "test_tracks.hpp"

#include "comity/geo/geodesic.hpp"
#include "comity/geo/instant.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::airspace {
namespace {

using geo::Distance;
using geo::Height;
using testing::ElementsAre;

// --- By hand -------------------------------------------------------------------------------------

TEST(Pairs, TwoOnOpposedTracksAreNearestWhereTheyMeet) {
    // A degree of latitude in 60 s each, towards each other: they meet after 30 s, and close at
    // 2 NM a second; 5 NM is not less than 5 NM, so it begins when 4 are left.
    const std::vector<Flight> flights = {
        flight("b", at(8.0, 0.0), at(8.0, 1.0), 60, pressure_feet(30'000)),
        flight("a", at(8.0, 1.0), at(8.0, 0.0), 60, pressure_feet(30'500))};
    EXPECT_THAT(in_words(flights), ElementsAre("a b 07:00:28-07:00:32 0.000 07:00:30 500.0"));
}

TEST(Pairs, ExactlyTheHorizontalMinimumIsNoLoss) {
    RandomArguments random(1);
    int seen = 0;
    for (int round = 0; round < 300; ++round) {
        const geo::Position a = at(random.between(-180, 180), random.between(-89, 89));
        const geo::Position b =
            at_e7(std::clamp<std::int64_t>(a.longitude().e7() + random.integer(-500'000, 500'000),
                                           -1'800'000'000, 1'800'000'000),
                  a.latitude().e7() + random.integer(-500'000, 500'000));
        const std::vector<Flight> flights = {standing("a", a, pressure_feet(9000)),
                                             standing("b", b, pressure_feet(9000))};
        const std::vector<SeparationLoss> losses = losses_of(flights);
        if (losses.empty()) continue;
        const Distance distance = losses.front().min_horizontal;
        EXPECT_NEAR(distance.in_metres(), geo::geodesic_distance(a, b).in_metres(), 1e-6);
        ++seen;
        EXPECT_THAT(losses_of(flights, {.horizontal = distance, .vertical = Height::feet(1000)}),
                    testing::IsEmpty());
        const Distance more = Distance::metres(std::nextafter(distance.in_metres(), 1e9));
        EXPECT_EQ(losses_of(flights, {.horizontal = more, .vertical = Height::feet(1000)}).size(),
                  1U);
    }
    EXPECT_GT(seen, 100);
}

TEST(Pairs, ExactlyAThousandFeetIsNoLoss) {
    const geo::Position here = at(8.0, 47.0);
    const auto count = [&](double feet) {
        return losses_of({standing("a", here, pressure_feet(30'000)),
                          standing("b", here, pressure_feet(30'000 + feet))})
            .size();
    };
    EXPECT_EQ(count(1000.0), 0U);
    EXPECT_EQ(count(-1000.0), 0U);
    // A tenth of a millimetre less.
    EXPECT_EQ(count(1000.0 - 0.0004), 1U);
    EXPECT_EQ(count(-1000.0 + 0.0004), 1U);
    EXPECT_EQ(count(0.0), 1U);
}

TEST(Pairs, AThousandFeetBetweenClimbingAircraftIsExactToo) {
    // Both climb by 1,000 ft in 7 s: every second in between is a fraction that has no decimals.
    const auto climb = [](const char* id, double from) {
        return Flight{
            .id = id,
            .points = {
                {.time = after_ms(0), .position = at(8.0, 47.0), .altitude = pressure_feet(from)},
                {.time = after_ms(7'000),
                 .position = at(8.0, 47.0),
                 .altitude = pressure_feet(from + 1000)}}};
    };
    EXPECT_THAT(in_words({climb("a", 5'000), climb("b", 6'000)}), testing::IsEmpty());
    EXPECT_THAT(in_words({climb("a", 5'000), climb("b", 5'999.999)}),
                ElementsAre("a b 07:00:00-07:00:07 0.000 07:00:00 1000.0"));
}

TEST(Pairs, ZeroMinimaFindNothing) {
    const geo::Position here = at(8.0, 47.0);
    const std::vector<Flight> flights = {standing("a", here, pressure_feet(0)),
                                         standing("b", here, pressure_feet(0))};
    EXPECT_TRUE(
        losses_of(flights, {.horizontal = Distance{}, .vertical = Height::feet(1000)}).empty());
    EXPECT_TRUE(
        losses_of(flights, {.horizontal = Distance::metres(10), .vertical = Height{}}).empty());
}

TEST(Pairs, OfEqualDistancesTheEarliestSecondIsNamed) {
    const std::vector<Flight> flights = {standing("a", at(8.0, 47.0), pressure_feet(30'000)),
                                         standing("b", at(8.01, 47.0), pressure_feet(30'000))};
    const std::vector<SeparationLoss> losses = losses_of(flights);
    ASSERT_EQ(losses.size(), 1U);
    EXPECT_EQ(losses.front().start, after_ms(0));
    EXPECT_EQ(losses.front().end, after_ms(60'000));
    EXPECT_EQ(losses.front().at, after_ms(0));
}

TEST(Pairs, OnlyWholeSecondsCount) {
    const auto from_to = [](const char* id, std::int64_t begin, std::int64_t end) {
        Flight flight{.id = id};
        for (const std::int64_t ms : {begin, end}) {
            flight.points.push_back(
                {.time = after_ms(ms), .position = at(8.0, 47.0), .altitude = pressure_feet(1000)});
        }
        return flight;
    };
    EXPECT_THAT(in_words({from_to("a", 1, 999), from_to("b", 0, 1'000)}), testing::IsEmpty());
    EXPECT_THAT(in_words({from_to("a", 1, 1'000), from_to("b", 0, 5'000)}),
                ElementsAre("a b 07:00:01-07:00:01 0.000 07:00:01 0.0"));
    EXPECT_THAT(in_words({from_to("a", -500, 3'999), from_to("b", 999, 5'000)}),
                ElementsAre("a b 07:00:01-07:00:03 0.000 07:00:01 0.0"));
}

TEST(Pairs, SixtySecondsAreBridgedAndAMillisecondMoreIsNot) {
    const auto of_two = [](const char* id, std::int64_t ms) {
        Flight flight{.id = id};
        for (const std::int64_t t : {std::int64_t{0}, ms}) {
            flight.points.push_back(
                {.time = after_ms(t), .position = at(8.0, 47.0), .altitude = pressure_feet(1000)});
        }
        return flight;
    };
    EXPECT_THAT(in_words({of_two("a", 60'000), of_two("b", 60'000)}),
                ElementsAre("a b 07:00:00-07:01:00 0.000 07:00:00 0.0"));
    EXPECT_THAT(in_words({of_two("a", 60'001), of_two("b", 60'000)}), testing::IsEmpty());
}

TEST(Pairs, ASecondCountsOnlyBetweenAirborneSamplesWithAltitude) {
    const auto with = [](std::size_t index, auto change) {
        std::vector<Flight> flights = {standing("a", at(8.0, 47.0), pressure_feet(1000)),
                                       standing("b", at(8.0, 47.0), pressure_feet(1000))};
        change(flights[1].points[index]);
        return flights;
    };
    const auto ground = [](FlightPoint& p) { p.on_ground = true; };
    const auto unknown = [](FlightPoint& p) { p.altitude.reset(); };
    const auto other_datum = [](FlightPoint& p) { p.altitude = msl_metres(305); };
    // Without the point at 30 s, what is left ends at 20 s and begins at 40 s again: both are also
    // the ends of good stretches.
    const auto split = ElementsAre("a b 07:00:00-07:00:20 0.000 07:00:00 0.0",
                                   "a b 07:00:40-07:01:00 0.000 07:00:40 0.0");
    EXPECT_THAT(in_words(with(3, ground)), split);
    EXPECT_THAT(in_words(with(3, unknown)), split);
    EXPECT_THAT(in_words(with(3, other_datum)), split);
    EXPECT_THAT(in_words(with(0, ground)), ElementsAre("a b 07:00:10-07:01:00 0.000 07:00:10 0.0"));
    EXPECT_THAT(in_words(with(6, unknown)),
                ElementsAre("a b 07:00:00-07:00:50 0.000 07:00:00 0.0"));
}

TEST(Pairs, AFlightOfOnePointIsNowhere) {
    Flight lone{.id = "lone"};
    lone.points.push_back(
        {.time = after_ms(10'000), .position = at(8.0, 47.0), .altitude = pressure_feet(1000)});
    EXPECT_TRUE(losses_of({lone, standing("a", at(8.0, 47.0), pressure_feet(1000))}).empty());
    EXPECT_TRUE(losses_of({Flight{.id = "none"}, lone}).empty());
    EXPECT_TRUE(losses_of({}).empty());
}

TEST(Pairs, TheFirstOfEqualTimesCounts) {
    std::vector<Flight> flights = {standing("a", at(8.0, 47.0), pressure_feet(1000)),
                                   standing("b", at(8.0, 47.0), pressure_feet(1000))};
    FlightPoint late = flights[1].points[3];
    late.position = at(20.0, 10.0);
    flights[1].points.insert(flights[1].points.begin() + 4, late);
    EXPECT_THAT(in_words(flights), ElementsAre("a b 07:00:00-07:01:00 0.000 07:00:00 0.0"));
}

TEST(Pairs, TimesApartAreRunsOfTheirOwn) {
    // b passes a twice: out and back at a degree in 20 s.
    Flight b{.id = "b"};
    const double longitudes[] = {7.0, 9.0, 7.0};
    for (std::size_t i = 0; i < std::size(longitudes); ++i) {
        b.points.push_back({.time = after_ms(40'000 * static_cast<std::int64_t>(i)),
                            .position = at(longitudes[i], 0.0),
                            .altitude = pressure_feet(1000)});
    }
    Flight a = b;
    a.id = "a";
    for (FlightPoint& p : a.points) p.position = at(8.0, 0.0);
    EXPECT_THAT(in_words({b, a}), ElementsAre("a b 07:00:19-07:00:21 0.000 07:00:20 0.0",
                                              "a b 07:00:59-07:01:01 0.000 07:01:00 0.0"));
}

TEST(Pairs, ComeInTheOrderOfIdsThenOfTime) {
    std::vector<Flight> flights;
    for (const char* id : {"b", "a10", "a9", "B"}) {
        flights.push_back(standing(id, at(8.0, 47.0), pressure_feet(1000)));
    }
    std::vector<std::string> pairs;
    for (const SeparationLoss& loss : losses_of(flights)) {
        pairs.push_back(flights[loss.first].id + " " + flights[loss.second].id);
    }
    // Bytewise, not as numbers.
    EXPECT_THAT(pairs, ElementsAre("B a10", "B a9", "B b", "a10 a9", "a10 b", "a9 b"));
}

TEST(Pairs, TheAntimeridianAndThePoleAreCrossed) {
    EXPECT_THAT(
        in_words({flight("a", at(179.99, -17.0), at(179.99, -17.0), 60, pressure_feet(1000)),
                  flight("b", at(-179.99, -17.0), at(-179.99, -17.0), 60, pressure_feet(1000))}),
        ElementsAre("a b 07:00:00-07:01:00 1.150 07:00:00 0.0"));
    // From 179 E to 179 W in 60 s, the short way: over 180 after 30 s.
    Flight over{.id = "b"};
    for (const auto& [ms, longitude] : {std::pair{0, 179.0}, std::pair{60'000, -179.0}}) {
        over.points.push_back({.time = after_ms(ms),
                               .position = at(longitude, 0.0),
                               .altitude = pressure_feet(1000)});
    }
    const std::vector<std::string> words =
        in_words({standing("a", at(-180.0, 0.0), pressure_feet(1000)), over});
    ASSERT_EQ(words.size(), 1U);
    EXPECT_THAT(words.front(), testing::HasSubstr("0.000 07:00:30"));
    // Two on opposite meridians, 2 NM from the pole each.
    EXPECT_THAT(in_words({standing("a", at(10.0, 89.9667), pressure_feet(1000)),
                          standing("b", at(-170.0, 89.9667), pressure_feet(1000))}),
                ElementsAre(testing::StartsWith("a b 07:00:00-07:01:00 4.01")));
}

// --- Data ----------------------------------------------------------------------------------------

const FlightAltitude kAltitudes[] = {pressure_feet(0), pressure_feet(35'000), pressure_feet(-1000),
                                     msl_metres(0),    msl_metres(10'668),    msl_metres(-300),
                                     wgs84_metres(0),  wgs84_metres(10'668)};

TEST(DatumBound, IsNothingOfOneDatumAndTheSameBothWays) {
    for (const FlightAltitude& a : kAltitudes) {
        EXPECT_EQ(datum_bound(a, a), Height{});
        for (const FlightAltitude& b : kAltitudes) {
            EXPECT_EQ(datum_bound(a, b), datum_bound(b, a));
            EXPECT_GE(datum_bound(a, b), Height{});
            EXPECT_EQ(datum_bound(a, b) == Height{}, a.index() == b.index());
        }
    }
}

TEST(DatumBound, IsWhatTheHeaderSays) {
    EXPECT_EQ(datum_bound(msl_metres(0), wgs84_metres(0)), Height::metres(110));
    EXPECT_EQ(datum_bound(msl_metres(9000), wgs84_metres(0)), Height::metres(110));
    EXPECT_NEAR(datum_bound(pressure_feet(0), msl_metres(0)).in_metres(), 500.0, 0.01);
    EXPECT_NEAR(datum_bound(pressure_feet(0), msl_metres(10'000)).in_metres(), 1700.0, 0.01);
    EXPECT_NEAR(datum_bound(pressure_feet(0), wgs84_metres(10'000)).in_metres(), 1810.0, 0.01);
    // Never less than the figures.
    EXPECT_GE(datum_bound(pressure_feet(33.33), msl_metres(9'999.9999)),
              Height::metres(500 + 0.12 * 9'999.9999));
}

TEST(DatumBound, WidensTheVerticalMinimumAndNeverNarrowsIt) {
    const geo::Position here = at(8.0, 47.0);
    const auto is_lost = [&](const FlightAltitude& a, const FlightAltitude& b, Height vertical) {
        return !losses_of({standing("a", here, a), standing("b", here, b)},
                          {.horizontal = Distance::metres(1), .vertical = vertical})
                    .empty();
    };
    const auto height = [](const FlightAltitude& altitude) {
        return std::visit([](const auto& a) { return a.above_datum(); }, altitude);
    };
    for (const FlightAltitude& a : kAltitudes) {
        for (const FlightAltitude& b : kAltitudes) {
            const Height apart = std::max(height(a) - height(b), height(b) - height(a));
            const Height unit = Height::tenths_of_mm(1);
            // Plainly below the minimum: whatever the data are.
            EXPECT_TRUE(is_lost(a, b, apart + unit));
            // At the minimum only where the data may differ.
            EXPECT_EQ(is_lost(a, b, apart), datum_bound(a, b) > Height{});
            if (apart <= datum_bound(a, b)) continue;
            EXPECT_FALSE(is_lost(a, b, apart - datum_bound(a, b)));
            EXPECT_TRUE(is_lost(a, b, apart - datum_bound(a, b) + unit));
        }
    }
}

// --- 1 August 2018 -------------------------------------------------------------------------------

TEST(PairsRecordings, OfADayOverSwitzerlandThereAreSix) {
    constexpr const char* kFlights = "trajectories/switzerland_20180801_dev.csv";
    const auto csv = file_content(shared_data(kFlights));
    if (!csv) GTEST_SKIP() << missing_data(kFlights);
    std::map<std::string, Flight> by_id;
    for (auto& row : simple_csv(*csv)) {
        Flight& flight = by_id[row["icao24"]];
        flight.id = row["icao24"];
        FlightPoint point{.time = *geo::parse_instant(row["time_utc"]),
                          .position = at(std::stod(row["lon"]), std::stod(row["lat"])),
                          .on_ground = row["onground"] == "1"};
        if (!row["alt_ft"].empty()) point.altitude = pressure_feet(std::stod(row["alt_ft"]));
        flight.points.push_back(point);
    }
    std::vector<Flight> flights;
    for (auto& [id, flight] : by_id) {
        std::stable_sort(flight.points.begin(), flight.points.end(),
                         [](const auto& a, const auto& b) { return a.time < b.time; });
        flights.push_back(flight);
    }
    EXPECT_THAT(in_words(flights),
                ElementsAre("201024 4c01e6 19:35:26-19:35:40 2.840 19:35:26 995.0",
                            "344282 4baa61 13:50:45-13:51:25 0.129 13:51:05 975.0",
                            "3964e5 4009f9 14:23:31-14:24:03 0.636 14:23:44 975.0",
                            "3c49e7 440030 16:03:46-16:04:13 4.063 16:04:00 950.0",
                            "3c6742 440202 18:32:30-18:33:00 2.265 18:32:48 950.0",
                            "471f4b 4a08ec 08:15:15-08:15:49 0.088 08:15:34 975.0"));
}

}  // namespace
}  // namespace comity::airspace
