// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands.hpp"

/// The commands below `comity ledger`.
namespace comity::cli {

void add_ledger_create(CLI::App& ledger, Action& action);
void add_ledger_verify(CLI::App& ledger, Action& action);
void add_ledger_audit(CLI::App& ledger, Action& action);
void add_ledger_knew(CLI::App& ledger, Action& action);
void add_ledger_receipt(CLI::App& ledger, Action& action);
void add_ledger_bundle(CLI::App& ledger, Action& action);
void add_ledger_checkpoint(CLI::App& ledger, Action& action);
void add_ledger_export(CLI::App& ledger, Action& action);
void add_ledger_backup(CLI::App& ledger, Action& action);
void add_ledger_restore(CLI::App& ledger, Action& action);
void add_ledger_succeed(CLI::App& ledger, Action& action);
void add_ledger_upgrade(CLI::App& ledger, Action& action);

/// Adds DIR, the ledger's directory.
void add_directory(CLI::App& command, std::string& directory);

}  // namespace comity::cli
