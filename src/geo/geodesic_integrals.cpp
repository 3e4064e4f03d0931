// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "geodesic_integrals.hpp"

#include "trig_degrees.hpp"

#include "comity/geo/ecef.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/geo/trig.hpp"

#include <cmath>

namespace comity::geo {
namespace {

struct Node {
    double at;
    double weight;
};

// The positive half of the zeros of the Legendre polynomial of degree 12, and their weights.
constexpr Node kNodes[] = {
    {0x1.007a5f8f630e4p-3, 0x1.fe40ce6d4f025p-3}, {0x1.78a8d20a8b19dp-2, 0x1.de3155c256ab5p-3},
    {0x1.2cb4f05c077f9p-1, 0x1.a0163e6b1ab72p-3}, {0x1.8a30aeed88f36p-1, 0x1.47d7258f22d8fp-3},
    {0x1.cee874ffb88b4p-1, 0x1.b60602bce6181p-4}, {0x1.f68f1d8e42e81p-1, 0x1.8275d9dea6d8fp-5},
};

}  // namespace

SinCos reduced_latitude(double degrees) {
    const SinCos latitude = sin_cos_degrees(degrees);
    const double s = (1.0 - wgs84::kF) * latitude.sin;
    const double r = std::sqrt(s * s + latitude.cos * latitude.cos);
    return {s / r, latitude.cos / r};
}

GeodesicIntegrals geodesic_integrals(double k2, double sigma1, double sigma2) {
    const double half = 0.5 * (sigma2 - sigma1);
    const SinCos middle = sin_cos(Angle::radians(0.5 * (sigma1 + sigma2)));
    GeodesicIntegrals sum{0.0, 0.0, 0.0};
    const auto add = [&](double sine, double weight) {
        const double u2 = k2 * sine * sine;
        const double root = std::sqrt(1.0 + u2);
        sum.length += weight * root;
        sum.longitude += weight * ((2.0 - wgs84::kF) / (1.0 + (1.0 - wgs84::kF) * root));
        sum.reduced += weight * (u2 / root);
    };
    for (const Node& node : kNodes) {
        const SinCos offset = sin_cos(Angle::radians(half * node.at));
        const double even = middle.sin * offset.cos;
        const double odd = middle.cos * offset.sin;
        add(even + odd, node.weight);
        add(even - odd, node.weight);
    }
    return {half * sum.length, half * sum.longitude, half * sum.reduced};
}

}  // namespace comity::geo
