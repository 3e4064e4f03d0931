// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/trig.hpp"

namespace comity::geo {

/// Sine and cosine of an angle in degrees, |degrees| <= 2^20. Reduced modulo 90 in degrees, which
/// is exact; so exact at multiples of 90 and within 1 ulp everywhere, which the way over radians is
/// not: beside 180 degrees that loses 2e-16 rad, a nanometre on the ground.
SinCos sin_cos_degrees(double degrees);

}  // namespace comity::geo
