// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/state.hpp"
#include "comity/airspace/volume.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The one place that says what a party may see. It fails closed: no rule, no release.
namespace comity::accord {

/// A cell of the fixed grid: 0.1 degree of latitude and longitude from 90 S, 180 W; 5,000 ft of
/// altitude in the item's own datum; whole hours of UTC. Indices, both ends closed.
struct Cells {
    std::int32_t south = 0;
    std::int32_t north = 0;
    std::int32_t west = 0;
    std::int32_t east = 0;
    geo::Datum datum = geo::Datum::kWgs84;
    std::optional<std::int32_t> lowest;   ///< absent: no lower limit
    std::optional<std::int32_t> highest;  ///< absent: no upper limit
    std::int64_t first_hour = 0;          ///< since 1970
    std::int64_t last_hour = 0;
    friend auto operator<=>(const Cells&, const Cells&) = default;
};

struct AgreementView {
    Agreement agreement;
};
/// At kFull everything; at kVolume neither owner, aircraft nor route; at kCells the cells alone,
/// and of the state whether it has ended.
struct IntentView {
    std::optional<PartyId> owner;
    IntentState state = IntentState::kAccepted;
    std::vector<std::string> aircraft;
    std::vector<airspace::Volume> volumes;
    std::vector<RoutePoint> route;
    std::vector<Cells> cells;  ///< in their order, each once
};
/// At kCells the cells alone; an airspace has no state but that it has ended.
struct AirspaceView {
    std::optional<PartyId> owner;
    bool is_ended = false;
    std::optional<airspace::Airspace> area;
    std::vector<Cells> cells;  ///< in their order, each once
};
/// What a warning says to this party. Predictions from an intent that it was not told of are not in
/// it, nor, below kFull, the track id of an aircraft that another party operates. Its version is
/// that of the telling, and it names no record: both would count what the party was not told.
struct WarningView {
    Alert alert;
    bool shows_track = false;
};

struct Released {
    PartyId to;
    ItemRef item;
    std::uint64_t version = 0;
    Level level = Level::kNone;
    Why why = Why::kShared;
    std::optional<PartyId> via;
    std::string agreement;
    Traffic traffic = Traffic::kLive;
    bool is_withdrawn = false;
    std::map<Stage, geo::Instant> due;
    std::variant<AgreementView, IntentView, AirspaceView, WarningView> view;
};

/// What the item says to the party now, at the level at which it was told of it. Absent where it
/// was not told, and where the item has changed since the party could last hear of it. What was
/// withdrawn says nothing: its view is empty.
std::optional<Released> release(const State& state, const PartyId& to, const ItemRef& item);

}  // namespace comity::accord
