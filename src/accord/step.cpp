// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"

#include "comity/base/check.hpp"

#include <variant>

namespace comity::accord {

Step::Step(State& state, geo::Instant time) : state_(state), time_(time) {
    COMITY_CHECK(state.time_ <= time);
}

void Step::apply(const Request& request) {
    applied_.outcome = admit(request);
    if (applied_.outcome == Outcome::kAccepted) {
        applied_.outcome = std::visit(
            [&](const auto& operation) { return act(request, operation); }, request.operation);
        remember(request);
        tell_learned();
    }
}

// What is refused here is not remembered: it was not the author's word to this log now, or its id
// stands already.
Outcome Step::admit(const Request& request) const {
    if (request.to != state_.origin_) return Outcome::kOtherLog;
    if (request.valid_until < time_) return Outcome::kExpired;
    if (request.sent > time_ + State::kClocksApart) return Outcome::kFromTheFuture;
    if (request.valid_until > request.sent + State::kValid) return Outcome::kValidTooLong;
    if (state_.remembers(request.party, request.id)) return Outcome::kRepeated;
    const bool is_node = request.party.value() == kNodeParty;
    if (!is_node && state_.party(request.party) == nullptr) return Outcome::kUnknownParty;
    return Outcome::kAccepted;
}

void Step::remember(const Request& request) {
    const State::RequestKey key(request.party, request.id);
    state_.request_ids_.emplace(key, request.valid_until);
    state_.request_ends_.emplace(request.valid_until, key);
    state_.changed_.push_back(
        {.kind = ObjectKind::kRequestId, .name = request.party.value(), .request_id = request.id});
}

void Step::forget_requests() {
    auto& ends = state_.request_ends_;
    while (!ends.empty() && ends.begin()->first < time_) {
        const auto& [party, id] = ends.begin()->second;
        state_.changed_.push_back(
            {.kind = ObjectKind::kRequestId, .name = party.value(), .request_id = id});
        state_.request_ids_.erase(ends.begin()->second);
        ends.erase(ends.begin());
    }
}

void Step::changed(ObjectKind kind, const std::string& name) {
    state_.changed_.push_back({.kind = kind, .name = name});
}

void Step::forget_later(const ItemRef& item, geo::Instant ended) {
    const geo::Instant until = ended + State::kKept;
    state_.forget_at_.insert_or_assign(item, until);
    state_.housekeeping_.insert({.due = until, .kind = TimerKind::kForget, .item = item});
    state_.changed_.push_back({.kind = ObjectKind::kForgetting, .item = item});
}

void Step::changed(const Notice& notice) {
    state_.changed_.push_back(
        {.kind = ObjectKind::kNotice, .item = notice.item, .name = notice.to.value()});
}

Notice* Step::notice(const PartyId& to, const ItemRef& item) {
    const auto found = state_.notices_.find({item, to});
    return found == state_.notices_.end() ? nullptr : &found->second;
}

Outcome Step::act(const Request& /*request*/, const Unreadable& unreadable) {
    return unreadable.outcome;
}

}  // namespace comity::accord
