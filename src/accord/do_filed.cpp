// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"
#include "step.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/geo/geodesic.hpp"

#include <algorithm>
#include <chrono>

namespace comity::accord {
namespace {

bool ascends(const std::vector<RoutePoint>& route) {
    return std::ranges::adjacent_find(route, [](const RoutePoint& a, const RoutePoint& b) {
               return a.time >= b.time;
           }) == route.end();
}

Outcome check_times(const PutIntent& put, geo::Instant now) {
    if (put.volumes.empty()) return Outcome::kBadBody;
    if (put.route.size() == 1 || !ascends(put.route)) return Outcome::kBadTimes;
    geo::Instant end{};
    for (const airspace::Volume& volume : put.volumes) {
        if (volume.time.end < volume.time.begin) return Outcome::kBadTimes;
        end = std::max(end, volume.time.end);
    }
    if (end < now && put.state != IntentState::kEnded) return Outcome::kOver;
    return end > now + State::kAhead ? Outcome::kTooFarAhead : Outcome::kAccepted;
}

Outcome check_times(const std::optional<geo::Interval>& validity, geo::Instant now) {
    if (!validity) return Outcome::kAccepted;
    if (validity->end < validity->begin) return Outcome::kBadTimes;
    return validity->end < now ? Outcome::kOver : Outcome::kAccepted;
}

// ICAO Doc 9554 has no least extent: it keeps a hazard area from being drawn around a thing on the
// ground. Measured from the mean of the vertices: a shape around which 5 km do not fit there is
// refused.
bool is_wide_enough(const airspace::Airspace& area) {
    constexpr double kLeastRadiusM = 5000.0;
    constexpr std::chrono::minutes kLeastTime{30};
    if (area.validity && area.validity->end - area.validity->begin < kLeastTime) return false;
    const airspace::Area shape(area.footprint);
    return std::ranges::all_of(area.footprint, [&](const geo::Polygon& polygon) {
        double latitude = 0.0;
        double longitude = 0.0;
        double count = 0.0;
        for (std::size_t i = 0; i < polygon.ring_count(); ++i) {
            for (const geo::Position vertex : polygon.ring(i)) {
                latitude += vertex.degrees().latitude;
                longitude += vertex.degrees().longitude;
                count += 1.0;
            }
        }
        const auto middle = geo::Position::from_degrees(
            {.latitude = latitude / count, .longitude = longitude / count});
        if (!middle || !shape.region().contains(0, *middle)) return false;
        const geo::LatLon place{.latitude = middle->degrees().latitude,
                                .longitude = middle->degrees().longitude};
        const auto distance =
            shape.boundary().distance({.place = place, .vector = geo::to_ecef(place)});
        return !distance || distance->in_metres() >= kLeastRadiusM;
    });
}

// Whether somebody at this level sees that something has changed.
bool shows_change(Level level, const std::vector<Cells>& before, const std::vector<Cells>& after,
                  bool has_ended) {
    return level != Level::kCells || has_ended || before != after;
}

std::vector<Cells> cells_of_all(const std::vector<airspace::Volume>& volumes) {
    std::vector<Cells> cells;
    for (const airspace::Volume& volume : volumes) cells.push_back(cells_of(volume));
    return cells;
}

}  // namespace

geo::Instant Intent::end() const {
    return std::ranges::max(volumes, {}, [](const auto& volume) { return volume.time.end; })
        .time.end;
}

Outcome Step::act(const Request& request, const PutIntent& put) {
    if (!request.object || !is_id(*request.object)) return Outcome::kBadObject;
    const ItemRef item{.kind = ItemKind::kIntent, .id = *request.object};
    const Intent* standing = state_.intent(item.id);
    if (standing != nullptr) {
        if (standing->owner != request.party) return Outcome::kNotOwner;
        if (standing->traffic != request.traffic) return Outcome::kOtherTraffic;
        if (standing->state == IntentState::kEnded) return Outcome::kEnded;
    }
    const std::uint64_t version = standing == nullptr ? 0 : standing->version;
    if (request.expected_version.value_or(0) != version) return Outcome::kStaleVersion;
    if (const Outcome times = check_times(put, time_); times != Outcome::kAccepted) return times;

    const std::vector<Cells> before =
        standing == nullptr ? std::vector<Cells>{} : cells_of_all(standing->volumes);
    Intent& intent = state_.intents_
                         .insert_or_assign(item.id, Intent{.id = item.id,
                                                           .owner = request.party,
                                                           .version = version + 1,
                                                           .state = put.state,
                                                           .traffic = request.traffic,
                                                           .aircraft = put.aircraft,
                                                           .volumes = put.volumes,
                                                           .route = put.route})
                         .first->second;
    changed(ObjectKind::kIntent, item.id);
    const bool has_ended = put.state == IntentState::kEnded;
    if (version > 0) {
        const std::vector<Cells> after = cells_of_all(intent.volumes);
        tell_again(item, Shared::kIntents, intent.owner, [&](const Notice& notice) {
            return shows_change(notice.level, before, after, has_ended);
        });
    }
    for (const auto& [to, grant] : grants(Shared::kIntents, intent.owner)) {
        if (!has_ended && notice(to, item) == nullptr) tell(to, item, grant);
    }
    if (has_ended) {
        end_intent(intent);
    } else {
        state_.housekeeping_.insert(
            {.due = intent.end(), .kind = TimerKind::kIntentEnds, .item = item});
    }
    return Outcome::kAccepted;
}

// By its author or by time; in the second case nobody is told, since all who know it know when.
void Step::end_intent(Intent& intent) {
    const ItemRef item{.kind = ItemKind::kIntent, .id = intent.id};
    intent.state = IntentState::kEnded;
    for (Notice* notice : notices_of(item)) {
        while (!notice->due.empty()) stop_due(*notice, notice->due.begin()->first);
    }
    state_.housekeeping_.insert(
        {.due = time_ + State::kKept, .kind = TimerKind::kForget, .item = item});
    changed(ObjectKind::kIntent, intent.id);
}

Outcome Step::act(const Request& request, const PutAirspace& put) {
    if (!request.object || !is_id(*request.object)) return Outcome::kBadObject;
    const ItemRef item{.kind = ItemKind::kAirspace, .id = *request.object};
    const FiledAirspace* standing = state_.airspace(item.id);
    if (standing != nullptr) {
        if (standing->owner != request.party) return Outcome::kNotOwner;
        if (standing->traffic != request.traffic) return Outcome::kOtherTraffic;
        if (standing->is_ended) return Outcome::kEnded;
    }
    const std::uint64_t version = standing == nullptr ? 0 : standing->version;
    if (request.expected_version.value_or(0) != version) return Outcome::kStaleVersion;
    if (put.area.footprint.empty()) return Outcome::kBadBody;
    if (const Outcome times = check_times(put.area.validity, time_); times != Outcome::kAccepted) {
        return times;
    }
    if (put.area.type == airspace::AirspaceType::kHazard && !is_wide_enough(put.area)) {
        return Outcome::kBelowLeastExtent;
    }
    const std::vector<Cells> before =
        standing == nullptr ? std::vector<Cells>{} : cells_of(standing->area);
    FiledAirspace& airspace =
        state_.airspaces_
            .insert_or_assign(item.id, FiledAirspace{.id = item.id,
                                                     .owner = request.party,
                                                     .version = version + 1,
                                                     .traffic = request.traffic,
                                                     .area = put.area})
            .first->second;
    airspace.area.name = item.id;
    airspace.area.owner = request.party.value();
    changed(ObjectKind::kAirspace, item.id);
    const std::vector<Cells> after = cells_of(airspace.area);
    tell_again(item, Shared::kAirspaces, airspace.owner, [&](const Notice& notice) {
        return shows_change(notice.level, before, after, false);
    });
    for (const auto& [to, grant] : grants(Shared::kAirspaces, airspace.owner)) {
        if (notice(to, item) == nullptr) tell(to, item, grant);
    }
    if (put.area.validity) {
        state_.housekeeping_.insert(
            {.due = put.area.validity->end, .kind = TimerKind::kAirspaceEnds, .item = item});
    }
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const EndAirspace& /*end*/) {
    if (!request.object) return Outcome::kBadObject;
    const auto found = state_.airspaces_.find(*request.object);
    if (found == state_.airspaces_.end()) return Outcome::kUnknownItem;
    FiledAirspace& airspace = found->second;
    if (airspace.owner != request.party) return Outcome::kNotOwner;
    if (airspace.is_ended) return Outcome::kEnded;
    if (request.expected_version.value_or(airspace.version) != airspace.version) {
        return Outcome::kStaleVersion;
    }
    end_airspace(airspace);
    ++airspace.version;
    tell_again({.kind = ItemKind::kAirspace, .id = airspace.id}, Shared::kAirspaces, airspace.owner,
               [](const Notice&) { return true; });
    return Outcome::kAccepted;
}

void Step::end_airspace(FiledAirspace& airspace) {
    airspace.is_ended = true;
    state_.housekeeping_.insert({.due = time_ + State::kKept,
                                 .kind = TimerKind::kForget,
                                 .item = {.kind = ItemKind::kAirspace, .id = airspace.id}});
    changed(ObjectKind::kAirspace, airspace.id);
}

}  // namespace comity::accord
