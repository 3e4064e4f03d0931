// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/quantity.hpp"

/// Trigonometry as fixed polynomials over + - * / sqrt. The C library chooses other instructions
/// for these functions on another processor and so other bits; these give the same bits everywhere.
/// Each result differs from glibc's by 1 ulp at most (tested).
namespace comity::geo {

struct SinCos {
    double sin;
    double cos;
};

/// Sine and cosine. |angle| <= 2^20 rad; a greater angle fails a check.
SinCos sin_cos(Angle angle);
double sin(Angle angle);
double cos(Angle angle);

/// Sine and cosine of a count of 1e-7 degree, reduced in integers: exact at multiples of 90 degrees
/// and within 1 ulp everywhere. The way from a stored position to a vector.
SinCos sin_cos_e7(long long e7);

/// The angle of the point (x, y) seen from the origin, in [-pi, pi], -pi only where y is -0 or the
/// angle rounds to it; IEC 60559 (C17 F.10.1.4) for zeros and infinities. A NaN fails a check.
Angle atan2(double y, double x);

}  // namespace comity::geo
