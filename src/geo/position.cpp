// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/position.hpp"

#include <cmath>
#include <limits>

namespace comity::geo {
namespace {

constexpr std::int32_t kMaxLatitudeE7 = 90 * kE7PerDegree;
constexpr std::int32_t kMaxLongitudeE7 = 180 * kE7PerDegree;

constexpr bool in_range(std::int32_t e7, std::int32_t limit) {
    return -limit <= e7 && e7 <= limit;
}

// Halves away from zero. |degrees| <= 180, so that the product is exact to far below one half.
std::int32_t to_e7(double degrees) {
    const double scaled = std::floor(std::fabs(degrees) * kE7PerDegree + 0.5);
    return static_cast<std::int32_t>(degrees < 0.0 ? -scaled : scaled);
}

}  // namespace

const char* to_string(PositionError error) {
    switch (error) {
        case PositionError::kNotFinite:
            return "expected finite numbers";
        case PositionError::kLatitudeRange:
            return "expected a latitude from -90 to 90 degrees";
        case PositionError::kLongitudeRange:
            return "expected a longitude from -180 to 180 degrees";
    }
    return "unknown error";
}

base::Expected<Latitude, PositionError> Latitude::from_e7(std::int32_t e7) {
    if (!in_range(e7, kMaxLatitudeE7)) return base::Unexpected(PositionError::kLatitudeRange);
    return Latitude(e7);
}

base::Expected<Longitude, PositionError> Longitude::from_e7(std::int32_t e7) {
    if (!in_range(e7, kMaxLongitudeE7)) return base::Unexpected(PositionError::kLongitudeRange);
    return Longitude(e7);
}

base::Expected<Position, PositionError> Position::from_e7(PositionE7 e7) {
    return Latitude::from_e7(e7.latitude).and_then([&](Latitude latitude) {
        return Longitude::from_e7(e7.longitude).map([&](Longitude longitude) {
            return Position(latitude, longitude);
        });
    });
}

base::Expected<Position, PositionError> Position::from_degrees(PositionDegrees degrees) {
    constexpr double kLargest = std::numeric_limits<double>::max();
    if (!(std::fabs(degrees.latitude) <= kLargest && std::fabs(degrees.longitude) <= kLargest)) {
        return base::Unexpected(PositionError::kNotFinite);
    }
    if (std::fabs(degrees.latitude) > 90.0) return base::Unexpected(PositionError::kLatitudeRange);
    if (std::fabs(degrees.longitude) > 180.0) {
        return base::Unexpected(PositionError::kLongitudeRange);
    }
    return from_e7({.latitude = to_e7(degrees.latitude), .longitude = to_e7(degrees.longitude)});
}

}  // namespace comity::geo
