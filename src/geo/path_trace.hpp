// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "edge_table.hpp"
#include "exact.hpp"

#include "comity/geo/fraction.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace comity::geo {

/// How a straight path runs against one polygon: which side of it is inside, stretch by stretch.
/// Between two neighbouring breaks nothing changes.
struct PathTrace {
    struct Break {
        Fraction at;
        bool on_boundary;  ///< the path meets the boundary there
    };
    struct Sides {
        bool left;   ///< just left of the path is inside
        bool right;  ///< just right of it is
        bool on;     ///< the path runs along the boundary
        friend constexpr bool operator==(const Sides&, const Sides&) = default;
    };
    std::vector<Break> breaks;  ///< ascending, from 0 to 1
    std::vector<Sides> sides;   ///< between breaks; one fewer

    /// The same path run from its end to its begin.
    void reverse();
};

/// Traces `path` (of some length, less than 180 degrees east-west) against a polygon of which
/// `edges` are those that may meet it, given that the point just after its begin, and then just
/// left of it, is inside or not (`left_at_begin`).
PathTrace trace_path(const exact::Segment& path, const EdgeTable& table,
                     std::span<const std::uint32_t> edges, bool left_at_begin);

/// A point, or the point just after it in `direction` and then just left of that.
struct Probe {
    exact::Point at;
    exact::Point direction;  ///< zero: the point itself
};

enum class Place : std::uint8_t { kOutside, kBoundary, kInside };

/// Where a probe lies, given the edges between it and a centre whose place is known: `centre` in
/// doubled coordinates, both odd; `edges` are all edges of one polygon that meet the rectangle
/// between the two. A probe with a direction is never on the boundary unless it runs along it, and
/// then just left of it counts.
Place place_of(const Probe& probe, exact::Point doubled_centre, bool centre_inside,
               const EdgeTable& table, std::span<const std::uint32_t> edges);

}  // namespace comity::geo
