// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"

namespace comity::cli {

void add_directory(CLI::App& command, std::string& directory) {
    command.add_option("DIR", directory, "directory of the ledger")->required();
}

void add_ledger(CLI::App& app, Action& action) {
    CLI::App* ledger = app.add_subcommand(
        "ledger", "what a ledger holds, whether it holds, and what to do after a loss");
    ledger->require_subcommand(1);
    add_ledger_create(*ledger, action);
    add_ledger_verify(*ledger, action);
    add_ledger_audit(*ledger, action);
    add_ledger_knew(*ledger, action);
    add_ledger_receipt(*ledger, action);
    add_ledger_bundle(*ledger, action);
    add_ledger_checkpoint(*ledger, action);
    add_ledger_export(*ledger, action);
    add_ledger_backup(*ledger, action);
    add_ledger_restore(*ledger, action);
    add_ledger_succeed(*ledger, action);
    add_ledger_upgrade(*ledger, action);
}

}  // namespace comity::cli
