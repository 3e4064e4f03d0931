// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/trig.hpp"

/// The integrals of geodesics on the WGS-84 ellipsoid, in the notation of C. F. F. Karney,
/// "Algorithms for geodesics", J. Geodesy 87 (2013): a geodesic is a great circle of the auxiliary
/// sphere, on which beta is the reduced latitude, omega the longitude, sigma the arc counted from
/// the northward crossing of the equator, and alpha0 the azimuth there.
namespace comity::geo {

/// Sine and cosine of the reduced latitude; cos >= 0, and 0 at the poles exactly.
SinCos reduced_latitude(double degrees);

/// Over sigma from one point of the geodesic to another; the unit of all three is the radian.
struct GeodesicIntegrals {
    double length;     ///< of sqrt(1 + k^2 sin^2): the distance divided by b (equation 7)
    double longitude;  ///< of (2 - f) / (1 + (1 - f) sqrt(1 + k^2 sin^2)): see equation 8
    double reduced;    ///< of k^2 sin^2 / sqrt(1 + k^2 sin^2): J2 - J1, for the reduced length
};

/// By Gauss-Legendre quadrature with 12 nodes: within 1e-15 for an arc of up to pi, within 1e-12 up
/// to 3 pi / 2. k2 is k^2 = e'^2 cos^2 alpha0.
GeodesicIntegrals geodesic_integrals(double k2, double sigma1, double sigma2);

}  // namespace comity::geo
