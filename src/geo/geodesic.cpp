// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/geodesic.hpp"

#include "geodesic_integrals.hpp"
#include "geodesic_inverse.hpp"
#include "trig_degrees.hpp"

#include "comity/base/check.hpp"
#include "comity/geo/ecef.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/geo/trig.hpp"

#include <cmath>
#include <numbers>

namespace comity::geo {
namespace {

constexpr double kPi = std::numbers::pi;

// The arc of one circle is within 0.3 micrometres of the geodesic here; the error grows with the
// fifth power, the time beyond is a hundredfold.
constexpr double kShortChord = 100e3;

// The arc over a chord on a circle of this curvature: 2 / k asin(k c / 2) to its c^7 term. All
// terms are positive, so that it is never above.
double arc_over_chord(double chord, double curvature) {
    const double x = curvature * chord;
    const double z = x * x;
    return chord + chord * z * (1.0 / 24.0 + z * (3.0 / 640.0 + z * (5.0 / 7168.0)));
}

// The normal curvature of the ellipsoid above the middle of the chord from a to b, in its
// direction. With D = diag(1, 1, a^2/b^2) it is (t' D t) / |D m| at a point m of the surface; the
// middle of the chord lies below, and sqrt(m' D m) / a scales it up.
double curvature_between(Ecef a, Ecef b, double chord) {
    constexpr double kG = wgs84::kA * wgs84::kA / (wgs84::kB * wgs84::kB);
    const Ecef along = (1.0 / chord) * (a - b);
    const Ecef middle = 0.5 * (a + b);
    const Ecef normal{middle.x, middle.y, kG * middle.z};
    const double scale = std::sqrt(dot(middle, normal) / dot(normal, normal)) / wgs84::kA;
    return (along.x * along.x + along.y * along.y + kG * along.z * along.z) * scale;
}

// sigma2 - sigma1 where the geodesic is `length` times b long: Newton's method.
double arc_of_length(double k2, double sigma1, double length) {
    double arc = length / (1.0 + 0.25 * k2);
    for (int i = 0; i < 4; ++i) {
        const double end = sin(Angle::radians(sigma1 + arc));
        const double excess = geodesic_integrals(k2, sigma1, sigma1 + arc).length - length;
        arc -= excess / std::sqrt(1.0 + k2 * end * end);
        if (std::fabs(excess) < 1e-8) break;
    }
    return arc;
}

double turns_removed(double degrees) {
    return degrees - 360.0 * std::floor(degrees / 360.0 + 0.5);
}

}  // namespace

Distance geodesic_distance(const PointOnEllipsoid& a, const PointOnEllipsoid& b) {
    const double chord = norm(a.vector - b.vector);
    if (chord == 0.0) return Distance::metres(0.0);
    if (chord < kShortChord) {
        return Distance::metres(
            arc_over_chord(chord, curvature_between(a.vector, b.vector, chord)));
    }
    return Distance::metres(geodesic_inverse(a.place, b.place).distance);
}

Distance geodesic_distance(Position a, Position b) {
    const auto point = [](Position p) {
        const auto [latitude, longitude] = p.degrees();
        return PointOnEllipsoid{{latitude, longitude}, to_ecef(p)};
    };
    return geodesic_distance(point(a), point(b));
}

Distance geodesic_distance(LatLon a, LatLon b) {
    return geodesic_distance(PointOnEllipsoid{a, to_ecef(a)}, PointOnEllipsoid{b, to_ecef(b)});
}

LatLon geodesic_direct(LatLon start, Angle azimuth, Distance distance) {
    COMITY_CHECK(std::fabs(start.latitude) <= 90.0);
    COMITY_CHECK(std::fabs(distance.in_metres()) <= 30'000e3);
    SinCos beta1 = reduced_latitude(start.latitude);
    // At a pole a bit of latitude is left, to hold the meridian from which the azimuth counts.
    if (beta1.cos == 0.0) beta1.cos = 1e-150;
    const SinCos alpha1 = sin_cos(azimuth);
    const double sin_alpha0 = alpha1.sin * beta1.cos;
    const double across = alpha1.sin * beta1.sin;
    const double cos_alpha0 = std::sqrt(alpha1.cos * alpha1.cos + across * across);
    const double k2 = wgs84::kEp2 * cos_alpha0 * cos_alpha0;

    const double along1 = alpha1.cos * beta1.cos;
    const double sigma1 = atan2(beta1.sin, along1).in_radians();
    const double omega1 = atan2(sin_alpha0 * beta1.sin, along1).in_radians();
    const double sigma2 = sigma1 + arc_of_length(k2, sigma1, distance.in_metres() / wgs84::kB);
    const SinCos end = sin_cos(Angle::radians(sigma2));
    const double omega2 = atan2(sin_alpha0 * end.sin, end.cos).in_radians();
    const double lambda12 =
        omega2 - omega1 - wgs84::kF * sin_alpha0 * geodesic_integrals(k2, sigma1, sigma2).longitude;

    const double north = cos_alpha0 * end.cos;
    const double cos_beta2 = std::sqrt(sin_alpha0 * sin_alpha0 + north * north);
    const Angle latitude = atan2(cos_alpha0 * end.sin, (1.0 - wgs84::kF) * cos_beta2);
    return {.latitude = latitude.in_degrees(),
            .longitude = turns_removed(turns_removed(start.longitude) +
                                       Angle::radians(lambda12).in_degrees())};
}

Angle geodesic_azimuth(LatLon a, LatLon b) {
    // Near by, where the inverse problem loses digits: the direction of the chord, which is that of
    // the geodesic to 1e-11 rad.
    constexpr double kNear = 500.0;
    const Ecef chord = to_ecef(b) - to_ecef(a);
    SinCos azimuth{};
    if (norm(chord) >= kNear || std::fabs(a.latitude) == 90.0) {
        azimuth = geodesic_inverse(a, b).azimuth;
    } else {
        const SinCos latitude = sin_cos_degrees(a.latitude);
        const SinCos longitude = sin_cos_degrees(a.longitude);
        const double outward = longitude.cos * chord.x + longitude.sin * chord.y;
        azimuth = {longitude.cos * chord.y - longitude.sin * chord.x,
                   latitude.cos * chord.z - latitude.sin * outward};
    }
    if (azimuth.sin == 0.0) return Angle::radians(azimuth.cos < 0.0 ? kPi : 0.0);
    return atan2(azimuth.sin, azimuth.cos);
}

double geodesic_at_least(double chord) {
    constexpr double kRadius = wgs84::kA * wgs84::kA / wgs84::kB;
    constexpr double kSeriesChord = 500e3;
    if (chord < kSeriesChord) return arc_over_chord(chord, 1.0 / kRadius);
    // Rounding must not lift it over the bound.
    constexpr double kBelow = 1.0 - 1e-12;
    const double sine = chord / (2.0 * kRadius);
    return kBelow * 2.0 * kRadius * atan2(sine, std::sqrt(1.0 - sine * sine)).in_radians();
}

}  // namespace comity::geo
