// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/filed.hpp"
#include "comity/accord/ids.hpp"
#include "comity/geo/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace comity::accord {

enum class AlertPhase : std::uint8_t {
    kPredicted = 1,  ///< an entry is predicted
    kInside,         ///< reported inside
    kResolved,       ///< reported outside, and no entry predicted any more
    kUnresolved,     ///< its track was lost
};

/// "predicted", "inside", "resolved", "unresolved".
const char* to_string(AlertPhase phase);

/// Whether nothing follows this phase.
constexpr bool is_closed(AlertPhase phase) {
    return phase == AlertPhase::kResolved || phase == AlertPhase::kUnresolved;
}

/// One situation: an aircraft, and an airspace that it should not be in. Whole metres and
/// milliseconds; never *surely inside*, which only an assessment after the fact says. A value.
struct Alert {
    std::string id;
    std::uint64_t version = 1;
    Traffic traffic = Traffic::kLive;
    AlertPhase phase = AlertPhase::kPredicted;
    std::string track;
    std::optional<PartyId> operated_by;  ///< of the aircraft; absent: not known
    PartyId feed_of;                     ///< whose feed saw it
    std::string airspace;                ///< a filed airspace
    /// By the intent that the aircraft follows, and by a straight line from its last report.
    std::optional<std::string> intent;
    std::optional<geo::Instant> entry_by_intent;
    std::optional<geo::Instant> entry_by_track;
    std::optional<geo::Instant> entered;
    std::optional<geo::Instant> left;
    std::int64_t distance_m = 0;  ///< to the boundary, positive inside
    std::int64_t track_accuracy_m = 0;
    std::int64_t area_accuracy_m = 0;
    geo::Instant sweep{};            ///< tracks up to this time
    std::uint64_t as_of_record = 0;  ///< what was announced, as of this record
    friend bool operator==(const Alert&, const Alert&) = default;
};

}  // namespace comity::accord
