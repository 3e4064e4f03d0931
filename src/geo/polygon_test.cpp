// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/polygon.hpp"

#include "test_polygons.hpp"

#include <gtest/gtest.h>

namespace comity::geo {
namespace {

PolygonError fault_of(const std::vector<Position>& positions,
                      EdgeKind kind = EdgeKind::kStraightLonLat) {
    PolygonBuilder builder(kind);
    for (const Position& position : positions) {
        if (const auto added = builder.add(position); !added) return added.error();
    }
    const auto ended = builder.end_ring();
    EXPECT_FALSE(ended.has_value());
    return ended.error();
}

TEST(Polygon, KeepsItsRingsWithoutTheClosingPositions) {
    const Polygon polygon =
        polygon_of({{at_degrees(0, 0), at_degrees(2, 0), at_degrees(0, 2)},
                    {at_degrees(5, 5), at_degrees(6, 5), at_degrees(6, 6), at_degrees(5, 6)}});
    ASSERT_EQ(polygon.ring_count(), 2U);
    EXPECT_EQ(polygon.vertex_count(), 7U);
    EXPECT_EQ(polygon.ring(0).size(), 3U);
    EXPECT_EQ(polygon.ring(1).front(), at_degrees(5, 5));
    EXPECT_EQ(polygon.ring(1).back(), at_degrees(5, 6));
}

TEST(Polygon, RefusesARingThatIsNone) {
    EXPECT_EQ(fault_of({at_degrees(0, 0), at_degrees(1, 0), at_degrees(1, 1), at_degrees(0, 1)}),
              PolygonError::kUnclosed);
    EXPECT_EQ(fault_of({at_degrees(0, 0), at_degrees(1, 0), at_degrees(0, 0)}),
              PolygonError::kTooFew);
    EXPECT_EQ(fault_of({}), PolygonError::kTooFew);
    EXPECT_EQ(PolygonBuilder(EdgeKind::kStraightLonLat).finish().error(), PolygonError::kNoRing);
}

TEST(Polygon, RefusesAnEdgeOfHalfATurn) {
    EXPECT_EQ(fault_of({at_degrees(-90, 0), at_degrees(90, 0)}), PolygonError::kEdgeTooLong);
    EXPECT_EQ(fault_of({at_degrees(-170, 10), at_degrees(170, 10)}), PolygonError::kEdgeTooLong);
    EXPECT_EQ(fault_of({at_degrees(-180, 90), at_degrees(180, 89.9)}), PolygonError::kEdgeTooLong);
    EXPECT_EQ(fault_of({at_degrees(-90, 0), at_degrees(90, 0)}, EdgeKind::kGeodesic),
              PolygonError::kEdgeTooLong);
    PolygonBuilder builder(EdgeKind::kStraightLonLat);
    EXPECT_TRUE(builder.add(at_degrees(-180, 90)).has_value());
    EXPECT_TRUE(builder.add(at_degrees(180, 90)).has_value()) << "a pole is one place";
    EXPECT_TRUE(builder.add(at_degrees(0.0000001, 10)).has_value()) << "just below half a turn";
    PolygonBuilder geodesic(EdgeKind::kGeodesic);
    EXPECT_TRUE(geodesic.add(at_degrees(-170, 10)).has_value());
    EXPECT_TRUE(geodesic.add(at_degrees(170, 10)).has_value()) << "the shorter way round";
}

TEST(Polygon, RefusesMoreVerticesThanItHolds) {
    PolygonBuilder builder(EdgeKind::kStraightLonLat);
    for (std::size_t i = 0; i < Polygon::kMaxVertices; ++i) {
        if (!builder.add(at_e7(static_cast<std::int64_t>(i % 1000), 0))) FAIL() << i;
    }
    EXPECT_EQ(builder.add(at_e7(0, 0)).error(), PolygonError::kTooMany);
}

TEST(Polygon, EveryFaultHasWords) {
    for (const PolygonError error :
         {PolygonError::kNoRing, PolygonError::kUnclosed, PolygonError::kTooFew,
          PolygonError::kEdgeTooLong, PolygonError::kTooMany}) {
        EXPECT_NE(std::string_view(to_string(error)).find("expected"), std::string_view::npos);
    }
}

}  // namespace
}  // namespace comity::geo
