// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// No bare number becomes a quantity.
#include "comity/geo/quantity.hpp"

using namespace comity::geo;

Distance number_as_distance(double number) {
#ifdef COMITY_BAD
    return number;
#else
    return Distance::metres(number);
#endif
}
