// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/wire/scenario.hpp"
#include "comity/wire/yaml_tree.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>

namespace comity::wire {

/// Why a text is no scenario. kTooLarge: more than ScenarioLimits::kMaxBytes; kUnknownName: of a
/// party, agreement, airspace or intent that the scenario does not have.
using ScenarioFault = YamlFault;
using ScenarioError = YamlError;

struct ScenarioLimits {
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20U;
    static constexpr std::size_t kMaxNameBytes =
        YamlLimits::kMaxNameBytes;  ///< of a name, a path, a track id
    static constexpr std::size_t kMaxParties = 256;
    static constexpr std::size_t kMaxAgreements = 256;
    static constexpr std::size_t kMaxAirspaces = 10'000;
    static constexpr std::size_t kMaxPolygon = 10'000;  ///< positions of one polygon
    static constexpr std::size_t kMaxIntents = 10'000;
    static constexpr std::size_t kMaxRouteVertices = 2'000'000;  ///< of all volumes together
    static constexpr std::size_t kMaxFeeds = 64;
    static constexpr std::size_t kMaxTracks = 100'000;  ///< named by one feed or assessment
    static constexpr std::size_t kMaxActs = 100'000;
    static constexpr std::size_t kMaxMoments = 1000;
    static constexpr std::size_t kMaxAssessments = 1000;
    static constexpr std::size_t kMaxExpectations = 100'000;
    static constexpr geo::Milliseconds kMaxLength = std::chrono::days{31};  ///< start to end
};

/// Reads a scenario (docs/formats/scenario.md). The first fault is the answer; nothing half read is
/// given out. All names that it refers to are checked; the files that it names are not opened.
base::Expected<Scenario, ScenarioError> read_scenario(std::string_view text);

}  // namespace comity::wire
