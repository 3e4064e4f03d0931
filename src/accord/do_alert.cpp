// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"
#include "warning_view.hpp"

#include <tuple>
#include <utility>

namespace comity::accord {
namespace {

// What of two views is news to who sees them: not the distance, which goes on changing.
auto news_of(const Alert& alert) {
    return std::tie(alert.phase, alert.intent, alert.entry_by_intent, alert.entry_by_track,
                    alert.entered, alert.left);
}

}  // namespace

Outcome Step::act(const Request& request, const PutAlert& put) {
    if (request.party.value() != kNodeParty) return Outcome::kNodeOnly;
    return put_alert(request, put.alert);
}

Outcome Step::act(const Request& request, const PutSpooled& put) {
    if (request.party.value() != kNodeParty) return Outcome::kNodeOnly;
    const Outcome outcome = put_alert(request, put.alert);
    if (outcome != Outcome::kAccepted) return outcome;
    for (const PartyId& party : put.told) {
        Notice* told = notice(party, {.kind = ItemKind::kWarning, .id = *request.object});
        if (told == nullptr || told->left_at) continue;
        told->left_at = put.left_at;
        changed(*told);
    }
    return outcome;
}

Outcome Step::put_alert(const Request& request, const Alert& alert) {
    if (!request.object || !is_id(*request.object)) return Outcome::kBadObject;
    const std::string& id = *request.object;
    const FiledAirspace* airspace = state_.airspace(alert.airspace);
    const auto standing = state_.alerts_.find(id);
    const bool is_new = standing == state_.alerts_.end();
    if (state_.party(alert.feed_of) == nullptr) return Outcome::kBadAlert;
    // An airspace that ends, and is forgotten, leaves its situations to be closed.
    const bool can_begin = airspace != nullptr && !airspace->is_ended && !is_closed(alert.phase);
    if (is_new && !can_begin) return Outcome::kBadAlert;
    const Traffic traffic = is_new ? airspace->traffic : standing->second.traffic;
    if (traffic != request.traffic) return Outcome::kOtherTraffic;
    std::optional<Alert> before;
    if (!is_new) {
        before = standing->second;
        const bool is_same = before->track == alert.track && before->airspace == alert.airspace;
        if (!is_same || is_closed(before->phase)) return Outcome::kBadAlert;
    }
    Alert& now = state_.alerts_.insert_or_assign(id, alert).first->second;
    now.id = id;
    now.traffic = request.traffic;
    now.version = before ? before->version + 1 : 1;
    changed(ObjectKind::kAlert, id);
    auto& by_intent = state_.alerts_by_intent_;
    if (before && before->intent) by_intent.erase({*before->intent, id});
    if (now.intent && !is_closed(now.phase)) by_intent.emplace(*now.intent, id);
    tell_of(now, before ? &*before : nullptr);
    if (is_closed(now.phase)) forget_later({.kind = ItemKind::kWarning, .id = id}, time_);
    return Outcome::kAccepted;
}

// Who learns of an intent learns in the same moment of what is predicted from it.
void Step::tell_learned() {
    for (const auto& [to, intent] : std::exchange(learned_, {})) {
        const auto& by_intent = state_.alerts_by_intent_;
        for (auto at = by_intent.lower_bound({intent, ""});
             at != by_intent.end() && at->first == intent; ++at) {
            tell_learned(to, state_.alerts_.at(at->second));
        }
    }
}

void Step::tell_learned(const PartyId& to, const Alert& alert) {
    const ItemRef item{.kind = ItemKind::kWarning, .id = alert.id};
    const Notice* told = notice(to, item);
    const bool is_news = alert_for(state_, to, alert).entry_by_intent.has_value();
    if (!is_news || (told != nullptr && told->withdrawn)) return;
    const std::map<PartyId, Grant> all = hearers(alert);
    if (const auto grant = all.find(to); grant != all.end()) tell(to, item, grant->second);
}

std::map<PartyId, Grant> Step::hearers(const Alert& alert) {
    const ItemRef item{.kind = ItemKind::kWarning, .id = alert.id};
    auto all = grants({.what = Shared::kAlerts, .from = alert.feed_of});
    const Notice* own = notice(alert.feed_of, item);
    all.insert_or_assign(alert.feed_of, own_feed_grant(all, own ? own->agreement : std::string{}));
    if (alert.operated_by) {
        const auto grant = all.find(*alert.operated_by);
        if (grant != all.end() && *alert.operated_by != alert.feed_of) {
            grant->second.why = Why::kOwnAircraft;
        }
    }
    // Who was told by a passed deadline goes on hearing of it.
    for (const Notice* told : notices_of(item)) {
        if (all.contains(told->to)) continue;
        if (const auto grant = ground(*told)) all.emplace(told->to, *grant);
    }
    if (const FiledAirspace* airspace = state_.airspace(alert.airspace); airspace != nullptr) {
        const auto from_owner = grants({.what = Shared::kAlerts, .from = airspace->owner});
        std::erase_if(all, [&](const auto& one) {
            return notice(one.first, item) == nullptr && !from_owner.contains(one.first) &&
                   !may_hear_of(*airspace, one.first);
        });
    }
    return all;
}

// Where an airspace is, is for its owner to tell. A national claim is public; others are heard of
// by those to whom the owner has shown where they are, or shares alerts.
bool Step::may_hear_of(const FiledAirspace& airspace, const PartyId& party) {
    if (airspace.area.type == airspace::AirspaceType::kNational || airspace.owner == party) {
        return true;
    }
    const Notice* told = notice(party, {.kind = ItemKind::kAirspace, .id = airspace.id});
    return told != nullptr && !told->withdrawn && told->level >= Level::kVolume;
}

// Whose aircraft it is hears of it first, then the owner of the line, then the others.
void Step::tell_of(const Alert& alert, const Alert* before) {
    const ItemRef item{.kind = ItemKind::kWarning, .id = alert.id};
    const auto tell_one = [&](const PartyId& to, const Grant& grant) {
        const Alert view = alert_for(state_, to, alert);
        const Notice* told = notice(to, item);
        if (told == nullptr && !is_shown(view)) return;
        const bool is_news = told == nullptr || before == nullptr ||
                             news_of(alert_for(state_, to, *before)) != news_of(view);
        if (told != nullptr && told->withdrawn) return;
        if (is_news) return tell(to, item, grant);
        Notice& unchanged = *notice(to, item);
        unchanged.shown = alert.version;
        changed(unchanged);
    };
    std::map<PartyId, Grant> others = hearers(alert);
    const auto tell_first = [&](const PartyId& to) {
        const auto grant = others.find(to);
        if (grant == others.end()) return;
        tell_one(to, grant->second);
        others.erase(grant);
    };
    if (alert.operated_by) tell_first(*alert.operated_by);
    const FiledAirspace* airspace = state_.airspace(alert.airspace);
    if (airspace != nullptr) tell_first(airspace->owner);
    for (const auto& [to, grant] : others) tell_one(to, grant);
}

}  // namespace comity::accord
