// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/surveillance/track_csv.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace comity::surveillance {

/// What a column means, in whichever dialect it is named.
enum class Column : std::uint8_t {
    kTime,
    kTrackId,
    kIcao24,
    kCallsign,
    kParty,
    kLatitude,
    kLongitude,
    kAltitude,       ///< pressure altitude, unless kAltitudeDatum says otherwise
    kAltitudeWgs84,  ///< used only where kAltitude is empty
    kAltitudeDatum,
    kGroundSpeed,
    kTrack,
    kVerticalRate,
    kOnGround,
    kSquawk,
    kAccuracy,
    kStatus,
    kCount,
};

inline constexpr std::size_t kColumnCount = static_cast<std::size_t>(Column::kCount);

struct ColumnRule {
    std::string_view name;
    Column column;
    /// What a value is multiplied with to be in feet, knots, ft/min, degrees or metres.
    double factor = 1.0;
};

struct DialectRules {
    const char* name;
    std::span<const ColumnRule> columns;
    std::string_view absent;  ///< a word that stands for an empty cell; empty: none
};

const DialectRules& rules_of(Dialect dialect);

}  // namespace comity::surveillance
