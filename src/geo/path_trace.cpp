// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "path_trace.hpp"

#include <algorithm>

namespace comity::geo {

using exact::cross;
using exact::dot;
using exact::Int128;
using exact::Point;
using exact::Segment;

namespace {

// What happens to the sides of a path at one fraction of it.
struct Event {
    Fraction at;
    bool flips_left = false;  // parity of the points just left of the path changes
    int along_change = 0;     // of the number of edges that the path runs along
};

// num / den where it lies in [0, 1]; den != 0.
bool fraction_on_path(Int128 num, Int128 den, Fraction& out) {
    if (den < 0) {
        num = -num;
        den = -den;
    }
    if (num < 0 || num > den) return false;
    out = {.num = static_cast<std::int64_t>(num), .den = static_cast<std::int64_t>(den)};
    return true;
}

// The path, moved to its left by less than any distance, crosses an edge where just one end of the
// edge is left of the path itself: ends on the path count as right of it.
void add_events(const Segment& path, const Segment& edge, std::vector<Event>& events) {
    const Point along = path.b - path.a;
    const Point to_a = edge.a - path.a;
    const Point to_b = edge.b - path.a;
    const int side_a = exact::sign(cross(along, to_a));
    const int side_b = exact::sign(cross(along, to_b));
    if (side_a * side_b > 0) return;
    if (side_a == 0 && side_b == 0) {
        const Int128 length = dot(along, along);
        const auto [first, last] = std::minmax({dot(along, to_a), dot(along, to_b)});
        if (last < 0 || first > length) return;
        Fraction begin;
        Fraction end{.num = 1, .den = 1};
        if (first > 0) fraction_on_path(first, length, begin);
        if (last < length) fraction_on_path(last, length, end);
        events.push_back({.at = begin, .along_change = first < last ? 1 : 0});
        events.push_back({.at = end, .along_change = first < last ? -1 : 0});
        return;
    }
    const Point e = edge.b - edge.a;
    Fraction at;
    if (!fraction_on_path(cross(to_a, e), cross(along, e), at)) return;
    events.push_back({.at = at, .flips_left = (side_a > 0) != (side_b > 0)});
}

int first_nonzero(int a, int b) {
    return a != 0 ? a : b;
}

bool on_segment(const Segment& edge, Point p) {
    const auto [x_min, x_max] = std::minmax({edge.a.x, edge.b.x});
    const auto [y_min, y_max] = std::minmax({edge.a.y, edge.b.y});
    return x_min <= p.x && p.x <= x_max && y_min <= p.y && p.y <= y_max &&
           exact::side(edge.a, edge.b, p) == 0;
}

}  // namespace

void PathTrace::reverse() {
    std::reverse(breaks.begin(), breaks.end());
    for (Break& point : breaks) point.at = point.at.complement();
    std::reverse(sides.begin(), sides.end());
    for (Sides& s : sides) std::swap(s.left, s.right);
}

PathTrace trace_path(const Segment& path, const EdgeTable& table,
                     std::span<const std::uint32_t> edges, bool left_at_begin) {
    std::vector<Event> events;
    for (const std::uint32_t number : edges) add_events(path, table.edge(number), events);
    // The order of events at one fraction does not matter.
    std::sort(events.begin(), events.end(),
              [](const Event& a, const Event& b) { return a.at < b.at; });
    PathTrace trace;
    trace.breaks.push_back({.at = {.num = 0, .den = 1}, .on_boundary = false});
    bool left = left_at_begin;
    int along = 0;
    const auto sides = [&] {
        return PathTrace::Sides{.left = left, .right = left != (along % 2 != 0), .on = along > 0};
    };
    for (const Event& event : events) {
        if (trace.breaks.back().at < event.at) {
            trace.sides.push_back(sides());
            trace.breaks.push_back({.at = event.at, .on_boundary = true});
        } else {
            trace.breaks.back().on_boundary = true;
        }
        // `left_at_begin` is past every crossing at 0.
        if (event.flips_left && event.at.num != 0) left = !left;
        along += event.along_change;
    }
    constexpr Fraction kEnd{.num = 1, .den = 1};
    if (trace.breaks.back().at < kEnd) {
        trace.sides.push_back(sides());
        trace.breaks.push_back({.at = kEnd, .on_boundary = false});
    }
    return trace;
}

// From the probe level to the centre's x, then straight to the centre: each edge that crosses that
// way changes the answer. Ends of edges level with the probe count as above or below it as the
// probe's move decides (upward where it does not move). A centre on an edge counts as just east of
// it; the probe's own moves are smaller still.
Place place_of(const Probe& probe, Point doubled_centre, bool centre_inside, const EdgeTable& table,
               std::span<const std::uint32_t> edges) {
    const Point p = probe.at;
    const Point left{-probe.direction.y, probe.direction.x};
    const bool moves = !(probe.direction == Point{});
    const int rise = moves ? first_nonzero(exact::sign(probe.direction.y), exact::sign(left.y)) : 1;
    const Point corner{doubled_centre.x, 2 * p.y};
    bool inside = centre_inside;
    for (const std::uint32_t number : edges) {
        const Segment edge = table.edge(number);
        if (!moves && on_segment(edge, p)) return Place::kBoundary;
        const auto above = [&](std::int64_t y) { return rise > 0 ? y > p.y : y >= p.y; };
        const bool straddles_level = above(edge.a.y) != above(edge.b.y);
        const bool straddles_centre =
            (2 * edge.a.x > doubled_centre.x) != (2 * edge.b.x > doubled_centre.x);
        if (!straddles_level && !straddles_centre) continue;
        const Point e = edge.b - edge.a;
        const Point a{2 * edge.a.x, 2 * edge.a.y};
        const Point b{2 * edge.b.x, 2 * edge.b.y};
        const int just_east = exact::sign(-Int128{e.y});
        const int corner_side = first_nonzero(
            exact::side(a, b, corner), first_nonzero(just_east, exact::sign(Int128{e.x}) * rise));
        if (straddles_level) {
            int probe_side = exact::side(edge.a, edge.b, p);
            if (probe_side == 0) {
                probe_side = first_nonzero(exact::sign(cross(e, probe.direction)),
                                           exact::sign(cross(e, left)));
            }
            if (probe_side != corner_side) inside = !inside;
        }
        if (straddles_centre) {
            const int centre_side = first_nonzero(exact::side(a, b, doubled_centre), just_east);
            if (corner_side != centre_side) inside = !inside;
        }
    }
    return inside ? Place::kInside : Place::kOutside;
}

}  // namespace comity::geo
