// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/release.hpp"

#include "cells.hpp"
#include "release_views.hpp"
#include "warning_view.hpp"

#include <type_traits>
#include <utility>

namespace comity::accord {

IntentView view_of(const Intent& intent, Level level) {
    IntentView view{.state = intent.state};
    if (level == Level::kCells) {
        if (intent.state != IntentState::kEnded) view.state = IntentState::kAccepted;
        view.cells = cells_of(intent.volumes);
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

namespace {

WarningView view_of(const Alert& alert, const State& state, const Notice& notice) {
    const bool is_its_own = alert.operated_by == notice.to;
    WarningView view{.alert = alert_for(state, notice.to, alert),
                     .shows_track = notice.level == Level::kFull || is_its_own};
    view.alert.version = notice.last.version;
    view.alert.as_of_record = 0;
    if (!view.shows_track) {
        view.alert.track.clear();
        view.alert.operated_by.reset();
        view.alert.intent.reset();
    }
    return view;
}

// Nothing of what was told in error is told once more.
void empty(Released& released, IntentView& view) {
    released.is_withdrawn = true;
    view = {.state = IntentState::kEnded};
}
void empty(Released& released, AirspaceView& view) {
    released.is_withdrawn = true;
    view = {.is_ended = true};
}
void empty(Released& released, WarningView& view) {
    released.is_withdrawn = true;
    view.alert = {.id = view.alert.id,
                  .version = view.alert.version,
                  .traffic = view.alert.traffic,
                  .phase = AlertPhase::kResolved,
                  .feed_of = released.to};
    view.shows_track = false;
}

template <typename Item, typename View>
std::optional<Released> released_of(Released released, const Notice& notice, const Item* item,
                                    View&& view_of_item) {
    if (item == nullptr) return std::nullopt;
    if (!notice.withdrawn && notice.shown != item->version) return std::nullopt;
    auto view = view_of_item(*item);
    if constexpr (!std::is_same_v<Item, Agreement>) {
        released.traffic = item->traffic;
        if (notice.withdrawn) empty(released, view);
    }
    released.view = std::move(view);
    return released;
}

}  // namespace

std::optional<Released> release(const State& state, const PartyId& to, const ItemRef& item) {
    const Notice* notice = state.notice(to, item);
    if (notice == nullptr || notice->level == Level::kNone) return std::nullopt;
    const Released released{.to = to,
                            .item = item,
                            .version = notice->last.version,
                            .level = notice->level,
                            .why = notice->why,
                            .via = notice->via,
                            .agreement = notice->agreement,
                            .due = notice->due};
    const auto at_level = [&](const auto& one) { return view_of(one, notice->level); };
    switch (item.kind) {
        case ItemKind::kAgreement:
            return released_of(released, *notice, state.agreement(item.id),
                               [](const Agreement& one) { return AgreementView{one}; });
        case ItemKind::kIntent:
            return released_of(released, *notice, state.intent(item.id), at_level);
        case ItemKind::kAirspace:
            return released_of(released, *notice, state.airspace(item.id), at_level);
        case ItemKind::kWarning:
            return released_of(released, *notice, state.alert(item.id),
                               [&](const Alert& one) { return view_of(one, state, *notice); });
    }
    return std::nullopt;
}

}  // namespace comity::accord
