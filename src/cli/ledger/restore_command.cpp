// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"

#include "comity/ledger/copy_ledger.hpp"
#include "comity/ledger/proof.hpp"
#include "comity/ledger/reconcile.hpp"
#include "comity/seal/base64.hpp"
#include "comity/system/system_clock.hpp"

#include <algorithm>
#include <memory>
#include <span>

#include <fmt/core.h>

namespace comity::cli {
namespace {

struct Options {
    std::string backup;
    std::string to;
    std::string log_key;
    std::vector<std::string> seen;
    std::vector<std::string> receipts;
};

std::vector<ledger::Receipt> receipts_from(const std::vector<std::string>& paths) {
    std::vector<ledger::Receipt> receipts;
    for (const std::string& path : paths) {
        auto receipt = ledger::parse_receipt(file_content(path, ledger::Receipt::kMaxBytes));
        if (!receipt) {
            throw Failure(kBadInput,
                          fmt::format("{}:{}: no receipt: {}", path, receipt.error().line,
                                      to_string(receipt.error().fault)));
        }
        receipts.push_back(*std::move(receipt));
    }
    return receipts;
}

// A checkpoint that somebody kept, and the file that it is in.
struct Seen {
    std::vector<std::string> notes;
    std::vector<std::string> files;
};

// Every receipt holds a checkpoint too.
Seen seen_from(const Options& options, const std::vector<ledger::Receipt>& receipts) {
    Seen seen{.notes = notes_from(options.seen), .files = options.seen};
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        const auto proof = ledger::parse_proof(receipts[i].log_proof);
        if (!proof) {
            throw Failure(kBadInput,
                          fmt::format("{}: {}", options.receipts[i], to_string(proof.error())));
        }
        seen.notes.push_back(proof->checkpoint);
        seen.files.push_back(options.receipts[i]);
    }
    return seen;
}

ledger::SeenComparison compare(const Seen& seen, ledger::LedgerIndex& index) {
    const auto compared = compare_with_seen(index, seen.notes);
    if (!compared) {
        const std::string file = seen.files.empty() ? "--seen" : seen.files[compared.error().at];
        throw Failure(kBadInput, fmt::format("{}: {}", file, to_string(compared.error().fault)));
    }
    return *compared;
}

std::string head_text(const ledger::TreeHead& head) {
    return fmt::format("{} ticks, root {}", head.size, seal::encode_base64(head.root.span()));
}

void append(const Options& options, ledger::Store& store,
            const std::vector<ledger::Entry>& entries) {
    for (std::size_t begin = 0; begin < entries.size();) {
        std::vector<ledger::EntryView> group;
        std::size_t bytes = 0;
        for (; begin < entries.size() && bytes < ledger::Store::kMaxEntry; ++begin) {
            group.push_back({.kind = entries[begin].kind, .bytes = entries[begin].bytes});
            bytes += entries[begin].bytes.size();
        }
        if (auto kept = store.append(group); !kept) {
            throw failure_of(options.to, ledger::from_store(kept.error()));
        }
    }
}

ExitCode say_forked(const Seen& seen, const ledger::SeenComparison& compared) {
    print(
        fmt::format("Two histories of one log: nobody may go on with this copy.\n\n"
                    "  seen, by {}: {}\n\nKeep the file, the copy and the ledger as they "
                    "are: together they are evidence.\n",
                    seen.files[compared.at], head_text(compared.seen)));
    return kDoesNotHold;
}

// Takes back what is missing, or says that the history is not whole.
ExitCode take_back_lost(const Options& options, OpenLedger& restored, ledger::LedgerIndex& index,
                        base::Signer& signer, const Seen& seen,
                        const ledger::SeenComparison& compared,
                        const std::vector<ledger::Receipt>& receipts) {
    const auto entries = take_back(index, *restored.folder.secret, signer, compared.seen, receipts);
    if (!entries) {
        print(fmt::format(
            "The copy is behind, and stays one: nothing is recorded or signed in it.\n\n"
            "  has        {}\n  was seen   {}, by {}\n  receipts   {}: {}{}{}\n\n"
            "Give receipts for the records that are missing (--receipt), or open a successor that "
            "names the gap:\n  comity ledger succeed {} --reason loss --to NEW --origin NAME "
            "--new-log-key FILE --seen {} ...\n",
            head_text(compared.had), head_text(compared.seen), seen.files[compared.at],
            receipts.size(), to_string(entries.error().fault),
            entries.error().where.empty() ? "" : ": ", entries.error().where, options.to,
            seen.files[compared.at]));
        return kDoesNotHold;
    }
    append(options, *restored.folder.store, *entries);
    or_fail(options.to, index.grow());
    const std::uint64_t ticks = compared.seen.size - compared.had.size;
    print(
        fmt::format("{} records were taken back from receipts, and {} ticks made again from "
                    "them; they lead to the root that was seen.\n",
                    entries->size() - ticks, ticks));
    return kDone;
}

// That it was restored is its next record; then the folder is the ledger again.
void go_on(const Options& options, OpenLedger& restored, base::Signer& signer,
           const ledger::node::LogState& had, const ledger::TreeHead& seen) {
    restored.folder.is_copy = false;
    const base::TimeReading now = system::SystemClock().now();
    const auto writer = or_fail(
        options.to, open_ledger(*restored.disk, restored.folder, signer, now, random_salt()));
    const ledger::node::Restored record{.had = had, .seen = seen};
    or_fail(options.to,
            writer->stage({.content = ledger::NodeRecord(record), .salt = random_salt()}, now));
    or_fail(options.to, writer->commit());
    if (auto closed = restored.folder.store->close(); !closed) {
        throw failure_of(options.to, ledger::from_store(closed.error()));
    }
    or_fail(options.to, ledger::unmark_as_copy(*restored.disk));
}

ExitCode run(const Options& options) {
    const seal::NamedSigner log = signer_from(options.log_key);
    const std::vector<ledger::Receipt> receipts = receipts_from(options.receipts);
    const Seen seen = seen_from(options, receipts);
    {
        const auto from = open_disk(options.backup, system::Access::kReadOnly);
        const auto to = open_disk(options.to, system::Access::kCreate);
        or_fail(options.to, ledger::copy_ledger(*from, *to));
    }
    OpenLedger restored = open_to_write(options.to);
    const auto index = index_of(restored);
    if (index->state().key() != log.verifier_key()) {
        throw Failure(kBadInput,
                      fmt::format("{}: the private key of {}, expected that of {}", options.log_key,
                                  to_string(log.verifier_key()), to_string(index->state().key())));
    }
    const ledger::SeenComparison compared = compare(seen, *index);
    if (compared.standing == ledger::Standing::kForked) return say_forked(seen, compared);
    ledger::TreeHasher hasher;
    const ledger::node::LogState had{.ticks = compared.had,
                                     .records = index->state().records(hasher)};
    if (compared.standing == ledger::Standing::kBehind) {
        const ExitCode code =
            take_back_lost(options, restored, *index, *log.signer, seen, compared, receipts);
        if (code != kDone) return code;
        // Now it can be compared with all of them.
        const ledger::SeenComparison again = compare(seen, *index);
        if (again.standing != ledger::Standing::kWhole) return say_forked(seen, again);
    }
    go_on(options, restored, *log.signer, had, compared.seen);
    print(fmt::format("{} is the ledger again: {} ticks, all that {} {} had seen.\n", options.to,
                      std::max(compared.had.size, compared.seen.size), seen.files.size(),
                      seen.files.size() == 1 ? "checkpoint" : "checkpoints"));
    return kDone;
}

}  // namespace

void add_ledger_restore(CLI::App& ledger, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = ledger.add_subcommand(
        "restore", "make a ledger of a backup again, where it has all that anybody has seen");
    command->add_option("BACKUP", options->backup, "directory of the backup")->required();
    command->add_option("--to", options->to, "new directory of the ledger")
        ->required()
        ->option_text("DIR");
    command->add_option("--log-key", options->log_key, "file with the log's private key")
        ->required()
        ->option_text("FILE");
    command
        ->add_option("--seen", options->seen,
                     "the last checkpoint of each witness and party, a file each; at least one")
        ->required()
        ->option_text("FILE ...");
    command
        ->add_option("--receipt", options->receipts,
                     "receipts of records that the backup may lack, a file each")
        ->option_text("FILE ...");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
