// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/geo/quantity.hpp"

#include <compare>
#include <cstdint>

namespace comity::geo {

/// 1e-7 degree, 11 mm on the ground: the unit of every stored latitude and longitude.
inline constexpr std::int32_t kE7PerDegree = 10'000'000;

enum class [[nodiscard]] PositionError{
    kNotFinite,       ///< a latitude or longitude is not a finite number
    kLatitudeRange,   ///< a latitude is outside [-90, 90] degrees
    kLongitudeRange,  ///< a longitude is outside [-180, 180] degrees
};

/// Words for a person: what was expected.
const char* to_string(PositionError error);

/// WGS-84 geodetic latitude in 1e-7 degree, -90 to 90 degrees, both ends closed.
class Latitude {
  public:
    constexpr Latitude() = default;
    static base::Expected<Latitude, PositionError> from_e7(std::int32_t e7);
    constexpr std::int32_t e7() const { return e7_; }
    constexpr Angle angle() const { return Angle::degrees(static_cast<double>(e7_) * 1e-7); }
    friend constexpr auto operator<=>(Latitude, Latitude) = default;

  private:
    constexpr explicit Latitude(std::int32_t e7) : e7_(e7) {}
    std::int32_t e7_ = 0;
};

/// WGS-84 longitude in 1e-7 degree, -180 to 180 degrees, both ends closed. -180 and 180 are the
/// same meridian and compare as different values: polygons are cut there (RFC 7946, 3.1.9).
class Longitude {
  public:
    constexpr Longitude() = default;
    static base::Expected<Longitude, PositionError> from_e7(std::int32_t e7);
    constexpr std::int32_t e7() const { return e7_; }
    constexpr Angle angle() const { return Angle::degrees(static_cast<double>(e7_) * 1e-7); }
    friend constexpr auto operator<=>(Longitude, Longitude) = default;

  private:
    constexpr explicit Longitude(std::int32_t e7) : e7_(e7) {}
    std::int32_t e7_ = 0;
};

struct PositionE7 {
    std::int32_t latitude;
    std::int32_t longitude;
};

struct PositionDegrees {
    double latitude;
    double longitude;
};

/// A place on the WGS-84 ellipsoid. A value of eight bytes.
class Position {
  public:
    constexpr Position() = default;
    static base::Expected<Position, PositionError> from_e7(PositionE7 e7);
    /// Rounded to the nearest 1e-7 degree, halves away from zero.
    static base::Expected<Position, PositionError> from_degrees(PositionDegrees degrees);

    constexpr Latitude latitude() const { return latitude_; }
    constexpr Longitude longitude() const { return longitude_; }
    constexpr PositionDegrees degrees() const {
        return {.latitude = static_cast<double>(latitude_.e7()) / kE7PerDegree,
                .longitude = static_cast<double>(longitude_.e7()) / kE7PerDegree};
    }
    friend constexpr auto operator<=>(Position, Position) = default;

  private:
    constexpr Position(Latitude latitude, Longitude longitude)
        : latitude_(latitude), longitude_(longitude) {}
    Latitude latitude_;
    Longitude longitude_;
};

}  // namespace comity::geo
