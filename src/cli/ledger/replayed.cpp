// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/replayed.hpp"

#include "comity/ledger/take_entry.hpp"

#include <optional>
#include <variant>

namespace comity::cli {

void replay_records(OpenLedger& ledger, node::Replayer& replayer,
                    const std::function<bool(const ledger::Record&)>& wants) {
    ledger::TreeHasher hasher;
    ledger::LedgerState state;
    std::optional<ledger::LedgerError> error;
    const auto scanned =
        ledger.folder.store->scan(0, [&](std::uint64_t index, ledger::EntryView entry) {
            const std::uint64_t number = state.record_count();
            const auto taken = take_entry(state, hasher, index, entry);
            if (!taken) {
                error = taken.error();
                return false;
            }
            const auto* record = std::get_if<ledger::TakenRecord>(&*taken);
            if (record == nullptr) return true;
            if (!wants(record->record)) return false;
            replayer.take(number, record->record);
            return true;
        });
    if (error) throw failure_of(ledger.directory, *error);
    if (!scanned) throw failure_of(ledger.directory, ledger::from_store(scanned.error()));
    replayer.finish();
}

}  // namespace comity::cli
