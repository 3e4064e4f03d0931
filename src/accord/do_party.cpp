// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "step.hpp"

#include <algorithm>
#include <set>

namespace comity::accord {
namespace {

bool are_distinct(const std::vector<seal::Hash>& keys) {
    return std::set<seal::Hash>(keys.begin(), keys.end()).size() == keys.size();
}

}  // namespace

Outcome Step::act(const Request& request, const PutParty& put) {
    if (request.party.value() != kNodeParty) return Outcome::kNodeOnly;
    if (!request.object || !is_id(*request.object) || *request.object == kNodeParty) {
        return Outcome::kBadObject;
    }
    const PartyId id(*request.object);
    const Party* standing = state_.party(id);
    const std::uint64_t version = standing == nullptr ? 0 : standing->version;
    if (request.expected_version.value_or(0) != version) return Outcome::kStaleVersion;
    if (put.keys.size() > Party::kMaxKeys || !are_distinct(put.keys)) return Outcome::kBadKeys;
    for (const seal::Hash& key : put.keys) {
        const Party* holder = state_.holder(key);
        if (holder != nullptr && holder->id != id) return Outcome::kBadKeys;
    }
    if (put.group) {
        const auto& [lead, members] = *put.group;
        if (members.size() > Party::kMaxMembers || !members.contains(lead)) {
            return Outcome::kBadGroup;
        }
        if (is_in_group(id)) return Outcome::kBadGroup;
        for (const PartyId& member : members) {
            const Party* party = state_.party(member);
            if (party == nullptr) return Outcome::kUnknownParty;
            if (member == id || party->group) return Outcome::kBadGroup;
        }
    }
    if (standing != nullptr) {
        for (const seal::Hash& key : standing->keys) state_.keys_.erase(key);
    }
    for (const seal::Hash& key : put.keys) state_.keys_.emplace(key, id);
    state_.parties_.insert_or_assign(
        id, Party{.id = id, .version = version + 1, .keys = put.keys, .group = put.group});
    changed(ObjectKind::kParty, id.value());
    return Outcome::kAccepted;
}

bool Step::is_in_group(const PartyId& party) const {
    return std::ranges::any_of(state_.parties_, [&](const auto& one) {
        const auto& group = one.second.group;
        return group && group->members.contains(party);
    });
}

bool Step::is_member(const PartyId& party, const PartyId& lead) const {
    return std::ranges::any_of(state_.parties_, [&](const auto& one) {
        const auto& group = one.second.group;
        return group && group->lead == lead && group->members.contains(party);
    });
}

}  // namespace comity::accord
