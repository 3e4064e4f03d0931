// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "gate.hpp"

#include "comity/server/cookie.hpp"

#include <string_view>

namespace comity::server {
namespace {

constexpr std::string_view kObserver = "observer";

base::Unexpected<Problem> refused(unsigned status, const char* code, std::string detail,
                                  std::string field = {}) {
    return base::Unexpected(Problem{
        .status = status, .code = code, .detail = std::move(detail), .field = std::move(field)});
}

Caller machine(const KnownMachine& known) {
    return {.party = known.party, .name = known.name};
}

std::optional<Problem> too_many(const RateLimiter::Taken& taken, const char* whose) {
    if (taken.is_taken) return std::nullopt;
    return Problem{.status = 429,
                   .code = "too_many_requests",
                   .detail = whose,
                   .retry_after = taken.retry_after};
}

}  // namespace

bool is_safe(std::string_view method) {
    return method == "GET" || method == "HEAD";
}

OrProblem<Caller> Gate::admit(const HttpRequest& request, SteadyTime now) {
    auto caller = identify(request, now);
    if (!caller) return caller;
    if (const auto over = count(caller->party, now)) return base::Unexpected(*over);
    return caller;
}

std::optional<Problem> Gate::count(const accord::PartyId& party, SteadyTime now) {
    return too_many(requests_.take(party.value(), now), "of this party");
}

std::optional<Problem> Gate::count_unknown(const std::string& address, SteadyTime now) {
    return too_many(unknown_.take(address, now), "of this address without a name");
}

OrProblem<Caller> Gate::identify(const HttpRequest& request, SteadyTime now) {
    // A browser adds a certificate or a cookie to what any page asks for.
    if (!is_own_origin(request)) {
        return refused(403, "other_origin", "expected a page of this node", "origin");
    }
    const std::string_view authorization = request.header("authorization");
    if (!authorization.empty()) {
        constexpr std::string_view kBearer = "Bearer ";
        const KnownMachine* known =
            authorization.starts_with(kBearer)
                ? directory_.machine_by_api_key(authorization.substr(kBearer.size()))
                : nullptr;
        if (known != nullptr) return machine(*known);
        return refused(401, "not_signed_in", "the API key is none of this node's", "authorization");
    }
    if (request.peer.certificate) {
        const KnownMachine* known = directory_.machine_by_certificate(*request.peer.certificate);
        if (known != nullptr) return machine(*known);
        return refused(401, "not_signed_in", "the client's certificate is none of this node's");
    }
    const Session* session = session_of(request, now);
    if (session != nullptr) return person(request, *session);
    return refused(401, "not_signed_in",
                   "expected an API key, a client's certificate or a session");
}

bool Gate::knows_still(const HttpRequest& request, const Caller& caller, SteadyTime now) {
    const auto known = identify(request, now);
    return known && known->party == caller.party && known->role == caller.role;
}

const Session* Gate::session_of(const HttpRequest& request, SteadyTime now) {
    const auto token = session_token(request.header("cookie"), request.peer.is_tls);
    return token ? sessions_.find(*token, now) : nullptr;
}

OrProblem<Caller> Gate::person(const HttpRequest& request, const Session& session) const {
    if (!is_safe(request.method) && !check_csrf(session, request.header("x-comity-csrf"))) {
        return refused(403, "no_csrf", "expected the `csrf` of GET /v1/session", "x-comity-csrf");
    }
    return Caller{.party = session.party,
                  .name = session.person,
                  .role = session.role,
                  .may_act = session.role != kObserver,
                  .is_person = true};
}

bool Gate::is_own_origin(const HttpRequest& request) const {
    const std::string_view origin = request.header("origin");
    if (origin.empty()) return true;
    if (public_origin_) return origin == *public_origin_;
    const std::string own =
        (request.peer.is_tls ? "https://" : "http://") + std::string(request.header("host"));
    return origin == own;
}

}  // namespace comity::server
