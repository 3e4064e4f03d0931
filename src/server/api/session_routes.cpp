// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Who is calling, and how people sign in and out.
#include "json_body.hpp"
#include "route.hpp"
#include "texts.hpp"

#include "comity/geo/instant.hpp"
#include "comity/server/cookie.hpp"
#include "comity/server/password.hpp"

#include <array>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace comity::server {
namespace {

struct SignIn {
    std::string sign_in;
    std::string password;
    std::string role;
};

OrProblem<SignIn> read_sign_in(const HttpRequest& request) {
    const auto problem = [](std::string field, std::string detail) {
        return base::Unexpected(Problem{.status = 400,
                                        .code = "bad_body",
                                        .detail = std::move(detail),
                                        .field = std::move(field)});
    };
    constexpr std::size_t kMaxBody = 8'192;
    const auto json = parse_object(request.body, kMaxBody);
    if (!json) return problem("", "expected a JSON object of at most 8192 bytes, no member twice");
    SignIn read;
    for (const auto& [name, value] : json->items()) {
        std::string* member = name == "sign_in"    ? &read.sign_in
                              : name == "password" ? &read.password
                              : name == "role"     ? &read.role
                                                   : nullptr;
        if (member == nullptr) {
            return problem(name, "unknown, expected sign_in, password and role");
        }
        if (!value.is_string()) return problem(name, "expected text");
        *member = value;
    }
    if (read.sign_in.empty()) return problem("sign_in", "expected the name to sign in with");
    if (read.password.empty()) return problem("password", "expected the password");
    return read;
}

std::string name_of(const ApiState& state, const accord::PartyId& party) {
    const auto found = state.names.find(party);
    return found == state.names.end() ? party.value() : found->second;
}

nlohmann::ordered_json caller_json(const ApiState& state, const Caller& caller) {
    return {{"kind", caller.is_person ? "person" : "machine"},
            {"party", caller.party.value()},
            {"party_name", name_of(state, caller.party)},
            {"name", caller.name},
            {"may_act", caller.may_act}};
}

std::string person_text(const ApiState& state, const Session& session, bool may_act) {
    nlohmann::ordered_json out = caller_json(state, {.party = session.party,
                                                     .name = session.person,
                                                     .role = session.role,
                                                     .may_act = may_act,
                                                     .is_person = true});
    out["role"] = session.role;
    nlohmann::ordered_json roles = nlohmann::ordered_json::array();
    if (const KnownPerson* known = state.directory.person(session.sign_in)) {
        for (const auto& role : known->person.roles) roles.push_back(role);
    }
    out["roles"] = std::move(roles);
    out["csrf"] = session.csrf;
    return out.dump();
}

void whoami(ApiState& state, const CallPtr& call) {
    const Session* session =
        call->caller.is_person ? state.gate.session_of(call->request, steady_now()) : nullptr;
    if (session != nullptr) {
        return call->json(200, person_text(state, *session, call->caller.may_act));
    }
    call->json(200, caller_json(state, call->caller).dump());
}

// On the network's thread again, with what the worker found.
void open_session(ApiState& state, const CallPtr& call, const SignIn& asked, bool is_right) {
    const KnownPerson* person = state.directory.person(asked.sign_in);
    if (!is_right || person == nullptr) {
        ++state.sign_ins_failed;
        return call->problem({.status = 401,
                              .code = "wrong_password",
                              .detail = "no such person, or another password"});
    }
    const std::string role = asked.role.empty() && !person->person.roles.empty()
                                 ? person->person.roles.front()
                                 : asked.role;
    auto opened = state.sessions.open(*person, role, steady_now());
    if (!opened) {
        const bool is_role = opened.error() == SessionError::kRole;
        return call->problem({.status = is_role ? 422U : 503U,
                              .code = is_role ? "bad_role" : "too_many_sessions",
                              .detail = to_string(opened.error()),
                              .field = is_role ? "role" : ""});
    }
    call->json(201, person_text(state, opened->session, opened->session.role != "observer"),
               {{.name = "set-cookie",
                 .value = session_cookie(opened->token, call->request.peer.is_tls)}});
}

void sign_in(ApiState& state, const CallPtr& call) {
    if (!state.gate.is_own_origin(call->request)) {
        return call->problem({.status = 403,
                              .code = "other_origin",
                              .detail = "expected a page of this node",
                              .field = "origin"});
    }
    const auto asked = read_sign_in(call->request);
    if (!asked) return call->problem(asked.error());
    const auto taken =
        state.sign_ins.take(call->request.peer.address, asked->sign_in, steady_now());
    if (!taken.is_taken) {
        return call->problem({.status = 429,
                              .code = "too_many_requests",
                              .detail = "of this address or name; wait a little",
                              .retry_after = taken.retry_after});
    }
    // The same work whether there is such a person or not.
    const KnownPerson* person = state.directory.person(asked->sign_in);
    std::string hash = person == nullptr ? "" : person->person.password_hash;
    const bool is_added = state.worker.add([&state, call, asked = *asked, hash = std::move(hash)] {
        const bool is_right = verify_password(hash, asked.password);
        state.network->post(
            [&state, call, asked, is_right] { open_session(state, call, asked, is_right); });
    });
    if (is_added) return;
    call->problem({.status = 503,
                   .code = "busy",
                   .detail = "too many sign in at once",
                   .retry_after = std::chrono::milliseconds(2'000)});
}

void sign_out(ApiState& state, const CallPtr& call) {
    const bool is_tls = call->request.peer.is_tls;
    if (const auto token = session_token(call->request.header("cookie"), is_tls)) {
        state.sessions.end(*token);
    }
    call->respond({.status = 204,
                   .headers = {{.name = "set-cookie", .value = ended_session_cookie(is_tls)}}});
}

constexpr std::array kRoutes{
    Route{"GET", "v1/session", Access::kCaller, whoami},
    Route{"POST", "v1/session", Access::kAnybody, sign_in},
    Route{"DELETE", "v1/session", Access::kCaller, sign_out},
};

}  // namespace

std::span<const Route> session_routes() {
    return kRoutes;
}

}  // namespace comity::server
