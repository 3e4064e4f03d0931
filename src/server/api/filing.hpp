// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api_state.hpp"
#include "call.hpp"

#include "comity/ledger/envelope.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace comity::server {

/// What a caller wants to be filed in its party's name, vouched for by the node.
struct Act {
    std::string operation;
    std::optional<std::string> object;
    std::string body = "{}";  ///< as docs/formats/requests.md has it
    std::vector<std::pair<std::string, std::string>> attachments;  ///< names and contents
};

/// Files it and answers the call: id, expected version and traffic are those of its headers and
/// parameters. A body that is none of its operation is a problem and not filed.
void file_act(ApiState& state, const CallPtr& call, Act act);

/// Files a request that the caller's party signed (DSSE), and hands over its id and the text of
/// the answer: a decision where `problem` is absent.
struct SignedAnswer {
    std::string id;  ///< empty where it could not be read
    std::string decision;
    std::optional<Problem> problem;
};
using SignedDone = std::function<void(const SignedAnswer&)>;
void file_signed(ApiState& state, const Caller& caller, std::string dsse,
                 std::optional<std::uint64_t> if_match, SignedDone done);

}  // namespace comity::server
