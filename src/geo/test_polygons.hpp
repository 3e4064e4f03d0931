// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trig_degrees.hpp"

#include "comity/base/check.hpp"
#include "comity/base/testing/random_arguments.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/position.hpp"

#include <initializer_list>
#include <utility>
#include <vector>

/// Words for tests of polygons.
namespace comity::geo {

using base::testing::RandomArguments;

inline Position at_e7(std::int64_t longitude, std::int64_t latitude) {
    const auto position = Position::from_e7({.latitude = static_cast<std::int32_t>(latitude),
                                             .longitude = static_cast<std::int32_t>(longitude)});
    COMITY_CHECK(position.has_value());
    return *position;
}

inline Position at_degrees(double longitude, double latitude) {
    const auto position = Position::from_degrees({.latitude = latitude, .longitude = longitude});
    COMITY_CHECK(position.has_value());
    return *position;
}

/// Rings without their closing positions.
inline Polygon polygon_of(const std::vector<std::vector<Position>>& rings,
                          EdgeKind kind = EdgeKind::kStraightLonLat) {
    PolygonBuilder builder(kind);
    for (const std::vector<Position>& ring : rings) {
        for (const Position& vertex : ring) COMITY_CHECK(builder.add(vertex).has_value());
        COMITY_CHECK(builder.add(ring.front()).has_value());
        COMITY_CHECK(builder.end_ring().has_value());
    }
    auto polygon = std::move(builder).finish();
    COMITY_CHECK(polygon.has_value());
    return *std::move(polygon);
}

/// One ring of (longitude, latitude) in degrees.
inline Polygon ring_of(std::initializer_list<std::pair<double, double>> vertices,
                       EdgeKind kind = EdgeKind::kStraightLonLat) {
    std::vector<Position> ring;
    for (const auto& [longitude, latitude] : vertices) {
        ring.push_back(at_degrees(longitude, latitude));
    }
    return polygon_of({ring}, kind);
}

/// A ring of `count` vertices around a centre, between `inner` and `outer` degrees from it.
inline std::vector<Position> star(RandomArguments& random, PositionDegrees centre, int count,
                                  double inner, double outer) {
    std::vector<Position> ring;
    for (int i = 0; i < count; ++i) {
        const auto [sin, cos] = sin_cos_degrees(360.0 * i / count);
        const double radius = random.between(inner, outer);
        ring.push_back(at_degrees(centre.longitude + radius * cos, centre.latitude + radius * sin));
    }
    return ring;
}

}  // namespace comity::geo
