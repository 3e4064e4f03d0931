// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "failure.hpp"

#include <exception>
#include <new>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace {

using comity::cli::ExitCode;
using comity::cli::say;

constexpr const char* kAbout =
    "Comity keeps aircraft of parties that share no command out of each other's way.\n"
    "For collision avoidance and warning. Supplementary; not certified equipment.";

// Usage errors in the form and with the exit code of all others; help is a result.
ExitCode answer(const CLI::App& app, const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
        std::ostringstream help;
        app.exit(error, help, help);
        comity::cli::print(help.str());
        return comity::cli::kDone;
    }
    say(fmt::format("{} (comity --help lists the commands, comity COMMAND --help its options)",
                    error.what()));
    return comity::cli::kBadInput;
}

ExitCode run(int argc, char** argv) {
    CLI::App app{kAbout, "comity"};
    app.require_subcommand(0, 1);
    app.set_version_flag("--version", "comity " COMITY_VERSION);
    comity::cli::Action action;
    comity::cli::add_enrol(app, action);
    comity::cli::add_inside(app, action);
    comity::cli::add_pairs(app, action);
    comity::cli::add_replay(app, action);
    comity::cli::add_serve(app, action);
    comity::cli::add_study(app, action);
    comity::cli::add_verify(app, action);
    comity::cli::add_ledger(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return answer(app, error);
    }
    if (action) return action();
    throw comity::cli::Failure(comity::cli::kBadInput,
                               "no command, expected one (comity --help lists them)");
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const comity::cli::Failure& failure) {
        say(failure.what());
        return failure.code();
    } catch (const std::bad_alloc&) {
        say("out of memory");
        return comity::cli::kEnvironment;
    } catch (const std::exception& error) {
        say(fmt::format("unexpected: {}", error.what()));
        return comity::cli::kEnvironment;
    }
}
