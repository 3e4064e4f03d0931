// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "warning_view.hpp"

namespace comity::accord {

Alert alert_for(const State& state, const PartyId& to, const Alert& alert) {
    Alert view = alert;
    if (!alert.intent) return view;
    const Intent* intent = state.intent(*alert.intent);
    const Notice* told = state.notice(to, {.kind = ItemKind::kIntent, .id = *alert.intent});
    const bool owns = intent != nullptr && intent->owner == to;
    const bool knows = told != nullptr && !told->withdrawn && told->level >= Level::kVolume;
    if (!owns && !knows) {
        view.intent.reset();
        view.entry_by_intent.reset();
        // Whose it is may be known by that intent alone.
        if (view.operated_by != to) view.operated_by.reset();
        // In this party's picture there is nothing to warn of any more.
        if (!is_shown(view)) view.phase = AlertPhase::kResolved;
    }
    return view;
}

bool is_shown(const Alert& alert) {
    return alert.entry_by_intent || alert.entry_by_track || alert.entered;
}

}  // namespace comity::accord
