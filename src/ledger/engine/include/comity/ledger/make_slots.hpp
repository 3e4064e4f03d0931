// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/tick.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace comity::ledger {

/// What a party's slot says.
struct PartyHeads {
    Hash holder;
    TreeHead filed;
    TreeHead delivered;
};

/// All slots of the tick of one second, salted, filled up with padding: a power of two of them, at
/// least `least_count` and 16. The same arguments give the same slots.
std::vector<Slot> make_slots(LedgerSecret& secret, std::uint64_t second, const TreeHead& records,
                             std::span<const PartyHeads> parties, std::size_t least_count);

}  // namespace comity::ledger
