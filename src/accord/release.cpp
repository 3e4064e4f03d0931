// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/release.hpp"

#include "cells.hpp"
#include "warning_view.hpp"

namespace comity::accord {
namespace {

IntentView view_of(const Intent& intent, Level level) {
    IntentView view{.state = intent.state};
    if (level == Level::kCells) {
        for (const auto& volume : intent.volumes) view.cells.push_back(cells_of(volume));
        return view;
    }
    view.volumes = intent.volumes;
    if (level == Level::kFull) {
        view.owner = intent.owner;
        view.aircraft = intent.aircraft;
        view.route = intent.route;
    }
    return view;
}

AirspaceView view_of(const FiledAirspace& airspace, Level level) {
    AirspaceView view{.is_ended = airspace.is_ended};
    if (level == Level::kCells) {
        view.cells = cells_of(airspace.area);
        return view;
    }
    view.area = airspace.area;
    if (level == Level::kFull) {
        view.owner = airspace.owner;
    } else {
        // Where and when, not who or why.
        view.area->owner.clear();
        view.area->source.clear();
    }
    return view;
}

}  // namespace

std::optional<Released> release(const State& state, const PartyId& to, const ItemRef& item) {
    const Notice* notice = state.notice(to, item);
    if (notice == nullptr || notice->level == Level::kNone) return std::nullopt;
    Released released{.to = to,
                      .item = item,
                      .version = notice->last.version,
                      .level = notice->level,
                      .why = notice->why,
                      .via = notice->via,
                      .agreement = notice->agreement,
                      .is_withdrawn = notice->withdrawn.has_value(),
                      .due = notice->due};
    switch (item.kind) {
        case ItemKind::kAgreement: {
            const Agreement* agreement = state.agreement(item.id);
            if (agreement == nullptr) return std::nullopt;
            released.view = AgreementView{*agreement};
            return released;
        }
        case ItemKind::kIntent: {
            const Intent* intent = state.intent(item.id);
            if (intent == nullptr) return std::nullopt;
            released.traffic = intent->traffic;
            released.view = view_of(*intent, notice->level);
            return released;
        }
        case ItemKind::kAirspace: {
            const FiledAirspace* airspace = state.airspace(item.id);
            if (airspace == nullptr) return std::nullopt;
            released.traffic = airspace->traffic;
            released.view = view_of(*airspace, notice->level);
            return released;
        }
        case ItemKind::kWarning: {
            const Alert* alert = state.alert(item.id);
            if (alert == nullptr) return std::nullopt;
            released.traffic = alert->traffic;
            WarningView view{.alert = alert_for(state, to, *alert),
                             .shows_track = notice->level == Level::kFull};
            if (!view.shows_track) {
                view.alert.track.clear();
                view.alert.operated_by.reset();
                view.alert.intent.reset();
            }
            released.view = std::move(view);
            return released;
        }
    }
    return std::nullopt;
}

}  // namespace comity::accord
