// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "problem.hpp"

#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace comity::server {
namespace {

struct Title {
    std::string_view code;
    const char* title;
};

// Those of the server itself; outcomes have words of their own.
constexpr std::array kTitles{
    Title{"bad_request_line", "No request line of HTTP/1.1"},
    Title{"bad_http_version", "Another version of HTTP"},
    Title{"bad_target", "Not a path of this node"},
    Title{"bad_header", "A header that is none"},
    Title{"too_many_headers", "Too many headers"},
    Title{"headers_too_large", "Headers larger than the node takes"},
    Title{"bad_host", "No Host, or several"},
    Title{"bad_content_length", "A length that is none, or several"},
    Title{"bad_transfer_encoding", "A length and a transfer encoding, or an unknown one"},
    Title{"unknown_transfer_encoding", "Another transfer encoding than chunked"},
    Title{"unknown_expectation", "Another expectation than 100-continue"},
    Title{"body_too_large", "Larger than the node takes"},
    Title{"bad_chunk", "A chunk that is none"},
    Title{"bad_trailer", "Headers behind the body"},
    Title{"bad_upgrade", "No WebSocket handshake"},
    Title{"bad_websocket_version", "Another version of WebSocket"},
    Title{"header_timeout", "Headers that did not come in time"},
    Title{"body_timeout", "A body that did not come in time"},
    Title{"no_answer", "The node did not answer"},
    Title{"not_signed_in", "Nobody is known to be asking"},
    Title{"wrong_password", "No such person, or another password"},
    Title{"bad_role", "None of the person's duty roles"},
    Title{"too_many_sessions", "As many sessions as there can be"},
    Title{"no_csrf", "The session's token is missing or another"},
    Title{"other_origin", "Asked by a page of another origin"},
    Title{"observer", "An observer may look and not act"},
    Title{"other_party", "Signed by another party than the caller's"},
    Title{"not_found", "Nothing here that is released to you"},
    Title{"no_route", "No such address"},
    Title{"method_not_allowed", "Not a method of this address"},
    Title{"too_old", "No longer kept by the node; the ledger has it"},
    Title{"not_yet", "Not yet in a second that is closed"},
    Title{"bad_body", "The body is not what was expected"},
    Title{"bad_parameter", "A parameter is not what was expected"},
    Title{"bad_media_type", "Another media type was expected"},
    Title{"contradiction", "The header says otherwise than the signed request"},
    Title{"other_request", "This id was used for another request"},
    Title{"too_many_requests", "More requests than agreed for a party"},
    Title{"busy", "The node has more to do than it can take"},
    Title{"too_many_streams", "As many streams as a party may have"},
    Title{"no_upgrade", "This address wants a WebSocket"},
    Title{"unattributed", "The request can be attributed to nobody"},
    Title{"not_recorded", "The node cannot record; nothing was filed"},
    Title{"not_ready", "The node does not record"},
    Title{"no_ledger", "The ledger cannot be read"},
};

// What a client may do about it.
unsigned status_of(accord::Outcome outcome) {
    using enum accord::Outcome;
    switch (outcome) {
        case kUnknownItem:
            return 404;
        case kNotOwner:
        case kNodeOnly:
        case kNotSignatory:
            return 403;
        case kStaleVersion:
            return 412;
        case kRepeated:
        case kEnded:
        case kWrongState:
        case kAlreadyAccepted:
        case kWithdrawn:
            return 409;
        default:
            return 422;
    }
}

}  // namespace

const char* title_of(const std::string& code) {
    for (const Title& one : kTitles) {
        if (one.code == code) return one.title;
    }
    return "Not done";
}

std::string problem_text(const Problem& problem, const std::string& request_id) {
    const bool is_refusal = problem.filed.has_value();
    nlohmann::ordered_json out{
        {"type", "docs/problems.md#" + problem.code},
        {"title", is_refusal ? "Refused by the rules" : title_of(problem.code)},
        {"status", problem.status},
        {"code", problem.code}};
    if (!problem.detail.empty()) out["detail"] = problem.detail;
    if (!problem.field.empty()) out["field"] = problem.field;
    if (problem.filed) out["filed"] = *problem.filed;
    if (problem.retry_after) {
        out["retry_after_s"] = static_cast<double>(problem.retry_after->count()) / 1000.0;
    }
    out["request_id"] = request_id;
    // Texts of others may be anything.
    return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

HttpResponse problem_response(const Problem& problem, const std::string& request_id) {
    HttpResponse response{
        .status = problem.status,
        .headers = {{.name = "content-type", .value = "application/problem+json"},
                    {.name = "cache-control", .value = "no-store"}},
        .body = std::make_shared<const std::string>(problem_text(problem, request_id))};
    if (problem.retry_after) {
        const auto seconds = (problem.retry_after->count() + 999) / 1000;
        response.headers.push_back({.name = "retry-after", .value = std::to_string(seconds)});
    }
    if (problem.status == 401) {
        response.headers.push_back({.name = "www-authenticate", .value = "Bearer"});
    }
    return response;
}

Problem refusal_of(accord::Outcome outcome, std::uint64_t filed, const std::string& fault) {
    return {.status = status_of(outcome),
            .code = name_of(outcome),
            .detail = fault.empty() ? to_string(outcome) : fault,
            .filed = filed};
}

}  // namespace comity::server
