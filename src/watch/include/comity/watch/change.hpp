// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"
#include "comity/geo/quantity.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace comity::watch {

/// What an alert says. A situation begins predicted or inside and ends resolved or unresolved.
enum class Phase : std::uint8_t {
    kPredicted,  ///< an entry is predicted, none was measured
    /// An entry was measured; `left` says whether it is outside again. Once inside, a situation
    /// stays in this phase until it ends.
    kInside,
    /// Measured outside with no entry predicted, by two reports in two sweeps, or by one and no
    /// other report for `resolve_after`. Never by silence alone.
    kResolved,
    /// No longer watched: the track was lost, the area was taken out or replaced, or the aircraft
    /// turned out to be operated by the area's owner.
    kUnresolved,
};

/// "predicted", "inside", "resolved", "unresolved".
const char* to_string(Phase phase);

/// The entry of an intent's own route, shifted by how early or late the aircraft is.
struct ByIntent {
    std::string intent;
    geo::Instant entry;
    friend bool operator==(const ByIntent&, const ByIntent&) = default;
};

/// A change of one situation: a track, and an area that it should not be in. A value.
struct Change {
    std::uint64_t situation = 0;  ///< 1, 2, 3 ... in order of raising
    Phase phase = Phase::kPredicted;
    std::string track;  ///< its id in its feed
    std::string feed;
    std::string party;  ///< the operator as last reported; empty: not stated
    std::string airspace;
    /// Both predictions stand side by side, neither in place of the other: who is not told of the
    /// intent sees only the track's. None while inside. Entries not yet measured may be past.
    std::optional<ByIntent> by_intent;
    std::optional<geo::Instant> by_track;
    std::optional<geo::Instant> entered;  ///< of the latest stay
    std::optional<geo::Instant> left;     ///< of that stay
    /// From the last report to the boundary, positive inside the footprint (whatever the altitude);
    /// absent where the area has no boundary.
    std::optional<geo::Distance> distance;
    geo::Distance track_accuracy;  ///< 95 % radii
    geo::Distance area_accuracy;
    geo::Instant reported;    ///< time of the last report
    bool is_coasted = false;  ///< the track has been silent for longer than it usually is
    geo::Instant sweep;       ///< reports up to this time were looked at
    friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace comity::watch
