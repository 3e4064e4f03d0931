// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_commands.hpp"
#include "ledger/ledger_files.hpp"

#include "comity/verify/write_bundle.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/core.h>

namespace comity::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string directory;
    std::string party;
    std::string to;
};

// What the party filed and what was delivered to it, in the order of the ledger.
std::vector<std::string> receipts_of(const Options& options, ledger::LedgerIndex& index) {
    std::vector<std::uint64_t> records = index.records_of(options.party, ledger::EntryTree::kFiled);
    const auto delivered = index.records_of(options.party, ledger::EntryTree::kDelivered);
    records.insert(records.end(), delivered.begin(), delivered.end());
    std::sort(records.begin(), records.end());
    std::vector<std::string> texts;
    for (const std::uint64_t record : records) {
        const auto receipt = index.receipt(record, index.belonging(record)->tree);
        // A record that no tick covers yet comes into the next bundle.
        if (!receipt && receipt.error() == ledger::ReceiptProblem::kNoTick) break;
        if (!receipt) {
            throw Failure(kDoesNotHold, fmt::format("{}: record {}: {}", options.directory, record,
                                                    to_string(receipt.error())));
        }
        texts.push_back(format_receipt(*receipt));
    }
    return texts;
}

void write_folder(const std::string& folder, const std::vector<verify::BundleFile>& files) {
    std::error_code error;
    if (!fs::create_directory(folder, error)) {
        throw Failure(error ? kEnvironment : kBadInput,
                      fmt::format("{}: {}, expected a new folder", folder,
                                  error ? error.message() : "is there already"));
    }
    fs::create_directory(fs::path(folder) / "receipts");
    for (const verify::BundleFile& file : files) {
        write_new_file((fs::path(folder) / file.name).string(), file.content);
    }
}

ExitCode run(const Options& options) {
    OpenLedger opened = open_to_read(options.directory);
    const auto index = index_of(opened);
    const std::vector<std::string> receipts = receipts_of(options, *index);
    if (receipts.empty()) {
        throw Failure(kBadInput,
                      fmt::format("{}: has no records of '{}', expected a party that filed or was "
                                  "told something",
                                  options.directory, options.party));
    }
    const auto files = verify::write_bundle(
        {.party = options.party, .log = index->state().key(), .receipts = receipts});
    if (!files) throw Failure(kDoesNotHold, files.error().text);
    if (options.to.ends_with(".zip")) {
        write_new_file(options.to, verify::zip_bundle(*files));
    } else {
        write_folder(options.to, *files);
    }
    print(fmt::format("{}: {} {}; open report.html in it, or: comity verify {} --key {}\n",
                      options.to, receipts.size(), receipts.size() == 1 ? "receipt" : "receipts",
                      options.to, to_string(index->state().key())));
    return kDone;
}

}  // namespace

void add_ledger_bundle(CLI::App& ledger, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = ledger.add_subcommand(
        "bundle", "write the receipts of all that a party filed and was told, with a report");
    add_directory(*command, options->directory);
    command->add_option("--party", options->party, "whose")->required()->option_text("PARTY");
    command->add_option("--to", options->to, "new folder, or new file that ends in .zip")
        ->required()
        ->option_text("FOLDER|FILE.zip");
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
