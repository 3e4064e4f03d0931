// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/kept_tick.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_state.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/store.hpp"

#include <cstdint>
#include <optional>
#include <variant>

namespace comity::ledger {

/// An entry as it was read.
struct TakenRecord {
    Record record;
    std::optional<Belonging> belonging;
};
using Taken = std::variant<TakenRecord, KeptTick>;

/// Reads a store's next entry and adds it to the state, where it fits. `index` is for the words of
/// an error.
LedgerExpected<Taken> take_entry(LedgerState& state, TreeHasher& hasher, std::uint64_t index,
                                 EntryView entry);

}  // namespace comity::ledger
