// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/replayer.hpp"

#include "delivery_record.hpp"

#include "comity/accord/release.hpp"
#include "comity/base/bytes.hpp"
#include "comity/ledger/take_entry.hpp"
#include "comity/node/authenticate.hpp"
#include "comity/node/node.hpp"
#include "comity/wire/delivery.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include <fmt/core.h>

namespace comity::node {
namespace {

std::string words_of(std::uint16_t code) {
    if (!accord::is_outcome(code)) return fmt::format("{}", code);
    return name_of(static_cast<accord::Outcome>(code));
}

std::string words_of(const accord::Telling& telling) {
    return fmt::format("{} version {} to {}", to_string(telling.item), telling.version,
                       telling.to.value());
}

}  // namespace

const char* to_string(ReplayFault fault) {
    switch (fault) {
        case ReplayFault::kOtherRules:
            return "decided by rules that this program does not have";
        case ReplayFault::kUnattributed:
            return "a request that can be attributed to nobody";
        case ReplayFault::kOutcome:
            return "decided otherwise than its rules decide";
        case ReplayFault::kDelivery:
            return "a delivery that does not follow from the records before it";
        case ReplayFault::kMissing:
            return "what was to be told was not";
        case ReplayFault::kState:
            return "a hash of the state that the records before it do not lead to";
    }
    return "unknown fault";
}

Replayer::Replayer(accord::State& state, Options options, Sink sink)
    : state_(state), options_(options), sink_(std::move(sink)) {}

void Replayer::take(std::uint64_t number, const ledger::Record& record) {
    const auto* of_node = std::get_if<ledger::NodeRecord>(&record.content);
    const bool is_delivery =
        of_node != nullptr && std::holds_alternative<ledger::node::Delivery>(*of_node);
    // What follows from a record stands right behind it.
    if (!is_delivery) finish();
    number_ = number;
    if (of_node != nullptr) return take_node(record, *of_node);
    if (record.rules != kRules) {
        return find(ReplayFault::kOtherRules,
                    fmt::format("'{}', expected '{}'", record.rules, kRules));
    }
    take_request(record);
}

void Replayer::finish() {
    for (; !expected_.empty(); expected_.pop_back()) {
        find(ReplayFault::kMissing, words_of(expected_.back()));
    }
}

void Replayer::take_request(const ledger::Record& record) {
    const auto* with_signature = std::get_if<ledger::SignedRequest>(&record.content);
    auto request =
        with_signature != nullptr
            ? authenticate_signed(state_, reader_, with_signature->dsse,
                                  options_.verifies_signatures)
            : authenticate_vouched(
                  state_, reader_,
                  base::text_of(std::get<ledger::VouchedRequest>(record.content).payload));
    ++requests_;
    if (!request) return find(ReplayFault::kUnattributed, to_string(request.error()));
    const auto* put = std::get_if<accord::PutSpooled>(&request->operation);
    if (put != nullptr && request->party.value() == accord::kNodeParty) {
        spooled_.emplace(put->spool_number, put->left_at);
    }
    accord::Applied applied = state_.apply(*request, record.time);
    if (applied.outcome == accord::Outcome::kAccepted) ++accepted_;
    if (static_cast<std::uint16_t>(applied.outcome) != record.outcome) {
        find(ReplayFault::kOutcome,
             fmt::format("{}, reached {}", words_of(record.outcome), name_of(applied.outcome)));
    }
    if (options_.retold != nullptr) {
        const Decided decided{.outcome = applied.outcome, .record = number_, .time = record.time};
        options_.retold->filed({.request = *std::move(request),
                                .decided = decided,
                                .is_signed = with_signature != nullptr});
    }
    expect(std::move(applied), record.time);
}

void Replayer::take_node(const ledger::Record& record, const ledger::NodeRecord& of_node) {
    if (const auto* delivery = std::get_if<ledger::node::Delivery>(&of_node)) {
        return take_delivery(record, *delivery);
    }
    if (std::holds_alternative<ledger::node::TimeTick>(of_node)) {
        return expect(state_.advance(record.time), record.time);
    }
    const auto* state = std::get_if<ledger::node::State>(&of_node);
    if (state == nullptr || state->name != kStateName) return;
    ++states_;
    last_state_ = number_;
    if (state->content != state_.hash()) find(ReplayFault::kState, "");
}

void Replayer::expect(accord::Applied applied, geo::Instant time) {
    expected_ = std::move(applied.tellings);
    std::ranges::reverse(expected_);
    if (options_.retold == nullptr) return;
    for (const accord::Escalation& one : applied.escalations) options_.retold->escalated(one, time);
}

void Replayer::take_delivery(const ledger::Record& record, const ledger::node::Delivery& delivery) {
    ++deliveries_;
    if (expected_.empty()) {
        return find(ReplayFault::kDelivery,
                    fmt::format("{} to {}", delivery.item, delivery.addressee));
    }
    const accord::Telling telling = std::move(expected_.back());
    expected_.pop_back();
    const auto released = release(state_, telling.to, telling.item);
    const bool is_same = released && delivery.addressee == telling.to.value() &&
                         delivery.item == to_string(telling.item) &&
                         delivery.version == telling.version &&
                         delivery.level == level_of(telling.level);
    if (!is_same) {
        return find(ReplayFault::kDelivery,
                    fmt::format("{} version {} to {}, reached {}", delivery.item, delivery.version,
                                delivery.addressee, words_of(telling)));
    }
    if (options_.secret == nullptr && options_.retold == nullptr) return;
    const std::string bytes = wire::delivery_bytes(*released, delivery.number);
    if (options_.retold != nullptr) {
        options_.retold->deliver({.to = telling.to,
                                  .number = delivery.number,
                                  .item = telling.item,
                                  .version = telling.version,
                                  .level = telling.level,
                                  .bytes = bytes,
                                  .time = record.time,
                                  .record = number_});
    }
    if (options_.secret == nullptr) return;
    if (delivery_record(*options_.secret, record.salt, *released, delivery.number, bytes) !=
        delivery) {
        find(ReplayFault::kDelivery, fmt::format("other bytes of {} to {} than they reach",
                                                 delivery.item, delivery.addressee));
    }
}

void Replayer::find(ReplayFault fault, std::string details) {
    sink_({.record = number_, .fault = fault, .details = std::move(details)});
}

ReplayEnd replay(ledger::Store& store, Replayer& replayer,
                 const std::function<bool(const ledger::Record&)>& wants) {
    ledger::LedgerState entries;
    ledger::TreeHasher hasher;
    ReplayEnd end;
    const auto scanned = store.scan(0, [&](std::uint64_t index, ledger::EntryView entry) {
        const auto taken = take_entry(entries, hasher, index, entry);
        if (!taken) {
            end.error = taken.error();
            return false;
        }
        const auto* record = std::get_if<ledger::TakenRecord>(&*taken);
        if (record == nullptr) return true;
        if (!wants(record->record)) return false;
        replayer.take(end.records++, record->record);
        end.last_time = record->record.time;
        return true;
    });
    if (!end.error && !scanned) end.error = ledger::from_store(scanned.error());
    if (!end.error) replayer.finish();
    return end;
}

}  // namespace comity::node
