// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/line.hpp"

#include "exact.hpp"
#include "trig_degrees.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace comity::geo {
namespace {

constexpr double kRadiansPerDegree = std::numbers::pi / 180.0;
// The greatest radii of curvature: of the meridian at the poles, a^2/b, and of the parallel.
constexpr double kMaxMeridianRadius = wgs84::kA * wgs84::kA / wgs84::kB;

LatLon degrees(exact::Point p) {
    return {.latitude = static_cast<double>(p.y) / kE7PerDegree,
            .longitude = static_cast<double>(p.x) / kE7PerDegree};
}

}  // namespace

Line::Line(Position begin, Position end) {
    const exact::Segment path = exact::unrolled(begin, end);
    begin_ = degrees(path.a);
    end_ = degrees(path.b);
}

Distance Line::length_at_most() const {
    const double south = std::min(std::fabs(begin_.latitude), std::fabs(end_.latitude));
    const bool over_equator = begin_.latitude * end_.latitude <= 0.0;
    // The parallel's radius N cos(latitude) is at most a at the equator and falls towards the
    // poles; N is at most a^2/b.
    const double parallel =
        over_equator ? wgs84::kA
                     : std::min(wgs84::kA, kMaxMeridianRadius * sin_cos_degrees(south).cos);
    const double north = (end_.latitude - begin_.latitude) * kRadiansPerDegree * kMaxMeridianRadius;
    const double east = (end_.longitude - begin_.longitude) * kRadiansPerDegree * parallel;
    return Distance::metres(std::sqrt(north * north + east * east));
}

int Line::short_part_count(Distance longest) const {
    const double by_length = length_at_most() / longest;
    const double by_longitude = std::fabs(end_.longitude - begin_.longitude);
    return 1 + static_cast<int>(std::floor(std::max(by_length, by_longitude)));
}

Line::Tangent Line::tangent_at(double fraction) const {
    const LatLon place = at(fraction);
    const auto [sin_lat, cos_lat] = sin_cos_degrees(place.latitude);
    const auto [sin_lon, cos_lon] = sin_cos_degrees(place.longitude);
    const double w2 = 1.0 - wgs84::kE2 * sin_lat * sin_lat;
    const double n = wgs84::kA / std::sqrt(w2);
    const double m = n * (1.0 - wgs84::kE2) / w2;
    const double north = m * (end_.latitude - begin_.latitude) * kRadiansPerDegree;
    const double east = n * cos_lat * (end_.longitude - begin_.longitude) * kRadiansPerDegree;
    return {.point = {.place = place,
                      .vector = {n * cos_lat * cos_lon, n * cos_lat * sin_lon,
                                 n * (1.0 - wgs84::kE2) * sin_lat}},
            .derivative = {-sin_lat * cos_lon * north - sin_lon * east,
                           -sin_lat * sin_lon * north + cos_lon * east, cos_lat * north}};
}

}  // namespace comity::geo
