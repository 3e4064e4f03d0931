// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

#include <cmath>

namespace comity::geo {

/// The WGS-84 ellipsoid (NIMA TR8350.2, 3.2).
namespace wgs84 {
inline constexpr double kA = 6378137.0;            ///< equatorial radius, m
inline constexpr double kF = 1.0 / 298.257223563;  ///< flattening
inline constexpr double kB = kA * (1.0 - kF);      ///< polar radius, m
inline constexpr double kE2 = kF * (2.0 - kF);     ///< first eccentricity, squared
inline constexpr double kEp2 = kE2 / (1.0 - kE2);  ///< second eccentricity, squared
}  // namespace wgs84

/// A point or vector in the earth-centred, earth-fixed frame: x to (0 N, 0 E), z to the north pole;
/// metres. For computation; never stored in a record.
struct Ecef {
    double x = 0.0;
    double y = 0.0;
    double z = 0.0;

    friend constexpr Ecef operator+(Ecef a, Ecef b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend constexpr Ecef operator-(Ecef a, Ecef b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
    friend constexpr Ecef operator*(double f, Ecef a) { return {f * a.x, f * a.y, f * a.z}; }
    friend constexpr double dot(Ecef a, Ecef b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
    friend constexpr bool operator==(Ecef, Ecef) = default;
};

inline double norm(Ecef v) {
    return std::sqrt(dot(v, v));
}

/// A place for computation: geodetic latitude and longitude in degrees, not rounded to 1e-7. The
/// longitude may leave [-180, 180] where a path runs over the antimeridian.
struct LatLon {
    double latitude;
    double longitude;
    friend constexpr bool operator==(LatLon, LatLon) = default;
};

/// On the ellipsoid (height 0).
Ecef to_ecef(Position position);
Ecef to_ecef(LatLon place);

}  // namespace comity::geo
