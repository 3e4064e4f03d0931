// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"

#include "comity/base/check.hpp"

#include <algorithm>

namespace comity::accord {

void Step::fire_timers() {
    forget_requests();
    auto& deadlines = state_.deadlines_;
    auto& housekeeping = state_.housekeeping_;
    const auto is_due = [this](const std::set<Timer>& timers) {
        return !timers.empty() && timers.begin()->due <= time_;
    };
    while (is_due(deadlines) || is_due(housekeeping)) {
        const bool first = is_due(deadlines) &&
                           (!is_due(housekeeping) || *deadlines.begin() < *housekeeping.begin());
        auto& timers = first ? deadlines : housekeeping;
        const Timer timer = *timers.begin();
        timers.erase(timers.begin());
        fire(timer);
    }
    state_.time_ = time_;
}

void Step::fire(const Timer& timer) {
    switch (timer.kind) {
        case TimerKind::kDeadline: {
            Notice* late = notice(PartyId(timer.party), timer.item);
            COMITY_CHECK(late != nullptr);
            return escalate(*late, timer.stage, timer.due);
        }
        case TimerKind::kIntentEnds: {
            const auto found = state_.intents_.find(timer.item.id);
            // A later version may end later.
            const bool ends = found != state_.intents_.end() &&
                              found->second.state != IntentState::kEnded &&
                              found->second.end() <= timer.due;
            if (ends) end_intent(found->second);
            return;
        }
        case TimerKind::kAirspaceEnds: {
            const auto found = state_.airspaces_.find(timer.item.id);
            if (found == state_.airspaces_.end() || found->second.is_ended) return;
            const auto& validity = found->second.area.validity;
            if (validity && validity->end <= timer.due) end_airspace(found->second);
            return;
        }
        case TimerKind::kForget:
            return forget(timer.item);
    }
}

void Step::set_due(Notice& notice, Stage stage, geo::Instant due) {
    stop_due(notice, stage);
    notice.due[stage] = due;
    state_.deadlines_.insert({.due = due,
                              .kind = TimerKind::kDeadline,
                              .stage = stage,
                              .item = notice.item,
                              .party = notice.to.value()});
    changed(notice);
}

void Step::stop_due(Notice& notice, Stage stage) {
    const auto due = notice.due.find(stage);
    if (due == notice.due.end()) return;
    state_.deadlines_.erase({.due = due->second,
                             .kind = TimerKind::kDeadline,
                             .stage = stage,
                             .item = notice.item,
                             .party = notice.to.value()});
    notice.due.erase(due);
    changed(notice);
}

// The next party of the agreement's list that has not been told is told at the level of who is
// late.
void Step::escalate(Notice& late, Stage stage, geo::Instant due) {
    late.due.erase(stage);
    late.missed[stage] = due;
    changed(late);
    Escalation escalation{.due = due, .late = late.to, .item = late.item, .stage = stage};
    const Agreement* agreement = state_.agreement(late.agreement);
    if (agreement != nullptr) {
        const auto& list = agreement->terms.escalation;
        const auto next = std::ranges::find_if(
            list, [&](const PartyId& party) { return notice(party, late.item) == nullptr; });
        if (next != list.end()) {
            escalation.told = *next;
            const bool is_warning = late.item.kind == ItemKind::kWarning;
            tell(*next, late.item,
                 {.level = late.level,
                  .why = Why::kEscalated,
                  .via = late.to,
                  .agreement = agreement->id,
                  .deadlines = is_warning ? agreement->terms.alerts : agreement->terms.intents});
        }
    }
    applied_.escalations.push_back(std::move(escalation));
}

void Step::forget(const ItemRef& item) {
    for (Notice* notice : notices_of(item)) {
        while (!notice->due.empty()) stop_due(*notice, notice->due.begin()->first);
        changed(*notice);
        state_.notices_.erase({item, notice->to});
    }
    switch (item.kind) {
        case ItemKind::kIntent:
            state_.intents_.erase(item.id);
            return changed(ObjectKind::kIntent, item.id);
        case ItemKind::kAirspace:
            state_.airspaces_.erase(item.id);
            return changed(ObjectKind::kAirspace, item.id);
        case ItemKind::kWarning:
            state_.alerts_.erase(item.id);
            return changed(ObjectKind::kAlert, item.id);
        case ItemKind::kAgreement:
            return;
    }
}

}  // namespace comity::accord
