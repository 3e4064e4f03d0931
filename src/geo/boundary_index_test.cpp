// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/boundary_index.hpp"

#include "test_polygons.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <GeographicLib/Geodesic.hpp>
#include <gtest/gtest.h>

namespace comity::geo {
namespace {

double geodesic_metres(LatLon a, LatLon b) {
    double metres = 0.0;
    GeographicLib::Geodesic::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude,
                                             metres);
    return metres;
}

// Edges cut into many points, then the best neighbourhood searched again and again.
double oracle_distance(const std::vector<RegionIndex::BoundaryStretch>& boundary, LatLon place) {
    double best = std::numeric_limits<double>::infinity();
    for (const auto& edge : boundary) {
        const Line line(edge.from, edge.to);
        double begin = edge.stretch.begin.value();
        double end = edge.stretch.end.value();
        constexpr int kCuts = 24;
        for (int round = 0; round < 12; ++round) {
            int nearest = 0;
            double metres = std::numeric_limits<double>::infinity();
            for (int i = 0; i <= kCuts; ++i) {
                const double m = geodesic_metres(line.at(begin + (end - begin) * i / kCuts), place);
                if (m < metres) {
                    metres = m;
                    nearest = i;
                }
            }
            best = std::min(best, metres);
            if (metres > best + 1000.0 && round > 1) break;
            const double step = (end - begin) / kCuts;
            const double middle = begin + step * nearest;
            begin = std::max(begin, middle - step);
            end = std::min(end, middle + step);
        }
    }
    return best;
}

struct World {
    const char* name;
    LatLon centre;
    double size;  // degrees
};

constexpr World kWorlds[] = {
    {"a salient", {36, 36}, 0.02},         {"a country", {47, 8}, 2.0},
    {"a continent", {10, 20}, 30.0},       {"the far north", {84, 20}, 4.0},
    {"the antimeridian", {-17, 178}, 1.9}, {"the equator", {0, 100}, 5.0},
};

std::vector<RegionIndex::BoundaryStretch> boundary_of(const std::vector<Polygon>& region) {
    std::vector<RegionIndex::BoundaryStretch> boundary;
    RegionIndex(region).boundary(0, boundary);
    return boundary;
}

std::vector<RegionIndex::BoundaryStretch> random_boundary(RandomArguments& random,
                                                          const World& world, int count) {
    return boundary_of({polygon_of(
        {star(random, {.latitude = world.centre.latitude, .longitude = world.centre.longitude},
              count, 0.2 * world.size, world.size)})});
}

LatLon random_place(RandomArguments& random, const World& world, double spread) {
    return {.latitude = std::clamp(
                world.centre.latitude + random.between(-spread, spread) * world.size, -90.0, 90.0),
            .longitude = world.centre.longitude + random.between(-spread, spread) * world.size};
}

// As boundary_index.hpp says.
double tolerance(double metres) {
    return std::max(1e-3, 2e-8 * metres);
}

PointOnEllipsoid point(LatLon place) {
    return {.place = place, .vector = to_ecef(place)};
}

TEST(BoundaryIndex, DistancesAgreeWithGeographicLibToAMillimetre) {
    RandomArguments random(61);
    for (const World& world : kWorlds) {
        for (int round = 0; round < 12; ++round) {
            const auto boundary =
                random_boundary(random, world, static_cast<int>(random.integer(3, 40)));
            const BoundaryIndex index(boundary);
            for (int i = 0; i < 6; ++i) {
                const LatLon place = random_place(random, world, i < 4 ? 1.5 : 3.0);
                const double expected = oracle_distance(boundary, place);
                ASSERT_NEAR(index.distance(point(place))->in_metres(), expected,
                            tolerance(expected))
                    << world.name << " at " << place.latitude << " " << place.longitude;
            }
        }
    }
}

TEST(BoundaryIndex, DistancesFromFarAwayAgreeWithGeographicLib) {
    RandomArguments random(62);
    for (int round = 0; round < 40; ++round) {
        const World& world = kWorlds[round % 3];
        const auto boundary = random_boundary(random, world, 12);
        const BoundaryIndex index(boundary);
        const LatLon place{.latitude = random.between(-90, 90),
                           .longitude = random.between(-180, 180)};
        const double expected = oracle_distance(boundary, place);
        ASSERT_NEAR(index.distance(point(place))->in_metres(), expected, tolerance(expected))
            << world.name << " at " << place.latitude << " " << place.longitude;
    }
}

TEST(BoundaryIndex, APoleIsAPlaceLikeOthers) {
    const auto boundary = boundary_of(
        {ring_of({{-180, 89}, {-90, 89}, {0, 89}, {90, 89}, {180, 89}, {180, 90}, {-180, 90}})});
    const BoundaryIndex index(boundary);
    const double to_circle = geodesic_metres({89, 0}, {90, 0});
    EXPECT_NEAR(index.distance(point({90, 33}))->in_metres(), to_circle, 1e-3);
    // A path over the pole, as one may be filed: up one meridian.
    const Line path(LatLon{88, 10}, LatLon{90, 10});
    EXPECT_NEAR(index.greatest_along(path, {}, Distance{})->in_metres(), to_circle, 1e-3);
    std::vector<Part> parts;
    index.parts_within(path, Distance::metres(100), parts);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_NEAR(geodesic_metres({88, 10}, path.at(parts[0].begin)),
                geodesic_metres({88, 10}, {89, 10}) - 100, 2e-3);
    EXPECT_NEAR(geodesic_metres({88, 10}, path.at(parts[0].end)),
                geodesic_metres({88, 10}, {89, 10}) + 100, 2e-3);
}

TEST(BoundaryIndex, NothingIsNearNoBoundary) {
    const BoundaryIndex index({});
    EXPECT_TRUE(index.empty());
    EXPECT_FALSE(index.distance(point({1, 2})));
    std::vector<Part> parts;
    index.parts_within(Line(LatLon{0, 0}, LatLon{1, 1}), Distance::metres(1e6), parts);
    EXPECT_TRUE(parts.empty());
    EXPECT_FALSE(index.greatest_along(Line(LatLon{0, 0}, LatLon{1, 1}), {}, Distance{}));
    EXPECT_FALSE(index.least_along(Line(LatLon{0, 0}, LatLon{1, 1}), {}, Distance::metres(1e9)));
}

TEST(BoundaryIndex, PartsWithinReachAgreeWithDistancesPointByPoint) {
    RandomArguments random(63);
    for (const World& world : kWorlds) {
        for (int round = 0; round < 15; ++round) {
            const BoundaryIndex index(random_boundary(random, world, 30));
            const Line path(random_place(random, world, 1.2), random_place(random, world, 1.2));
            const Distance reach = path.length_at_most() * random.between(0.001, 0.1);
            std::vector<Part> parts;
            index.parts_within(path, reach, parts);
            constexpr int kSamples = 500;
            for (int i = 0; i <= kSamples; ++i) {
                const double at = static_cast<double>(i) / kSamples;
                const double metres = index.distance(path.point_at(at))->in_metres();
                // Within what 2 cm of distance may do (see kPathPiece), the two may differ.
                if (std::fabs(metres - reach.in_metres()) < 0.02) continue;
                bool is_within = false;
                for (const Part& part : parts) {
                    is_within = is_within || (part.begin <= at && at <= part.end);
                }
                ASSERT_EQ(is_within, metres < reach.in_metres()) << world.name << " at " << at;
            }
            for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
                ASSERT_LT(parts[i].end, parts[i + 1].begin);
            }
        }
    }
}

