// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/replayed.hpp"

namespace comity::cli {

void replay_records(OpenLedger& ledger, node::Replayer& replayer,
                    const std::function<bool(const ledger::Record&)>& wants) {
    const node::ReplayEnd end = replay(*ledger.folder.store, replayer, wants);
    if (end.error) throw failure_of(ledger.directory, *end.error);
}

}  // namespace comity::cli
