// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"
#include "warning_view.hpp"

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
    tell_learned();
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
            COMITY_CHECK(found != state_.intents_.end());
            return end_intent(found->second, timer.due);
        }
        case TimerKind::kAirspaceEnds: {
            const auto found = state_.airspaces_.find(timer.item.id);
            COMITY_CHECK(found != state_.airspaces_.end());
            return end_airspace(found->second, timer.due);
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

void Step::stop_all(Notice& notice) {
    while (!notice.due.empty()) stop_due(notice, notice.due.begin()->first);
}

// What is due already stays due: who is told again and again is not let off answering.
void Step::start_deadlines(Notice& notice, const Deadlines& deadlines) {
    const auto start = [&](Stage stage, geo::Milliseconds time) {
        if (!notice.due.contains(stage)) set_due(notice, stage, time_ + time);
    };
    start(Stage::kReceived, deadlines.received);
    start(Stage::kRead, deadlines.read);
    if (!relay_duties(notice).empty()) start(Stage::kPassedOn, deadlines.passed_on);
}

// Who answers an earlier version has still to answer the latest, in the time that this one gives.
void Step::answer(Notice& notice, Stage stage, std::uint64_t version) {
    const bool is_warning = notice.item.kind == ItemKind::kWarning;
    const Agreement* agreement = state_.agreement(notice.agreement);
    if (is_warning || version == notice.last.version || agreement == nullptr) {
        return stop_due(notice, stage);
    }
    if (!notice.due.contains(stage)) return;
    const Deadlines& deadlines = agreement->terms.intents;
    const auto time = stage == Stage::kReceived ? deadlines.received : deadlines.read;
    set_due(notice, stage, notice.last.at + time);
}

// The next party of the agreement's list that has not been told is told at the level of who is
// late, as long as that party may itself hear of it. Who would see nothing of a warning is passed
// over: it could do nothing with it.
void Step::escalate(Notice& late, Stage stage, geo::Instant due) {
    late.due.erase(stage);
    late.missed[stage] = due;
    changed(late);
    Escalation escalation{.due = due, .late = late.to, .item = late.item, .stage = stage};
    const auto own = ground(late);
    const Agreement* agreement = own ? state_.agreement(own->agreement) : nullptr;
    if (agreement != nullptr) {
        const Alert* alert =
            late.item.kind == ItemKind::kWarning ? state_.alert(late.item.id) : nullptr;
        const auto& list = agreement->terms.escalation;
        const auto next = std::ranges::find_if(list, [&](const PartyId& party) {
            const bool is_shown_it = alert == nullptr || is_shown(alert_for(state_, party, *alert));
            return notice(party, late.item) == nullptr && is_shown_it;
        });
        if (next != list.end()) {
            escalation.told = *next;
            tell(*next, late.item,
                 {.level = escalated_level(late, *own),
                  .why = Why::kEscalated,
                  .via = late.to,
                  .agreement = agreement->id,
                  .deadlines = own->deadlines});
        }
    }
    applied_.escalations.push_back(std::move(escalation));
}

void Step::forget(const ItemRef& item) {
    for (Notice* notice : notices_of(item)) {
        stop_all(*notice);
        changed(*notice);
        state_.notices_.erase({item, notice->to});
    }
    // After a long pause one step may tell what it then forgets.
    std::erase_if(applied_.tellings, [&](const Telling& told) { return told.item == item; });
    for (Escalation& escalation : applied_.escalations) {
        if (escalation.item == item) escalation.told.reset();
    }
    state_.forget_at_.erase(item);
    state_.changed_.push_back({.kind = ObjectKind::kForgetting, .item = item});
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
