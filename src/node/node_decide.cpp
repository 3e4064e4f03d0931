// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "delivery_record.hpp"

#include "comity/accord/release.hpp"
#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/node/node.hpp"
#include "comity/wire/delivery.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

namespace comity::node {
void Node::decide(Waiting waiting) {
    if (mode_ != Mode::kRecording) {
        parts_.outbox.answer({.ticket = waiting.ticket, .of = NotRecorded{}});
        return;
    }
    const auto* with_signature = std::get_if<ledger::SignedRequest>(&waiting.content);
    auto request =
        with_signature != nullptr
            ? authenticate_signed(state_, reader_, with_signature->dsse)
            : authenticate_vouched(
                  state_, reader_,
                  base::text_of(std::get<ledger::VouchedRequest>(waiting.content).payload));
    if (!request) {
        ++unattributed_[request.error()];
        leaving_.emplace_back(Answer{.ticket = waiting.ticket, .of = request.error()});
        return;
    }
    decide(*std::move(request), std::move(waiting.content), waiting.ticket);
}

// Decided in memory and staged at once: the next request is decided on what this one led to. Nobody
// hears of it before the commit.
void Node::decide(accord::Request request, Content content, std::optional<Ticket> ticket) {
    const accord::Applied applied = state_.apply(request, now_);
    Raised raised;
    const auto* vouched = std::get_if<ledger::VouchedRequest>(&content);
    if (vouched != nullptr && std::holds_alternative<accord::PutAlert>(request.operation)) {
        raised = {.alert = request.object.value_or(""),
                  .payload = std::string(base::text_of(vouched->payload))};
    }
    const bool is_signed = vouched == nullptr;
    ledger::Draft draft{.outcome = static_cast<std::uint16_t>(applied.outcome),
                        .party = request.party.value(),
                        .salt = salt()};
    std::visit([&draft](auto&& request_as) { draft.content = std::move(request_as); },
               std::move(content));
    const auto place = stage(std::move(draft));
    if (!place) {
        fail(place.error());
        if (ticket) parts_.outbox.answer({.ticket = *ticket, .of = NotRecorded{}});
        return stage_tellings(applied, raised);
    }
    COMITY_CHECK(place->time == now_);
    const Decided decided{.outcome = applied.outcome, .record = place->number, .time = place->time};
    const bool is_accepted = applied.outcome == accord::Outcome::kAccepted;
    if (!is_accepted && !raised.payload.empty()) ++refused_alerts_;
    if (is_accepted) follow(request);
    leaving_.emplace_back(
        Filed{.request = std::move(request), .decided = decided, .is_signed = is_signed});
    if (ticket) leaving_.emplace_back(Answer{.ticket = *ticket, .of = decided});
    stage_tellings(applied, raised);
    stage_state_hash();
}

// Each delivery stands right behind what caused it, in the same group.
void Node::stage_tellings(const accord::Applied& applied, const Raised& raised) {
    for (const accord::Escalation& escalation : applied.escalations) {
        leaving_.emplace_back(Escalated{.escalation = escalation, .time = now_});
    }
    for (const accord::Telling& telling : applied.tellings) {
        Delivery delivery = stage_delivery(telling);
        if (telling.is_urgent) keep_urgent(delivery, raised);
        leaving_.emplace_back(std::move(delivery));
    }
    if (mode_ == Mode::kWarnOnly) {
        leaving_.clear();
        warn_unrecorded();
    }
}

Delivery Node::stage_delivery(const accord::Telling& telling) {
    const auto released = release(state_, telling.to, telling.item);
    COMITY_CHECK(released.has_value());
    Delivery delivery{.to = telling.to,
                      .item = telling.item,
                      .version = released->version,
                      .level = released->level,
                      .time = now_};
    if (mode_ != Mode::kRecording) return delivery;
    delivery.number = parts_.ledger->state().deliveries_to(telling.to.value()) + 1;
    delivery.bytes = wire::delivery_bytes(*released, delivery.number);
    delivery.record = parts_.ledger->state().record_count();
    const ledger::Hash fresh = salt();
    const auto staged =
        stage({.content = ledger::NodeRecord(delivery_record(parts_.secret, fresh, *released,
                                                             delivery.number, delivery.bytes)),
               .salt = fresh});
    if (!staged) fail(staged.error());
    return delivery;
}

// A later change of the same situation takes the place of an earlier one.
void Node::keep_urgent(Delivery delivery, const Raised& raised) {
    auto urgent = std::ranges::find(urgent_, delivery.item, &Urgent::item);
    if (urgent == urgent_.end()) {
        urgent = urgent_.insert(urgent_.end(), Urgent{.item = delivery.item});
    }
    if (delivery.item.id == raised.alert) urgent->payload = raised.payload;
    const auto same = std::ranges::find(urgent->deliveries, delivery.to, &Delivery::to);
    if (same == urgent->deliveries.end()) {
        urgent->deliveries.push_back(std::move(delivery));
    } else {
        *same = std::move(delivery);
    }
}

void Node::stage_state_hash() {
    const std::uint64_t records = parts_.ledger->state().record_count();
    if (records - last_state_ < options_.state_every) return;
    last_state_ = records;
    stage_node(ledger::node::State{.name = std::string(kStateName), .content = state_.hash()});
}

void Node::commit() {
    idle_ticks_ = 0;
    if (mode_ != Mode::kRecording) return;
    if (was_slow_) warn_unrecorded();
    const geo::Instant began = parts_.clock.now().time;
    if (const auto kept = parts_.ledger->commit(); !kept) return fail(kept.error());
    was_slow_ = parts_.clock.now().time - began > options_.slow_commit;
    urgent_.clear();
    if (spooled_in_flight_ > 0 && parts_.spool != nullptr) {
        // Where this fails the next start finds in the ledger that they are filed.
        (void)parts_.spool->mark_filed(std::exchange(spooled_in_flight_, 0));
    }
    const std::vector<Leaving> leaving = std::exchange(leaving_, {});
    struct Send {
        Outbox& outbox;
        void operator()(const Delivery& delivery) const { outbox.deliver(delivery); }
        void operator()(const Answer& answer) const { outbox.answer(answer); }
        void operator()(const Escalated& one) const { outbox.escalated(one.escalation, one.time); }
        void operator()(const Filed& one) const { outbox.filed(one); }
    };
    for (const Leaving& one : leaving) std::visit(Send{parts_.outbox}, one);
}

// The ledger keeps nothing more. Warnings leave; who waits hears that nothing was recorded.
void Node::fail(const ledger::LedgerError& error) {
    if (mode_ == Mode::kWarnOnly) return;
    mode_ = Mode::kWarnOnly;
    failure_ = error;
    warn_unrecorded();
    const std::vector<Leaving> leaving = std::exchange(leaving_, {});
    for (const Leaving& one : leaving) {
        const auto* answer = std::get_if<Answer>(&one);
        if (answer == nullptr) continue;
        const bool is_counted = std::holds_alternative<Unattributed>(answer->of);
        parts_.outbox.answer(
            {.ticket = answer->ticket, .of = is_counted ? answer->of : AnswerOf(NotRecorded{})});
    }
}

void Node::warn_unrecorded() {
    for (const Urgent& urgent : std::exchange(urgent_, {})) warn_unrecorded(urgent);
}

// Spooled first, so that what was said can be filed; sent whether that succeeds or not.
void Node::warn_unrecorded(const Urgent& urgent) {
    std::vector<Delivery> deliveries;
    SpoolEntry entry{.left_at = now_};
    for (Delivery delivery : urgent.deliveries) {
        const auto released = release(state_, delivery.to, delivery.item);
        if (!released) continue;
        delivery.number = 0;
        delivery.record = 0;
        delivery.version = released->version;
        delivery.level = released->level;
        delivery.time = now_;
        delivery.bytes = wire::delivery_bytes(*released, 0);
        entry.addressees.insert(delivery.to);
        deliveries.push_back(std::move(delivery));
    }
    std::uint64_t number = 0;
    // What a deadline told, or an intent that somebody learned of, is filed as the alert stands.
    const accord::Alert* alert = state_.alert(urgent.item.id);
    const std::string filing =
        urgent.payload.empty() && alert != nullptr
            ? own_request(alert->id, alert->traffic, accord::PutAlert{*alert})
            : urgent.payload;
    if (parts_.spool != nullptr && !filing.empty() && !deliveries.empty()) {
        const auto payload = std::as_bytes(std::span(filing));
        entry.payload.assign(payload.begin(), payload.end());
        number = parts_.spool->append(entry).value_or(0);
        spool_to_file_ = true;
    }
    for (Delivery& delivery : deliveries) {
        delivery.spool_number = number;
        parts_.outbox.deliver(delivery);
    }
}

}  // namespace comity::node
