// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace comity::cli {

/// What a command answers with (contracts: "Everywhere").
enum ExitCode : int {
    kDone = 0,         ///< done, and what was asked holds
    kDoesNotHold = 1,  ///< done, and it does not hold
    kBadInput = 2,     ///< bad usage or bad input
    kEnvironment = 3,  ///< the environment failed
};

/// Ends a command: `main` prints "comity: " and the message on standard error and exits with the
/// code. Nothing has been written to standard output by then.
class Failure : public std::runtime_error {
  public:
    Failure(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
    ExitCode code() const { return code_; }

  private:
    ExitCode code_;
};

/// Prints "comity: MESSAGE" on standard error.
void say(std::string_view message);

}  // namespace comity::cli
