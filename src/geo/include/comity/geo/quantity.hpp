// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <numbers>

namespace comity::geo {

/// A duration for computation, in seconds. Stored times are integer milliseconds (instant.hpp).
using Seconds = std::chrono::duration<double>;

/// What every quantity of this header can do: add and subtract its own kind, scale by a number,
/// divide by its own kind to a number, compare. Nothing else compiles: no bare number becomes a
/// quantity, no quantity of one dimension another. Values; always finite, which the caller ensures.
template <typename Self>
class Linear {
  public:
    friend constexpr Self operator+(Self a, Self b) { return of(a.value_ + b.value_); }
    friend constexpr Self operator-(Self a, Self b) { return of(a.value_ - b.value_); }
    friend constexpr Self operator-(Self a) { return of(-a.value_); }
    friend constexpr Self operator*(Self a, double factor) { return of(a.value_ * factor); }
    friend constexpr Self operator*(double factor, Self a) { return of(factor * a.value_); }
    friend constexpr Self operator/(Self a, double divisor) { return of(a.value_ / divisor); }
    friend constexpr double operator/(Self a, Self b) { return a.value_ / b.value_; }
    friend constexpr auto operator<=>(Self a, Self b) { return a.value_ <=> b.value_; }
    friend constexpr bool operator==(Self a, Self b) { return a.value_ == b.value_; }
    constexpr Self& operator+=(Self other) {
        value_ += other.value_;
        return static_cast<Self&>(*this);
    }

  protected:
    constexpr Linear() = default;
    constexpr explicit Linear(double value) : value_(value) {}
    // The friends above may not call the constructor of Self; this member may.
    static constexpr Self of(double value) { return Self(value); }
    double value_ = 0.0;
};

/// A distance along the ground or in space, in metres inside. May be negative where a function
/// says that its sign has a meaning (signed distance to a boundary: positive inside).
class Distance : public Linear<Distance> {
  public:
    constexpr Distance() = default;
    static constexpr Distance metres(double m) { return Distance(m); }
    static constexpr Distance nautical_miles(double nm) { return Distance(nm * 1852.0); }
    constexpr double in_metres() const { return value_; }
    constexpr double in_nautical_miles() const { return value_ / 1852.0; }

  private:
    friend class Linear<Distance>;
    constexpr explicit Distance(double metres) : Linear(metres) {}
};

/// A speed, in metres per second inside. 1 kt = 1852/3600 m/s; 1 ft/min = 0.3048/60 m/s.
class Speed : public Linear<Speed> {
  public:
    constexpr Speed() = default;
    static constexpr Speed metres_per_second(double v) { return Speed(v); }
    static constexpr Speed knots(double v) { return Speed(v * (1852.0 / 3600.0)); }
    static constexpr Speed feet_per_minute(double v) { return Speed(v * (0.3048 / 60.0)); }
    constexpr double in_metres_per_second() const { return value_; }
    constexpr double in_knots() const { return value_ / (1852.0 / 3600.0); }
    constexpr double in_feet_per_minute() const { return value_ / (0.3048 / 60.0); }

  private:
    friend class Linear<Speed>;
    constexpr explicit Speed(double metres_per_second) : Linear(metres_per_second) {}
};

/// A plane angle, in radians inside; not reduced to any range.
class Angle : public Linear<Angle> {
  public:
    constexpr Angle() = default;
    static constexpr Angle radians(double v) { return Angle(v); }
    static constexpr Angle degrees(double v) { return Angle(v * (std::numbers::pi / 180.0)); }
    constexpr double in_radians() const { return value_; }
    constexpr double in_degrees() const { return value_ * (180.0 / std::numbers::pi); }

  private:
    friend class Linear<Angle>;
    constexpr explicit Angle(double radians) : Linear(radians) {}
};

constexpr Distance operator*(Speed speed, Seconds time) {
    return Distance::metres(speed.in_metres_per_second() * time.count());
}
constexpr Distance operator*(Seconds time, Speed speed) {
    return speed * time;
}
constexpr Speed operator/(Distance distance, Seconds time) {
    return Speed::metres_per_second(distance.in_metres() / time.count());
}

}  // namespace comity::geo
