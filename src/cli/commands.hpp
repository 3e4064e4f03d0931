// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "failure.hpp"
#include "input.hpp"
#include "table.hpp"

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

/// The commands of the program. Each function adds one to `app`; what it is to do when it is called
/// goes into `action`.
namespace comity::cli {

using Action = std::function<ExitCode()>;

void add_enrol(CLI::App& app, Action& action);
void add_inside(CLI::App& app, Action& action);
void add_ledger(CLI::App& app, Action& action);
void add_pairs(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);
void add_serve(CLI::App& app, Action& action);
void add_study(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);

/// Adds --format text|csv|json.
void add_format(CLI::App& command, Format& format);

/// Adds --format text|json.
void add_text_or_json(CLI::App& command, Format& format);

/// Adds --tracks, --dialect and --strict.
void add_tracks(CLI::App& command, TrackSource& source);

/// Accepts numbers from `least` to `greatest`, both closed, and nothing that is none.
CLI::Validator number_from(double least, double greatest);

}  // namespace comity::cli
