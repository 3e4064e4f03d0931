// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/airspace/airspace.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

#include <variant>

namespace comity::airspace {

/// All places within `radius` (> 0) of `centre` along the ellipsoid, the rim included. A value.
struct Circle {
    geo::Position centre;
    geo::Distance radius;
    friend bool operator==(const Circle&, const Circle&) = default;
};

/// A place on the ground: a closed set.
using Footprint = std::variant<Circle, geo::Polygon>;

/// A 4-D volume (ASTM F3548-21 `Volume4D`): footprint x altitude band x time, closed in each. A
/// value.
struct Volume {
    Footprint footprint;
    AltitudeBand band;
    geo::Interval time;
};

}  // namespace comity::airspace
