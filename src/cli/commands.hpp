// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "failure.hpp"
#include "input.hpp"
#include "table.hpp"

#include <functional>
#include <map>
#include <string>

#include <CLI/CLI.hpp>

/// The commands of the program. Each function adds one to `app`; what it is to do when it is called
/// goes into `action`.
namespace comity::cli {

using Action = std::function<ExitCode()>;

void add_inside(CLI::App& app, Action& action);
void add_pairs(CLI::App& app, Action& action);
void add_study(CLI::App& app, Action& action);

/// Adds --format with these values.
inline void add_format(CLI::App& command, Format& format) {
    static const std::map<std::string, Format> kFormats = {
        {"text", Format::kText}, {"csv", Format::kCsv}, {"json", Format::kJson}};
    command.add_option("--format", format, "text for people (default), csv or json (JSON Lines)")
        ->transform(CLI::CheckedTransformer(kFormats, CLI::ignore_case))
        ->option_text("text|csv|json");
}

/// Adds --dialect and --strict.
inline void add_dialect(CLI::App& command, TrackSource& source) {
    command
        .add_option("--dialect", source.dialect,
                    "whose columns and units the track file has (default comity)")
        ->check(CLI::IsMember({"comity", "opensky", "traffic", "sbs"}))
        ->option_text("comity|opensky|traffic|sbs");
    command.add_flag("--strict", source.strict, "stop at the first bad row instead of skipping it");
}

}  // namespace comity::cli
