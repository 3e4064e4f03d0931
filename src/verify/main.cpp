// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// comity-verify: `comity verify` as a program of its own, which holds nothing of the node.
#include "comity/verify/verify.hpp"

#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

int main(int argc, char** argv) {
    using comity::verify::Answer;
    CLI::App app{"Checks a Comity receipt or evidence bundle, with no other file and no network.",
                 "comity-verify"};
    comity::verify::Question question;
    app.add_option("FILE", question.path, "a receipt, or the folder of a bundle")->required();
    app.add_option("--key", question.key,
                   "the log's verifier key, or a file with it or with a policy (C2SP tlog-policy)")
        ->option_text("VKEY|FILE");
    try {
        app.parse(argc, argv);
        const comity::verify::Result result = comity::verify::verify(question);
        if (!result.error.empty()) fmt::print(stderr, "comity-verify: {}\n", result.error);
        fmt::print("{}", result.page);
        const bool is_written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
        return static_cast<int>(is_written ? result.answer : Answer::kEnvironment);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        fmt::print(stderr, "comity-verify: {}\n", error.what());
        return static_cast<int>(Answer::kBadInput);
    } catch (const std::exception& error) {
        fmt::print(stderr, "comity-verify: unexpected: {}\n", error.what());
        return static_cast<int>(Answer::kEnvironment);
    }
}
