// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Only quantities of one kind add up.
#include "comity/geo/quantity.hpp"

using namespace comity::geo;

Distance distance_plus_speed(Distance distance, Speed speed, [[maybe_unused]] Seconds time) {
#ifdef COMITY_BAD
    return distance + speed;
#else
    return distance + speed * time;
#endif
}
