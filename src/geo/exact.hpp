// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/position.hpp"

#include <cstdint>

/// Exact plane geometry on whole coordinates: 1e-7 degree, x east, y north.
namespace comity::geo::exact {

__extension__ using Int128 = __int128;

inline constexpr std::int64_t kHalfTurn = 180LL * kE7PerDegree;
inline constexpr std::int64_t kTurn = 2 * kHalfTurn;
inline constexpr std::int64_t kPole = 90LL * kE7PerDegree;

struct Point {
    std::int64_t x = 0;
    std::int64_t y = 0;
    friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
    friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
    friend constexpr bool operator==(Point, Point) = default;
};

struct Segment {
    Point a;
    Point b;
};

constexpr Point point(Position position) {
    return {position.longitude().e7(), position.latitude().e7()};
}

/// The line from `from` to `to` in a plane of its own, the shorter way round; eastward where both
/// ways are 180 degrees.
constexpr Segment unrolled(Position from, Position to) {
    const Point a = point(from);
    Point b = point(to);
    if (b.x - a.x > kHalfTurn) b.x -= kTurn;
    if (b.x - a.x <= -kHalfTurn) b.x += kTurn;
    return {a, b};
}

constexpr int sign(Int128 value) {
    return value > 0 ? 1 : value < 0 ? -1 : 0;
}

constexpr Int128 cross(Point u, Point v) {
    return Int128{u.x} * v.y - Int128{u.y} * v.x;
}
constexpr Int128 dot(Point u, Point v) {
    return Int128{u.x} * v.x + Int128{u.y} * v.y;
}

/// Positive where `p` is left of the line from `a` to `b`, zero on it.
constexpr int side(Point a, Point b, Point p) {
    return sign(cross(b - a, p - a));
}

}  // namespace comity::geo::exact
