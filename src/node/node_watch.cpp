// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/node/node.hpp"
#include "comity/seal/hash.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/core.h>

namespace comity::node {
namespace {

// Aircraft of others should not be in these. A reserved area or a buffer has rules of its own.
bool is_guarded(airspace::AirspaceType type) {
    using enum airspace::AirspaceType;
    return type == kNational || type == kProhibited || type == kRestricted || type == kDanger ||
           type == kHazard || type == kTemporarySegregated;
}

// How long an airspace that has ended by time is watched on, so that what was inside is seen to
// leave.
constexpr std::chrono::hours kAreaKept{1};

// Whole metres: a distance to the nearest, an accuracy never smaller than it is.
std::int64_t whole_metres(geo::Distance distance) {
    return static_cast<std::int64_t>(std::floor(distance.in_metres() + 0.5));
}
std::int64_t at_least_metres(geo::Distance accuracy) {
    const double metres = accuracy.in_metres();
    // No feed's word keeps a warning from being filed.
    const bool is_told = metres <= static_cast<double>(wire::BodyLimits::kMaxMetres);
    if (!is_told) return wire::BodyLimits::kMaxMetres;
    if (metres < 0) return 0;
    const auto whole = static_cast<std::int64_t>(std::floor(metres));
    return static_cast<double>(whole) < metres ? whole + 1 : whole;
}

// The same for its name for an aircraft: what is no plain text is written in hexadecimal.
std::string track_text(std::string_view track) {
    const bool is_plain = !track.empty() && track.size() <= wire::BodyLimits::kMaxText &&
                          std::ranges::all_of(track, [](char c) { return ' ' <= c && c <= '~'; });
    if (is_plain) return std::string(track);
    return "0x" + base::to_hex(base::bytes_of(track.substr(0, wire::BodyLimits::kMaxText / 2 - 1)));
}

accord::AlertPhase phase_of(watch::Phase phase) {
    switch (phase) {
        case watch::Phase::kPredicted:
            return accord::AlertPhase::kPredicted;
        case watch::Phase::kInside:
            return accord::AlertPhase::kInside;
        case watch::Phase::kResolved:
            return accord::AlertPhase::kResolved;
        case watch::Phase::kUnresolved:
            return accord::AlertPhase::kUnresolved;
    }
    return accord::AlertPhase::kUnresolved;
}

}  // namespace

void Node::sweep() {
    const geo::Instant at = now_ - now_.time_since_epoch() % options_.watch.period;
    if (last_sweep_ && *last_sweep_ >= at) return;
    last_sweep_ = at;
    // Plans that are over predict nothing.
    while (!plan_ends_.empty() && plan_ends_.begin()->first < now_) {
        const std::string id = plan_ends_.begin()->second;
        plan_ends_.erase(plan_ends_.begin());
        follow_intent(id);
    }
    while (!area_ends_.empty() && area_ends_.begin()->first < now_) {
        const std::string id = area_ends_.begin()->second;
        area_ends_.erase(area_ends_.begin());
        follow_airspace(id);
    }
    for (const watch::Change& change : watch_.sweep(at)) file_alert(change);
}

std::string Node::alert_id(const watch::Change& change) {
    const auto known = alert_ids_.find(change.situation);
    if (known != alert_ids_.end()) return known->second;
    const std::string what =
        fmt::format("{}\n{}\n{}\n{}\n{}\n{}", opened_at_, change.situation, change.feed,
                    change.track, change.airspace, geo::to_string(change.sweep));
    // Nobody can find the aircraft from the id by trying.
    const seal::Hash hash =
        parts_.secret.invented("alert", seal::sha256(std::as_bytes(std::span(what))));
    const std::string id = base::to_hex(hash.span().first(8));
    alert_ids_.emplace(change.situation, id);
    return id;
}

void Node::file_alert(const watch::Change& change) {
    const std::string id = alert_id(change);
    const accord::AlertPhase phase = phase_of(change.phase);
    if (is_closed(phase)) alert_ids_.erase(change.situation);
    const auto feed = feeds_.find(change.feed);
    COMITY_CHECK(feed != feeds_.end());
    accord::Alert alert{.phase = phase,
                        .track = track_text(change.track),
                        .feed_of = feed->second.of,
                        .airspace = change.airspace,
                        .entry_by_track = change.by_track,
                        .entered = change.entered,
                        .left = change.left,
                        .distance_m = whole_metres(change.distance.value_or(geo::Distance())),
                        .track_accuracy_m = at_least_metres(change.track_accuracy),
                        .area_accuracy_m = at_least_metres(change.area_accuracy),
                        .sweep = change.sweep};
    if (state_.party(accord::PartyId(change.party)) != nullptr) {
        alert.operated_by = accord::PartyId(change.party);
    }
    if (change.by_intent) {
        alert.intent = change.by_intent->intent;
        alert.entry_by_intent = change.by_intent->entry;
    }
    if (parts_.ledger != nullptr) alert.as_of_record = parts_.ledger->state().record_count();
    const accord::FiledAirspace* airspace = state_.airspace(change.airspace);
    if (airspace == nullptr) return;
    file_own(id, airspace->traffic, accord::PutAlert{std::move(alert)});
}

std::string Node::own_request(const std::string& object, accord::Traffic traffic,
                              const accord::Operation& operation) {
    ++own_requests_;
    const std::uint64_t records =
        parts_.ledger == nullptr ? 0 : parts_.ledger->state().record_count();
    const auto payload = ledger::write_envelope(
        {.to = state_.origin(),
         .party = std::string(accord::kNodeParty),
         .id = fmt::format("{}.{}", records, own_requests_),
         .sent = now_,
         .valid_until = now_ + std::chrono::minutes(1),
         .operation = std::string(wire::operation_name(operation)),
         .object = object,
         .traffic = traffic == accord::Traffic::kLive ? ledger::Traffic::kLive
                                                      : ledger::Traffic::kExercise,
         .body = wire::body_of(operation)});
    COMITY_CHECK(payload.has_value());
    return *payload;
}

void Node::file_own(const std::string& object, accord::Traffic traffic,
                    const accord::Operation& operation) {
    const std::string payload = own_request(object, traffic, operation);
    // Read again, so that what is decided is what is recorded.
    auto request = authenticate_vouched(state_, reader_, payload);
    COMITY_CHECK(request.has_value());
    if (mode_ == Mode::kRecording) {
        const auto bytes = std::as_bytes(std::span(payload));
        return decide(*std::move(request),
                      ledger::VouchedRequest{.payload = {bytes.begin(), bytes.end()}},
                      std::nullopt);
    }
    const accord::Applied applied = state_.apply(*request, now_);
    Raised raised;
    if (std::holds_alternative<accord::PutAlert>(operation)) {
        raised = {.alert = object, .payload = payload};
    }
    stage_tellings(applied, raised);
}

void Node::follow(const accord::Request& request) {
    const auto& operation = request.operation;
    if (!request.object) return;
    if (std::holds_alternative<accord::PutIntent>(operation)) follow_intent(*request.object);
    if (std::holds_alternative<accord::PutAirspace>(operation) ||
        std::holds_alternative<accord::EndAirspace>(operation)) {
        follow_airspace(*request.object);
    }
    if (std::holds_alternative<accord::Withdraw>(operation)) {
        const auto item = accord::item_from(*request.object);
        COMITY_CHECK(item.has_value());
        if (item->kind == accord::ItemKind::kIntent) follow_intent(item->id);
        if (item->kind == accord::ItemKind::kAirspace) follow_airspace(item->id);
    }
}

void Node::follow_airspace(const std::string& id) {
    const accord::FiledAirspace* filed = state_.airspace(id);
    const bool is_watched = filed != nullptr && !filed->is_ended &&
                            filed->traffic == accord::Traffic::kLive &&
                            is_guarded(filed->area.type);
    if (!is_watched) return watch_.remove_area(id);
    if (filed->area.validity) {
        const geo::Instant over = filed->area.validity->end + kAreaKept;
        if (over < now_) return watch_.remove_area(id);
        area_ends_.emplace(over, id);
    }
    // Over the limit of areas it is not watched, and stays filed.
    (void)watch_.put_area({.airspace = id,
                           .owner = filed->owner.value(),
                           .area = std::make_shared<const airspace::Area>(filed->area.footprint),
                           .band = filed->area.band,
                           .validity = filed->area.validity,
                           .accuracy = filed->area.accuracy.value_or(geo::Distance())});
}

void Node::follow_intent(const std::string& id) {
    const accord::Intent* intent = state_.intent(id);
    const bool is_over = intent == nullptr || intent->traffic != accord::Traffic::kLive ||
                         intent->state == accord::IntentState::kEnded || intent->end() < now_ ||
                         intent->route.empty();
    if (is_over) return watch_.remove_plan(id);
    watch::Plan plan{.intent = id, .aircraft = intent->aircraft};
    plan.validity = {.begin = intent->route.front().time, .end = intent->end()};
    for (const accord::RoutePoint& point : intent->route) {
        plan.route.push_back({.position = point.position, .time = point.time});
    }
    plan_ends_.emplace(intent->end(), id);
    (void)watch_.put_plan(std::move(plan));
}

}  // namespace comity::node
