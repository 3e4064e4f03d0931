// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "ledger/ledger_files.hpp"

#include "comity/base/json_text.hpp"
#include "comity/server/enrol.hpp"
#include "comity/system/system_entropy.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

#include <fmt/core.h>

namespace comity::cli {
namespace {

constexpr const char* kDefaultData = "comity-data";

struct Options {
    std::string file;
    std::string data = kDefaultData;
    Format format = Format::kText;
};

// One line for each fault; the last one ends the command.
Failure failure_of(const Options& options, const server::EnrolError& error) {
    using enum server::EnrolFailure;
    const std::string folder = options.data + "/access";
    const std::string where = error.where.empty() ? folder : folder + "/" + error.where;
    switch (error.failure) {
        case kBusy:
            return {kEnvironment,
                    folder + ": somebody else is enrolling, expected one at a time; try again"};
        case kDisk:
            return {kEnvironment, fmt::format("{}: {}", where, to_string(error.disk))};
        case kEnrolment:
        case kDamaged:
            break;
    }
    const bool is_damaged = error.failure == kDamaged;
    const auto line_of = [&](const wire::FileFault& fault) {
        return (is_damaged ? folder + "/" : "") + to_string(fault);
    };
    for (std::size_t i = 0; i + 1 < error.faults.size(); ++i) say(line_of(error.faults[i]));
    return {is_damaged ? kDoesNotHold : kBadInput, line_of(error.faults.back())};
}

std::string counted(std::size_t count, std::string_view one, std::string_view more) {
    return fmt::format("{} {}", count, count == 1 ? one : more);
}

std::string to_text(const server::Enrolled& enrolled) {
    const server::PartyAccess& access = enrolled.access;
    std::string text =
        fmt::format("{} ({}) is enrolled{}: {}, {}, {}\n", access.party.value(), access.name,
                    enrolled.is_new ? "" : " again", counted(access.keys.size(), "key", "keys"),
                    counted(access.machines.size(), "machine", "machines"),
                    counted(access.people.size(), "person", "people"));
    if (enrolled.issued.empty()) return text;
    text += "\nIssued; shown this once and kept nowhere:\n";
    std::size_t width = 0;
    for (const server::Issued& one : enrolled.issued) width = std::max(width, one.of.size());
    for (const server::Issued& one : enrolled.issued) {
        const bool is_key = one.kind == server::Issued::Kind::kApiKey;
        text += fmt::format("  {}  {:<{}}  {}  {}\n", is_key ? "machine" : "person ", one.of, width,
                            is_key ? "API key " : "password", one.secret);
    }
    return text;
}

// An object for the party, then one for each secret.
std::string to_json(const server::Enrolled& enrolled) {
    const server::PartyAccess& access = enrolled.access;
    std::string text = "{\"party\":";
    base::append_json_text(text, access.party.value());
    text += ",\"name\":";
    base::append_json_text(text, access.name);
    text +=
        fmt::format(",\"new\":{},\"keys\":{},\"machines\":{},\"people\":{}}}\n", enrolled.is_new,
                    access.keys.size(), access.machines.size(), access.people.size());
    for (const server::Issued& one : enrolled.issued) {
        const bool is_key = one.kind == server::Issued::Kind::kApiKey;
        text += is_key ? "{\"machine\":" : "{\"sign_in\":";
        base::append_json_text(text, one.of);
        text += is_key ? ",\"api_key\":" : ",\"password\":";
        base::append_json_text(text, one.secret);
        text += "}\n";
    }
    return text;
}

ExitCode run(const Options& options) {
    const std::string text = file_content(options.file, server::AccessLimits::kMaxBytes);
    // What is wrong with the file is said before a folder is made for it.
    if (const auto read = server::read_enrolment(text, options.file); !read) {
        throw failure_of(options, {.faults = read.error(), .where = {}});
    }
    (void)open_disk(options.data, system::Access::kCreate);
    const auto disk = open_disk(options.data + "/access", system::Access::kCreate);
    system::SystemEntropy entropy;
    const auto enrolled = server::enrol(*disk, text, options.file, entropy);
    if (!enrolled) throw failure_of(options, enrolled.error());
    print(options.format == Format::kJson ? to_json(*enrolled) : to_text(*enrolled));
    return kDone;
}

}  // namespace

void add_enrol(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "enrol", "say who may come in for a party; prints each secret that it makes, once");
    command->add_option("FILE", options->file, "the enrolment (YAML; docs/formats/enrolment.md)")
        ->required()
        ->option_text(" ");
    command
        ->add_option("--data", options->data,
                     "folder of the node's data, made where there is none (default comity-data)")
        ->option_text("DIR");
    add_text_or_json(*command, options->format);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace comity::cli
