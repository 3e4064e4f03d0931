// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/report/track_report.hpp"
#include "comity/wire/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace comity::node {

/// One report of a feed and the line that it came in.
struct Played {
    std::size_t feed = 0;  ///< of the scenario's feeds
    report::TrackReport report;
    std::string line;
};

struct FeedContent {
    std::vector<Played> played;  ///< in the file's order
    std::uint64_t skipped = 0;   ///< rows and messages that could not be read
};

/// Why a feed's file cannot be played.
struct FeedFault {
    std::size_t line = 0;  ///< from 1
    std::string text;      ///< what is wrong, what was expected
};

/// All reports of a feed's file: times shifted, operators named, accuracies filled in as the
/// scenario says.
base::Expected<FeedContent, FeedFault> load_feed(const wire::Scenario& scenario, std::size_t feed,
                                                 std::string_view content);

}  // namespace comity::node
