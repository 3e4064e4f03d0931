// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/outcome.hpp"
#include "comity/server/http.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace comity::server {

/// What is wrong with a request, in the words of RFC 9457. `docs/problems.md` lists the codes.
struct Problem {
    unsigned status = 400;
    std::string code;    ///< stable
    std::string detail;  ///< what is wrong, what was expected
    std::string field;   ///< a member of the body, a header or a parameter; empty: the whole
    std::optional<std::uint64_t> filed;  ///< of a refusal that stands in the ledger
    std::optional<std::chrono::milliseconds> retry_after;
};

/// The title of a code: "No such address".
const char* title_of(const std::string& code);

/// As a JSON object.
std::string problem_text(const Problem& problem, const std::string& request_id);
HttpResponse problem_response(const Problem& problem, const std::string& request_id);

/// A refusal by the rules: its code is that of the outcome.
Problem refusal_of(accord::Outcome outcome, std::uint64_t filed, const std::string& fault);

}  // namespace comity::server
