// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/report/track_report.hpp"
#include "comity/watch/change.hpp"
#include "comity/watch/guarded_area.hpp"
#include "comity/watch/options.hpp"
#include "comity/watch/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace comity::watch {

enum class [[nodiscard]] WatchFault : std::uint8_t{
    kTooManyAreas,  ///< more than `max_areas`
    kTooManyPlans,  ///< more than `max_plans`
    kPlanTooLarge,  ///< more aircraft than kMaxAircraft or route points than kMaxRoute
    kBadRoute,      ///< fewer than two points, or times that do not ascend strictly
};

/// Words for a person: what was expected.
const char* to_string(WatchFault fault);

/// What one feed says of one aircraft as of the last sweep. Views: valid until the next call.
struct TrackView {
    std::string_view id;
    std::string_view feed;
    std::string_view callsign;  ///< empty: not stated
    std::string_view party;     ///< that operates it; empty: not stated
    geo::Instant reported{};
    geo::Position position;
    std::optional<report::ReportedAltitude> altitude;
    std::optional<geo::Speed> ground_speed;
    std::optional<geo::Angle> track;
    std::optional<geo::Speed> vertical_rate;
    std::optional<geo::Distance> accuracy;
    bool on_ground = false;
};

/// What became of the reports.
struct WatchCounts {
    std::uint64_t used = 0;
    std::uint64_t not_newer = 0;   ///< not later than the last report of its track
    std::uint64_t late = 0;        ///< older than `lost_after` at the sweep
    std::uint64_t ahead = 0;       ///< later than `max_ahead` after the last sweep
    std::uint64_t over_limit = 0;  ///< beyond `max_tracks` or `max_held`
    friend bool operator==(const WatchCounts&, const WatchCounts&) = default;
};

/// Reports to tracks, and area proximity warning (APW) over them.
///
/// A track is what one feed says under one track id; feeds are not fused. Its state is its last
/// report: position, ground speed and direction where both are reported, else from the last two
/// reports. A track silent for `lost_after` is lost and forgotten; a report after that begins a new
/// one.
///
/// 1. Entry and exit are measured: between two reports at most `airspace::kLongestGap` apart, where
///    the line between them (straight in longitude and latitude) enters or leaves, to the
///    millisecond; else at the time of the report that is first inside or outside. A predicted
///    position never enters or leaves. At most kMaxStays entries are told of one line; further ones
///    count as one with the last.
/// 2. An entry is predicted by the track: where the geodesic from its last report first comes into
///    the area, at even speed, at most `look_ahead + lost_after` after the report.
/// 3. An entry is predicted by an intent: where the track follows its plan, at the times of the
///    plan's route, shifted by how early or late the aircraft is. Of several plans, the earliest.
/// 4. An altitude that is not known, or may be in the band for all that its datum says, is in the
///    band. A predicted path counts as in the band from when it may have come there at its vertical
///    rate, and ever after: it may level off. A plan's route has the altitude of the track.
/// 5. An aircraft on the ground is not predicted to enter; an aircraft is not watched against the
///    areas of the party that operates it.
/// 6. A situation is raised where an entry is measured, or predicted within `look_ahead` of the
///    sweep. It is updated where an entry or exit is measured; and, at most each `update_every`,
///    where a prediction comes, goes or moves by more than `update_shift`. At most one situation
///    of a track and an area is open; a later approach is a new one.
///
/// Reports wait for the first sweep at or after their time and are used in order of time, then of
/// arrival: when they arrived, so long as it was before that sweep, changes nothing. Areas and
/// plans take effect at the next sweep. Pure. A resource. One thread at a time.
class Watch {
  public:
    static constexpr std::size_t kMaxStays = 8;

    explicit Watch(const WatchOptions& options);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    /// An area of the same id is replaced: its situations end unresolved.
    base::Expected<void, WatchFault> put_area(GuardedArea area);
    void remove_area(std::string_view airspace);

    /// A plan of the same intent is replaced.
    base::Expected<void, WatchFault> put_plan(Plan plan);
    void remove_plan(std::string_view intent);

    void take(std::string_view feed, const report::TrackReport& report);

    /// What changed by time `t`, a multiple of the period and later than that of the last call:
    /// ordered by track, feed and airspace, then as it happened.
    std::vector<Change> sweep(geo::Instant t);

    const WatchCounts& counts() const;
    std::size_t track_count() const;
    /// Each track that is not lost, by id and feed.
    void each_track(const std::function<void(const TrackView&)>& take) const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace comity::watch
