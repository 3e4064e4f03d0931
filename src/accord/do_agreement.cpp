// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace comity::accord {
namespace {

bool has_signed(const Terms& terms, const PartyId& party) {
    return std::ranges::find(terms.signatories, party) != terms.signatories.end();
}

bool is_sound(const Deadlines& deadlines) {
    const auto is_sound_time = [](geo::Milliseconds time) {
        return time > geo::Milliseconds{0} && time <= Deadlines::kLongest;
    };
    return is_sound_time(deadlines.received) && is_sound_time(deadlines.read) &&
           is_sound_time(deadlines.passed_on);
}

bool is_sound(const Terms& terms) {
    return terms.signatories.size() <= Terms::kMaxSignatories &&
           terms.share.size() <= Terms::kMaxRules && terms.relay.size() <= Terms::kMaxRules &&
           terms.escalation.size() <= Terms::kMaxEscalation && is_sound(terms.intents) &&
           is_sound(terms.alerts);
}

bool stands(AgreementState state) {
    return state == AgreementState::kInForce || state == AgreementState::kSuspended;
}

}  // namespace

Outcome Step::check_terms(const PartyId& author, const Terms& terms) const {
    if (!is_sound(terms)) return Outcome::kBadBody;
    const auto& signatories = terms.signatories;
    const std::set<PartyId> distinct(signatories.begin(), signatories.end());
    if (distinct.size() < 2 || distinct.size() != signatories.size()) {
        return Outcome::kRuleOfOthers;
    }
    if (!distinct.contains(author)) return Outcome::kNotSignatory;
    const auto is_known = [this](const PartyId& party) { return state_.party(party) != nullptr; };
    if (!std::ranges::all_of(signatories, is_known)) return Outcome::kUnknownParty;
    if (!std::ranges::all_of(terms.escalation, is_known)) return Outcome::kUnknownParty;
    for (const ShareRule& rule : terms.share) {
        const bool binds = distinct.contains(rule.from) && distinct.contains(rule.to);
        if (!binds || rule.from == rule.to) return Outcome::kRuleOfOthers;
    }
    for (const RelayRule& rule : terms.relay) {
        if (!is_known(rule.to)) return Outcome::kUnknownParty;
        const bool binds = distinct.contains(rule.by) &&
                           (distinct.contains(rule.to) || is_member(rule.to, rule.by));
        if (!binds || rule.by == rule.to) return Outcome::kRuleOfOthers;
    }
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const ProposeAgreement& propose) {
    if (!request.object || !is_id(*request.object)) return Outcome::kBadObject;
    const std::string& id = *request.object;
    if (request.expected_version.value_or(0) != 0 || state_.agreement(id) != nullptr) {
        return Outcome::kStaleVersion;
    }
    if (const Outcome checked = check_terms(request.party, propose.terms);
        checked != Outcome::kAccepted) {
        return checked;
    }
    Agreement agreement{.id = id, .terms = propose.terms};
    agreement.accepted.emplace(request.party, time_);
    state_.agreements_.emplace(id, std::move(agreement));
    changed(ObjectKind::kAgreement, id);
    for (const PartyId& party : propose.terms.signatories) {
        tell(party, {.kind = ItemKind::kAgreement, .id = id},
             {.level = Level::kFull, .why = Why::kSignatory, .agreement = id});
    }
    return Outcome::kAccepted;
}

