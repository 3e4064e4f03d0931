// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"
#include "object_bytes.hpp"
#include "step.hpp"
#include "writer.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/geo/geodesic.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <variant>

namespace comity::accord {
namespace {

// As much of the earth as a circle can hold, with room to spare.
constexpr geo::Distance kLargestRadius = geo::Distance::metres(21'000'000);

bool ascends(const std::vector<RoutePoint>& route) {
    return std::ranges::adjacent_find(route, [](const RoutePoint& a, const RoutePoint& b) {
               return a.time >= b.time;
           }) == route.end();
}

bool is_sound(const airspace::Volume& volume) {
    if (const auto* polygon = std::get_if<geo::Polygon>(&volume.footprint)) {
        return polygon->ring_count() > 0 && polygon->vertex_count() <= FiledAirspace::kMaxVertices;
    }
    const geo::Distance radius = std::get<airspace::Circle>(volume.footprint).radius;
    return radius > geo::Distance::metres(0) && radius <= kLargestRadius;
}

bool is_sound(const PutIntent& put) {
    const bool is_small = put.volumes.size() <= Intent::kMaxVolumes &&
                          put.route.size() <= Intent::kMaxRoute &&
                          put.aircraft.size() <= Intent::kMaxAircraft;
    return is_small && !put.volumes.empty() &&
           std::ranges::all_of(put.volumes,
                               [](const airspace::Volume& volume) { return is_sound(volume); });
}

bool is_sound(const airspace::Airspace& area) {
    std::size_t vertices = 0;
    for (const geo::Polygon& polygon : area.footprint) {
        if (polygon.ring_count() == 0) return false;
        vertices += polygon.vertex_count();
    }
    return !area.footprint.empty() && vertices <= FiledAirspace::kMaxVertices;
}

Outcome check_times(const PutIntent& put, geo::Instant now) {
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

// What is seen at kVolume.
bool is_same_at_volume(const Intent& a, const Intent& b) {
    const auto bytes = [](const Intent& intent) {
        Writer w;
        w.word(intent.state);
        w.list(intent.volumes, [&w](const airspace::Volume& volume) { write(w, volume); });
        return w;
    };
    return std::ranges::equal(bytes(a).bytes(), bytes(b).bytes());
}

bool is_same_at_volume(const FiledAirspace& a, const FiledAirspace& b) {
    const auto bytes = [](const FiledAirspace& airspace) {
        Writer w;
        write_where(w, airspace.area);
        return w;
    };
    return std::ranges::equal(bytes(a).bytes(), bytes(b).bytes());
}

bool is_same_in_cells(const Intent& a, const Intent& b) {
    return cells_of(a.volumes) == cells_of(b.volumes);
}

bool is_same_in_cells(const FiledAirspace& a, const FiledAirspace& b) {
    return cells_of(a.area) == cells_of(b.area);
}

/// Whether who sees an item at a level sees that it has changed. What nobody asks is not computed.
template <typename Item>
class Change {
  public:
    Change(const Item& before, const Item& after) : before_(before), after_(after) {}

    bool operator()(Level level) {
        if (level == Level::kFull) return true;
        auto& answer = level == Level::kCells ? in_cells_ : in_volume_;
        if (!answer) {
            answer = level == Level::kCells ? !is_same_in_cells(before_, after_)
                                            : !is_same_at_volume(before_, after_);
        }
        return *answer;
    }

  private:
    const Item& before_;
    const Item& after_;
    std::optional<bool> in_cells_;
    std::optional<bool> in_volume_;
};

// Who sees cells alone could find the time in the hour by trying when an item ends.
geo::Instant end_of_hour(geo::Instant time) {
    return std::chrono::floor<std::chrono::hours>(time) + std::chrono::hours{1};
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
    if (!is_sound(put)) return Outcome::kBadBody;
    if (const Outcome times = check_times(put, time_); times != Outcome::kAccepted) return times;
    const bool has_ended = put.state == IntentState::kEnded;
    if (standing == nullptr && has_ended) return Outcome::kOver;

    const auto before = standing == nullptr ? std::nullopt : std::optional(*standing);
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
    schedule_end(item, TimerKind::kIntentEnds, before ? std::optional(before->end()) : std::nullopt,
                 intent.end());
    if (before) {
        Change<Intent> change(*before, intent);
        tell_again(item, [&](Level level) { return has_ended || change(level); });
    }
    if (has_ended) {
        end_intent(intent, time_);
        return Outcome::kAccepted;
    }
    for (const auto& [to, grant] : grants({.what = Shared::kIntents, .from = intent.owner})) {
        if (notice(to, item) == nullptr) tell(to, item, grant);
    }
    return Outcome::kAccepted;
}

void Step::schedule_end(const ItemRef& item, TimerKind kind, std::optional<geo::Instant> before,
                        std::optional<geo::Instant> end) {
    auto& timers = state_.housekeeping_;
    if (before) timers.erase({.due = end_of_hour(*before), .kind = kind, .item = item});
    if (end) timers.insert({.due = end_of_hour(*end), .kind = kind, .item = item});
}

// By its author or by time; in the second case nobody is told, since all who know it know when.
void Step::end_intent(Intent& intent, geo::Instant at) {
    const ItemRef item{.kind = ItemKind::kIntent, .id = intent.id};
    intent.state = IntentState::kEnded;
    for (Notice* notice : notices_of(item)) stop_all(*notice);
    schedule_end(item, TimerKind::kIntentEnds, intent.end(), std::nullopt);
    forget_later(item, at);
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
    if (!is_sound(put.area)) return Outcome::kBadBody;
    if (const Outcome times = check_times(put.area.validity, time_); times != Outcome::kAccepted) {
        return times;
    }
    if (put.area.type == airspace::AirspaceType::kHazard && !is_wide_enough(put.area)) {
        return Outcome::kBelowLeastExtent;
    }
    const auto before = standing == nullptr ? std::nullopt : std::optional(*standing);
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
    const auto end_of = [](const FiledAirspace& one) {
        return one.area.validity ? std::optional(one.area.validity->end) : std::nullopt;
    };
    schedule_end(item, TimerKind::kAirspaceEnds, before ? end_of(*before) : std::nullopt,
                 end_of(airspace));
    if (before) {
        Change<FiledAirspace> change(*before, airspace);
        tell_again(item, [&](Level level) { return change(level); });
    }
    for (const auto& [to, grant] : grants({.what = Shared::kAirspaces, .from = airspace.owner})) {
        if (notice(to, item) == nullptr) tell(to, item, grant);
    }
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const EndAirspace& /*end*/) {
    if (!request.object) return Outcome::kBadObject;
    const auto found = state_.airspaces_.find(*request.object);
    if (found == state_.airspaces_.end()) return Outcome::kUnknownItem;
    FiledAirspace& airspace = found->second;
    const ItemRef item{.kind = ItemKind::kAirspace, .id = airspace.id};
    if (airspace.owner != request.party) {
        return notice(request.party, item) ? Outcome::kNotOwner : Outcome::kUnknownItem;
    }
    if (airspace.traffic != request.traffic) return Outcome::kOtherTraffic;
    if (airspace.is_ended) return Outcome::kEnded;
    if (request.expected_version.value_or(airspace.version) != airspace.version) {
        return Outcome::kStaleVersion;
    }
    ++airspace.version;
    tell_again(item, [](Level) { return true; });
    end_airspace(airspace, time_);
    return Outcome::kAccepted;
}

void Step::end_airspace(FiledAirspace& airspace, geo::Instant at) {
    const ItemRef item{.kind = ItemKind::kAirspace, .id = airspace.id};
    airspace.is_ended = true;
    for (Notice* notice : notices_of(item)) stop_all(*notice);
    const auto& validity = airspace.area.validity;
    schedule_end(item, TimerKind::kAirspaceEnds,
                 validity ? std::optional(validity->end) : std::nullopt, std::nullopt);
    forget_later(item, at);
    changed(ObjectKind::kAirspace, airspace.id);
}

}  // namespace comity::accord
