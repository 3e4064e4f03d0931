// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "problem.hpp"

#include "comity/accord/ids.hpp"
#include "comity/base/expected.hpp"
#include "comity/server/http.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace comity::server {

/// Who calls: a machine of a party, or a person on duty.
struct Caller {
    accord::PartyId party{""};
    std::string name;
    std::string role;     ///< of a person; empty: a machine
    bool may_act = true;  ///< false: an observer
    bool is_person = false;
};

/// One request under way: answered once, on the network's thread.
struct Call {
    HttpRequest request;
    Respond respond;
    Caller caller;                   ///< of routes that want one
    std::vector<std::string> parts;  ///< of the path, that the route names

    void problem(const Problem& problem) const { respond(problem_response(problem, request.id)); }
    void text(unsigned status, std::string content_type, std::string body,
              std::vector<Header> headers = {}) const {
        headers.push_back({.name = "content-type", .value = std::move(content_type)});
        headers.push_back({.name = "cache-control", .value = "no-store"});
        respond({.status = status,
                 .headers = std::move(headers),
                 .body = std::make_shared<const std::string>(std::move(body))});
    }
    void json(unsigned status, std::string body, std::vector<Header> headers = {}) const {
        text(status, "application/json", std::move(body), std::move(headers));
    }
};
/// Shared: an answer may come later.
using CallPtr = std::shared_ptr<Call>;

template <typename T>
using OrProblem = base::Expected<T, Problem>;

/// A whole number of the query between two bounds, both closed; the default where it is absent.
OrProblem<std::uint64_t> number_parameter(const HttpRequest& request, std::string_view name,
                                          std::uint64_t least, std::uint64_t most,
                                          std::uint64_t otherwise);

/// Decimal digits without a sign or zeros before them, at most 2^53 - 1.
std::optional<std::uint64_t> whole_number(std::string_view text);

/// The version of If-Match or If-None-Match: "3" in quotes. Absent where there is no such header.
OrProblem<std::optional<std::uint64_t>> version_header(const HttpRequest& request,
                                                       std::string_view name);

}  // namespace comity::server
