// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

/// What `comity verify` and `comity-verify` do: read a receipt or an evidence bundle, check it, and
/// say on one page in plain words what it shows and what it does not.
namespace comity::verify {

/// As the programs exit (docs: contracts, "Everywhere").
enum class Answer {
    kHolds = 0,
    kDoesNotHold = 1,
    kBadInput = 2,
    kEnvironment = 3,
};

struct Question {
    std::string path;  ///< a receipt, or the folder or zip of a bundle
    std::optional<std::string>
        key;  ///< a verifier key, or a file with one or with a policy; absent:
              ///< the one that a signed agreement in the bundle names
};

struct Result {
    Answer answer = Answer::kHolds;
    std::string page;   ///< for standard output; empty where the input is bad
    std::string error;  ///< for standard error, "FILE:LINE: what is wrong, what was expected"
};

Result verify(const Question& question);

}  // namespace comity::verify
