// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/history.hpp"

#include <optional>
#include <string>
#include <vector>

/// How early a warning was, and how early a straight line alone would have made it.
namespace comity::cli {

struct WarningTime {
    std::string track;
    std::string airspace;
    std::optional<geo::Instant> entry;          ///< absent: it came near and did not enter
    std::optional<geo::Instant> by_flight;      ///< first warned by the flight as announced
    std::optional<geo::Instant> by_line;        ///< first warned by a straight line
    std::optional<geo::Instant> line_entry;     ///< where that line pointed then
    std::optional<accord::PartyId> first_told;  ///< of that alert
    std::optional<geo::Instant> told_at;
    std::optional<geo::Instant> read_at;  ///< by the same party
    std::string person;                   ///< who read it
};

/// One for each entry of an assessed aircraft, and one for each that was warned of without any.
std::vector<WarningTime> warning_times(const node::History& history);

}  // namespace comity::cli
