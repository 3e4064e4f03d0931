// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Altitudes of different data do not compare.
#include "comity/geo/altitude.hpp"

using namespace comity::geo;

bool altitude_across_data(AltitudeMsl a, AltitudeWgs84 b, [[maybe_unused]] Height geoid) {
#ifdef COMITY_BAD
    return a < b;
#else
    return a + geoid < AltitudeMsl::at(b.above_datum());
#endif
}
