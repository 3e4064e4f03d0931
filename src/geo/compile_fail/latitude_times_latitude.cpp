// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Latitudes are points: they do not multiply.
#include "comity/geo/position.hpp"

using namespace comity::geo;

Angle latitude_times_latitude(Latitude a, Latitude b) {
#ifdef COMITY_BAD
    return a * b;
#else
    return a.angle() - b.angle();
#endif
}
