// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"
#include "comity/base/testing/random_arguments.hpp"
#include "comity/geo/ecef.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/position.hpp"

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include <GeographicLib/Geodesic.hpp>

/// Words for tests of tracks and areas.
namespace comity::airspace {

using base::testing::RandomArguments;

inline geo::Position at_e7(std::int64_t longitude, std::int64_t latitude) {
    const auto position =
        geo::Position::from_e7({.latitude = static_cast<std::int32_t>(latitude),
                                .longitude = static_cast<std::int32_t>(longitude)});
    COMITY_CHECK(position.has_value());
    return *position;
}

inline geo::Position at(double longitude, double latitude) {
    const auto position =
        geo::Position::from_degrees({.latitude = latitude, .longitude = longitude});
    COMITY_CHECK(position.has_value());
    return *position;
}

/// Milliseconds after 24 November 2015, 07:00 UTC.
inline geo::Instant after_ms(std::int64_t ms) {
    return geo::Instant(geo::Milliseconds(1'448'348'400'000 + ms));
}

using Ring = std::vector<geo::Position>;

/// Rings without their closing positions.
inline geo::Polygon polygon_of(const std::vector<Ring>& rings) {
    geo::PolygonBuilder builder(geo::EdgeKind::kStraightLonLat);
    for (const Ring& ring : rings) {
        for (const geo::Position& vertex : ring) COMITY_CHECK(builder.add(vertex).has_value());
        COMITY_CHECK(builder.add(ring.front()).has_value());
        COMITY_CHECK(builder.end_ring().has_value());
    }
    auto polygon = std::move(builder).finish();
    COMITY_CHECK(polygon.has_value());
    return *std::move(polygon);
}

/// One ring of (longitude, latitude) in degrees.
inline geo::Polygon ring_of(std::initializer_list<std::pair<double, double>> vertices) {
    Ring ring;
    for (const auto& [longitude, latitude] : vertices) ring.push_back(at(longitude, latitude));
    return polygon_of({ring});
}

inline geo::Polygon box(double west, double south, double east, double north) {
    return ring_of({{west, south}, {east, south}, {east, north}, {west, north}});
}

/// On the WGS-84 ellipsoid, by GeographicLib.
inline double geodesic_metres(geo::LatLon a, geo::LatLon b) {
    double metres = 0.0;
    GeographicLib::Geodesic::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude,
                                             metres);
    return metres;
}

/// The place at `fraction` from one position to another, the shorter way round.
inline geo::LatLon between(geo::Position from, geo::Position to, double fraction) {
    const geo::PositionDegrees a = from.degrees();
    const geo::PositionDegrees b = to.degrees();
    double east = b.longitude - a.longitude;
    if (east > 180.0) east -= 360.0;
    if (east <= -180.0) east += 360.0;
    return {.latitude = a.latitude + fraction * (b.latitude - a.latitude),
            .longitude = a.longitude + fraction * east};
}

}  // namespace comity::airspace