TEST(BoundaryIndex, GreatestAndLeastAreNoWorseThanAnySample) {
    RandomArguments random(64);
    for (const World& world : kWorlds) {
        for (int round = 0; round < 15; ++round) {
            const BoundaryIndex index(random_boundary(random, world, 30));
            const Line path(random_place(random, world, 1.2), random_place(random, world, 1.2));
            const Part part{.begin = random.between(0, 0.4), .end = random.between(0.5, 1.0)};
            const double greatest =
                index.greatest_along(path, part, Distance::metres(-1))->in_metres();
            const double least = index.least_along(path, part, Distance::metres(1e9))->in_metres();
            double greatest_sample = 0.0;
            double least_sample = 1e9;
            constexpr int kSamples = 1000;
            for (int i = 0; i <= kSamples; ++i) {
                const double at = part.begin + (part.end - part.begin) * i / kSamples;
                const double metres = index.distance(path.point_at(at))->in_metres();
                greatest_sample = std::max(greatest_sample, metres);
                least_sample = std::min(least_sample, metres);
            }
            const double spacing = path.length_at_most().in_metres() / kSamples;
            ASSERT_GE(greatest, greatest_sample - 2e-3) << world.name;
            ASSERT_LE(greatest, greatest_sample + spacing) << world.name;
            ASSERT_LE(least, least_sample + 2e-3) << world.name;
            ASSERT_GE(least, least_sample - spacing) << world.name;
        }
    }
}

}  // namespace
}  // namespace comity::geo
