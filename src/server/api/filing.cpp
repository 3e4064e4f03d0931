// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "filing.hpp"

#include "texts.hpp"

#include "comity/base/bytes.hpp"
#include "comity/ledger/attachment.hpp"
#include "comity/node/authenticate.hpp"
#include "comity/seal/dsse.hpp"
#include "comity/seal/hash.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/core.h>

namespace comity::server {
namespace {

// How long a vouched request is valid: it is on its way within this program.
constexpr std::chrono::minutes kValid{10};

std::string random_id(base::Entropy& entropy) {
    std::array<std::byte, 8> bytes{};
    entropy.fill(bytes);
    return "r-" + base::to_hex(bytes);
}

Problem bad_body(std::string detail, std::string field = {}) {
    return {
        .status = 400, .code = "bad_body", .detail = std::move(detail), .field = std::move(field)};
}

// "volumes[1].time_end: no time, expected ..." names the member first.
Problem unreadable_body(const std::string& fault) {
    const std::size_t colon = fault.find(": ");
    if (colon == std::string::npos) return bad_body(fault, "body");
    return bad_body(fault.substr(colon + 2), fault.substr(0, colon));
}

std::string decision_text(const std::string& id, const node::Decided& decided, std::uint64_t filed,
                          bool is_signed) {
    std::string out = R"({"outcome":"accepted","id":)";
    append_text(out, id);
    out += fmt::format(R"(,"filed":{},"time":)", filed);
    append_time(out, decided.time);
    out += is_signed ? R"(,"stated_by":"key"})" : R"(,"stated_by":"node"})";
    return out;
}

SignedAnswer answer_of(const std::string& id, const Settled& settled, bool is_signed,
                       const std::string& fault) {
    SignedAnswer answer{.id = id};
    if (const auto* decided = std::get_if<node::Decided>(&settled.of)) {
        if (decided->outcome == accord::Outcome::kAccepted) {
            answer.decision = decision_text(id, *decided, settled.filed, is_signed);
        } else {
            answer.problem = refusal_of(decided->outcome, settled.filed, fault);
        }
    } else if (const auto* unattributed = std::get_if<node::Unattributed>(&settled.of)) {
        answer.problem =
            Problem{.status = 400, .code = "unattributed", .detail = to_string(*unattributed)};
    } else {
        answer.problem =
            Problem{.status = 503,
                    .code = "not_recorded",
                    .detail =
                        "the node has no room for it, is stopping, or cannot write its "
                        "ledger; try again",
                    .retry_after = std::chrono::milliseconds(5'000)};
    }
    return answer;
}

// Once per author and id; whoever says the same again hears the same. True where it is to be filed.
bool is_new(ApiState& state, const accord::PartyId& party, const std::string& id,
            const seal::Hash& content, const SettledRequests::Waiter& waiter,
            const std::function<void(Problem)>& fail) {
    switch (state.settled.begin(party, id, content, waiter)) {
        case SettledRequests::Begun::kSame:
            return false;
        case SettledRequests::Begun::kAnother:
            fail({.status = 409,
                  .code = "other_request",
                  .detail = fmt::format("'{}' was the id of another request", id),
                  .field = "id"});
            return false;
        case SettledRequests::Begun::kNew:
            return true;
    }
    return false;
}

void file(ApiState& state, const accord::PartyId& party, const std::string& id, Filing filing) {
    filing.done = [&state, party, id](const Settled& settled) {
        state.settled.conclude(party, id, settled);
    };
    if (!state.inbox.file(std::move(filing))) {
        state.settled.conclude(party, id, {.of = node::NotRecorded{}});
    }
}

bool is_accepted(const Settled& settled) {
    const auto* decided = std::get_if<node::Decided>(&settled.of);
    return decided != nullptr && decided->outcome == accord::Outcome::kAccepted;
}

// What a request commits to is on the disk before it is filed, and gone again where it is refused.
void file_with(ApiState& state, const accord::PartyId& party, const std::string& id,
               std::vector<Attachment> attachments, std::string payload) {
    ApiState* of = &state;
    const auto forget = [of](const std::vector<Attachment>& kept) {
        (void)of->shelf_worker.add([of, kept] {
            for (const Attachment& one : kept) {
                of->shelf.erase(ledger::commit(one.key, base::bytes_of(one.content)));
            }
        });
    };
    const auto conclude = [of, party, id, attachments, forget](const Settled& settled) {
        if (!is_accepted(settled)) forget(attachments);
        of->settled.conclude(party, id, settled);
    };
    const bool is_added = state.shelf_worker.add([of, attachments, payload, conclude] {
        const bool is_kept = std::ranges::all_of(
            attachments, [of](const Attachment& one) { return of->shelf.put(one).has_value(); });
        of->network->post([of, payload, conclude, is_kept] {
            const auto bytes = base::bytes_of(payload);
            const bool is_filed =
                is_kept &&
                of->inbox.file(
                    {.content = ledger::VouchedRequest{.payload = {bytes.begin(), bytes.end()}},
                     .done = conclude});
            if (!is_filed) conclude({.of = node::NotRecorded{}});
        });
    });
    if (!is_added) state.settled.conclude(party, id, {.of = node::NotRecorded{}});
}

struct Written {
    std::string payload;
    std::vector<Attachment> attachments;
};

// The envelope of an act. The keys of attachments are the caller's alone: whoever has the record
// cannot find the name by trying.
OrProblem<Written> write(ApiState& state, const Call& call, const std::string& id, Act act) {
    const auto expected = version_header(call.request, "if-match");
    if (!expected) return base::Unexpected(expected.error());
    const std::string traffic = call.request.parameter("traffic").value_or("live");
    if (traffic != "live" && traffic != "exercise") {
        return base::Unexpected(Problem{.status = 400,
                                        .code = "bad_parameter",
                                        .detail = "expected live or exercise",
                                        .field = "traffic"});
    }
    ledger::Envelope envelope{
        .to = state.options.origin,
        .party = call.caller.party.value(),
        .id = id,
        .sent = state.now(),
        .valid_until = state.now() + kValid,
        .operation = std::move(act.operation),
        .object = std::move(act.object),
        .expected_version = *expected,
        .traffic = traffic == "live" ? ledger::Traffic::kLive : ledger::Traffic::kExercise,
        .body = std::move(act.body)};
    Written written;
    for (auto& [name, content] : act.attachments) {
        Attachment attachment{.content = std::move(content)};
        state.entropy.fill(attachment.key);
        envelope.attachments.push_back(
            {.name = name,
             .commitment = ledger::commit(attachment.key, base::bytes_of(attachment.content))});
        written.attachments.push_back(std::move(attachment));
    }
    auto payload = ledger::write_envelope(envelope);
    if (!payload) {
        return base::Unexpected(
            bad_body(fmt::format("{}", to_string(payload.error().fault)), payload.error().member));
    }
    wire::Reader reader;
    const accord::Request request = reader.request_of(envelope);
    if (std::holds_alternative<accord::Unreadable>(request.operation)) {
        return base::Unexpected(unreadable_body(reader.fault()));
    }
    written.payload = *std::move(payload);
    return written;
}

// What the caller said, without what the node added: the same again is the same.
seal::Hash content_of(const Call& call, const Act& act) {
    std::string said = call.request.method + "\n" + call.request.path + "\n" + call.request.query +
                       "\n" + std::string(call.request.header("if-match")) + "\n" + act.body;
    for (const auto& [name, content] : act.attachments) said += "\n" + name + "\n" + content;
    return seal::sha256(base::bytes_of(said));
}

}  // namespace

void file_act(ApiState& state, const CallPtr& call, Act act) {
    const std::string_view key = call->request.header("idempotency-key");
    const std::string id = key.empty() ? random_id(state.entropy) : std::string(key);
    const seal::Hash content = content_of(*call, act);
    auto written = write(state, *call, id, std::move(act));
    if (!written) return call->problem(written.error());
    const accord::PartyId party = call->caller.party;
    const bool is_to_file = is_new(
        state, party, id, content,
        [call, id](const Settled& settled) {
            const SignedAnswer answer = answer_of(id, settled, false, {});
            if (answer.problem) return call->problem(*answer.problem);
            call->json(200, answer.decision);
        },
        [call](const Problem& problem) { call->problem(problem); });
    if (!is_to_file) return;
    if (!written->attachments.empty()) {
        return file_with(state, party, id, std::move(written->attachments),
                         std::move(written->payload));
    }
    const auto payload = base::bytes_of(written->payload);
    file(state, party, id,
         {.content = ledger::VouchedRequest{.payload = {payload.begin(), payload.end()}}});
}

void file_signed(ApiState& state, const Caller& caller, std::string dsse,
                 std::optional<std::uint64_t> if_match, SignedDone done) {
    const auto fail = [&done](std::string id, Problem problem) {
        done({.id = std::move(id), .problem = std::move(problem)});
    };
    const auto parsed = seal::parse_dsse(dsse);
    if (!parsed) return fail({}, bad_body("no DSSE envelope"));
    const auto envelope = ledger::parse_envelope(base::text_of(parsed->payload));
    if (!envelope) {
        return fail(
            {}, bad_body(to_string(envelope.error().fault), "payload." + envelope.error().member));
    }
    if (envelope->party != caller.party.value()) {
        return fail(envelope->id, {.status = 403,
                                   .code = "other_party",
                                   .detail = fmt::format("it is from '{}', expected '{}'",
                                                         envelope->party, caller.party.value()),
                                   .field = "payload.from.party"});
    }
    if (if_match && envelope->expected_version != if_match) {
        return fail(envelope->id, {.status = 400,
                                   .code = "contradiction",
                                   .detail = "another version is signed",
                                   .field = "if-match"});
    }
    wire::Reader reader;
    (void)reader.request_of(*envelope);
    const std::string id = envelope->id;
    const auto bytes = base::bytes_of(dsse);
    const seal::Hash content = seal::sha256(bytes);
    const bool is_to_file = is_new(
        state, caller.party, id, content,
        [done, id, fault = reader.fault()](const Settled& settled) {
            done(answer_of(id, settled, true, fault));
        },
        [done, id](const Problem& problem) { done({.id = id, .problem = problem}); });
    if (!is_to_file) return;
    file(state, caller.party, id,
         {.content = ledger::SignedRequest{.dsse = {bytes.begin(), bytes.end()}}});
}

}  // namespace comity::server
