// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "edge_table.hpp"
#include "exact.hpp"

#include "comity/base/check.hpp"
#include "comity/geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace comity::geo {
namespace {

using exact::Point;

constexpr Distance kMaxPiece = Distance::metres(20'000);
constexpr Distance kMaxDeviation = Distance::metres(0.005);

LatLon place_of(Point p) {
    return {.latitude = static_cast<double>(p.y) / kE7PerDegree,
            .longitude = static_cast<double>(p.x) / kE7PerDegree};
}

// The nearest whole coordinates, in the turn in which the longitude differs least from `near`'s.
Point rounded(LatLon place, Point near) {
    Point p{static_cast<std::int64_t>(std::floor(place.longitude * kE7PerDegree + 0.5)),
            static_cast<std::int64_t>(std::floor(place.latitude * kE7PerDegree + 0.5))};
    while (p.x - near.x > exact::kHalfTurn) p.x -= exact::kTurn;
    while (p.x - near.x < -exact::kHalfTurn) p.x += exact::kTurn;
    return p;
}

// One geodesic edge, as points after its begin. Halved until the straight line through its ends
// stays close to its middle.
class GeodesicEdge {
  public:
    GeodesicEdge(Point from, Point to)
        : begin_(place_of(from)),
          length_(geodesic_distance(begin_, place_of(to))),
          azimuth_(geodesic_azimuth(begin_, place_of(to))) {}

    void append(Point from, Point to, double at_from, double at_to,
                std::vector<Point>& points) const {
        const double at_middle = (at_from + at_to) / 2.0;
        const LatLon middle = geodesic_direct(begin_, azimuth_, length_ * at_middle);
        const Point split = rounded(middle, from);
        const LatLon straight{
            .latitude = (place_of(from).latitude + place_of(to).latitude) / 2.0,
            .longitude = (place_of(from).longitude + place_of(to).longitude) / 2.0};
        const bool close = length_ * (at_to - at_from) < kMaxPiece &&
                           geodesic_distance(middle, straight) < kMaxDeviation;
        if (close || split == from || split == to) {
            points.push_back(to);
            return;
        }
        append(from, split, at_from, at_middle, points);
        append(split, to, at_middle, at_to, points);
    }

  private:
    LatLon begin_;
    Distance length_;
    Angle azimuth_;
};

// The ring as straight edges in a plane that goes on beyond 180 degrees; closed without repetition.
std::vector<Point> unrolled_ring(std::span<const Position> ring) {
    std::vector<Point> points{exact::point(ring.front())};
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point from = points.back();
        const Point end = exact::point(ring[(i + 1) % ring.size()]);
        const Point to = rounded(place_of(end), from);
        GeodesicEdge(from, to).append(from, to, 0.0, 1.0, points);
    }
    const Point begin = points.front();
    const Point end = points.back();
    if (begin == end) {
        points.pop_back();
        return points;
    }
    // Around a pole.
    std::int64_t sum = 0;
    for (const Point& p : points) sum += p.y / 1'000;
    const std::int64_t pole = sum < 0 ? -exact::kPole : exact::kPole;
    points.push_back({end.x, pole});
    points.push_back({begin.x, pole});
    return points;
}

// What of the closed ring lies on one side of the meridian `x` (Sutherland and Hodgman, 1974).
// Parts that it falls into stay joined along the meridian, by edges that cancel out.
std::vector<Point> clipped(const std::vector<Point>& ring, std::int64_t x, bool keep_east) {
    const auto kept = [&](Point p) { return keep_east ? p.x >= x : p.x <= x; };
    std::vector<Point> result;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point from = ring[i];
        const Point to = ring[(i + 1) % ring.size()];
        if (kept(from)) result.push_back(from);
        if (kept(from) != kept(to) && from.x != x && to.x != x) {
            const double share =
                static_cast<double>(x - from.x) / static_cast<double>(to.x - from.x);
            const double y =
                static_cast<double>(from.y) + share * static_cast<double>(to.y - from.y);
            result.push_back({x, static_cast<std::int64_t>(std::floor(y + 0.5))});
        }
    }
    return result;
}

std::int64_t turn_of(std::int64_t x) {
    const std::int64_t from_plane = x + exact::kHalfTurn;
    return from_plane >= 0 ? from_plane / exact::kTurn
                           : -((exact::kTurn - 1 - from_plane) / exact::kTurn);
}

void add_ring(const std::vector<Point>& ring, std::int64_t shift, PolygonBuilder& builder) {
    if (ring.size() < 3) return;
    const auto add = [&](Point p) {
        const auto position =
            Position::from_e7({.latitude = static_cast<std::int32_t>(p.y),
                               .longitude = static_cast<std::int32_t>(p.x + shift)});
        COMITY_CHECK(position.has_value());
        COMITY_CHECK(builder.add(*position).has_value());
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point from = ring[i];
        const Point to = ring[(i + 1) % ring.size()];
        add(from);
        // Half a turn between neighbours: over the pole.
        if (std::abs(to.x - from.x) >= exact::kHalfTurn &&
            !(from.y == to.y && std::abs(from.y) == exact::kPole)) {
            const std::int64_t pole = from.y + to.y < 0 ? -exact::kPole : exact::kPole;
            add({from.x, pole});
            add({to.x, pole});
        }
    }
    add(ring.front());
    COMITY_CHECK(builder.end_ring().has_value());
}

}  // namespace

Polygon straightened(const Polygon& polygon) {
    if (polygon.edge_kind() == EdgeKind::kStraightLonLat) return polygon;
    PolygonBuilder builder(EdgeKind::kStraightLonLat);
    for (std::size_t i = 0; i < polygon.ring_count(); ++i) {
        const std::vector<Point> ring = unrolled_ring(polygon.ring(i));
        const auto [west, east] = std::minmax_element(ring.begin(), ring.end(),
                                                      [](Point a, Point b) { return a.x < b.x; });
        for (std::int64_t turn = turn_of(west->x); turn <= turn_of(east->x); ++turn) {
            const std::int64_t plane_begin = turn * exact::kTurn - exact::kHalfTurn;
            const std::int64_t plane_end = plane_begin + exact::kTurn;
            add_ring(clipped(clipped(ring, plane_begin, true), plane_end, false),
                     -turn * exact::kTurn, builder);
        }
    }
    auto straight = std::move(builder).finish();
    COMITY_CHECK(straight.has_value());
    return *std::move(straight);
}

}  // namespace comity::geo
