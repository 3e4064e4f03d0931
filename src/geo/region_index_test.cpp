// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/region_index.hpp"

#include "exact.hpp"
#include "s2_oracle.hpp"
#include "test_polygons.hpp"

#include "comity/geo/geodesic.hpp"
#include "comity/geo/line.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace comity::geo {
namespace {

using exact::Point;

// The even-odd rule as one would write it on paper, in whole numbers: a point on an edge is inside;
// else the edges to its right are counted.
bool oracle_contains(const Polygon& polygon, Point p) {
    bool inside = false;
    for (std::size_t r = 0; r < polygon.ring_count(); ++r) {
        const auto ring = polygon.ring(r);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point a = exact::point(ring[i]);
            const Point b = exact::point(ring[(i + 1) % ring.size()]);
            const bool between_x = std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x);
            const bool between_y = std::min(a.y, b.y) <= p.y && p.y <= std::max(a.y, b.y);
            const int side = exact::side(a, b, p);
            if (side == 0 && between_x && between_y) return true;
            if ((a.y > p.y) != (b.y > p.y) && (side > 0) == (b.y > a.y)) inside = !inside;
        }
    }
    return inside;
}

bool oracle_contains(const std::vector<Polygon>& region, Point p) {
    for (const Polygon& polygon : region) {
        if (oracle_contains(polygon, p)) return true;
    }
    return false;
}

// Vertices on a coarse lattice, so that edges touch, overlap, coincide and run through vertices all
// the time.
constexpr std::int64_t kStep = 840;  // divisible by 1 to 8

Polygon lattice_polygon(RandomArguments& random, std::int64_t size) {
    std::vector<std::vector<Position>> rings(static_cast<std::size_t>(random.integer(1, 2)));
    for (auto& ring : rings) {
        const auto count = random.integer(3, 7);
        for (std::int64_t i = 0; i < count; ++i) {
            ring.push_back(at_e7(kStep * random.integer(0, size), kStep * random.integer(0, size)));
        }
    }
    return polygon_of(rings);
}

std::vector<Polygon> lattice_region(RandomArguments& random, std::int64_t size) {
    std::vector<Polygon> region;
    const auto count = random.integer(1, 3);
    for (std::int64_t i = 0; i < count; ++i) region.push_back(lattice_polygon(random, size));
    return region;
}

TEST(RegionIndex, AgreesWithTheRuleOnPaperWhereEverythingTouches) {
    RandomArguments random(20151124);
    for (int round = 0; round < 3000; ++round) {
        const std::int64_t size = random.integer(1, 5);
        const std::vector<Polygon> region = lattice_region(random, size);
        const RegionIndex index(region);
        for (std::int64_t x = -1; x <= 2 * size + 1; ++x) {
            for (std::int64_t y = -1; y <= 2 * size + 1; ++y) {
                const Point p{x * kStep / 2, y * kStep / 2};
                ASSERT_EQ(index.contains(0, at_e7(p.x, p.y)), oracle_contains(region, p))
                    << "round " << round << " at " << p.x << " " << p.y;
            }
        }
    }
}

bool in_any(const std::vector<Stretch>& stretches, Fraction at) {
    for (const Stretch& stretch : stretches) {
        if (stretch.begin <= at && at <= stretch.end) return true;
    }
    return false;
}

TEST(RegionIndex, StretchesOfPathsAgreeWithTheRuleOnPaperPointByPoint) {
    RandomArguments random(17);
    std::vector<Stretch> stretches;
    for (int round = 0; round < 4000; ++round) {
        const std::int64_t size = random.integer(1, 5);
        const std::vector<Polygon> region = lattice_region(random, size);
        const RegionIndex index(region);
        for (int path = 0; path < 10; ++path) {
            const auto coordinate = [&] { return kStep * random.integer(-1, size + 1); };
            const Point a{coordinate(), coordinate()};
            const Point b{coordinate(), coordinate()};
            stretches.clear();
            index.stretches_inside(0, at_e7(a.x, a.y), at_e7(b.x, b.y), stretches);
            for (std::int64_t k = 0; k <= kStep; ++k) {
                const Point p{a.x + (b.x - a.x) / kStep * k, a.y + (b.y - a.y) / kStep * k};
                ASSERT_EQ(in_any(stretches, {.num = k, .den = kStep}), oracle_contains(region, p))
                    << "round " << round << ": (" << a.x << " " << a.y << ") - (" << b.x << " "
                    << b.y << ") at " << k;
            }
            for (std::size_t i = 0; i + 1 < stretches.size(); ++i) {
                ASSERT_LT(stretches[i].end, stretches[i + 1].begin)
                    << "not disjoint, or not ordered";
            }
        }
    }
}

