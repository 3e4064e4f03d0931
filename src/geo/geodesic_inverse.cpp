// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "geodesic_inverse.hpp"

#include "geodesic_integrals.hpp"

#include "comity/base/check.hpp"
#include "comity/geo/ecef.hpp"
#include "comity/geo/trig.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace comity::geo {
namespace {

constexpr double kPi = std::numbers::pi;

/// The problem in canonical order: beta1 <= 0, |beta1| >= |beta2|, lambda12 in [0, pi].
struct Canonical {
    SinCos beta1;
    SinCos beta2;
    double lambda12;
};

/// A geodesic that starts at beta1 and reaches beta2 going north.
struct Trial {
    double lambda12;
    double length;  ///< metres
    SinCos alpha2;
    double slope;  ///< d lambda12 / d alpha1; infinite where the geodesic touches its parallel
};

// Azimuth and length of a solution of the canonical problem.
struct Solution {
    double length;
    SinCos alpha1;
    SinCos alpha2;
};

// The azimuth at beta2 of a geodesic that left beta1 at alpha1, by Clairaut's relation.
SinCos azimuth_at_end(const SinCos& beta1, const SinCos& beta2, const SinCos& alpha1) {
    // cos^2 beta2 - cos^2 beta1, without the cancellation near the equator and near the poles.
    const double difference = beta1.cos < -beta1.sin
                                  ? (beta2.cos - beta1.cos) * (beta2.cos + beta1.cos)
                                  : (beta1.sin - beta2.sin) * (beta1.sin + beta2.sin);
    const double along = alpha1.cos * beta1.cos;
    return {alpha1.sin * beta1.cos / beta2.cos,
            std::sqrt(along * along + std::max(difference, 0.0)) / beta2.cos};
}

Trial trial(const SinCos& beta1, const SinCos& beta2, const SinCos& alpha1) {
    const double sin_alpha0 = alpha1.sin * beta1.cos;
    const double across = alpha1.sin * beta1.sin;
    const double cos2_alpha0 = alpha1.cos * alpha1.cos + across * across;
    const double along1 = alpha1.cos * beta1.cos;
    // At a pole, any azimuth will do.
    const SinCos alpha2 =
        beta2.cos == 0.0 ? SinCos{0.0, 1.0} : azimuth_at_end(beta1, beta2, alpha1);
    const double along2 = alpha2.cos * beta2.cos;

    const double sigma1 = atan2(beta1.sin, along1).in_radians();
    const double sigma2 = atan2(beta2.sin, along2).in_radians();
    const double omega1 = atan2(sin_alpha0 * beta1.sin, along1).in_radians();
    const double omega2 = atan2(sin_alpha0 * beta2.sin, along2).in_radians();
    const double k2 = wgs84::kEp2 * cos2_alpha0;
    const GeodesicIntegrals integrals = geodesic_integrals(k2, sigma1, sigma2);

    // Equation 38, the reduced length; sin and cos of sigma scaled by cos alpha0.
    const double cos_alpha0 = std::sqrt(cos2_alpha0);
    const double s1 = beta1.sin / cos_alpha0;
    const double c1 = along1 / cos_alpha0;
    const double s2 = beta2.sin / cos_alpha0;
    const double c2 = along2 / cos_alpha0;
    const double m12_over_b = std::sqrt(1.0 + k2 * s2 * s2) * c1 * s2 -
                              std::sqrt(1.0 + k2 * s1 * s1) * s1 * c2 - c1 * c2 * integrals.reduced;
    return {.lambda12 = omega2 - omega1 - wgs84::kF * sin_alpha0 * integrals.longitude,
            .length = wgs84::kB * integrals.length,
            .alpha2 = alpha2,
            .slope = m12_over_b * (1.0 - wgs84::kF) / along2};
}

// The first guess: the great circle on a sphere, equations 48 to 51; alpha1 - pi / 2.
double spherical_guess(const Canonical& problem) {
    const double mean = 0.5 * (problem.beta1.cos + problem.beta2.cos);
    const double omega = problem.lambda12 / std::sqrt(1.0 - wgs84::kE2 * mean * mean);
    const SinCos turn = sin_cos(Angle::radians(std::min(omega, kPi)));
    const double north =
        problem.beta1.cos * problem.beta2.sin - problem.beta1.sin * problem.beta2.cos * turn.cos;
    return -atan2(north, problem.beta2.cos * turn.sin).in_radians();
}

SinCos azimuth_beyond_east(double u) {
    const SinCos turn = sin_cos(Angle::radians(u));
    return {turn.cos, -turn.sin};
}

// Newton's method for lambda12(alpha1), with the root kept in a bracket that is halved whenever a
// step leaves it or does not halve the last but one. It counts alpha1 from the east, since the
// roots of nearly equatorial problems lie there as close together as doubles do at zero.
Solution solve(const Canonical& problem) {
    // A metre on the parallel of the second point, as a difference of longitude.
    const double radius2 = wgs84::kA * problem.beta2.cos;
    constexpr double kGoodEnough = 1e-6;
    constexpr int kMaxTrials = 200;
    double low = -kPi / 2;
    double high = kPi / 2;
    double u = spherical_guess(problem);
    double step = high - low;
    double last_step = step;
    for (int count = 1;; ++count) {
        const SinCos alpha1 = azimuth_beyond_east(u);
        const Trial at = trial(problem.beta1, problem.beta2, alpha1);
        const double excess = at.lambda12 - problem.lambda12;
        (excess < 0.0 ? low : high) = u;
        const double newton = excess / at.slope;
        const bool usable = at.slope > 0.0 && u - newton > low && u - newton < high;
        const double middle = 0.5 * (low + high);
        if (std::fabs(excess) * radius2 < kGoodEnough || middle == low || middle == high ||
            count == kMaxTrials) {
            // What is left of the way runs along the parallel: its part in the direction of the
            // geodesic is first order, the rest far below a nanometre.
            const SinCos best = usable ? azimuth_beyond_east(u - newton) : alpha1;
            return {.length = at.length - excess * radius2 * at.alpha2.sin,
                    .alpha1 = best,
                    .alpha2 = azimuth_at_end(problem.beta1, problem.beta2, best)};
        }
        const double next = usable && std::fabs(newton) < 0.5 * last_step ? u - newton : middle;
        last_step = step;
        step = std::fabs(next - u);
        u = next;
    }
}

Solution solve_special_or(const Canonical& problem) {
    const bool meridional =
        problem.lambda12 == 0.0 || problem.lambda12 == kPi || problem.beta1.cos == 0.0;
    if (meridional) {
        // Where the longitudes are opposite, over the nearer pole, which is the south pole. From
        // the pole the azimuth is that of the other's meridian.
        const bool over_pole = problem.lambda12 == kPi && problem.beta1.cos != 0.0;
        const SinCos along{0.0, over_pole ? -1.0 : 1.0};
        return {
            .length = trial(problem.beta1, problem.beta2, along).length,
            .alpha1 = problem.beta1.cos == 0.0 ? sin_cos(Angle::radians(problem.lambda12)) : along,
            .alpha2 = {0.0, 1.0}};
    }
    if (problem.beta1.sin == 0.0) {
        if (problem.lambda12 <= (1.0 - wgs84::kF) * kPi) {
            return {wgs84::kA * problem.lambda12, {1.0, 0.0}, {1.0, 0.0}};
        }
        // Just south of the equator, so that there is a way around by the south.
        return solve({{-1e-200, 1.0}, problem.beta2, problem.lambda12});
    }
    return solve(problem);
}

// |to - from| reduced to [0, 180].
double longitude_difference(double from, double to) {
    const double difference = std::fabs(to - from);
    return std::fabs(difference - 360.0 * std::floor(difference / 360.0 + 0.5));
}

// Nearer to the equator than this, a place is on it: a micrometre.
double latitude_or_equator(double degrees) {
    return std::fabs(degrees) < 1e-11 ? 0.0 : degrees;
}

}  // namespace

