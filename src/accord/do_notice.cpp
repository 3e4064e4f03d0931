// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"

#include <algorithm>
#include <chrono>

namespace comity::accord {
namespace {

Traffic traffic_of(const State& state, const ItemRef& item) {
    switch (item.kind) {
        case ItemKind::kIntent: {
            const Intent* intent = state.intent(item.id);
            return intent == nullptr ? Traffic::kLive : intent->traffic;
        }
        case ItemKind::kAirspace: {
            const FiledAirspace* airspace = state.airspace(item.id);
            return airspace == nullptr ? Traffic::kLive : airspace->traffic;
        }
        case ItemKind::kWarning: {
            const Alert* alert = state.alert(item.id);
            return alert == nullptr ? Traffic::kLive : alert->traffic;
        }
        case ItemKind::kAgreement:
            return Traffic::kLive;
    }
    return Traffic::kLive;
}

bool has_ended(const State& state, const ItemRef& item) {
    const Intent* intent = item.kind == ItemKind::kIntent ? state.intent(item.id) : nullptr;
    return intent != nullptr && intent->state == IntentState::kEnded;
}

// The latest version that was acted on counts, and of it the first act: repeats do no harm.
bool is_newer(const std::optional<Act>& done, std::uint64_t version) {
    return !done || done->version < version;
}

}  // namespace

Outcome Step::find_notice(const Request& request, std::uint64_t version, Notice*& found) {
    const auto item = request.object ? item_from(*request.object) : std::nullopt;
    if (!item) return Outcome::kBadObject;
    found = notice(request.party, *item);
    if (found == nullptr) return Outcome::kUnknownItem;
    if (traffic_of(state_, *item) != request.traffic) return Outcome::kOtherTraffic;
    if (version == 0 || version > found->last.version) return Outcome::kNotThatVersion;
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const Received& received) {
    Notice* found = nullptr;
    const Outcome outcome = find_notice(request, received.version, found);
    if (outcome != Outcome::kAccepted) return outcome;
    if (is_newer(found->received, received.version)) {
        found->received = Act{.at = time_, .version = received.version};
        if (!found->first_received) found->first_received = time_;
        answer(*found, Stage::kReceived, received.version);
        changed(*found);
    }
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const Read& read) {
    Notice* found = nullptr;
    const Outcome outcome = find_notice(request, read.version, found);
    if (outcome != Outcome::kAccepted) return outcome;
    if (!read.reader) return Outcome::kNoReader;
    if (is_newer(found->read, read.version)) {
        found->read = Act{.at = time_, .version = read.version};
        if (!found->first_read) found->first_read = time_;
        found->reader = *read.reader;
        answer(*found, Stage::kRead, read.version);
        changed(*found);
    }
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const PassOn& pass_on) {
    Notice* found = nullptr;
    const Outcome outcome = find_notice(request, pass_on.version, found);
    if (outcome != Outcome::kAccepted) return outcome;
    if (found->withdrawn) return Outcome::kWithdrawn;
    if (pass_on.to.empty()) return Outcome::kBadBody;
    if (has_ended(state_, found->item)) return Outcome::kEnded;
    std::map<PartyId, Grant> leave;
    for (const PartyId& to : pass_on.to) {
        if (to == request.party) return Outcome::kRelayToSelf;
        if (state_.party(to) == nullptr) return Outcome::kUnknownParty;
        auto grant = relayed(*found, to);
        if (!grant) return Outcome::kNoRelayRule;
        leave.emplace(to, *std::move(grant));
    }
    for (const auto& [to, grant] : leave) {
        if (found->passed_on.contains(to)) continue;
        found->passed_on.emplace(to, Act{.at = time_, .version = pass_on.version});
        // Who hears of it already by another way, at this level or a higher one, is not told again.
        const Notice* told = notice(to, found->item);
        const auto own = told == nullptr ? std::nullopt : ground(*told);
        if (!own || own->level < grant.level) tell(to, found->item, grant);
    }
    if (relay_duties(*found).empty()) stop_due(*found, Stage::kPassedOn);
    changed(*found);
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const Object& object) {
    Notice* found = nullptr;
    const Outcome outcome = find_notice(request, object.version, found);
    if (outcome != Outcome::kAccepted) return outcome;
    if (is_newer(found->objected, object.version)) {
        found->objected = Act{.at = time_, .version = object.version};
        changed(*found);
    }
    return Outcome::kAccepted;
}

// One act that reaches everybody who was told, whatever has become of the agreement since.
Outcome Step::act(const Request& request, const Withdraw& /*withdraw*/) {
    const auto item = request.object ? item_from(*request.object) : std::nullopt;
    if (!item || item->kind == ItemKind::kAgreement) return Outcome::kBadObject;
    PartyId owner{std::string(kNodeParty)};
    if (const Intent* intent = state_.intent(item->id);
        item->kind == ItemKind::kIntent && intent != nullptr) {
        owner = intent->owner;
    }
    if (const FiledAirspace* airspace = state_.airspace(item->id);
        item->kind == ItemKind::kAirspace && airspace != nullptr) {
        owner = airspace->owner;
    }
    const bool stands = (item->kind == ItemKind::kIntent && state_.intent(item->id) != nullptr) ||
                        (item->kind == ItemKind::kAirspace && state_.airspace(item->id)) ||
                        (item->kind == ItemKind::kWarning && state_.alert(item->id) != nullptr);
    if (!stands) return Outcome::kUnknownItem;
    if (owner != request.party) {
        return notice(request.party, *item) ? Outcome::kNotOwner : Outcome::kUnknownItem;
    }
    if (traffic_of(state_, *item) != request.traffic) return Outcome::kOtherTraffic;
    for (Notice* told : notices_of(*item)) {
        if (told->withdrawn) continue;
        stop_all(*told);
        told->withdrawn = time_;
        tell(told->to, *item,
             {.level = told->level,
              .why = told->why,
              .via = told->via,
              .agreement = told->agreement});
    }
    if (item->kind == ItemKind::kIntent) {
        Intent& intent = state_.intents_.at(item->id);
        if (intent.state != IntentState::kEnded) end_intent(intent, time_);
    }
    if (item->kind == ItemKind::kAirspace) {
        FiledAirspace& airspace = state_.airspaces_.at(item->id);
        if (!airspace.is_ended) end_airspace(airspace, time_);
    }
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const LogCall& call) {
    if (call.to && state_.party(*call.to) == nullptr) return Outcome::kUnknownParty;
    if (call.to && *call.to == request.party) return Outcome::kRelayToSelf;
    // A call that is still to come is no call.
    if (call.at > time_ + State::kClocksApart) return Outcome::kFromTheFuture;
    return Outcome::kAccepted;
}

}  // namespace comity::accord
