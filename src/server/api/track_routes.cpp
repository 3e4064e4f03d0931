// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Tracks of the caller's own feeds, and the incidents that it was warned of.
#include "route.hpp"
#include "texts.hpp"

#include <array>

#include <fmt/core.h>

namespace comity::server {
namespace {

const IncidentBoard* incident_of(const ApiState& state, const CallPtr& call) {
    const auto& incidents = state.board_of(*call).incidents;
    const auto found = incidents.find(call->parts[0]);
    if (found != incidents.end()) return &found->second;
    call->problem({.status = 404,
                   .code = "not_found",
                   .detail = "no incident of this name is released to you"});
    return nullptr;
}

void tracks(ApiState& state, const CallPtr& call) {
    call->json(200, tracks_text(state.board_of(*call), state.board.beat(), call->caller.party));
}

void incidents(ApiState& state, const CallPtr& call) {
    const auto limit = number_parameter(call->request, "limit", 1, 1'000, 100);
    if (!limit) return call->problem(limit.error());
    const auto& all = state.board_of(*call).incidents;
    std::string out = R"({"items":[)";
    std::string next = "null";
    std::uint64_t count = 0;
    for (auto at = all.lower_bound(call->request.parameter("cursor").value_or("")); at != all.end();
         ++at) {
        if (count++ == *limit) {
            next.clear();
            append_text(next, at->first);
            break;
        }
        if (out.back() != '[') out += ',';
        out += incident_text(at->second);
    }
    call->json(200, out + R"(],"next":)" + next + "}");
}

void append_item(std::string& out, const PartyBoard& board, const accord::ItemRef& item,
                 const accord::PartyId& viewer) {
    const auto found = board.items.find(item);
    if (found == board.items.end() || found->second.content == nullptr) return;
    if (out.back() != '[') out += ',';
    out += item_text(item, found->second, viewer);
}

void incident(ApiState& state, const CallPtr& call) {
    const IncidentBoard* found = incident_of(state, call);
    if (found == nullptr) return;
    const PartyBoard& board = state.board_of(*call);
    const accord::PartyId& viewer = call->caller.party;
    std::string out = R"({"incident":)" + incident_text(*found) + R"(,"deliveries":[)";
    for (const std::uint64_t number : found->deliveries) {
        const ToldEvent* told = board.delivery(number);
        if (told == nullptr) continue;
        if (out.back() != '[') out += ',';
        out += delivery_text(*told);
    }
    out += R"(],"notices":)";
    const auto item = board.items.find({.kind = accord::ItemKind::kWarning, .id = found->id});
    out += item == board.items.end() ? "[]" : notices_text(item->second, viewer);
    out += R"(,"related":[)";
    append_item(out, board, {.kind = accord::ItemKind::kAirspace, .id = found->airspace}, viewer);
    if (found->intent) {
        append_item(out, board, {.kind = accord::ItemKind::kIntent, .id = *found->intent}, viewer);
    }
    call->json(200, out + "]}");
}

void incident_tracks(ApiState& state, const CallPtr& call) {
    const IncidentBoard* found = incident_of(state, call);
    if (found == nullptr) return;
    const auto& all = state.board_of(*call).incident_tracks;
    const auto tracks = all.find(found->id);
    call->json(200, incident_tracks_text(
                        *found, tracks == all.end() ? std::vector<IncidentTrack>() : tracks->second,
                        state.now()));
}

constexpr std::array kRoutes{
    Route{"GET", "v1/tracks", Access::kCaller, tracks},
    Route{"GET", "v1/incidents", Access::kCaller, incidents},
    Route{"GET", "v1/incidents/{}", Access::kCaller, incident},
    Route{"GET", "v1/incidents/{}/tracks", Access::kCaller, incident_tracks},
};

}  // namespace

std::span<const Route> track_routes() {
    return kRoutes;
}

}  // namespace comity::server
