// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"
#include "ledger/record_json.hpp"

#include "comity/ledger/take_entry.hpp"

#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace comity::cli {
namespace {

// A line for each entry; the first one that does not fit ends it.
class Exporter {
  public:
    bool take(std::uint64_t index, ledger::EntryView entry) {
        const std::uint64_t record = state_.record_count();
        const std::uint64_t tick = state_.tick_count();
        const auto taken = take_entry(state_, hasher_, index, entry);
        if (!taken) {
            error_ = taken.error();
            return false;
        }
        const auto line =
            std::holds_alternative<ledger::KeptTick>(*taken)
                ? json_of(tick, std::get<ledger::KeptTick>(*taken), state_.ticks(hasher_))
                : json_of(record, std::get<ledger::TakenRecord>(*taken).record);
        print(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
        return true;
    }

    const std::optional<ledger::LedgerError>& error() const { return error_; }

    // Everything shown is under a checkpoint that the log signed, but for records after it.
    void end() {
        if (state_.ends_unsigned()) error_ = unsigned_end(state_);
    }

  private:
    ledger::TreeHasher hasher_;
    ledger::LedgerState state_;
    std::optional<ledger::LedgerError> error_;
};

ExitCode run(const std::string& directory) {
    OpenLedger opened = open_to_read(directory);
    Exporter exporter;
    const auto scanned = opened.folder.store->scan(
        0,
        [&](std::uint64_t index, ledger::EntryView entry) { return exporter.take(index, entry); });
    if (scanned && !exporter.error()) exporter.end();
    if (exporter.error()) throw failure_of(directory, *exporter.error());
    if (!scanned) throw failure_of(directory, ledger::from_store(scanned.error()));
    if (opened.folder.damage) {
        throw failure_of(directory, ledger::from_store(opened.folder.damage->error));
    }
    return kDone;
}

}  // namespace

void add_ledger_export(CLI::App& ledger, Action& action) {
    const auto directory = std::make_shared<std::string>();
    CLI::App* command =
        ledger.add_subcommand("export", "print every record and tick as JSON Lines, in order");
    add_directory(*command, *directory);
    command->callback([directory, &action] { action = [directory] { return run(*directory); }; });
}

}  // namespace comity::cli
