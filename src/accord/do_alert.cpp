// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"
#include "warning_view.hpp"

#include <tuple>

namespace comity::accord {
namespace {

bool is_closed(const Alert& alert) {
    return alert.phase == AlertPhase::kResolved || alert.phase == AlertPhase::kUnresolved;
}

// What of two views is news to who sees them: not the distance, which goes on changing.
auto news_of(const Alert& alert) {
    return std::tie(alert.phase, alert.intent, alert.entry_by_intent, alert.entry_by_track,
                    alert.entered, alert.left);
}

// An agreement by which the feed's owner shares its alerts also says by when it is to act itself.
Grant own_feed_grant(const std::map<PartyId, Grant>& others) {
    Grant own = others.empty() ? Grant{} : others.begin()->second;
    own.level = Level::kFull;
    own.why = Why::kOwnFeed;
    return own;
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
    if (airspace == nullptr || state_.party(alert.feed_of) == nullptr) return Outcome::kBadAlert;
    // An airspace that ends leaves its situations to be closed.
    if (is_new && (is_closed(alert) || airspace->is_ended)) return Outcome::kBadAlert;
    if (airspace->traffic != request.traffic) return Outcome::kOtherTraffic;
    std::optional<Alert> before;
    if (!is_new) {
        before = standing->second;
        const bool is_same = before->track == alert.track && before->airspace == alert.airspace;
        if (!is_same || is_closed(*before)) return Outcome::kBadAlert;
    }
    Alert& now = state_.alerts_.insert_or_assign(id, alert).first->second;
    now.id = id;
    now.traffic = request.traffic;
    now.version = before ? before->version + 1 : 1;
    changed(ObjectKind::kAlert, id);
    tell_of(now, before ? &*before : nullptr);
    if (is_closed(now)) {
        state_.housekeeping_.insert({.due = time_ + State::kKept,
                                     .kind = TimerKind::kForget,
                                     .item = {.kind = ItemKind::kWarning, .id = id}});
    }
    return Outcome::kAccepted;
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
        if (is_news && (told == nullptr || !told->withdrawn)) tell(to, item, grant);
    };
    std::map<PartyId, Grant> others = grants(Shared::kAlerts, alert.feed_of);
    others.insert_or_assign(alert.feed_of, own_feed_grant(others));
    // Who was told by a passed deadline goes on hearing of it.
    for (const Notice* told : notices_of(item)) {
        if (!others.contains(told->to) && may_still(*told, Shared::kAlerts, alert.feed_of)) {
            others.insert_or_assign(told->to, Grant{.level = told->level,
                                                    .why = told->why,
                                                    .via = told->via,
                                                    .agreement = told->agreement});
        }
    }
    const auto tell_first = [&](const PartyId& to) {
        const auto grant = others.find(to);
        if (grant == others.end()) return;
        tell_one(to, grant->second);
        others.erase(grant);
    };
    if (alert.operated_by) {
        const auto grant = others.find(*alert.operated_by);
        if (grant != others.end()) grant->second.why = Why::kOwnAircraft;
        tell_first(*alert.operated_by);
    }
    tell_first(state_.airspace(alert.airspace)->owner);
    for (const auto& [to, grant] : others) tell_one(to, grant);
}

}  // namespace comity::accord