Outcome Step::act(const Request& request, const ChangeAgreement& change) {
    if (!request.object) return Outcome::kBadObject;
    const auto found = state_.agreements_.find(*request.object);
    // Who signs nothing of it hears as little of it as of one that does not exist.
    if (found == state_.agreements_.end()) return Outcome::kUnknownItem;
    Agreement& agreement = found->second;
    if (!has_signed(agreement.terms, request.party)) return Outcome::kUnknownItem;
    if (request.expected_version.value_or(agreement.version) != agreement.version) {
        return Outcome::kStaleVersion;
    }
    const AgreementState before = agreement.state;
    switch (change.act) {
        case AgreementAct::kAccept:
            if (before != AgreementState::kProposed) return Outcome::kWrongState;
            if (agreement.accepted.contains(request.party)) return Outcome::kAlreadyAccepted;
            agreement.accepted.emplace(request.party, time_);
            if (agreement.accepted.size() == agreement.terms.signatories.size()) {
                agreement.state = AgreementState::kInForce;
            }
            break;
        case AgreementAct::kSuspend:
            if (before != AgreementState::kInForce) return Outcome::kWrongState;
            agreement.state = AgreementState::kSuspended;
            break;
        case AgreementAct::kResume:
            if (before != AgreementState::kSuspended) return Outcome::kWrongState;
            agreement.state = AgreementState::kInForce;
            break;
        case AgreementAct::kEnd:
            // Its residual clauses end by a second, separate act: it is suspended first.
            if (before != AgreementState::kSuspended) return Outcome::kWrongState;
            agreement.state = AgreementState::kEnded;
            break;
    }
    ++agreement.version;
    changed(ObjectKind::kAgreement, agreement.id);
    if (!stands(before) && stands(agreement.state)) index_rules(agreement);
    if (stands(before) && !stands(agreement.state)) unindex_rules(agreement);
    for (const PartyId& party : agreement.terms.signatories) {
        tell(party, {.kind = ItemKind::kAgreement, .id = agreement.id},
             {.level = Level::kFull, .why = Why::kSignatory, .agreement = agreement.id});
    }
    if (agreement.state == AgreementState::kInForce) tell_standing(agreement);
    return Outcome::kAccepted;
}

// In the order of the agreements' ids, whatever the order in which they came into force.
void Step::index_rules(const Agreement& agreement) {
    const auto update = [&](auto& index, const auto& key, std::size_t rule) {
        auto& rules = index[key];
        const auto place = std::ranges::upper_bound(
            rules, agreement.id, {},
            [](const State::RuleRef& ref) -> const std::string& { return ref.agreement->id; });
        rules.insert(place, {.agreement = &agreement, .index = rule});
    };
    const auto& [share, relay] = std::tie(agreement.terms.share, agreement.terms.relay);
    for (std::size_t i = 0; i < share.size(); ++i) {
        update(state_.share_rules_, std::pair(share[i].what, share[i].from), i);
    }
    for (std::size_t i = 0; i < relay.size(); ++i) update(state_.relay_rules_, relay[i].by, i);
}

void Step::unindex_rules(const Agreement& agreement) {
    const auto drop = [&](auto& index, const auto& key) {
        const auto found = index.find(key);
        if (found == index.end()) return;
        std::erase_if(found->second, [&](const auto& ref) { return ref.agreement == &agreement; });
        if (found->second.empty()) index.erase(found);
    };
    for (const ShareRule& rule : agreement.terms.share) {
        drop(state_.share_rules_, std::pair(rule.what, rule.from));
    }
    for (const RelayRule& rule : agreement.terms.relay) drop(state_.relay_rules_, rule.by);
}

// What stands already when it comes into force is told then. After a suspension, what was told by
// it before is told again, since the party has not heard since of what may have changed.
void Step::tell_standing(const Agreement& agreement) {
    const auto is_of = [&](const PartyId& party) { return has_signed(agreement.terms, party); };
    for (const auto& [id, intent] : state_.intents_) {
        const bool has_ended = intent.state == IntentState::kEnded;
        const ItemRef item{.kind = ItemKind::kIntent, .id = id};
        if (is_of(intent.owner)) tell_standing(agreement, item, has_ended);
    }
    for (const auto& [id, airspace] : state_.airspaces_) {
        const ItemRef item{.kind = ItemKind::kAirspace, .id = id};
        if (is_of(airspace.owner)) tell_standing(agreement, item, airspace.is_ended);
    }
    for (const auto& [id, alert] : state_.alerts_) {
        if (!is_of(alert.feed_of)) continue;
        const ItemRef item{.kind = ItemKind::kWarning, .id = id};
        tell_standing(agreement, item, true);
        if (!state_.forget_at_.contains(item)) tell_of(alert, &alert);
    }
}

void Step::tell_standing(const Agreement& agreement, const ItemRef& item, bool has_ended) {
    for (const Notice* told : notices_of(item)) {
        if (told->withdrawn || told->why == Why::kOwnFeed) continue;
        const auto grant = ground(*told);
        if (grant && grant->agreement == agreement.id) tell(told->to, item, *grant);
    }
    if (has_ended) return;
    for (const auto& [to, grant] : grants(*source_of(item))) {
        if (grant.agreement == agreement.id && notice(to, item) == nullptr) tell(to, item, grant);
    }
}

}  // namespace comity::accord
