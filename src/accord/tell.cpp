// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"

#include <algorithm>

namespace comity::accord {
namespace {

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

}  // namespace

std::map<PartyId, Grant> Step::grants(Shared what, const PartyId& from) const {
    std::map<PartyId, Grant> found;
    const auto rules = state_.share_rules_.find({what, from});
    if (rules == state_.share_rules_.end()) return found;
    for (const auto& [agreement, index] : rules->second) {
        const ShareRule& rule = agreement->terms.share[index];
        if (!is_live(*agreement, rule.is_residual) || rule.level == Level::kNone) continue;
        Grant& best = found[rule.to];
        if (best.level < rule.level) best = grant_of(*agreement, rule);
    }
    return found;
}

std::optional<Grant> Step::shared(Shared what, const PartyId& from, const PartyId& to) const {
    auto found = grants(what, from);
    const auto grant = found.find(to);
    if (grant == found.end()) return std::nullopt;
    return std::move(grant->second);
}

std::optional<Grant> Step::relayed(const PartyId& by, const PartyId& to, Level level) const {
    std::optional<Grant> best;
    const auto rules = state_.relay_rules_.find(by);
    if (rules == state_.relay_rules_.end()) return best;
    for (const auto& [agreement, index] : rules->second) {
        const RelayRule& rule = agreement->terms.relay[index];
        const Level shown = std::min(rule.level, level);
        const bool is_better = !best || best->level < shown;
        if (rule.to != to || !is_live(*agreement, false) || shown == Level::kNone || !is_better) {
            continue;
        }
        best = Grant{.level = shown,
                     .why = Why::kRelayed,
                     .via = by,
                     .agreement = agreement->id,
                     .deadlines = agreement->terms.intents};
    }
    return best;
}

std::vector<PartyId> Step::relay_duties(const Notice& notice) const {
    std::vector<PartyId> duties;
    const auto rules = state_.relay_rules_.find(notice.to);
    if (notice.item.kind != ItemKind::kIntent || rules == state_.relay_rules_.end()) return duties;
    const Intent* intent = state_.intent(notice.item.id);
    for (const auto& [agreement, index] : rules->second) {
        const PartyId& to = agreement->terms.relay[index].to;
        if (!is_live(*agreement, false) || intent == nullptr || intent->owner == to) continue;
        if (!notice.passed_on.contains(to)) duties.push_back(to);
    }
    return duties;
}

bool Step::may_still(const Notice& notice, Shared what, const PartyId& from) const {
    switch (notice.why) {
        case Why::kSignatory:
        case Why::kOwnFeed:
            return true;
        case Why::kOwnAircraft:
        case Why::kShared:
            return shared(what, from, notice.to).has_value();
        case Why::kRelayed:
            return relayed(*notice.via, notice.to, notice.level).has_value();
        case Why::kEscalated: {
            const Agreement* agreement = state_.agreement(notice.agreement);
            return agreement != nullptr && is_live(*agreement, what == Shared::kAlerts);
        }
    }
    return false;
}

void Step::tell(const PartyId& to, const ItemRef& item, const Grant& grant) {
    const auto [place, is_new] = state_.notices_.try_emplace({item, to}, Notice{.to = to});
    Notice& notice = place->second;
    if (is_new) {
        notice.item = item;
        notice.level = grant.level;
        notice.why = grant.why;
        notice.via = grant.via;
        notice.agreement = grant.agreement;
        notice.first = {.at = time_, .version = 1};
    }
    notice.level = std::max(notice.level, grant.level);
    notice.last = {.at = time_, .version = notice.last.version + 1};
    changed(notice);
    // News of a situation that goes on restarts no deadline: the first answer is what counts.
    const bool restarts = is_new || item.kind != ItemKind::kWarning;
    if (grant.deadlines && restarts) {
        set_due(notice, Stage::kReceived, time_ + grant.deadlines->received);
        set_due(notice, Stage::kRead, time_ + grant.deadlines->read);
        if (!relay_duties(notice).empty()) {
            set_due(notice, Stage::kPassedOn, time_ + grant.deadlines->passed_on);
        }
    }
    const bool is_urgent = item.kind == ItemKind::kWarning;
    applied_.tellings.push_back({.to = to,
                                 .item = item,
                                 .version = notice.last.version,
                                 .level = notice.level,
                                 .is_urgent = is_urgent});
}

void Step::tell_again(const ItemRef& item, Shared what, const PartyId& from,
                      const std::function<bool(const Notice&)>& is_news) {
    for (Notice* notice : notices_of(item)) {
        if (notice->withdrawn || !may_still(*notice, what, from) || !is_news(*notice)) continue;
        Grant grant{.level = notice->level,
                    .why = notice->why,
                    .via = notice->via,
                    .agreement = notice->agreement};
        const Agreement* agreement = state_.agreement(notice->agreement);
        if (agreement != nullptr && what == Shared::kIntents) {
            grant.deadlines = agreement->terms.intents;
        }
        tell(notice->to, item, grant);
    }
}

std::vector<Notice*> Step::notices_of(const ItemRef& item) {
    std::vector<Notice*> found;
    auto& notices = state_.notices_;
    for (auto at = notices.lower_bound({item, PartyId("")});
         at != notices.end() && at->first.first == item; ++at) {
        found.push_back(&at->second);
    }
    return found;
}

}  // namespace comity::accord
