// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/altitude.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace comity::airspace {

using FlightAltitude = std::variant<geo::PressureAltitude, geo::AltitudeMsl, geo::AltitudeWgs84>;

struct FlightPoint {
    geo::Instant time;
    geo::Position position;
    std::optional<FlightAltitude> altitude;
    bool on_ground = false;
};

/// A recorded flight: points ordered by time; of points of equal time the first counts.
struct Flight {
    std::string id;
    std::vector<FlightPoint> points;
};

/// A loss of separation is nearer than both, strictly.
struct SeparationMinima {
    geo::Distance horizontal;
    geo::Height vertical;
};

/// A maximal run of whole seconds in which two flights were nearer than the minima.
struct SeparationLoss {
    std::size_t first;   ///< the flight whose id is first in lexical order
    std::size_t second;  ///< the other
    geo::Instant start;
    geo::Instant end;
    geo::Distance min_horizontal;
    geo::Instant at;             ///< the earliest second of the least horizontal distance
    geo::Height vertical_there;  ///< at that second
};

/// All losses of separation among `flights` (ids all different), by ids, then by time.
///
/// Looked at is each whole second of UTC between two points of a flight at most 60 s apart, both
/// airborne and with an altitude in the same datum; latitude, longitude (the shorter way round) and
/// altitude are linear in time, the distance is that of the WGS-84 geodesic. Altitudes in different
/// data are compared with a minimum that is wider by what the data may differ (`datum_bound`): a
/// loss is never missed for want of a QNH or a geoid.
std::vector<SeparationLoss> find_losses(std::span<const Flight> flights,
                                        const SeparationMinima& minima);

/// By how much two altitudes of the same height may differ for their data alone, where neither a
/// geoid nor a QNH is at hand: 0 of the same datum; WGS-84 and mean sea level 110 m (the geoid of
/// EGM96 lies between -107 and 86 m); pressure and mean sea level 500 m + 12 % of the greater
/// height; pressure and WGS-84 the sum of both.
geo::Height datum_bound(const FlightAltitude& a, const FlightAltitude& b);

}  // namespace comity::airspace
