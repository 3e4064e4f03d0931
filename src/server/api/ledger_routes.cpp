// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What can be shown to a stranger: the public log, and receipts of what is the caller's own.
#include "evidence.hpp"
#include "knew.hpp"
#include "route.hpp"
#include "texts.hpp"

#include "comity/base/bytes.hpp"
#include "comity/ledger/tile.hpp"
#include "comity/seal/verifier_key.hpp"

#include <array>
#include <utility>

namespace comity::server {
namespace {

Problem no_ledger() {
    return {.status = 503, .code = "no_ledger", .detail = "the ledger cannot be read"};
}

Problem not_yet() {
    return {.status = 409,
            .code = "not_yet",
            .detail = "no second is closed yet; ask again in a second"};
}

// Asks the node's thread, and answers on the network's.
void ask(ApiState& state, const CallPtr& call,
         std::function<std::function<void()>(const Reading&)> read) {
    ApiState* of = &state;
    const bool is_asked =
        state.inbox.ask({.read =
                             [of, read = std::move(read)](const Reading& reading) {
                                 of->network->post(read(reading));
                                 return true;
                             },
                         .needs_index = true});
    if (is_asked) return;
    call->problem({.status = 503,
                   .code = "busy",
                   .detail = "too much is asked at once",
                   .retry_after = std::chrono::milliseconds(1'000)});
}

void checkpoint(ApiState& state, const CallPtr& call) {
    ask(state, call, [call](const Reading& reading) -> std::function<void()> {
        const bool is_readable = reading.index != nullptr;
        std::string note = is_readable ? reading.index->checkpoint() : "";
        return [call, is_readable, note = std::move(note)] {
            if (!is_readable) return call->problem(no_ledger());
            // A new log has none until its first second is closed.
            if (note.empty()) return call->problem(not_yet());
            call->text(200, "text/plain; charset=utf-8", note);
        };
    });
}

void tile(ApiState& state, const CallPtr& call) {
    const auto parsed = ledger::parse_tile_path("tile/" + call->parts[0]);
    const Problem not_found{
        .status = 404, .code = "not_found", .detail = "no such tile of the public log"};
    if (!parsed || parsed->kind != ledger::Tile::Kind::kHashes) return call->problem(not_found);
    ask(state, call,
        [call, not_found, tile = *parsed](const Reading& reading) -> std::function<void()> {
            std::string bytes;
            const auto hashes = reading.index == nullptr ? std::vector<ledger::Hash>()
                                                         : reading.index->tile_hashes(tile);
            if (!hashes.empty()) bytes = base::text_of(ledger::format_hash_tile(hashes));
            return [call, not_found, bytes = std::move(bytes)] {
                if (bytes.empty()) return call->problem(not_found);
                // A tile never changes.
                call->respond(
                    {.headers = {{.name = "content-type", .value = "application/octet-stream"},
                                 {.name = "cache-control",
                                  .value = "public, max-age=31536000, immutable"}},
                     .body = std::make_shared<const std::string>(bytes)});
            };
        });
}

void receipt(ApiState& state, const CallPtr& call) {
    const auto number = whole_number(call->parts[1]);
    const bool is_delivered = call->parts[0] == "delivered";
    const bool is_filed = call->parts[0] == "filed";
    if (!number || *number == 0 || (!is_delivered && !is_filed)) {
        return call->problem(
            {.status = 404, .code = "no_route", .detail = "expected filed/N or delivered/N"});
    }
    const Wanted wanted{
        .tree = is_filed ? ledger::EntryTree::kFiled : ledger::EntryTree::kDelivered,
        .number = *number,
        .content = content_of(state.board_of(*call), is_delivered, *number)};
    ask(state, call, [call, wanted](const Reading& reading) -> std::function<void()> {
        auto made = receipt_of(reading, call->caller.party, wanted);
        return [call, made = std::move(made)] {
            if (!made) return call->problem(made.error());
            call->text(200, "text/plain; charset=utf-8", *made);
        };
    });
}

// On the network's thread, with the receipts: they are checked and put together elsewhere, since
// that takes long.
void pack(ApiState& state, const CallPtr& call, const std::shared_ptr<ReceiptMaker>& maker) {
    ApiState* of = &state;
    const auto answer = [of, call](const OrProblem<std::string>& zip) {
        of->bundles.erase(call->caller.party);
        if (!zip) return call->problem(zip.error());
        call->text(
            200, "application/zip", *zip,
            {{.name = "content-disposition", .value = "attachment; filename=\"evidence.zip\""}});
    };
    const auto key = seal::parse_verifier_key(of->options.key);
    if (maker->problem() || !key) {
        return answer(base::Unexpected(maker->problem().value_or(no_ledger())));
    }
    const auto work = [of, call, key = *key, maker, answer] {
        auto zip = bundle_of(call->caller.party, key, maker->receipts());
        of->network->post([answer, zip = std::move(zip)] { answer(zip); });
    };
    if (of->worker.add(work)) return;
    answer(base::Unexpected(Problem{.status = 503,
                                    .code = "busy",
                                    .detail = "too many bundles at once",
                                    .retry_after = std::chrono::milliseconds(2'000)}));
}

// One bundle of a party at a time; its receipts are made between the node's turns.
void answer_bundle(ApiState& state, const CallPtr& call, std::vector<Wanted> wanted) {
    const Problem busy{.status = 503,
                       .code = "busy",
                       .detail = "a bundle of this party is being made",
                       .retry_after = std::chrono::milliseconds(2'000)};
    if (!state.bundles.insert(call->caller.party).second) return call->problem(busy);
    ApiState* of = &state;
    const auto maker = std::make_shared<ReceiptMaker>(call->caller.party, std::move(wanted));
    const bool is_asked =
        state.inbox.ask({.read =
                             [of, call, maker](const Reading& reading) {
                                 if (!maker->step(reading)) return false;
                                 of->network->post([of, call, maker] { pack(*of, call, maker); });
                                 return true;
                             },
                         .needs_index = true});
    if (is_asked) return;
    state.bundles.erase(call->caller.party);
    call->problem(busy);
}

void bundle(ApiState& state, const CallPtr& call) {
    answer_bundle(state, call, everything_of(state.board_of(*call)));
}

void incident_bundle(ApiState& state, const CallPtr& call) {
    const PartyBoard& board = state.board_of(*call);
    const auto found = board.incidents.find(call->parts[0]);
    if (found == board.incidents.end()) {
        return call->problem({.status = 404,
                              .code = "not_found",
                              .detail = "no incident of this name is released to you"});
    }
    answer_bundle(state, call, all_about(board, found->second));
}

void knew(ApiState& state, const CallPtr& call) {
    const auto at = call->request.parameter("at");
    const auto time = geo::parse_instant(at.value_or(""));
    if (!time) {
        return call->problem({.status = 400,
                              .code = "bad_parameter",
                              .detail = "expected a time such as 2015-11-24T07:24:05Z",
                              .field = "at"});
    }
    std::optional<accord::ItemRef> about;
    if (const auto text = call->request.parameter("about")) {
        about = accord::item_from(*text);
        if (!about) {
            return call->problem({.status = 400,
                                  .code = "bad_parameter",
                                  .detail = "expected an item such as intent/S1",
                                  .field = "about"});
        }
    }
    ApiState* of = &state;
    const auto work = [of, call, time = *time, about] {
        auto text = knew_text(of->options.ledger, call->caller.party, time, about);
        of->network->post([call, text = std::move(text)] {
            if (!text) return call->problem(no_ledger());
            call->json(200, *text);
        });
    };
    if (state.worker.add(work)) return;
    call->problem({.status = 503,
                   .code = "busy",
                   .detail = "too many such questions at once",
                   .retry_after = std::chrono::milliseconds(2'000)});
}

constexpr std::array kRoutes{
    Route{"GET", "v1/ledger/checkpoint", Access::kPublic, checkpoint},
    Route{"GET", "v1/ledger/tile/{*}", Access::kPublic, tile},
    Route{"GET", "v1/ledger/receipts/{}/{}", Access::kCaller, receipt},
    Route{"GET", "v1/ledger/bundle", Access::kCaller, bundle},
    Route{"GET", "v1/ledger/knew", Access::kCaller, knew},
    Route{"GET", "v1/incidents/{}/bundle", Access::kCaller, incident_bundle},
};

}  // namespace

std::span<const Route> ledger_routes() {
    return kRoutes;
}

}  // namespace comity::server
