// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/ecef.hpp"

#include "trig_degrees.hpp"

#include "comity/geo/position.hpp"
#include "comity/geo/trig.hpp"

#include <cmath>

namespace comity::geo {
namespace {

Ecef on_ellipsoid(SinCos latitude, SinCos longitude) {
    // The radius of curvature in the prime vertical.
    const double n = wgs84::kA / std::sqrt(1.0 - wgs84::kE2 * latitude.sin * latitude.sin);
    const double from_axis = n * latitude.cos;
    return {from_axis * longitude.cos, from_axis * longitude.sin,
            n * (1.0 - wgs84::kE2) * latitude.sin};
}

}  // namespace

Ecef to_ecef(Position position) {
    return on_ellipsoid(sin_cos_e7(position.latitude().e7()),
                        sin_cos_e7(position.longitude().e7()));
}

Ecef to_ecef(LatLon place) {
    return on_ellipsoid(sin_cos_degrees(place.latitude), sin_cos_degrees(place.longitude));
}

}  // namespace comity::geo
