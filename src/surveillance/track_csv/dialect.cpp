// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "track_csv/dialect.hpp"

#include "comity/base/check.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace comity::surveillance {
namespace {

constexpr double kFeetPerMetre = 1.0 / 0.3048;
constexpr double kKnotsPerMetrePerSecond = 3600.0 / 1852.0;
constexpr double kFeetPerMinutePerMetrePerSecond = 60.0 / 0.3048;

constexpr ColumnRule kComityColumns[] = {
    {"time_utc", Column::kTime},
    {"track_id", Column::kTrackId},
    {"icao24", Column::kIcao24},
    {"callsign", Column::kCallsign},
    {"party", Column::kParty},
    {"lat", Column::kLatitude},
    {"lon", Column::kLongitude},
    {"alt_ft", Column::kAltitude},
    {"alt_datum", Column::kAltitudeDatum},
    {"gs_kt", Column::kGroundSpeed},
    {"track_deg", Column::kTrack},
    {"vrate_fpm", Column::kVerticalRate},
    {"onground", Column::kOnGround},
    {"squawk", Column::kSquawk},
    {"accuracy_m", Column::kAccuracy},
    {"status", Column::kStatus},
};

// https://opensky-network.org/datasets/states/README.txt: SI units, baroaltitude above the standard
// pressure surface, geoaltitude above the ellipsoid, time in Unix seconds.
constexpr ColumnRule kOpenSkyColumns[] = {
    {"time", Column::kTime},
    {"icao24", Column::kIcao24},
    {"callsign", Column::kCallsign},
    {"lat", Column::kLatitude},
    {"lon", Column::kLongitude},
    {"baroaltitude", Column::kAltitude, kFeetPerMetre},
    {"geoaltitude", Column::kAltitudeWgs84, kFeetPerMetre},
    {"velocity", Column::kGroundSpeed, kKnotsPerMetrePerSecond},
    {"heading", Column::kTrack},
    {"vertrate", Column::kVerticalRate, kFeetPerMinutePerMetrePerSecond},
    {"onground", Column::kOnGround},
    {"squawk", Column::kSquawk},
};

// https://github.com/xoolive/traffic, class Flight: feet, knots, ft/min, degrees; altitude is
// barometric.
constexpr ColumnRule kTrafficColumns[] = {
    {"timestamp", Column::kTime},    {"flight_id", Column::kTrackId},
    {"icao24", Column::kIcao24},     {"callsign", Column::kCallsign},
    {"latitude", Column::kLatitude}, {"longitude", Column::kLongitude},
    {"altitude", Column::kAltitude}, {"groundspeed", Column::kGroundSpeed},
    {"track", Column::kTrack},       {"vertical_rate", Column::kVerticalRate},
    {"onground", Column::kOnGround}, {"squawk", Column::kSquawk},
};

// In the order of Dialect. Impala, which OpenSky exports from, writes NULL.
constexpr std::array<DialectRules, 3> kDialects = {{
    {"comity", kComityColumns, ""},
    {"opensky", kOpenSkyColumns, "NULL"},
    {"traffic", kTrafficColumns, ""},
}};

}  // namespace

const DialectRules& rules_of(Dialect dialect) {
    const auto index = static_cast<std::size_t>(dialect);
    COMITY_CHECK(index < kDialects.size());
    return kDialects[index];
}

const char* to_string(Dialect dialect) {
    return rules_of(dialect).name;
}

std::optional<Dialect> dialect_from(std::string_view name) {
    for (std::size_t index = 0; index < kDialects.size(); ++index) {
        if (name == kDialects[index].name) return static_cast<Dialect>(index);
    }
    return std::nullopt;
}

}  // namespace comity::surveillance
