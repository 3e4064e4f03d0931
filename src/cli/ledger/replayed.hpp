// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/ledger_files.hpp"

#include "comity/accord/state.hpp"
#include "comity/ledger/record.hpp"
#include "comity/node/replayer.hpp"

#include <cstdint>
#include <functional>

namespace comity::cli {

/// Gives the ledger's records to the replayer, one after the other, as long as `wants` says so, and
/// then ends it. Throws Failure where an entry is not what it should be.
void replay_records(OpenLedger& ledger, node::Replayer& replayer,
                    const std::function<bool(const ledger::Record&)>& wants);

}  // namespace comity::cli
