// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/ecef.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

/// Shortest distances on the WGS-84 ellipsoid.
namespace comity::geo {

/// The length of the shortest geodesic between two points of the ellipsoid, given as places and as
/// vectors (`to_ecef` of the places): within 0.1 mm of the exact value everywhere, antipodal pairs
/// too (tested against GeographicLib). Symmetric to the last bit.
///
/// Below 100 km: the arc of the circle that has the ellipsoid's normal curvature at the middle of
/// the chord, in its direction. Above: the boundary-value problem of C. F. F. Karney, "Algorithms
/// for geodesics", J. Geodesy 87 (2013), sections 2 to 4, its integrals by Gauss-Legendre
/// quadrature and its azimuth by bracketed iteration.
struct PointOnEllipsoid {
    LatLon place;
    Ecef vector;
};
Distance geodesic_distance(const PointOnEllipsoid& a, const PointOnEllipsoid& b);
Distance geodesic_distance(Position a, Position b);
Distance geodesic_distance(LatLon a, LatLon b);

/// Where the geodesic from `start` at `azimuth` (clockwise from north) is after `distance`, which
/// may be negative; within 0.1 mm. At a pole the azimuth counts from the meridian of `start`.
/// Longitude in [-180, 180]. More than 30,000 km fail a check.
LatLon geodesic_direct(LatLon start, Angle azimuth, Distance distance);

/// The azimuth at `a` of the geodesic to `b`, clockwise from north, in (-pi, pi]; of equal points
/// 0. At a pole it counts from the meridian of `a`. Following it with `geodesic_direct` misses `b`
/// by 0.1 mm at most; of several shortest ways, one.
Angle geodesic_azimuth(LatLon a, LatLon b);

/// Lower bound of the geodesic distance of two points whose chord is `chord` metres: the arc over
/// that chord on the largest circle of curvature, a^2/b.
double geodesic_at_least(double chord);

}  // namespace comity::geo
