// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"

#include "comity/system/system_clock.hpp"
#include "comity/system/system_entropy.hpp"

#include <memory>

#include <fmt/core.h>

namespace comity::cli {
namespace {

struct Options {
    std::string directory;
    std::string origin;
    std::string log_key;
};

ExitCode run(const Options& options) {
    const auto disk = open_disk(options.directory, system::Access::kCreate);
    if (!disk->list().value_or(std::vector<std::string>{}).empty()) {
        throw Failure(kBadInput, fmt::format("{}: has files in it, expected an empty directory",
                                             options.directory));
    }
    const seal::NamedSigner log = create_signer(options.log_key, options.origin);
    const ledger::Hash key{.bytes = log.signer->key_id().value()};
    ledger::LedgerSecret::Bytes secret{};
    system::SystemEntropy().fill(secret);
    ledger::LedgerFolder folder =
        or_fail(options.directory, ledger::create_folder(*disk, options.origin, key, secret));
    const ledger::node::Genesis genesis{.origin = options.origin, .key = key};
    auto created =
        or_fail(options.directory,
                ledger::Ledger::create(
                    {.store = *folder.store, .secret = *folder.secret, .signer = *log.signer},
                    genesis, system::SystemClock().now(), random_salt()));
    created.reset();
    if (auto closed = folder.store->close(); !closed) {
        throw failure_of(options.directory, ledger::from_store(closed.error()));
    }
    print(fmt::format("{}\n", to_string(log.verifier_key())));
    say(fmt::format("a new ledger in {}; its log's private key is in {}, its public key is above",
                    options.directory, options.log_key));
    return kDone;
}

}  // namespace

void add_ledger_create(CLI::App& ledger, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = ledger.add_subcommand(
        "create", "make an empty ledger and its log's key; prints the public key");
    add_directory(*command, options->directory);
    command
        ->add_option("--origin", options->origin,
                     "name of the log, such as ledger.example.org/strait; for ever")
        ->required()
        ->option_text("NAME");
    command
        ->add_option("--log-key", options->log_key,
                     "new file for the log's private key; keep it apart from the ledger")
        ->required()
        ->option_text("FILE");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
