// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

#include "comity/verify/command.hpp"
#include "comity/verify/verify.hpp"

#include <memory>

namespace comity::cli {

void add_verify(CLI::App& app, Action& action) {
    const auto question = std::make_shared<verify::Question>();
    CLI::App* command = app.add_subcommand(
        "verify", "what a receipt or an evidence bundle shows, checked with no other file");
    verify::add_options(*command, *question, "comity verify");
    command->callback([question, &action] {
        action = [question] {
            const verify::Result result = verify::verify(*question);
            if (!result.error.empty()) {
                throw Failure(static_cast<ExitCode>(result.answer), result.error);
            }
            print(result.page);
            return static_cast<ExitCode>(result.answer);
        };
    });
}

}  // namespace comity::cli
