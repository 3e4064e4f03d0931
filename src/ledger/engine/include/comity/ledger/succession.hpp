// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/clock.hpp"
#include "comity/ledger/ledger.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_index.hpp"

#include <string_view>

/// How a ledger ends, and another follows it. Both verify alone: the old one names its successor in
/// its last record, the new one names in its first record how far the old one had grown.
namespace comity::ledger {

/// Ends a ledger for a year or for new rules: a record that names the successor, and the tick of
/// this second over it, durable. kClosed where it is closed already.
LedgerExpected<void> close_ledger(Ledger& old, node::SuccessionReason reason,
                                  std::string_view successor, const Hash& successor_key,
                                  const base::TimeReading& now, const Hash& salt);

/// The genesis of the successor of a closed ledger.
node::Genesis genesis_after(Ledger& old, node::SuccessionReason reason, std::string_view origin,
                            const Hash& key);

/// The genesis of the successor of a ledger whose end was lost: it names what is left of the old
/// one, and the greatest checkpoint that anybody showed. The gap is between the two. The old ledger
/// is not written to, and never signed for again.
node::Genesis genesis_after_loss(LedgerIndex& old, const TreeHead& seen, std::string_view origin,
                                 const Hash& key);

}  // namespace comity::ledger
