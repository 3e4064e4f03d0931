// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pair.hpp"
#include "sample.hpp"

#include "comity/geo/instant.hpp"

#include <compare>
#include <map>
#include <optional>
#include <string>

namespace comity::watch {

struct TrackKey {
    std::string id;
    std::string feed;
    friend auto operator<=>(const TrackKey&, const TrackKey&) = default;
};

/// What one feed says of one aircraft, and its pairs. It stays where it is in memory.
struct Track {
    TrackKey key;
    std::string party;
    std::string callsign;
    Sample last;
    std::optional<Sample> previous;
    std::map<std::string, Pair, std::less<>> pairs;  ///< by airspace
    bool is_reported = false;                        ///< since the last sweep
    bool is_outdated = false;                        ///< its predictions are to be made again
    std::optional<geo::Instant> due;                 ///< as it stands in the queue
};

struct ByKey {
    bool operator()(const Track* a, const Track* b) const { return a->key < b->key; }
};

/// In the order in which tracks are to be looked at.
struct ByDue {
    bool operator()(const Track* a, const Track* b) const {
        return *a->due != *b->due ? *a->due < *b->due : a->key < b->key;
    }
};

}  // namespace comity::watch
