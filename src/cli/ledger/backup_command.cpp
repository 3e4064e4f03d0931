// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"
#include "progress.hpp"

#include "comity/ledger/copy_ledger.hpp"

#include <memory>

#include <fmt/core.h>

namespace comity::cli {
namespace {

struct Options {
    std::string directory;
    std::string to;
};

ExitCode run(const Options& options) {
    std::size_t total = 0;
    {
        const OpenLedger opened = open_to_read(options.directory);
        total = static_cast<std::size_t>(opened.folder.store->size());
    }
    const auto from = open_disk(options.directory, system::Access::kReadOnly);
    const auto to = open_disk(options.to, system::Access::kCreate);
    Progress progress("entries copied", total);
    const ledger::CopySummary copied =
        or_fail(options.to, ledger::copy_ledger(*from, *to, {}, [&](std::uint64_t index) {
                    progress.reached(static_cast<std::size_t>(index));
                }));
    print(fmt::format("{} entries copied, {} in all\n", copied.entries - copied.entries_before,
                      copied.entries));
    return kDone;
}

}  // namespace

void add_ledger_backup(CLI::App& ledger, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = ledger.add_subcommand(
        "backup", "copy a ledger, also one that is being written; an older copy is continued");
    add_directory(*command, options->directory);
    command->add_option("--to", options->to, "directory of the copy, new or an older copy")
        ->required()
        ->option_text("DIR");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

void add_ledger_upgrade(CLI::App& ledger, Action& action) {
    const auto directory = std::make_shared<std::string>();
    CLI::App* command = ledger.add_subcommand(
        "upgrade", "let a ledger be written in the newest format of this program");
    add_directory(*command, *directory);
    command->callback([directory, &action] {
        action = [directory] {
            (void)open_to_read(*directory);
            print("format 1, the newest that this program knows; nothing to do\n");
            return kDone;
        };
    });
}

}  // namespace comity::cli
