// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"
#include "progress.hpp"

#include "comity/geo/instant.hpp"
#include "comity/ledger/ledger_check.hpp"
#include "comity/seal/base64.hpp"

#include <memory>
#include <optional>

#include <fmt/core.h>

namespace comity::cli {
namespace {

struct Options {
    std::string directory;
    std::optional<std::string> key;
};

std::string key_text(const ledger::node::Genesis& genesis) {
    const auto key =
        seal::make_verifier_key(genesis.origin, seal::kEd25519Type, genesis.key.span());
    return key ? to_string(*key) : std::string("(no key)");
}

const char* reason_text(ledger::node::SuccessionReason reason) {
    using enum ledger::node::SuccessionReason;
    switch (reason) {
        case kNone:
            return "nothing";
        case kYear:
            return "its year was over";
        case kRules:
            return "its rules changed";
        case kLoss:
            return "records of it were lost";
    }
    return "";
}

std::string predecessor_lines(const ledger::node::Genesis& genesis) {
    if (genesis.reason == ledger::node::SuccessionReason::kNone) return {};
    std::string out = fmt::format("  {:<16} {}, since {}\n", "follows", genesis.old_origin,
                                  reason_text(genesis.reason));
    out += fmt::format("  {:<16} {} ticks, {} records\n", "of that one", genesis.old.ticks.size,
                       genesis.old.records.size);
    if (genesis.seen.size > genesis.old.ticks.size) {
        out += fmt::format("  {:<16} ticks {} to {}, which somebody had seen and nobody has\n",
                           "gap", genesis.old.ticks.size, genesis.seen.size - 1);
    }
    return out;
}

void print_summary(const OpenLedger& opened, const ledger::LedgerSummary& found, bool key_given) {
    std::string out = fmt::format("The ledger holds.\n\n  {:<16} {}\n  {:<16} {}{}\n", "log",
                                  found.genesis.origin, "key", key_text(found.genesis),
                                  key_given ? ", as given" : " (the ledger's own word)");
    out += predecessor_lines(found.genesis);
    out += fmt::format("  {:<16} {} to {}\n", "records from", geo::to_string(found.first_time),
                       geo::to_string(found.last_time));
    out += fmt::format("  {:<16} {} signed by their authors, {} vouched by the node; {} accepted\n",
                       "requests", found.signed_requests, found.vouched_requests, found.accepted);
    out += fmt::format("  {:<16} {}\n", "deliveries", found.deliveries);
    if (found.uncovered_records > 0) {
        out += fmt::format(
            "  {:<16} {} at the end: no tick and no signature of the log is over them\n",
            "not covered", found.uncovered_records);
    }
    if (found.is_closed) out += fmt::format("  {:<16} nothing follows\n", "closed");
    if (opened.folder.is_copy) {
        out += fmt::format(
            "  {:<16} of a ledger; nobody may go on with it before it is reconciled\n", "a copy");
    }
    if (opened.folder.dropped) {
        out += fmt::format("  {:<16} {} bytes at the end that were never answered\n", "left out",
                           opened.folder.dropped->bytes);
    }
    out += fmt::format("\nticks {} records {} root {}\n", found.ticks.size, found.records.size,
                       seal::encode_base64(found.ticks.root.span()));
    print(out);
}

// Damage is an answer, not a failure of the command.
ExitCode say_damage(const std::string& where, std::uint64_t good) {
    print(
        fmt::format("The ledger does not hold.\n\n  {}\n  The first {} entries are known to be "
                    "good.\n  Nothing was changed. docs/operations.md says what to do.\n",
                    where, good));
    return kDoesNotHold;
}

void check_key(const OpenLedger& opened, const ledger::node::Genesis& genesis,
               const std::optional<std::string>& key) {
    if (!key || *key == key_text(genesis)) return;
    if (!seal::parse_verifier_key(*key)) {
        throw Failure(kBadInput,
                      fmt::format("--key: '{}', expected a verifier key (name+id+key)", *key));
    }
    throw Failure(kDoesNotHold, fmt::format("{}: its log's key is {}, expected {}",
                                            opened.directory, key_text(genesis), *key));
}

ExitCode run(const Options& options) {
    OpenLedger opened = open_to_read(options.directory);
    if (opened.folder.damage) {
        return say_damage(opened.folder.damage->error.where, opened.folder.damage->good_entries);
    }
    check_key(opened, or_fail(options.directory, ledger::genesis_of(*opened.folder.store)),
              options.key);
    Progress progress("entries checked", static_cast<std::size_t>(opened.folder.store->size()));
    std::uint64_t checked = 0;
    const auto found =
        ledger::check_ledger(*opened.folder.store, *opened.folder.secret, [&](std::uint64_t done) {
            checked = done;
            progress.reached(static_cast<std::size_t>(done));
        });
    if (!found) {
        const Failure failure = failure_of(options.directory, found.error());
        if (failure.code() != kDoesNotHold) throw failure;
        const auto& damage = opened.folder.store->damage();
        return say_damage(failure.what(), damage ? damage->good_entries : checked);
    }
    print_summary(opened, *found, options.key.has_value());
    return kDone;
}

}  // namespace

void add_ledger_verify(CLI::App& ledger, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = ledger.add_subcommand(
        "verify", "check everything: each record, signature, tick and checkpoint; writes nothing");
    add_directory(*command, options->directory);
    command->add_option("--key", options->key, "the log's verifier key, as known from elsewhere")
        ->option_text("VKEY");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