TEST(RegionIndex, BoundaryIsWhereTheTwoSidesDiffer) {
    RandomArguments random(1903);
    for (int round = 0; round < 2000; ++round) {
        const std::vector<Polygon> region = lattice_region(random, random.integer(1, 4));
        const RegionIndex index(region);
        std::vector<RegionIndex::BoundaryStretch> boundary;
        index.boundary(0, boundary);
        // Just left and right of points of every edge that no other edge passes close by.
        for (const Polygon& polygon : region) {
            for (std::size_t r = 0; r < polygon.ring_count(); ++r) {
                const auto ring = polygon.ring(r);
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    const Position from = ring[i];
                    const Position to = ring[(i + 1) % ring.size()];
                    if (from == to) continue;
                    const Point a = exact::point(from);
                    const Point along = exact::point(to) - a;
                    // An odd share of an edge that lattice crossings (denominators up to 64) miss.
                    constexpr std::int64_t k = 389;
                    const Point p{a.x + along.x / kStep * k, a.y + along.y / kStep * k};
                    const Point left{-along.y / kStep, along.x / kStep};
                    const bool differs =
                        oracle_contains(region, p + left) != oracle_contains(region, p - left);
                    bool kept = false;
                    for (const auto& stretch : boundary) {
                        const Point c = exact::point(stretch.from);
                        const Point d = exact::point(stretch.to);
                        const Point e = d - c;
                        if (exact::side(c, d, p) != 0) continue;
                        const auto num = exact::dot(e, p - c);
                        const auto den = exact::dot(e, e);
                        if (num < 0 || num > den) continue;
                        const Fraction at{static_cast<std::int64_t>(num),
                                          static_cast<std::int64_t>(den)};
                        kept = kept || (stretch.stretch.begin <= at && at <= stretch.stretch.end);
                    }
                    ASSERT_EQ(kept, differs) << "round " << round << " at " << p.x << " " << p.y;
                }
            }
        }
    }
}

TEST(RegionIndex, NamesEveryRegionOfAPlace) {
    RandomArguments random(5);
    for (int round = 0; round < 300; ++round) {
        std::vector<std::vector<Polygon>> regions;
        RegionIndex::Builder builder;
        for (int i = 0; i < 6; ++i) {
            regions.push_back(lattice_region(random, 6));
            builder.add_region(regions.back());
        }
        const RegionIndex index = std::move(builder).build();
        std::vector<std::uint32_t> found;
        for (int i = 0; i < 100; ++i) {
            const Point p{random.integer(-100, 6 * kStep), random.integer(-100, 6 * kStep)};
            std::vector<std::uint32_t> expected;
            for (std::uint32_t r = 0; r < regions.size(); ++r) {
                if (oracle_contains(regions[r], p)) expected.push_back(r);
            }
            index.regions_at(at_e7(p.x, p.y), found);
            ASSERT_EQ(found, expected);
        }
    }
}

TEST(RegionIndex, LargeStarsAgreeWithTheRuleOnPaper) {
    RandomArguments random(99);
    for (const int count : {3, 50, 3000}) {
        const std::vector<Polygon> region = {
            polygon_of({star(random, {.latitude = 47, .longitude = 8}, count, 0.2, 2.0),
                        star(random, {.latitude = 47, .longitude = 8}, count, 0.1, 0.3)})};
        const RegionIndex index(region);
        for (int i = 0; i < 2000; ++i) {
            const Position p = at_degrees(random.between(5.5, 10.5), random.between(44.5, 49.5));
            ASSERT_EQ(index.contains(0, p), oracle_contains(region, exact::point(p)));
        }
    }
}

TEST(RegionIndex, AnAreaCutAtTheAntimeridianIsOne) {
    const std::vector<Polygon> fiji = {polygon_of({
        {at_degrees(178, -18), at_degrees(180, -18), at_degrees(180, -16), at_degrees(178, -16)},
        {at_degrees(-180, -18), at_degrees(-178, -18), at_degrees(-178, -16),
         at_degrees(-180, -16)},
    })};
    const RegionIndex index(fiji);
    EXPECT_TRUE(index.contains(0, at_degrees(180, -17)));
    EXPECT_TRUE(index.contains(0, at_degrees(-180, -17)));
    std::vector<Stretch> stretches;
    index.stretches_inside(0, at_degrees(177, -17), at_degrees(-177, -17), stretches);
    ASSERT_EQ(stretches.size(), 1U);
    EXPECT_EQ(stretches[0], (Stretch{.begin = {1, 6}, .end = {5, 6}}));
    stretches.clear();
    index.stretches_inside(0, at_degrees(-177, -17), at_degrees(177, -17), stretches);
    ASSERT_EQ(stretches.size(), 1U);
    EXPECT_EQ(stretches[0], (Stretch{.begin = {1, 6}, .end = {5, 6}}));
    stretches.clear();
    index.stretches_inside(0, at_degrees(180, -19), at_degrees(-180, -15), stretches);
    ASSERT_EQ(stretches.size(), 1U);
    EXPECT_EQ(stretches[0], (Stretch{.begin = {1, 4}, .end = {3, 4}}));
    std::vector<RegionIndex::BoundaryStretch> boundary;
    index.boundary(0, boundary);
    EXPECT_EQ(boundary.size(), 6U) << "the cut is not a boundary";
}

