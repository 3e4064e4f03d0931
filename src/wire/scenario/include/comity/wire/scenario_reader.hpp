// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/wire/scenario.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace comity::wire {

/// Why a text is no scenario.
enum class [[nodiscard]] ScenarioFault : std::uint8_t{
    kTooLarge,        ///< more than ScenarioLimits::kMaxBytes
    kBytes,           ///< not UTF-8, or a control character, a tab among them
    kSyntax,          ///< not YAML
    kAlias,           ///< an anchor, an alias or a tag
    kSecondDocument,  ///< something after the end of the document
    kTooDeep,         ///< nested deeper than ScenarioLimits::kMaxDepth
    kTooMany,         ///< a list, a mapping or a text over its limit
    kKind,            ///< a mapping, a list or a text where another of them is expected
    kDuplicateKey,    ///< a key twice in one mapping
    kUnknownKey,      ///< a key that this mapping does not have
    kMissingKey,      ///< a key that this mapping must have
    kValue,        ///< a text that is not what the key takes: a time, a number, one of some words
    kRange,        ///< a number or a time outside its range
    kUnknownName,  ///< a party, agreement, airspace or intent that the scenario does not have
    kConflict,     ///< values, each good by itself, that do not go together
};

struct ScenarioError {
    ScenarioFault fault;
    std::size_t line;  ///< counted from 1
    std::string text;  ///< what is wrong, what was expected
    friend bool operator==(const ScenarioError&, const ScenarioError&) = default;
};

struct ScenarioLimits {
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20U;
    static constexpr std::size_t kMaxDepth = 16;
    static constexpr std::size_t kMaxNameBytes = 256;   ///< of a name, a path, a track id
    static constexpr std::size_t kMaxTextBytes = 8192;  ///< of `about` and `source`
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
