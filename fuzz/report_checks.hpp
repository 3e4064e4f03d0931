// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"
#include "comity/geo/altitude.hpp"
#include "comity/geo/position.hpp"
#include "comity/report/track_report.hpp"

#include <cmath>
#include <string_view>
#include <variant>

namespace comity::fuzz {

inline void check_text(std::string_view text, std::size_t most_bytes) {
    COMITY_CHECK(text.size() <= most_bytes);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        COMITY_CHECK((byte >= 0x20 && byte != 0x7F) || c == '\t');
    }
}

/// What holds for every report, whatever it was decoded from.
inline void check_report(const report::TrackReport& one) {
    COMITY_CHECK(!one.track_id.empty());
    check_text(one.track_id, 64);
    check_text(one.callsign, 256);
    check_text(one.party, 256);
    check_text(one.status, 256);
    COMITY_CHECK(one.squawk.empty() || one.squawk.size() == 4);
    COMITY_CHECK(geo::Position::from_e7({.latitude = one.position.latitude().e7(),
                                         .longitude = one.position.longitude().e7()})
                     .has_value());
    if (one.altitude) {
        std::visit(
            [](auto altitude) {
                const double feet = altitude.above_datum().in_feet();
                COMITY_CHECK(feet >= -10'000.0 && feet <= 1'000'000.0);
            },
            *one.altitude);
    }
    if (one.ground_speed) COMITY_CHECK(one.ground_speed->in_knots() >= 0.0);
    if (one.track) COMITY_CHECK(std::isfinite(one.track->in_degrees()));
    if (one.vertical_rate) COMITY_CHECK(std::isfinite(one.vertical_rate->in_feet_per_minute()));
    if (one.accuracy) COMITY_CHECK(one.accuracy->in_metres() >= 0.0);
}

}  // namespace comity::fuzz
