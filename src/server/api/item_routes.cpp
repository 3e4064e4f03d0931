// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What is released to the caller, and what it filed itself: from its board alone.
#include "route.hpp"
#include "texts.hpp"

#include <array>

#include <fmt/core.h>

namespace comity::server {
namespace {

using accord::ItemKind;
using accord::ItemRef;

constexpr std::uint64_t kMostItems = 1'000;
constexpr std::uint64_t kUsualItems = 100;

Problem not_found() {
    return {
        .status = 404, .code = "not_found", .detail = "nothing of this name is released to you"};
}

// One page of a map by key, in its order: `take` says whether an element is one and writes it.
template <typename Map, typename Key, typename Take>
void answer_page(const Call& call, const Map& map, const Key& first, const Take& take) {
    const auto limit = number_parameter(call.request, "limit", 1, kMostItems, kUsualItems);
    if (!limit) return call.problem(limit.error());
    std::string out = R"({"items":[)";
    std::string next;
    std::uint64_t count = 0;
    for (auto at = map.lower_bound(first); at != map.end(); ++at) {
        const std::optional<std::string> text = take(*at);
        if (!text) continue;
        if (text->empty()) break;
        if (count++ == *limit) {
            next = to_string(at->first);
            break;
        }
        if (out.back() != '[') out += ',';
        out += *text;
    }
    out += R"(],"next":)";
    if (next.empty()) {
        out += "null";
    } else {
        append_text(out, next);
    }
    out += '}';
    call.json(200, std::move(out));
}

OrProblem<ItemRef> cursor_of(const Call& call, ItemRef first) {
    const auto text = call.request.parameter("cursor");
    if (!text) return first;
    if (const auto item = accord::item_from(*text)) return *item;
    return base::Unexpected(Problem{.status = 400,
                                    .code = "bad_parameter",
                                    .detail = "expected the `next` of the page before",
                                    .field = "cursor"});
}

void list_items(const ApiState& state, const Call& call, ItemKind kind) {
    const auto first = cursor_of(call, {.kind = kind, .id = ""});
    if (!first) return call.problem(first.error());
    answer_page(call, state.board_of(call).items, *first,
                [&](const auto& one) -> std::optional<std::string> {
                    if (one.first.kind != kind) return "";  // behind the last of its kind
                    if (one.second.content == nullptr) return std::nullopt;
                    return item_text(one.first, one.second, call.caller.party);
                });
}

void get_item(const ApiState& state, const Call& call, ItemKind kind) {
    const auto& items = state.board_of(call).items;
    const ItemRef item{.kind = kind, .id = call.parts[0]};
    const auto found = items.find(item);
    if (found == items.end() || found->second.content == nullptr) return call.problem(not_found());
    const auto version = version_header(call.request, "if-none-match");
    if (!version) return call.problem(version.error());
    const Header etag{.name = "etag", .value = fmt::format("\"{}\"", found->second.version)};
    // What came of it changes without the item: a client that wants to see that asks without one.
    if (*version && **version == found->second.version) {
        return call.respond({.status = 304, .headers = {etag}});
    }
    call.json(200, item_text(item, found->second, call.caller.party), {etag});
}

template <ItemKind kKind>
void list(ApiState& state, const CallPtr& call) {
    list_items(state, *call, kKind);
}
template <ItemKind kKind>
void get(ApiState& state, const CallPtr& call) {
    get_item(state, *call, kKind);
}

void notifications(ApiState& state, const CallPtr& call) {
    const std::string of = call->request.parameter("of").value_or("me");
    if (of != "me" && of != "others") {
        return call->problem({.status = 400,
                              .code = "bad_parameter",
                              .detail = "expected me or others",
                              .field = "of"});
    }
    const auto first = cursor_of(*call, {.kind = ItemKind::kAgreement, .id = ""});
    if (!first) return call->problem(first.error());
    const accord::PartyId& viewer = call->caller.party;
    answer_page(*call, state.board_of(*call).items, *first,
                [&](const auto& one) -> std::optional<std::string> {
                    std::string notices;
                    for (const auto& [to, notice] : one.second.notices) {
                        if ((to == viewer) != (of == "me")) continue;
                        if (!notices.empty()) notices += ',';
                        notices += *notice;
                    }
                    if (notices.empty()) return std::nullopt;
                    return notices;
                });
}

void deliveries(ApiState& state, const CallPtr& call) {
    const PartyBoard& board = state.board_of(*call);
    const auto after = number_parameter(call->request, "after", 0, board.last_number(), 0);
    if (!after) return call->problem(after.error());
    const auto limit = number_parameter(call->request, "limit", 1, kMostItems, kUsualItems);
    if (!limit) return call->problem(limit.error());
    if (*after + 1 < board.first_number()) {
        return call->problem(
            {.status = 410,
             .code = "too_old",
             .detail = fmt::format("the oldest that is kept is number {}", board.first_number()),
             .field = "after"});
    }
    std::string out = R"({"items":[)";
    for (std::uint64_t number = *after + 1;
         number <= board.last_number() && number <= *after + *limit; ++number) {
        if (out.back() != '[') out += ',';
        out += delivery_text(*board.delivery(number));
    }
    out += fmt::format(R"(],"last":{}}})", board.last_number());
    call->json(200, std::move(out));
}

void parties(ApiState& state, const CallPtr& call) {
    call->json(200, parties_text(state.board_of(*call), call->caller.party, state.names));
}

constexpr std::array kRoutes{
    Route{"GET", "v1/parties", Access::kCaller, parties},
    Route{"GET", "v1/agreements", Access::kCaller, list<ItemKind::kAgreement>},
    Route{"GET", "v1/intents", Access::kCaller, list<ItemKind::kIntent>},
    Route{"GET", "v1/airspaces", Access::kCaller, list<ItemKind::kAirspace>},
    Route{"GET", "v1/situations", Access::kCaller, list<ItemKind::kWarning>},
    Route{"GET", "v1/agreements/{}", Access::kCaller, get<ItemKind::kAgreement>},
    Route{"GET", "v1/intents/{}", Access::kCaller, get<ItemKind::kIntent>},
    Route{"GET", "v1/airspaces/{}", Access::kCaller, get<ItemKind::kAirspace>},
    Route{"GET", "v1/situations/{}", Access::kCaller, get<ItemKind::kWarning>},
    Route{"GET", "v1/notifications", Access::kCaller, notifications},
    Route{"GET", "v1/deliveries", Access::kCaller, deliveries},
};

}  // namespace

std::span<const Route> item_routes() {
    return kRoutes;
}

}  // namespace comity::server
