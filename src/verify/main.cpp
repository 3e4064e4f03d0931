// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// comity-verify: `comity verify` as a program of its own, which holds nothing of the node.
#include "comity/verify/command.hpp"
#include "comity/verify/verify.hpp"

#include <cstdio>
#include <exception>
#include <new>
#include <sstream>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace {

using comity::verify::Answer;

int exit_code(Answer answer) {
    return static_cast<int>(answer);
}

// The answer, or that the environment failed where it cannot be written (disk full).
Answer print(const std::string& text, Answer answer) {
    const bool is_written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (is_written) return answer;
    fmt::print(stderr, "comity-verify: standard output: cannot be written\n");
    return Answer::kEnvironment;
}

Answer run(int argc, char** argv) {
    CLI::App app{comity::verify::kCommandAbout, "comity-verify"};
    app.set_version_flag("--version", "comity-verify " COMITY_VERSION);
    comity::verify::Question question;
    comity::verify::add_options(app, question, "comity-verify");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
            std::ostringstream help;
            app.exit(error, help, help);
            return print(help.str(), Answer::kHolds);
        }
        fmt::print(stderr, "comity-verify: {} (comity-verify --help lists the options)\n",
                   error.what());
        return Answer::kBadInput;
    }
    const comity::verify::Result result = comity::verify::verify(question);
    if (!result.error.empty()) fmt::print(stderr, "comity-verify: {}\n", result.error);
    return print(result.page, result.answer);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return exit_code(run(argc, argv));
    } catch (const std::bad_alloc&) {
        std::fputs("comity-verify: out of memory\n", stderr);
    } catch (const std::exception& error) {
        fmt::print(stderr, "comity-verify: unexpected: {}\n", error.what());
    }
    return exit_code(Answer::kEnvironment);
}
