// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/life.hpp"

#include "release_views.hpp"

#include <algorithm>
#include <string>

namespace comity::accord {
namespace {

std::optional<PartyId> teller(const State& state, const ItemRef& item) {
    switch (item.kind) {
        case ItemKind::kIntent: {
            const Intent* intent = state.intent(item.id);
            return intent == nullptr ? std::nullopt : std::optional(intent->owner);
        }
        case ItemKind::kAirspace: {
            const FiledAirspace* airspace = state.airspace(item.id);
            return airspace == nullptr ? std::nullopt : std::optional(airspace->owner);
        }
        case ItemKind::kWarning: {
            const Alert* alert = state.alert(item.id);
            return alert == nullptr ? std::nullopt : std::optional(alert->feed_of);
        }
        case ItemKind::kAgreement:
            return std::nullopt;
    }
    return std::nullopt;
}

bool has_signed(const State& state, const std::string& agreement, const PartyId& party) {
    const Agreement* found = state.agreement(agreement);
    if (found == nullptr) return false;
    const auto& signatories = found->terms.signatories;
    return std::ranges::find(signatories, party) != signatories.end();
}

// One pass over the notices of an item.
template <typename Take>
void each_notice(const State& state, const ItemRef& item, const Take& take) {
    const auto& notices = state.notices();
    for (auto at = notices.lower_bound({item, PartyId("")});
         at != notices.end() && at->first.first == item; ++at) {
        take(at->second);
    }
}

bool told_instead_of(const Notice& notice, const PartyId& late) {
    return notice.why == Why::kEscalated && notice.via == late && notice.level != Level::kNone;
}

// Withdrawn or not, what became of it is still the teller's to know.
bool sees(const State& state, const PartyId& viewer, const Notice& notice,
          const std::optional<PartyId>& told_by) {
    if (notice.level == Level::kNone) return false;
    if (notice.to == viewer) return true;
    const Notice* own = state.notice(viewer, notice.item);
    // Its own feed may have found what it is not told of: an airspace that it may not know.
    const bool may_know =
        notice.item.kind != ItemKind::kWarning || (own != nullptr && own->level != Level::kNone);
    if (may_know && told_by == viewer && has_signed(state, notice.agreement, viewer)) return true;
    if (notice.why == Why::kRelayed && notice.via == viewer) return true;
    return own != nullptr && told_instead_of(*own, notice.to);
}

}  // namespace

std::optional<Released> release_own(const State& state, const PartyId& owner, const ItemRef& item) {
    Released released{.to = owner, .item = item, .level = Level::kFull, .why = Why::kOwner};
    if (item.kind == ItemKind::kIntent) {
        const Intent* intent = state.intent(item.id);
        if (intent == nullptr || intent->owner != owner) return std::nullopt;
        released.version = intent->version;
        released.traffic = intent->traffic;
        released.view = view_of(*intent, Level::kFull);
        return released;
    }
    if (item.kind == ItemKind::kAirspace) {
        const FiledAirspace* airspace = state.airspace(item.id);
        if (airspace == nullptr || airspace->owner != owner) return std::nullopt;
        released.version = airspace->version;
        released.traffic = airspace->traffic;
        released.view = view_of(*airspace, Level::kFull);
        return released;
    }
    return std::nullopt;
}

std::vector<const Notice*> lives(const State& state, const PartyId& viewer, const ItemRef& item) {
    std::vector<const Notice*> seen;
    const auto told_by = teller(state, item);
    each_notice(state, item, [&](const Notice& notice) {
        if (sees(state, viewer, notice, told_by)) seen.push_back(&notice);
    });
    std::ranges::stable_partition(seen, [&](const Notice* one) { return one->to == viewer; });
    return seen;
}

Notice notice_for_others(const Notice& notice) {
    if (notice.item.kind != ItemKind::kWarning) return notice;
    Notice shown = notice;
    shown.last = notice.first;
    const auto first_act = [](const std::optional<geo::Instant>& at) {
        return at ? std::optional(Act{.at = *at, .version = 1}) : std::nullopt;
    };
    shown.received = first_act(notice.first_received);
    shown.read = first_act(notice.first_read);
    if (shown.objected) shown.objected->version = 1;
    for (auto& [to, act] : shown.passed_on) act.version = 1;
    return shown;
}

std::set<PartyId> viewers(const State& state, const Notice& notice) {
    std::set<PartyId> found;
    const auto told_by = teller(state, notice.item);
    const auto try_one = [&](const PartyId& party) {
        if (sees(state, party, notice, told_by)) found.insert(party);
    };
    try_one(notice.to);
    if (told_by) try_one(*told_by);
    if (notice.via) try_one(*notice.via);
    each_notice(state, notice.item, [&](const Notice& other) { try_one(other.to); });
    return found;
}

std::set<PartyId> acquaintances(const State& state, const PartyId& viewer) {
    std::set<PartyId> known{viewer};
    for (const auto& [id, agreement] : state.agreements()) {
        const Notice* told = state.notice(viewer, {.kind = ItemKind::kAgreement, .id = id});
        const bool is_told = told != nullptr && told->level != Level::kNone && !told->withdrawn;
        if (!is_told && !has_signed(state, id, viewer)) continue;
        const Terms& terms = agreement.terms;
        // Nobody is known to somebody by being named: until all have accepted, those who did.
        if (agreement.state == AgreementState::kProposed) {
            for (const auto& [party, time] : agreement.accepted) known.insert(party);
            continue;
        }
        known.insert(terms.signatories.begin(), terms.signatories.end());
        known.insert(terms.escalation.begin(), terms.escalation.end());
        for (const RelayRule& rule : terms.relay) known.insert(rule.to);
    }
    std::set<PartyId> members;
    for (const PartyId& one : known) {
        const Party* party = state.party(one);
        if (party == nullptr || !party->group) continue;
        members.insert(party->group->members.begin(), party->group->members.end());
    }
    known.merge(members);
    // Those that take part alone: an agreement may name others before they do.
    std::erase_if(known, [&](const PartyId& one) { return state.party(one) == nullptr; });
    return known;
}

}  // namespace comity::accord