TEST(RegionIndex, ACutThatOnlyOneSideReachesIsABoundary) {
    const std::vector<Polygon> half = {ring_of({{178, -18}, {180, -18}, {180, -16}, {178, -16}})};
    std::vector<RegionIndex::BoundaryStretch> boundary;
    const RegionIndex index(half);
    index.boundary(0, boundary);
    EXPECT_EQ(boundary.size(), 4U);
    EXPECT_TRUE(index.contains(0, at_degrees(-180, -17)));
    EXPECT_FALSE(index.contains(0, at_degrees(-179.9999999, -17)));
}

TEST(RegionIndex, ARingAroundThePoleRunsAlongIt) {
    const std::vector<Polygon> cap = {ring_of(
        {{-180, -70}, {-90, -70}, {0, -70}, {90, -70}, {180, -70}, {180, -90}, {-180, -90}})};
    const RegionIndex index(cap);
    EXPECT_TRUE(index.contains(0, at_degrees(12, -90)));
    EXPECT_TRUE(index.contains(0, at_degrees(180, -89)));
    EXPECT_FALSE(index.contains(0, at_degrees(12, -69.9999999)));
    std::vector<RegionIndex::BoundaryStretch> boundary;
    index.boundary(0, boundary);
    EXPECT_EQ(boundary.size(), 4U) << "neither the cut nor the pole is a boundary";
}

TEST(RegionIndex, TheWholeEarthHasNoBoundary) {
    const std::vector<Polygon> earth = {ring_of({{-180, -90}, {180, -90}, {180, 90}, {-180, 90}})};
    const RegionIndex index(earth);
    std::vector<RegionIndex::BoundaryStretch> boundary;
    index.boundary(0, boundary);
    EXPECT_TRUE(boundary.empty());
    EXPECT_TRUE(index.contains(0, at_degrees(1, 2)));
}

TEST(RegionIndex, CountsSelfCrossings) {
    const auto crossings = [](const std::vector<Polygon>& region) {
        return RegionIndex(region).self_crossings(0);
    };
    EXPECT_EQ(crossings({ring_of({{0, 0}, {2, 0}, {2, 2}, {0, 2}})}), 0U);
    EXPECT_EQ(crossings({ring_of({{0, 0}, {2, 2}, {2, 0}, {0, 2}})}), 1U);
    // A pentagram: each of its five edges crosses two others.
    EXPECT_EQ(crossings({ring_of({{0, 3}, {2, -3}, {-3, 1}, {3, 1}, {-2, -3}})}), 5U);
    // Features of one area may overlap: that is no fault of either.
    EXPECT_EQ(crossings({ring_of({{0, 0}, {2, 0}, {2, 2}, {0, 2}}),
                         ring_of({{1, 1}, {3, 1}, {3, 3}, {1, 3}})}),
              0U);
}

// S2 works on a sphere: its great circles run up to some hundred metres beside the geodesics of the
// ellipsoid here. Places nearer than that to the boundary are left out.
TEST(RegionIndex, GeodesicEdgesAgreeWithS2AtPolesAndAntimeridianToo) {
    RandomArguments random(314159);
    int looked_at = 0;
    for (int round = 0; round < 150; ++round) {
        const LatLon centre{
            .latitude = round % 3 == 0 ? random.between(80, 90) * (round % 2 ? 1 : -1)
                                       : random.between(-80, 80),
            .longitude = round % 5 == 0 ? 180.0 - random.between(0, 2) : random.between(-180, 180)};
        const auto count = random.integer(3, 9);
        std::vector<Position> ring;
        std::vector<LatLon> vertices;
        for (std::int64_t i = 0; i < count; ++i) {
            const LatLon vertex = geodesic_direct(
                centre,
                Angle::degrees(-360.0 * static_cast<double>(i) / static_cast<double>(count)),
                Distance::metres(random.between(100e3, 900e3)));
            ring.push_back(at_degrees(vertex.longitude, vertex.latitude));
            vertices.push_back(vertex);
        }
        const std::vector<Polygon> region = {polygon_of({ring}, EdgeKind::kGeodesic)};
        const RegionIndex index(region);
        const S2Oracle oracle(vertices);
        for (int i = 0; i < 200; ++i) {
            const LatLon place = geodesic_direct(centre, Angle::degrees(random.between(-180, 180)),
                                                 Distance::metres(random.between(0, 1'200e3)));
            if (oracle.metres_to_boundary(place) < 5'000) continue;
            ++looked_at;
            ASSERT_EQ(index.contains(0, at_degrees(place.longitude, place.latitude)),
                      oracle.contains(place))
                << "round " << round << " at " << place.latitude << " " << place.longitude;
        }
    }
    EXPECT_GT(looked_at, 25'000);
}

}  // namespace
}  // namespace comity::geo
