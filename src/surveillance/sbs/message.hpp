// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/geo/altitude.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/surveillance/sbs.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace comity::surveillance {

enum class SbsType : std::uint8_t { kMsg, kSel, kId, kAir, kSta, kClk };

/// One message, each field that is stated; the views live as long as the line.
struct SbsMessage {
    SbsType type = SbsType::kMsg;
    int transmission = 0;  ///< 1 to 8, of kMsg
    std::uint32_t address = 0;
    /// Of a track that has no ICAO address (readsb writes `~` before it); 0x1000000 is in
    /// `address`.
    static constexpr std::uint32_t kNotIcao = 0x1000000;
    geo::Instant time;
    std::string_view callsign;
    bool removed = false;  ///< STA,RM: the recorder has dropped the aircraft
    std::optional<geo::PressureAltitude> altitude;
    std::optional<geo::Speed> ground_speed;
    std::optional<geo::Angle> track;
    std::optional<geo::Position> position;
    std::optional<geo::Speed> vertical_rate;
    std::string squawk;
    std::optional<bool> on_ground;

    /// A position is what the message is for.
    bool is_position() const {
        return type == SbsType::kMsg && (transmission == 2 || transmission == 3);
    }
};

struct SbsProblem {
    SbsFault fault;
    int field = 0;                ///< counted from 1; 0: the message as a whole
    std::string_view value = {};  ///< what stands there
};

/// The problem in words: what is wrong, what was expected.
std::string describe(const SbsProblem& problem);

/// Reads one line. SEL, AIR and CLK say nothing about an aircraft that is kept: only their form is
/// checked.
base::Expected<SbsMessage, SbsProblem> parse_sbs_message(std::string_view line,
                                                         geo::Milliseconds utc_offset);

}  // namespace comity::surveillance
