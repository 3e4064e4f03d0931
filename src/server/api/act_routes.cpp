// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What a caller files, states and asks.
#include "filing.hpp"
#include "json_body.hpp"
#include "route.hpp"

#include "comity/accord/ids.hpp"

#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace comity::server {
namespace {

Problem no_route(std::string detail) {
    return {.status = 404, .code = "no_route", .detail = std::move(detail)};
}

bool is_json(const HttpRequest& request) {
    const std::string_view type = request.header("content-type");
    return type.starts_with("application/json") ||
           type.starts_with("application/vnd.dsse.envelope.v1+json");
}

// A form of another site cannot say this without asking first.
bool has_json(const CallPtr& call) {
    if (is_json(call->request)) return true;
    call->problem({.status = 415,
                   .code = "bad_media_type",
                   .detail = "expected application/json",
                   .field = "content-type"});
    return false;
}

template <const char* const* kOperation>
void put(ApiState& state, const CallPtr& call) {
    if (!has_json(call)) return;
    file_act(state, call,
             {.operation = *kOperation, .object = call->parts[0], .body = call->request.body});
}
constexpr const char* kPutIntent = "intent.put";
constexpr const char* kPutAirspace = "airspace.put";
constexpr const char* kPropose = "agreement.propose";

void end_airspace(ApiState& state, const CallPtr& call) {
    file_act(state, call, {.operation = "airspace.end", .object = call->parts[0]});
}

void act_on_agreement(ApiState& state, const CallPtr& call) {
    const std::string& act = call->parts[1];
    for (const std::string_view one : {"accept", "suspend", "resume", "end"}) {
        if (act != one) continue;
        return file_act(state, call, {.operation = "agreement." + act, .object = call->parts[0]});
    }
    call->problem(no_route("expected accept, suspend, resume or end"));
}

// --- What is said of a notice
// ---------------------------------------------------------------------

struct Acknowledgement {
    std::uint64_t version = 0;
    std::vector<std::string> to;
    std::string reader;
    std::string reason;
};

Problem bad_member(std::string field, std::string detail) {
    return {
        .status = 400, .code = "bad_body", .detail = std::move(detail), .field = std::move(field)};
}

OrProblem<std::string> text_member(const nlohmann::json& value, const std::string& name,
                                   std::size_t most) {
    if (value.is_string() && value.get_ref<const std::string&>().size() <= most) {
        return value.get<std::string>();
    }
    return base::Unexpected(bad_member(name, fmt::format("expected text, at most {} bytes", most)));
}

OrProblem<void> read_member(Acknowledgement& read, const std::string& name,
                            const nlohmann::json& value) {
    constexpr std::size_t kMaxReader = 256;
    constexpr std::size_t kMaxReason = 1'024;
    if (name == "version") {
        if (!value.is_number_unsigned()) {
            return base::Unexpected(bad_member(name, "expected the version that was told"));
        }
        read.version = value;
        return {};
    }
    if (name == "to") {
        if (!value.is_array()) {
            return base::Unexpected(bad_member(name, "expected a list of parties"));
        }
        for (const auto& one : value) {
            if (!one.is_string()) {
                return base::Unexpected(bad_member(name, "expected a list of parties"));
            }
            read.to.push_back(one);
        }
        return {};
    }
    if (name != "reader" && name != "reason") {
        return base::Unexpected(bad_member(name, "unknown, expected version, to, reader, reason"));
    }
    auto text = text_member(value, name, name == "reader" ? kMaxReader : kMaxReason);
    if (!text) return base::Unexpected(text.error());
    (name == "reader" ? read.reader : read.reason) = *std::move(text);
    return {};
}

OrProblem<Acknowledgement> read_acknowledgement(const std::string& body) {
    constexpr std::size_t kMaxBody = 65'536;
    const auto json = parse_object(body, kMaxBody);
    if (!json) {
        return base::Unexpected(
            bad_member("", "expected a JSON object with `version`, no member twice"));
    }
    Acknowledgement read;
    for (const auto& [name, value] : json->items()) {
        if (auto member = read_member(read, name, value); !member) {
            return base::Unexpected(member.error());
        }
    }
    if (!json->contains("version")) {
        return base::Unexpected(bad_member("version", "expected the version that was told"));
    }
    return read;
}

// Who read: of a session the person, who cannot be another; of a machine whom it names.
OrProblem<std::string> reader_of(const Caller& caller, const Acknowledgement& read) {
    if (caller.is_person) {
        if (read.reader.empty() || read.reader == caller.name) return caller.name;
        return base::Unexpected(bad_member("reader", "expected yourself, or nobody"));
    }
    if (!read.reader.empty()) return read.reader;
    return base::Unexpected(bad_member("reader", "expected the name of who read"));
}

void acknowledge(ApiState& state, const CallPtr& call) {
    const auto& [kind, id, step] = std::tie(call->parts[0], call->parts[1], call->parts[2]);
    const std::string item = kind + "/" + id;
    if (!accord::item_from(item)) {
        return call->problem(no_route("expected agreement, intent, airspace or warning"));
    }
    if (step == "withdraw") {
        return file_act(state, call, {.operation = "item.withdraw", .object = item});
    }
    if (step != "receive" && step != "read" && step != "pass_on" && step != "object") {
        return call->problem(no_route("expected receive, read, pass_on, object or withdraw"));
    }
    if (!has_json(call)) return;
    const auto read = read_acknowledgement(call->request.body);
    if (!read) return call->problem(read.error());
    nlohmann::ordered_json body{{"version", read->version}};
    if (step == "pass_on") body["to"] = read->to;
    Act act{.operation = "notice." + step, .object = item};
    if (step == "read") {
        const auto reader = reader_of(call->caller, *read);
        if (!reader) return call->problem(reader.error());
        act.attachments.emplace_back("reader", *reader);
    }
    if (!read->reason.empty()) act.attachments.emplace_back("reason", read->reason);
    act.body = body.dump();
    file_act(state, call, std::move(act));
}

void log_call(ApiState& state, const CallPtr& call) {
    if (!has_json(call)) return;
    std::optional<std::string> about = call->request.parameter("about");
    file_act(state, call,
             {.operation = "call.log", .object = std::move(about), .body = call->request.body});
}

void signed_request(ApiState& state, const CallPtr& call) {
    if (!has_json(call)) return;
    const auto if_match = version_header(call->request, "if-match");
    if (!if_match) return call->problem(if_match.error());
    file_signed(state, call->caller, call->request.body, *if_match,
                [call](const SignedAnswer& answer) {
                    if (answer.problem) return call->problem(*answer.problem);
                    call->json(200, answer.decision);
                });
}

constexpr std::array kRoutes{
    Route{"PUT", "v1/agreements/{}", Access::kActor, put<&kPropose>},
    Route{"POST", "v1/agreements/{}/{}", Access::kActor, act_on_agreement},
    Route{"PUT", "v1/intents/{}", Access::kActor, put<&kPutIntent>},
    Route{"PUT", "v1/airspaces/{}", Access::kActor, put<&kPutAirspace>},
    Route{"DELETE", "v1/airspaces/{}", Access::kActor, end_airspace},
    Route{"POST", "v1/notifications/{}/{}/{}", Access::kActor, acknowledge},
    Route{"POST", "v1/calls", Access::kActor, log_call},
    Route{"POST", "v1/requests", Access::kActor, signed_request},
};

}  // namespace

std::span<const Route> act_routes() {
    return kRoutes;
}

}  // namespace comity::server
