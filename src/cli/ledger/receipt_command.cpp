// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"

#include <memory>

#include <fmt/core.h>

namespace comity::cli {
namespace {

struct Options {
    std::string directory;
    std::uint64_t record = 0;
    bool of_all = false;
};

ExitCode run(const Options& options) {
    OpenLedger opened = open_to_read(options.directory);
    const auto index = index_of(opened);
    const auto belonging = index->belonging(options.record);
    const ledger::EntryTree tree =
        belonging && !options.of_all ? belonging->tree : ledger::EntryTree::kRecords;
    const auto receipt = index->receipt(options.record, tree);
    if (!receipt) {
        throw Failure(kBadInput,
                      fmt::format("{}: record {}: {}; it has {} records and {} ticks",
                                  options.directory, options.record, to_string(receipt.error()),
                                  index->record_count(), index->tick_count()));
    }
    print(format_receipt(*receipt));
    return kDone;
}

ExitCode print_checkpoint(const std::string& directory) {
    OpenLedger opened = open_to_read(directory);
    const std::string checkpoint = index_of(opened)->checkpoint();
    if (checkpoint.empty()) {
        throw Failure(kDoesNotHold, directory + ": no second has been closed yet");
    }
    print(checkpoint);
    return kDone;
}

}  // namespace

void add_ledger_receipt(CLI::App& ledger, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = ledger.add_subcommand(
        "receipt",
        "print the receipt of a record: a text that shows it to anyone who trusts the "
        "log's key (comity verify reads it)");
    add_directory(*command, options->directory);
    command->add_option("--record", options->record, "number of the record, from 0")
        ->required()
        ->option_text("N");
    command->add_flag("--of-all", options->of_all,
                      "place it among all records of the node, not among those of its party");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_ledger_checkpoint(CLI::App& ledger, Action& action) {
    const auto directory = std::make_shared<std::string>();
    CLI::App* command = ledger.add_subcommand(
        "checkpoint", "print the last checkpoint: what a witness or a party keeps");
    add_directory(*command, *directory);
    command->callback(
        [directory, &action] { action = [directory] { return print_checkpoint(*directory); }; });
}

}  // namespace comity::cli
