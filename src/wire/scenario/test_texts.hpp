// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"
#include "comity/geo/instant.hpp"
#include "comity/wire/scenario_reader.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

/// Texts for tests of scenarios.
namespace comity::wire {

/// Eighteen lines that sections can follow: they define what the sections refer to.
inline constexpr std::string_view kWorld =
    "title: T\n"                                                     // 1
    "origin: test.example/log\n"                                     // 2
    "start: 2026-06-01T07:00:00Z\n"                                  // 3
    "end: \"08:00:00\"\n"                                            // 4
    "parties:\n"                                                     // 5
    "  a: { name: Party A }\n"                                       // 6
    "  b: { name: Party B }\n"                                       // 7
    "  g: { name: Group G, group: { lead: a, members: [a, b] } }\n"  // 8
    "agreements:\n"                                                  // 9
    "  pact: { signatories: [a, b] }\n"                              // 10
    "airspaces:\n"                                                   // 11
    "  area: { owner: a, file: area.geojson }\n"                     // 12
    "intents:\n"                                                     // 13
    "  flight:\n"                                                    // 14
    "    owner: b\n"                                                 // 15
    "    aircraft: [F1]\n"                                           // 16
    "    width_m: 4000\n"                                            // 17
    "    route: [{ at: \"07:10:00\", lat: 50, lon: 8 }, { at: \"07:20:00\", lat: 50.5, lon: 8 }]\n";

inline std::string world_with(std::string_view sections) {
    return std::string(kWorld) + std::string(sections);
}

/// The world with one text in it replaced by another.
inline std::string world_where(std::string_view before, std::string_view after) {
    std::string text(kWorld);
    const std::size_t found = text.find(before);
    COMITY_CHECK(found != std::string::npos);
    return text.replace(found, before.size(), after);
}

/// A scenario that must be one.
inline Scenario scenario_of(std::string_view text) {
    auto scenario = read_scenario(text);
    if (!scenario) {
        ADD_FAILURE() << scenario.error().line << ": " << scenario.error().text;
        COMITY_CHECK(scenario.has_value());
    }
    return *std::move(scenario);
}

/// "07:05:00" of 1 June 2026.
inline geo::Instant at(std::string_view time_of_day) {
    const auto instant = geo::parse_instant("2026-06-01T" + std::string(time_of_day) + "Z");
    COMITY_CHECK(instant.has_value());
    return *instant;
}

}  // namespace comity::wire
