// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include <fmt/core.h>

namespace comity::cli {
namespace {

// One of a few words; the error says which.
CLI::Validator one_of(std::initializer_list<const char*> choices) {
    const std::vector<std::string> known(choices.begin(), choices.end());
    const auto check = [known](const std::string& text) {
        if (std::find(known.begin(), known.end(), text) != known.end()) return std::string();
        std::string expected;
        for (const std::string& choice : known) {
            if (!expected.empty()) expected += choice == known.back() ? " or " : ", ";
            expected += choice;
        }
        return fmt::format("'{}', expected {}", text, expected);
    };
    return {check, "", ""};
}

}  // namespace

CLI::Validator number_from(double least, double greatest) {
    const auto check = [least, greatest](const std::string& text) {
        double value = 0.0;
        if (CLI::detail::lexical_cast(text, value) && least <= value && value <= greatest) {
            return std::string();
        }
        return fmt::format("'{}', expected a number from {} to {}", text, least, greatest);
    };
    return {check, "", ""};
}

void add_format(CLI::App& command, Format& format) {
    const auto set = [&format](const std::string& name) {
        format = name == "csv" ? Format::kCsv : name == "json" ? Format::kJson : Format::kText;
    };
    command
        .add_option_function<std::string>("--format", set,
                                          "text for people (default), csv or json (JSON Lines)")
        ->check(one_of({"text", "csv", "json"}))
        ->option_text("text|csv|json");
}

void add_text_or_json(CLI::App& command, Format& format) {
    const auto set = [&format](const std::string& name) {
        format = name == "json" ? Format::kJson : Format::kText;
    };
    command
        .add_option_function<std::string>("--format", set,
                                          "text for people (default) or json (JSON Lines)")
        ->check(one_of({"text", "json"}))
        ->option_text("text|json");
}

void add_tracks(CLI::App& command, TrackSource& source) {
    command.add_option("--tracks", source.path, "track file (CSV)")
        ->required()
        ->option_text("FILE");
    command
        .add_option("--dialect", source.dialect,
                    "whose columns and units the track file has (default comity)")
        ->check(one_of({"comity", "opensky", "traffic", "sbs"}))
        ->option_text("comity|opensky|traffic|sbs");
    command.add_flag("--strict", source.strict, "stop at the first bad row instead of skipping it");
}

}  // namespace comity::cli
