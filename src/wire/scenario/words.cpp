// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/scenario.hpp"

namespace comity::wire {

const char* to_string(FeedFormat format) {
    switch (format) {
        case FeedFormat::kTracks:
            return "tracks";
        case FeedFormat::kSbs:
            return "sbs";
    }
    return "unknown";
}

const char* to_string(FeedDialect dialect) {
    switch (dialect) {
        case FeedDialect::kComity:
            return "comity";
        case FeedDialect::kOpenSky:
            return "opensky";
        case FeedDialect::kTraffic:
            return "traffic";
    }
    return "unknown";
}

std::string to_string(const ScenarioItem& item) {
    if (const auto* warning = std::get_if<WarningName>(&item)) {
        return "warning " + warning->track + " in " + warning->airspace;
    }
    return to_string(std::get<accord::ItemRef>(item));
}

}  // namespace comity::wire
