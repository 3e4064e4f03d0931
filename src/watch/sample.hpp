// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/report/track_report.hpp"

#include <optional>

namespace comity::watch {

/// What of a report the watch computes with. A value.
struct Sample {
    geo::Instant time;
    geo::Position position;
    std::optional<report::ReportedAltitude> altitude;
    std::optional<geo::Speed> ground_speed;
    std::optional<geo::Angle> track;
    std::optional<geo::Speed> vertical_rate;
    bool on_ground = false;
    std::optional<geo::Distance> accuracy;
};

}  // namespace comity::watch
