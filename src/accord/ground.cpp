// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "grant.hpp"
#include "step.hpp"

#include <algorithm>

namespace comity::accord {
namespace {

/// An intent that was passed on more often goes no further.
constexpr unsigned kMostHops = 4;

bool is_live(const Agreement& agreement, bool is_residual) {
    return agreement.state == AgreementState::kInForce ||
           (agreement.state == AgreementState::kSuspended && is_residual);
}

Grant grant_of(const Agreement& agreement, const ShareRule& rule) {
    const bool is_alert = rule.what == Shared::kAlerts;
    return {.level = rule.level,
            .why = Why::kShared,
            .agreement = agreement.id,
            .deadlines = is_alert ? agreement.terms.alerts : agreement.terms.intents};
}

bool has_signed(const Agreement& agreement, const PartyId& party) {
    return std::ranges::find(agreement.terms.signatories, party) !=
           agreement.terms.signatories.end();
}

}  // namespace

std::optional<Source> Step::source_of(const ItemRef& item) const {
    if (const Intent* intent = state_.intent(item.id);
        item.kind == ItemKind::kIntent && intent != nullptr) {
        return Source{.what = Shared::kIntents, .from = intent->owner};
    }
    if (const FiledAirspace* airspace = state_.airspace(item.id);
        item.kind == ItemKind::kAirspace && airspace != nullptr) {
        return Source{.what = Shared::kAirspaces, .from = airspace->owner};
    }
    if (const Alert* alert = state_.alert(item.id);
        item.kind == ItemKind::kWarning && alert != nullptr) {
        return Source{.what = Shared::kAlerts, .from = alert->feed_of};
    }
    return std::nullopt;
}

std::map<PartyId, Grant> Step::grants(const Source& source) const {
    std::map<PartyId, Grant> found;
    const auto rules = state_.share_rules_.find({source.what, source.from});
    if (rules == state_.share_rules_.end()) return found;
    for (const auto& [agreement, index] : rules->second) {
        const ShareRule& rule = agreement->terms.share[index];
        if (!is_live(*agreement, rule.is_residual) || rule.level == Level::kNone) continue;
        Grant& best = found[rule.to];
        if (best.level < rule.level) best = grant_of(*agreement, rule);
    }
    return found;
}

std::optional<Grant> Step::shared(const Source& source, const PartyId& to,
                                  const std::string& preferred) const {
    const auto rules = state_.share_rules_.find({source.what, source.from});
    if (rules == state_.share_rules_.end()) return std::nullopt;
    const Agreement* best = nullptr;
    const ShareRule* best_rule = nullptr;
    for (const auto& [agreement, index] : rules->second) {
        const ShareRule& rule = agreement->terms.share[index];
        if (rule.to != to || rule.level == Level::kNone) continue;
        if (!is_live(*agreement, rule.is_residual)) continue;
        const bool is_better =
            best_rule == nullptr || best_rule->level < rule.level ||
            (best_rule->level == rule.level && agreement->id == preferred && best != agreement);
        if (!is_better) continue;
        best = agreement;
        best_rule = &rule;
    }
    if (best == nullptr) return std::nullopt;
    return grant_of(*best, *best_rule);
}

std::optional<Grant> Step::relayed(const Notice& by, const PartyId& to, unsigned hops) const {
    const auto rules = state_.relay_rules_.find(by.to);
    const auto source = source_of(by.item);
    const bool is_intent = by.item.kind == ItemKind::kIntent && source && source->from != to;
    if (!is_intent || hops > kMostHops || rules == state_.relay_rules_.end()) return std::nullopt;
    // Who may no longer hear of it has nothing to pass on.
    const auto own = ground(by, hops);
    if (!own) return std::nullopt;
    std::optional<Grant> best;
    for (const auto& [agreement, index] : rules->second) {
        const RelayRule& rule = agreement->terms.relay[index];
        const Level shown = std::min({rule.level, own->level, by.level});
        if (rule.to != to || shown == Level::kNone || (best && best->level >= shown)) continue;
        if (!is_live(*agreement, false) || !has_signed(*agreement, source->from)) continue;
        // A member that has left its group is told nothing more.
        if (!has_signed(*agreement, to) && !is_member(to, by.to)) continue;
        best = Grant{.level = shown,
                     .why = Why::kRelayed,
                     .via = by.to,
                     .agreement = agreement->id,
                     .deadlines = agreement->terms.intents};
    }
    return best;
}

std::vector<PartyId> Step::relay_duties(const Notice& notice) const {
    std::vector<PartyId> duties;
    const auto rules = state_.relay_rules_.find(notice.to);
    if (notice.item.kind != ItemKind::kIntent || rules == state_.relay_rules_.end()) return duties;
    for (const auto& [agreement, index] : rules->second) {
        const PartyId& to = agreement->terms.relay[index].to;
        if (!notice.passed_on.contains(to) && relayed(notice, to)) duties.push_back(to);
    }
    return duties;
}

bool Step::serves(const Agreement& agreement, const Source& source) const {
    const auto is_residual = [&](const ShareRule& rule) {
        return rule.is_residual && rule.what == source.what && rule.from == source.from;
    };
    return is_live(agreement, std::ranges::any_of(agreement.terms.share, is_residual));
}

std::optional<Grant> Step::ground(const Notice& notice, unsigned hops) const {
    const auto source = source_of(notice.item);
    if (!source) return std::nullopt;
    auto best = shared(*source, notice.to, notice.agreement);
    if (best && notice.why == Why::kOwnAircraft) best->why = Why::kOwnAircraft;
    const auto consider = [&best](std::optional<Grant> other) {
        if (other && (!best || best->level < other->level)) best = std::move(other);
    };
    if (notice.why == Why::kRelayed) {
        const Notice* by = state_.notice(*notice.via, notice.item);
        if (by != nullptr) consider(relayed(*by, notice.to, hops + 1));
    }
    const Agreement* agreement = state_.agreement(notice.agreement);
    if (notice.why == Why::kEscalated && agreement != nullptr && serves(*agreement, *source)) {
        const bool is_alert = source->what == Shared::kAlerts;
        consider(Grant{.level = notice.level,
                       .why = Why::kEscalated,
                       .via = notice.via,
                       .agreement = agreement->id,
                       .deadlines = is_alert ? agreement->terms.alerts : agreement->terms.intents});
    }
    if (notice.why == Why::kOwnFeed && source->from == notice.to) {
        consider(own_feed_grant(grants(*source), notice.agreement));
    }
    return best;
}

// Its own feed a party sees in full, but others only as far as the agreement shares it.
Level Step::escalated_level(const Notice& late, const Grant& own) const {
    if (own.why != Why::kOwnFeed) return std::min(own.level, late.level);
    Level shared = Level::kNone;
    for (const auto& [to, grant] : grants(*source_of(late.item))) {
        if (grant.agreement == own.agreement) shared = std::max(shared, grant.level);
    }
    return shared;
}

Grant own_feed_grant(const std::map<PartyId, Grant>& others, const std::string& preferred) {
    Grant own{.level = Level::kFull, .why = Why::kOwnFeed};
    const auto by_preferred = std::ranges::find_if(
        others, [&](const auto& other) { return other.second.agreement == preferred; });
    const auto chosen = by_preferred == others.end() ? others.begin() : by_preferred;
    if (chosen == others.end()) return own;
    own.agreement = chosen->second.agreement;
    own.deadlines = chosen->second.deadlines;
    return own;
}

}  // namespace comity::accord
