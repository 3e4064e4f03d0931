// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace comity::geo {

/// A vertical distance, in tenths of a millimetre: an exact integer, so that 1 ft = 3,048 exactly.
class Height {
  public:
    constexpr Height() = default;
    static constexpr Height tenths_of_mm(std::int64_t v) { return Height(v); }
    static constexpr Height whole_feet(std::int64_t feet) { return Height(feet * 3048); }
    /// Rounded to the nearest tenth of a millimetre, halves upward. |feet| < 1e12.
    static constexpr Height feet(double feet) { return Height(rounded(feet * 3048.0)); }
    static constexpr Height metres(double metres) { return Height(rounded(metres * 10000.0)); }

    constexpr std::int64_t in_tenths_of_mm() const { return value_; }
    constexpr double in_feet() const { return static_cast<double>(value_) / 3048.0; }
    constexpr double in_metres() const { return static_cast<double>(value_) / 10000.0; }

    friend constexpr Height operator+(Height a, Height b) { return Height(a.value_ + b.value_); }
    friend constexpr Height operator-(Height a, Height b) { return Height(a.value_ - b.value_); }
    friend constexpr Height operator-(Height a) { return Height(-a.value_); }
    friend constexpr auto operator<=>(Height, Height) = default;

  private:
    constexpr explicit Height(std::int64_t v) : value_(v) {}
    static constexpr std::int64_t rounded(double v) {
        const auto truncated = static_cast<std::int64_t>(v + 0.5);
        return static_cast<double>(truncated) > v + 0.5 ? truncated - 1 : truncated;
    }
    std::int64_t value_ = 0;
};

/// What an altitude is measured from.
enum class Datum : std::uint8_t {
    kWgs84,     ///< the WGS-84 ellipsoid
    kMsl,       ///< mean sea level (EGM96)
    kPressure,  ///< the 1013.25 hPa surface: flight levels, transponder altitude
    kGround,    ///< the ground below
};

/// An altitude above one datum. Altitudes of different data do not compare, add or convert: that
/// takes a geoid, a QNH or a terrain, and widens by its bound. Altitude - Altitude = Height;
/// Altitude + Height = Altitude.
template <Datum kDatum>
class Altitude {
  public:
    constexpr Altitude() = default;
    static constexpr Altitude at(Height above_datum) { return Altitude(above_datum); }
    constexpr Height above_datum() const { return height_; }

    friend constexpr Height operator-(Altitude a, Altitude b) { return a.height_ - b.height_; }
    friend constexpr Altitude operator+(Altitude a, Height h) { return at(a.height_ + h); }
    friend constexpr Altitude operator-(Altitude a, Height h) { return at(a.height_ - h); }
    friend constexpr auto operator<=>(Altitude, Altitude) = default;

  private:
    constexpr explicit Altitude(Height height) : height_(height) {}
    Height height_;
};

using AltitudeWgs84 = Altitude<Datum::kWgs84>;
using AltitudeMsl = Altitude<Datum::kMsl>;
using PressureAltitude = Altitude<Datum::kPressure>;
using HeightAgl = Altitude<Datum::kGround>;

}  // namespace comity::geo
