// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The node itself.
#include "route.hpp"
#include "texts.hpp"

#include "comity/node/node.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace comity::server {
namespace {

void health(ApiState& /*state*/, const CallPtr& call) {
    call->json(200, R"({"status":"ok"})");
}

void ready(ApiState& state, const CallPtr& call) {
    if (state.board.beat().mode == node::Mode::kRecording) return health(state, call);
    call->problem({.status = 503,
                   .code = "not_ready",
                   .detail = "it watches and warns, and records nothing"});
}

void node_of(ApiState& state, const CallPtr& call) {
    nlohmann::ordered_json out{{"origin", state.options.origin},
                               {"key", state.options.key},
                               {"build", state.options.build},
                               {"rules", std::string(node::kRules)},
                               {"time", geo::to_string_ms(state.now())},
                               {"mode", mode_word(state.board.beat().mode)},
                               {"scenario", nullptr}};
    if (const auto& played = state.options.scenario) {
        out["scenario"] = {{"title", played->title},
                           {"about", played->about},
                           {"start", geo::to_string_ms(played->start)},
                           {"end", geo::to_string_ms(played->end)},
                           {"pace", played->pace}};
    }
    call->json(200, out.dump());
}

void stream_without_upgrade(ApiState& /*state*/, const CallPtr& call) {
    call->problem({.status = 426,
                   .code = "no_upgrade",
                   .detail = "expected a WebSocket's request (RFC 6455), see api/stream.md"});
}

constexpr std::array kRoutes{
    Route{"GET", "health", Access::kAnybody, health},
    Route{"GET", "ready", Access::kAnybody, ready},
    Route{"GET", "v1/node", Access::kAnybody, node_of},
    Route{"GET", "v1/stream", Access::kCaller, stream_without_upgrade},
};

}  // namespace

std::span<const Route> service_routes() {
    return kRoutes;
}

}  // namespace comity::server
