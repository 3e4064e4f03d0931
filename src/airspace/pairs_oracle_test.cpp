// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Random flights against a slow oracle: every pair at every second.
#include "test_flights.hpp"
#include "test_tracks.hpp"

#include "comity/airspace/pairs.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::airspace {
namespace {

using geo::Distance;
using geo::Height;
using geo::LatLon;

__extension__ using Wide = __int128;

struct Where {
    LatLon place;
    Wide height;  // tenths of a millimetre x `length`
    std::int64_t length;
    FlightAltitude from;
    FlightAltitude to;
};

std::int64_t height_of(const FlightAltitude& altitude) {
    return std::visit([](const auto& a) { return a.above_datum().in_tenths_of_mm(); }, altitude);
}

std::optional<Where> where_at(const Flight& flight, geo::Instant now) {
    std::vector<FlightPoint> points;
    for (const FlightPoint& p : flight.points) {
        if (points.empty() || p.time != points.back().time) points.push_back(p);
    }
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const FlightPoint& a = points[i];
        const FlightPoint& b = points[i + 1];
        if (now < a.time || now > b.time || b.time - a.time > geo::Milliseconds(60'000)) continue;
        if (!a.altitude || !b.altitude || a.on_ground || b.on_ground) continue;
        if (a.altitude->index() != b.altitude->index()) continue;
        const std::int64_t since = (now - a.time).count();
        const std::int64_t length = (b.time - a.time).count();
        return Where{.place = between(a.position, b.position,
                                      static_cast<double>(since) / static_cast<double>(length)),
                     .height = Wide{height_of(*a.altitude)} * (length - since) +
                               Wide{height_of(*b.altitude)} * since,
                     .length = length,
                     .from = *a.altitude,
                     .to = *b.altitude};
    }
    return std::nullopt;
}

struct Apart {
    double metres;
    double feet;
    bool lost;
};

std::optional<Apart> apart(const Where& a, const Where& b, const SeparationMinima& minima) {
    const double metres = geodesic_metres(a.place, b.place);
    Wide vertical = a.height * b.length - b.height * a.length;
    if (vertical < 0) vertical = -vertical;
    const Height widened = std::max(datum_bound(a.from, b.from), datum_bound(a.to, b.to));
    const Wide scale = Wide{a.length} * b.length;
    return Apart{.metres = metres,
                 .feet = static_cast<double>(vertical) / static_cast<double>(scale) / 3048.0,
                 .lost = metres < minima.horizontal.in_metres() &&
                         vertical < Wide{(minima.vertical + widened).in_tenths_of_mm()} * scale};
}

struct ExpectedLoss {
    std::string a;
    std::string b;
    std::int64_t start;
    std::int64_t end;
    double least;                               // metres
    std::map<std::int64_t, Apart> each_second;  // of the run
};

std::vector<ExpectedLoss> oracle(std::vector<Flight> flights, const SeparationMinima& minima,
                                 std::int64_t seconds) {
    std::sort(flights.begin(), flights.end(),
              [](const Flight& a, const Flight& b) { return a.id < b.id; });
    std::vector<ExpectedLoss> losses;
    for (std::size_t i = 0; i < flights.size(); ++i) {
        for (std::size_t j = i + 1; j < flights.size(); ++j) {
            bool is_open = false;
            for (std::int64_t second = 0; second <= seconds; ++second) {
                const auto a = where_at(flights[i], after_ms(1000 * second));
                const auto b = where_at(flights[j], after_ms(1000 * second));
                const auto now = a && b ? apart(*a, *b, minima) : std::nullopt;
                if (!now || !now->lost) {
                    is_open = false;
                    continue;
                }
                if (!is_open) {
                    losses.push_back({.a = flights[i].id,
                                      .b = flights[j].id,
                                      .start = second,
                                      .least = std::numeric_limits<double>::infinity()});
                }
                is_open = true;
                losses.back().end = second;
                losses.back().least = std::min(losses.back().least, now->metres);
                losses.back().each_second[second] = *now;
            }
        }
    }
    return losses;
}

struct Region {
    const char* name;
    double longitude;
    double latitude;
    double east;  // degrees of either side
    double north;
};

constexpr Region kRegions[] = {
    {"Switzerland", 8.0, 47.0, 0.5, 0.4}, {"the antimeridian", 180.0, -17.0, 0.5, 0.4},
    {"the equator", 0.0, 0.0, 0.4, 0.4},  {"the far north", 20.0, 84.0, 4.0, 0.4},
    {"the pole", 0.0, 89.7, 179.0, 0.3},  {"the far south", -60.0, -88.0, 12.0, 0.4},
};

geo::Position random_place(const Region& region, RandomArguments& random) {
    double longitude = region.longitude + random.between(-region.east, region.east);
    if (longitude > 180.0) longitude -= 360.0;
    const double latitude = region.latitude + random.between(-region.north, region.north);
    return at(longitude, std::min(latitude, 90.0));
}

std::optional<FlightAltitude> random_altitude(RandomArguments& random, std::int64_t datum) {
    if (random.once_in(12)) return std::nullopt;
    // In steps of 25 ft, as transponders give it: differences of exactly 1,000 ft are common.
    const auto feet = static_cast<double>(30'000 + 25 * random.integer(0, 80));
    if (datum == 0) return msl_metres(feet * 0.3048);
    if (datum == 1) return wgs84_metres(feet * 0.3048);
    return pressure_feet(feet);
}

std::vector<Flight> random_flights(const Region& region, RandomArguments& random) {
    std::vector<Flight> flights(static_cast<std::size_t>(random.integer(2, 9)));
    for (std::size_t i = 0; i < flights.size(); ++i) {
        flights[i].id = std::to_string((i * 7919 + 12'345) % 65'536);
        const std::int64_t datum = random.integer(0, 7);
        const bool level = random.once_in(3);
        const auto altitude = random_altitude(random, datum);
        std::int64_t ms = random.integer(0, 30'000);
        for (auto points = random.integer(1, 9); points > 0; --points) {
            flights[i].points.push_back(
                {.time = after_ms(ms),
                 .position = random_place(region, random),
                 .altitude = level ? altitude : random_altitude(random, datum),
                 .on_ground = random.once_in(15)});
            const bool whole = random.once_in(2);
            ms += random.once_in(12)
                      ? 0
                      : (whole ? 1000 * random.integer(1, 61) : random.integer(200, 61'000));
        }
    }
    return flights;
}

TEST(PairsOracle, AgreesOnEveryPairAtEverySecond) {
    RandomArguments random(1'082'018);
    std::size_t seen = 0;
    for (int round = 0; round < 120; ++round) {
        const Region& region = kRegions[static_cast<std::size_t>(round) % std::size(kRegions)];
        SCOPED_TRACE(testing::Message() << region.name << ", round " << round);
        const std::vector<Flight> flights = random_flights(region, random);
        const SeparationMinima minima{
            .horizontal =
                Distance::nautical_miles(random.once_in(3) ? 5.0 : random.between(0.5, 30.0)),
            .vertical = Height::feet(random.once_in(3) ? random.between(10.0, 2000.0) : 1000.0)};
        const std::vector<SeparationLoss> losses = losses_of(flights, minima);
        const std::vector<ExpectedLoss> expected = oracle(flights, minima, 600);
        ASSERT_EQ(losses.size(), expected.size());
        seen += losses.size();
        for (std::size_t i = 0; i < losses.size(); ++i) {
            const SeparationLoss& loss = losses[i];
            const ExpectedLoss& e = expected[i];
            EXPECT_EQ(flights[loss.first].id, e.a);
            EXPECT_EQ(flights[loss.second].id, e.b);
            EXPECT_EQ(loss.start, after_ms(1000 * e.start));
            EXPECT_EQ(loss.end, after_ms(1000 * e.end));
            EXPECT_NEAR(loss.min_horizontal.in_metres(), e.least, 2e-4);
            const auto there = e.each_second.find((loss.at - after_ms(0)).count() / 1000);
            ASSERT_NE(there, e.each_second.end());
            EXPECT_NEAR(there->second.metres, e.least, 2e-4);
            EXPECT_NEAR(loss.vertical_there.in_feet(), there->second.feet, 0.0003);
        }
    }
    EXPECT_GT(seen, 300U);
}

TEST(PairsOracle, TheOrderOfFlightsChangesNothing) {
    RandomArguments random(3);
    for (int round = 0; round < 200; ++round) {
        std::vector<Flight> flights =
            random_flights(kRegions[static_cast<std::size_t>(round) % std::size(kRegions)], random);
        const std::vector<std::string> words = in_words(flights);
        std::reverse(flights.begin(), flights.end());
        EXPECT_EQ(in_words(flights), words);
    }
}

}  // namespace
}  // namespace comity::airspace
