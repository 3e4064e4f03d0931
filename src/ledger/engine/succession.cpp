// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/succession.hpp"

#include "comity/base/check.hpp"

#include <string>

namespace comity::ledger {
namespace {

node::Genesis successor_of(LedgerState& old, TreeHasher& hasher, std::string_view origin,
                           const Hash& key) {
    return {.origin = std::string(origin),
            .key = key,
            .old_origin = old.genesis()->origin,
            .old_key = old.genesis()->key,
            .old = {.ticks = old.ticks(hasher), .records = old.records(hasher)}};
}

}  // namespace

LedgerExpected<void> close_ledger(Ledger& old, node::SuccessionReason reason,
                                  std::string_view successor, const Hash& successor_key,
                                  const base::TimeReading& now, const Hash& salt) {
    const node::Closing closing{
        .reason = reason, .successor = std::string(successor), .key = successor_key};
    const auto staged = old.stage({.content = NodeRecord(closing), .salt = salt}, now);
    if (!staged) return base::Unexpected(staged.error());
    if (auto closed = old.stage_tick(old.state().least_second()); !closed) return closed;
    return old.commit();
}

node::Genesis genesis_after(Ledger& old, node::SuccessionReason reason, std::string_view origin,
                            const Hash& key) {
    COMITY_CHECK(old.state().is_closed());
    node::Genesis genesis = successor_of(old.state(), old.hasher(), origin, key);
    genesis.reason = reason;
    genesis.seen = genesis.old.ticks;
    return genesis;
}

node::Genesis genesis_after_loss(LedgerIndex& old, const TreeHead& seen, std::string_view origin,
                                 const Hash& key) {
    TreeHasher hasher;
    node::Genesis genesis = successor_of(old.state(), hasher, origin, key);
    genesis.reason = node::SuccessionReason::kLoss;
    genesis.seen = seen;
    return genesis;
}

}  // namespace comity::ledger
