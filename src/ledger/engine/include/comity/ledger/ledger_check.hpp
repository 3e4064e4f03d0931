// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/ledger_state.hpp"
#include "comity/ledger/store.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace comity::ledger {

/// What a ledger has shown to be.
struct LedgerSummary {
    node::Genesis genesis;
    TreeHead ticks;    ///< the public log
    TreeHead records;  ///< the record sequence
    bool is_closed = false;
    std::uint64_t uncovered_records =
        0;  ///< at the end, under no tick: nothing signed is over them
    std::uint64_t signed_requests = 0;
    std::uint64_t vouched_requests = 0;
    std::uint64_t deliveries = 0;
    std::uint64_t accepted = 0;  ///< of the requests
    Instant first_time{};
    Instant last_time{};
    std::string checkpoint;  ///< the last one, a signed note; empty where there is none
};

/// Checks all of a ledger: each entry by the store, each record and its place in time, the numbers
/// of deliveries, the signature of each signed request, each tick against the records before it
/// (with the secret), each signature of a checkpoint against the log's key, and that the last tick
/// has one. Writes nothing. `progress` is called
/// now and then with the number of entries checked.
LedgerExpected<LedgerSummary> check_ledger(
    Store& store, LedgerSecret& secret,
    const std::function<void(std::uint64_t)>& progress = [](std::uint64_t) {});

}  // namespace comity::ledger
