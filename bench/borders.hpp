// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/trig.hpp"

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

/// Made-up borders and places for benchmarks; the same in every run.
namespace comity::bench {

class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    double between(double low, double high) {
        return low + (high - low) * (static_cast<double>(engine_() >> 11) * 0x1p-53);
    }

  private:
    std::mt19937_64 engine_;
};

inline geo::Position position(geo::PositionDegrees degrees) {
    const auto position = geo::Position::from_degrees(degrees);
    COMITY_CHECK(position.has_value());
    return *position;
}

/// A country of about 10 x 10 degrees around 47 N 8 E whose border winds like a real one: waves of
/// many lengths, the shorter the lower.
inline std::vector<geo::Position> winding_border(int vertices) {
    Random random(2015);
    struct Wave {
        double count, height, phase;
    };
    std::vector<Wave> waves;
    for (int count = 2; count < vertices / 4; count *= 2) {
        waves.push_back({static_cast<double>(count), 1.2 / count, random.between(0.0, 6.28)});
    }
    std::vector<geo::Position> border;
    for (int i = 0; i < vertices; ++i) {
        const double angle = 2.0 * 3.141592653589793 * i / vertices;
        double radius = 4.0;
        for (const Wave& wave : waves) {
            radius += wave.height * geo::sin(geo::Angle::radians(wave.count * angle + wave.phase));
        }
        const auto [sin, cos] = geo::sin_cos(geo::Angle::radians(angle));
        border.push_back(
            position({.latitude = 47.0 + radius * sin, .longitude = 8.0 + radius * cos}));
    }
    return border;
}

inline geo::Polygon polygon(const std::vector<geo::Position>& ring) {
    geo::PolygonBuilder builder(geo::EdgeKind::kStraightLonLat);
    for (const geo::Position& vertex : ring) COMITY_CHECK(builder.add(vertex).has_value());
    COMITY_CHECK(builder.add(ring.front()).has_value());
    COMITY_CHECK(builder.end_ring().has_value());
    return *std::move(builder).finish();
}

/// Places in and around that country.
inline std::vector<geo::Position> places(std::size_t count) {
    Random random(11);
    std::vector<geo::Position> places;
    places.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        places.push_back(position(
            {.latitude = random.between(42.0, 52.0), .longitude = random.between(3.0, 13.0)}));
    }
    return places;
}

}  // namespace comity::bench
