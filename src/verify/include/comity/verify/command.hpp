// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/verify/verify.hpp"

#include <string>

#include <CLI/CLI.hpp>

/// The options that `comity verify` and `comity-verify` have in common.
namespace comity::verify {

inline constexpr const char* kCommandAbout =
    "Checks a receipt or an evidence bundle with no other file and no network, and says on a page\n"
    "what is proved, what each party states, what only the node states and what is not shown.";

/// Adds FILE, --key and what the help says below them; `program` is what the examples begin with.
inline void add_options(CLI::App& command, Question& question, const std::string& program) {
    command
        .add_option(
            "FILE", question.path,
            "a receipt (text, at most 64 MiB), or a bundle: its folder, or its zip (at most "
            "256 MiB)")
        ->required();
    command
        .add_option("--key", question.key,
                    "the log's verifier key (name+id+key), or a file with it, or a file with a "
                    "policy that names logs and witnesses (C2SP tlog-policy); without it, the key "
                    "that a signed agreement in the bundle names, and the page says which")
        ->option_text("VKEY|FILE");
    command.footer(
        "All times are UTC. Exit: 0 it holds, 1 it does not hold, 2 bad usage or input, 3 the\n"
        "environment failed.\n"
        "Examples:\n"
        "  " +
        program +
        " receipt.txt --key ledger.example.org/strait+1234abcd+AQ...\n"
        "  " +
        program +
        " bundle.zip --key log_key.txt\n"
        "  " +
        program + " docs/examples/bundle");
}

}  // namespace comity::verify
