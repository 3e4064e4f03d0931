// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/verify/verify.hpp"

#include <stdexcept>
#include <string>

namespace comity::verify {

/// Ends the question with its answer; `verify` makes a Result of it. Never leaves the library.
class Stop : public std::runtime_error {
  public:
    Stop(Answer answer, const std::string& message)
        : std::runtime_error(message), answer_(answer) {}
    Answer answer() const { return answer_; }

  private:
    Answer answer_;
};

}  // namespace comity::verify
