// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/ecef.hpp"
#include "comity/geo/trig.hpp"

namespace comity::geo {

/// The shortest geodesic between two places.
struct GeodesicInverse {
    double distance;  ///< metres
    SinCos azimuth;   ///< at the first place, clockwise from north
};

/// Solves Karney's inverse problem at any distance; see geodesic.hpp. Best from some 100 m upwards:
/// below, the distance stays within 10 nm but the azimuth loses digits. The distance is the same to
/// the last bit when the places are exchanged. Azimuth at a pole: that of the meridian of the
/// second place, seen from the meridian of the first.
GeodesicInverse geodesic_inverse(LatLon from, LatLon to);

}  // namespace comity::geo
