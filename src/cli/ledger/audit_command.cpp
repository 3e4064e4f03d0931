// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"

#include "comity/ledger/ledger_audit.hpp"
#include "comity/ledger/ledger_check.hpp"
#include "comity/ledger/take_entry.hpp"
#include "comity/seal/base64.hpp"

#include <memory>
#include <variant>

#include <fmt/core.h>

namespace comity::cli {
namespace {

ExitCode run(const std::string& directory) {
    OpenLedger opened = open_to_read(directory);
    if (opened.folder.damage) {
        throw failure_of(directory, ledger::from_store(opened.folder.damage->error));
    }
    const ledger::LedgerSummary whole =
        or_fail(directory, check_ledger(*opened.folder.store, *opened.folder.secret));
    ledger::LedgerAudit audit(whole.genesis.origin);
    ledger::TreeHasher hasher;
    ledger::LedgerState state;
    std::uint64_t findings = 0;
    // Checked just before: what does not fit has ended the command there.
    (void)opened.folder.store->scan(0, [&](std::uint64_t index, ledger::EntryView entry) {
        const std::uint64_t number = state.record_count();
        const auto taken = take_entry(state, hasher, index, entry);
        if (!taken) return false;
        const auto* record = std::get_if<ledger::TakenRecord>(&*taken);
        if (record == nullptr) return true;
        if (const auto finding = audit.take(number, record->record)) {
            ++findings;
            print(fmt::format("record {}: {}\n", finding->record, to_string(finding->fault)));
        }
        return true;
    });
    print(fmt::format(
        "{} accepted requests, {} against a rule that holds for all of them: addressed to this "
        "log,\nrecorded while valid, no id twice while valid.\nticks {} records {} root {}\n",
        audit.accepted_requests(), findings, whole.ticks.size, whole.records.size,
        seal::encode_base64(whole.ticks.root.span())));
    return findings == 0 ? kDone : kDoesNotHold;
}

}  // namespace

void add_ledger_audit(CLI::App& ledger, Action& action) {
    const auto directory = std::make_shared<std::string>();
    CLI::App* command = ledger.add_subcommand(
        "audit",
        "verify, and reach again what follows from the records: could each accepted "
        "request be accepted?");
    add_directory(*command, *directory);
    command->callback([directory, &action] { action = [directory] { return run(*directory); }; });
}

}  // namespace comity::cli
