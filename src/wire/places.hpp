// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "members.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/airspace/volume.hpp"
#include "comity/geo/altitude.hpp"

#include <cstddef>
#include <optional>
#include <vector>

/// Places, altitudes and volumes of bodies.
namespace comity::wire {

/// A limit of a band, and above what.
struct Limit {
    geo::Height height;
    geo::Datum datum = geo::Datum::kMsl;
};

/// {"value","reference","units"}, with a reference of ASTM F3548-21.
Result read_limit(dom::element value, Limit& out);
/// The same, or above ground.
Result read_limit_or_agl(dom::element value, Limit& out);

/// Of one datum; the lower not above the upper.
Result band_from(const std::optional<Limit>& lower, const std::optional<Limit>& upper,
                 airspace::AltitudeBand& out);

/// Volumes as in ASTM F3548-21 (Volume4D).
Result read_volumes(dom::element value, std::vector<airspace::Volume>& out);

/// A geometry of GeoJSON.
Result read_footprint(dom::element value, std::vector<geo::Polygon>& out);

}  // namespace comity::wire