GeodesicInverse geodesic_inverse(LatLon from, LatLon to) {
    COMITY_CHECK(std::fabs(from.latitude) <= 90.0 && std::fabs(to.latitude) <= 90.0);
    double latitude1 = latitude_or_equator(from.latitude);
    double latitude2 = latitude_or_equator(to.latitude);
    const double lambda12 = longitude_difference(from.longitude, to.longitude);
    const double eastward = to.longitude - from.longitude;
    const bool east = eastward - 360.0 * std::floor(eastward / 360.0 + 0.5) >= 0.0;

    const bool swapped = std::fabs(latitude1) < std::fabs(latitude2);
    if (swapped) std::swap(latitude1, latitude2);
    const bool mirrored = !(latitude1 < 0.0);
    if (mirrored) {
        latitude1 = -latitude1;
        latitude2 = -latitude2;
    }
    const Canonical problem{reduced_latitude(latitude1), reduced_latitude(latitude2),
                            lambda12 == 180.0 ? kPi : Angle::degrees(lambda12).in_radians()};
    const Solution solution = solve_special_or(problem);

    // The mirror turns north and south about; so does the exchange, which walks the path backwards
    // and (with the longitudes left in place) from the other side.
    const SinCos azimuth = swapped ? solution.alpha2 : solution.alpha1;
    return {.distance = solution.length,
            .azimuth = {east ? azimuth.sin : -azimuth.sin,
                        swapped != mirrored ? -azimuth.cos : azimuth.cos}};
}

}  // namespace comity::geo
