// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Instants are points: they do not add up.
#include "comity/geo/instant.hpp"

using namespace comity::geo;

Instant instant_plus_instant(Instant a, Instant b) {
#ifdef COMITY_BAD
    return a + b;
#else
    return a + (b - a);
#endif
}
