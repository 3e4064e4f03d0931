// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/make_slots.hpp"

#include <algorithm>

namespace comity::ledger {

std::vector<Slot> make_slots(LedgerSecret& secret, std::uint64_t second, const TreeHead& records,
                             std::span<const PartyHeads> parties, std::size_t least_count) {
    const std::size_t count = std::max(least_count, padded_slot_count(parties.size() + 1));
    std::vector<Slot> slots;
    slots.reserve(count);
    slots.push_back({.kind = SlotKind::kRecords, .filed = records});
    for (const PartyHeads& party : parties) {
        slots.push_back({.kind = SlotKind::kParty,
                         .holder = party.holder,
                         .filed = party.filed,
                         .delivered = party.delivered});
    }
    while (slots.size() < count) slots.push_back({.kind = SlotKind::kPadding});
    secret.salt(second, slots);
    return slots;
}

}  // namespace comity::ledger
