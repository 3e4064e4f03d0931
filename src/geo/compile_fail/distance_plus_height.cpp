// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Metres along the ground and feet above it do not add up.
#include "comity/geo/altitude.hpp"
#include "comity/geo/quantity.hpp"

using namespace comity::geo;

Distance distance_plus_height(Distance distance, Height height) {
#ifdef COMITY_BAD
    return distance + height;
#else
    return distance + Distance::metres(height.in_metres());
#endif
}
