// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/ecef.hpp"
#include "comity/geo/geodesic.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

namespace comity::geo {

/// A line straight in longitude and latitude, from fraction 0 to fraction 1 of it: an edge of a
/// polygon, or the path between two reports. A value.
class Line {
  public:
    Line() = default;
    /// From `begin` to `end` the shorter way round; eastward where both ways are 180 degrees.
    Line(Position begin, Position end);
    Line(LatLon begin, LatLon end) : begin_(begin), end_(end) {}

    LatLon at(double fraction) const {
        return {.latitude = begin_.latitude + fraction * (end_.latitude - begin_.latitude),
                .longitude = begin_.longitude + fraction * (end_.longitude - begin_.longitude)};
    }
    PointOnEllipsoid point_at(double fraction) const {
        const LatLon place = at(fraction);
        return {.place = place, .vector = to_ecef(place)};
    }
    /// The part from fraction `from` to fraction `to`.
    Line part(double from, double to) const { return {at(from), at(to)}; }

    /// At least as long as the line is on the ellipsoid, and close to it for short lines.
    Distance length_at_most() const;

    /// In how many equal parts to cut the line so that none is longer than `longest` or spans more
    /// than one degree of longitude: such parts are close to straight in space.
    int short_part_count(Distance longest) const;

    struct Tangent {
        PointOnEllipsoid point;
        Ecef derivative;  ///< of the vector by the fraction, metres
    };
    Tangent tangent_at(double fraction) const;

  private:
    LatLon begin_{};
    LatLon end_{};
};

}  // namespace comity::geo
