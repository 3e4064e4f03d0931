// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"
#include "ledger/replayed.hpp"

#include "comity/accord/state.hpp"
#include "comity/ledger/ledger_check.hpp"
#include "comity/node/replayer.hpp"
#include "comity/seal/base64.hpp"

#include <memory>

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
    accord::State state(whole.genesis.origin);
    std::uint64_t findings = 0;
    // Each signature was verified just before, under the key that its envelope names; whose key
    // that is the replayer looks at.
    node::Replayer replayer(
        state, {.verifies_signatures = false, .secret = opened.folder.secret.get()},
        [&](const node::ReplayFinding& finding) {
            ++findings;
            print(fmt::format("record {}: {}{}{}\n", finding.record, to_string(finding.fault),
                              finding.details.empty() ? "" : ": ", finding.details));
        });
    replay_records(opened, replayer, [](const ledger::Record&) { return true; });
    print(
        fmt::format("{} requests decided again, {} of them accepted; {} deliveries made again; "
                    "{} hashes of the\nstate reached again; {} findings.\n"
                    "ticks {} records {} root {}\n",
                    replayer.requests(), replayer.accepted(), replayer.deliveries(),
                    replayer.states(), findings, whole.ticks.size, whole.records.size,
                    seal::encode_base64(whole.ticks.root.span())));
    return findings == 0 ? kDone : kDoesNotHold;
}

}  // namespace

void add_ledger_audit(CLI::App& ledger, Action& action) {
    const auto directory = std::make_shared<std::string>();
    CLI::App* command = ledger.add_subcommand(
        "audit",
        "verify, and reach again what the records say: each outcome, what was told to whom, each "
        "hash of the state");
    add_directory(*command, *directory);
    command->callback([directory, &action] { action = [directory] { return run(*directory); }; });
}

}  // namespace comity::cli
