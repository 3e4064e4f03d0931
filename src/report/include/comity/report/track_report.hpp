// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/altitude.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

#include <optional>
#include <string>
#include <variant>

namespace comity::report {

/// An altitude as reported, in the datum in which it was reported.
using ReportedAltitude = std::variant<geo::PressureAltitude, geo::AltitudeMsl, geo::AltitudeWgs84>;

/// One measurement of one aircraft, decoded; what the sensor did not say is absent. A value.
struct TrackReport {
    geo::Instant time;
    std::string track_id;  ///< the source's track number, else the ICAO 24-bit address in hex
    std::string callsign;  ///< empty: not stated
    std::string party;     ///< empty: not stated
    geo::Position position;
    std::optional<ReportedAltitude> altitude;
    std::optional<geo::Speed> ground_speed;
    std::optional<geo::Angle> track;          ///< over ground, clockwise from true north
    std::optional<geo::Speed> vertical_rate;  ///< positive up
    std::optional<bool> on_ground;
    std::string squawk;                     ///< four octal digits; empty: not stated
    std::optional<geo::Distance> accuracy;  ///< 95 % horizontal radius
    std::string status;                     ///< as in the source; empty: not stated
    friend bool operator==(const TrackReport&, const TrackReport&) = default;
};

}  // namespace comity::report
