// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"

#include "comity/ledger/reconcile.hpp"
#include "comity/ledger/succession.hpp"
#include "comity/system/system_clock.hpp"
#include "comity/system/system_entropy.hpp"

#include <algorithm>
#include <memory>

#include <fmt/core.h>

namespace comity::cli {
namespace {

using Reason = ledger::node::SuccessionReason;

struct Options {
    std::string directory;
    std::string to;
    std::string origin;
    std::string reason;
    std::string log_key;
    std::string new_log_key;
    std::vector<std::string> seen;
};

// Whether the ledger's last record is this one.
bool is_closed_so(ledger::Store& store, const ledger::node::Closing& expected) {
    // A tick stands over it.
    const auto entry = store.read(store.size() - 2);
    if (!entry) return false;
    const auto record = ledger::decode_record(entry->bytes);
    if (!record) return false;
    const auto* of_node = std::get_if<ledger::NodeRecord>(&record->content);
    const auto* closing =
        of_node == nullptr ? nullptr : std::get_if<ledger::node::Closing>(of_node);
    return closing != nullptr && *closing == expected;
}

// Closes the old ledger, unless an interrupted call with the same words has done so, and says what
// follows it.
ledger::node::Genesis after_closing(const Options& options, Reason reason,
                                    const ledger::Hash& new_key) {
    const seal::NamedSigner old_log = signer_from(options.log_key);
    OpenLedger old = open_to_write(options.directory);
    const base::TimeReading now = system::SystemClock().now();
    const auto writer = or_fail(
        options.directory, open_ledger(*old.disk, old.folder, *old_log.signer, now, random_salt()));
    const ledger::node::Closing closing{
        .reason = reason, .successor = options.origin, .key = new_key};
    if (!writer->state().is_closed()) {
        or_fail(options.directory,
                close_ledger(*writer, reason, options.origin, new_key, now, random_salt()));
    } else if (!is_closed_so(*old.folder.store, closing)) {
        throw Failure(kDoesNotHold,
                      fmt::format("{}: closed before, for another successor, key or reason",
                                  options.directory));
    }
    ledger::node::Genesis genesis = genesis_after(*writer, reason, options.origin, new_key);
    if (auto closed = old.folder.store->close(); !closed) {
        throw failure_of(options.directory, ledger::from_store(closed.error()));
    }
    return genesis;
}

// The old ledger is not written to.
ledger::node::Genesis after_loss(const Options& options, const ledger::Hash& new_key) {
    OpenLedger old = open_to_read(options.directory);
    const auto index = index_of(old);
    const auto compared = compare_with_seen(*index, notes_from(options.seen));
    if (!compared) {
        const std::string file =
            options.seen.empty() ? "--seen" : options.seen[compared.error().at];
        throw Failure(kBadInput, fmt::format("{}: {}", file, to_string(compared.error().fault)));
    }
    if (compared->standing == ledger::Standing::kForked) {
        say(
            fmt::format("{} shows another history of this log; the successor's first record names "
                        "the root that it shows",
                        options.seen[compared->at]));
    }
    return genesis_after_loss(*index, compared->seen, options.origin, new_key);
}

// The key pair of the successor: a new one, or that of a call that was interrupted.
seal::NamedSigner new_signer(const Options& options) {
    if (!can_open(options.new_log_key)) return create_signer(options.new_log_key, options.origin);
    seal::NamedSigner named = signer_from(options.new_log_key);
    if (named.name == options.origin) return named;
    throw Failure(kBadInput, fmt::format("{}: a key of {}, expected a new file or a key of {}",
                                         options.new_log_key, named.name, options.origin));
}

void check_files(const Options& options, Reason reason) {
    if (reason == Reason::kLoss) {
        if (options.seen.empty()) {
            throw Failure(kBadInput, "no --seen, expected a checkpoint that somebody else kept");
        }
        (void)notes_from(options.seen);
    } else if (options.log_key.empty()) {
        throw Failure(kBadInput, "no --log-key, expected the file with the old log's private key");
    } else {
        (void)signer_from(options.log_key);
    }
    (void)open_to_read(options.directory);
}

ExitCode run(const Options& options) {
    const Reason reason = options.reason == "year"    ? Reason::kYear
                          : options.reason == "rules" ? Reason::kRules
                                                      : Reason::kLoss;
    check_files(options, reason);
    const auto disk = open_disk(options.to, system::Access::kCreate);
    if (!disk->list().value_or(std::vector<std::string>{}).empty()) {
        throw Failure(kBadInput,
                      fmt::format("{}: has files in it, expected an empty directory", options.to));
    }
    const seal::NamedSigner log = new_signer(options);
    const ledger::Hash key{.bytes = log.signer->key_id().value()};
    const ledger::node::Genesis genesis =
        reason == Reason::kLoss ? after_loss(options, key) : after_closing(options, reason, key);
    ledger::LedgerSecret::Bytes secret{};
    system::SystemEntropy().fill(secret);
    ledger::LedgerFolder folder =
        or_fail(options.to, ledger::create_folder(*disk, options.origin, key, secret));
    or_fail(options.to,
            ledger::Ledger::create(
                {.store = *folder.store, .secret = *folder.secret, .signer = *log.signer}, genesis,
                system::SystemClock().now(), random_salt()));
    if (auto closed = folder.store->close(); !closed) {
        throw failure_of(options.to, ledger::from_store(closed.error()));
    }
    print(fmt::format("{}\n", to_string(log.verifier_key())));
    const std::uint64_t gap =
        genesis.seen.size - std::min(genesis.seen.size, genesis.old.ticks.size);
    say(fmt::format(
        "{} follows {}, of which {} ticks and {} records are kept{}; the new log's "
        "public key is above",
        options.origin, genesis.old_origin, genesis.old.ticks.size, genesis.old.records.size,
        gap == 0 ? "" : fmt::format(" and {} ticks that somebody saw are lost", gap)));
    return kDone;
}

}  // namespace

void add_ledger_succeed(CLI::App& ledger, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = ledger.add_subcommand(
        "succeed", "open the ledger that follows this one; prints the new log's public key");
    add_directory(*command, options->directory);
    command->add_option("--to", options->to, "new directory of the successor")
        ->required()
        ->option_text("DIR");
    command->add_option("--origin", options->origin, "name of the successor's log")
        ->required()
        ->option_text("NAME");
    command
        ->add_option("--reason", options->reason,
                     "year: it is long enough; rules: they change; loss: its end is lost")
        ->required()
        ->check(CLI::IsMember({"year", "rules", "loss"}))
        ->option_text("year|rules|loss");
    command
        ->add_option("--log-key", options->log_key,
                     "file with the old log's private key, which closes it (year, rules)")
        ->option_text("FILE");
    command
        ->add_option("--new-log-key", options->new_log_key,
                     "new file for the new log's private key")
        ->required()
        ->option_text("FILE");
    command
        ->add_option("--seen", options->seen,
                     "the last checkpoint of each witness and party, a file each (loss)")
        ->option_text("FILE ...");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
