// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "settled_requests.hpp"

#include <utility>
#include <variant>

namespace comity::server {

SettledRequests::Begun SettledRequests::begin(const accord::PartyId& author, const std::string& id,
                                              const seal::Hash& content, Waiter waiter) {
    const auto [place, is_new] = entries_.try_emplace({author, id});
    Entry& entry = place->second;
    if (is_new) entry.content = content;
    if (entry.content != content) return Begun::kAnother;
    if (entry.settled) {
        waiter(*entry.settled);
        return Begun::kSame;
    }
    entry.waiters.push_back(std::move(waiter));
    return is_new ? Begun::kNew : Begun::kSame;
}

void SettledRequests::conclude(const accord::PartyId& author, const std::string& id,
                               const Settled& settled) {
    const Key key{author, id};
    const auto found = entries_.find(key);
    if (found == entries_.end()) return;
    const std::vector<Waiter> waiters = std::exchange(found->second.waiters, {});
    if (std::holds_alternative<node::Decided>(settled.of)) {
        found->second.settled = settled;
        order_.push_back(key);
        if (order_.size() > kMax) {
            entries_.erase(order_.front());
            order_.pop_front();
        }
    } else {
        entries_.erase(found);
    }
    for (const Waiter& waiter : waiters) waiter(settled);
}

}  // namespace comity::server
