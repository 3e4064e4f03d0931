// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"
#include "comity/server/events.hpp"
#include "comity/watch/watch.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace comity::server {

/// Makes each second's track frames: for each party the tracks of its own feeds, and of no others
/// (docs/safety-boundary.md, one picture per set of feeds). The node's thread. A resource.
class TrackDesk {
  public:
    /// A track without a report for longer is estimated: where it is said to be is where it was.
    static constexpr geo::Milliseconds kEstimated{3'000};

    void add_feed(const std::string& name, const accord::PartyId& of);
    /// One frame for each party with a feed.
    std::vector<FrameEvent> sweep(const watch::Watch& watch, geo::Instant sweep);
    /// Since the last report of each feed that was in time.
    std::vector<FeedLine> feeds(geo::Instant now) const;

  private:
    struct Known {
        std::uint32_t number = 0;
        std::string callsign;
        std::string party;
        watch::TrackView last;  ///< its texts are not valid
        bool is_seen = false;   ///< in this sweep
    };
    struct Feed {
        accord::PartyId of;
        std::optional<geo::Instant> last_report;
        std::map<std::string, Known, std::less<>> tracks;
    };

    std::map<std::string, Feed, std::less<>> feeds_;
    std::uint32_t next_number_ = 1;
};

}  // namespace comity::server
