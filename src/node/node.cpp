// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/node.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace comity::node {

Node::Node(Parts parts, NodeOptions options, std::string origin)
    : parts_(parts),
      options_(std::move(options)),
      mode_(parts.ledger == nullptr ? Mode::kWarnOnly : Mode::kRecording),
      state_(std::move(origin)),
      watch_(options_.watch) {}

std::optional<Ticket> Node::submit_signed(std::vector<std::byte> dsse) {
    if (queue_.size() >= options_.max_queue) return std::nullopt;
    queue_.push_back(
        {.ticket = next_ticket_, .content = ledger::SignedRequest{.dsse = std::move(dsse)}});
    return next_ticket_++;
}

std::optional<Ticket> Node::submit_vouched(std::string payload) {
    if (queue_.size() >= options_.max_queue) return std::nullopt;
    const auto bytes = std::as_bytes(std::span(payload));
    queue_.push_back({.ticket = next_ticket_,
                      .content = ledger::VouchedRequest{.payload = {bytes.begin(), bytes.end()}}});
    return next_ticket_++;
}

void Node::add_feed(Feed feed) {
    std::string name = feed.name;
    feeds_.insert_or_assign(std::move(name), std::move(feed));
}

void Node::take(std::string_view feed, const report::TrackReport& report) {
    COMITY_CHECK(feeds_.contains(feed));
    watch_.take(feed, report);
}

void Node::record(ledger::NodeRecord record) {
    read_clock();
    close_seconds();
    stage_node(std::move(record));
}

// What left already comes first, so that no older step of a situation follows a newer one; then
// what is urgent: alerts before the queue. A second is closed once it is over, so that its leaf
// does not depend on how often the node had its turn.
void Node::turn() {
    read_clock();
    close_seconds();
    file_time_quality();
    file_spooled();
    fire_timers();
    sweep();
    // What was found now does not wait for the queue.
    if (!urgent_.empty() && !queue_.empty()) commit();
    std::size_t decided = 0;
    while (!queue_.empty() && decided < options_.max_turn) {
        Waiting waiting = std::move(queue_.front());
        queue_.pop_front();
        decide(std::move(waiting));
        if (++decided % options_.max_group == 0) commit();
    }
    if (!leaving_.empty() || idle_ticks_ >= options_.max_idle_ticks) commit();
}

void Node::flush() {
    read_clock();
    commit();
}

void Node::stop() {
    read_clock();
    close_seconds();
    stage_node(ledger::node::Stop{.reason = mode_ == Mode::kRecording ? std::uint16_t{0}
                                                                      : std::uint16_t{1}});
    if (mode_ == Mode::kRecording) {
        const std::uint64_t second = parts_.ledger->state().least_second();
        if (const auto staged = parts_.ledger->stage_tick(second); !staged) fail(staged.error());
    }
    commit();
}

void Node::read_clock() {
    const base::TimeReading reading = parts_.clock.now();
    now_ = std::max(now_, reading.time);
    if (parts_.ledger != nullptr) now_ = std::max(now_, parts_.ledger->state().last_time());
    clock_error_ = reading.error_bound;
}

void Node::close_seconds() {
    const auto over = std::chrono::floor<std::chrono::seconds>(now_) - std::chrono::seconds(1);
    const auto last = static_cast<std::uint64_t>(over.time_since_epoch().count());
    for (; last_second_ < last; ++last_second_) {
        if (mode_ != Mode::kRecording) continue;
        if (const auto staged = parts_.ledger->stage_tick(last_second_ + 1); !staged) {
            fail(staged.error());
        }
        ++idle_ticks_;
    }
}

void Node::file_time_quality() {
    const auto minute = std::chrono::floor<std::chrono::minutes>(now_).time_since_epoch().count();
    if (last_minute_ && *last_minute_ >= minute) return;
    last_minute_ = minute;
    const auto bound = clock_error_.count();
    const bool is_known = 0 <= bound && bound < ledger::kUnknownClockError;
    stage_node(ledger::node::TimeQuality{
        .source = options_.clock_source,
        .error_bound_ms = is_known ? static_cast<std::uint32_t>(bound) : ledger::kUnknownClockError,
        .synchronised = options_.is_synchronised});
}

void Node::fire_timers() {
    const auto due = state_.next_due();
    if (!due || *due > now_) return;
    const accord::Applied applied = state_.advance(now_);
    stage_node(ledger::node::TimeTick{});
    stage_tellings(applied, {});
}

// By these rules, now.
ledger::LedgerExpected<ledger::Place> Node::stage(ledger::Draft draft) {
    draft.rules = kRules;
    return parts_.ledger->stage(std::move(draft), {.time = now_, .error_bound = clock_error_});
}

void Node::stage_node(ledger::NodeRecord record) {
    if (mode_ != Mode::kRecording) return;
    const auto staged = stage({.content = std::move(record), .salt = salt()});
    if (!staged) fail(staged.error());
}

ledger::Hash Node::salt() {
    ledger::Hash salt;
    parts_.entropy.fill(salt.bytes);
    return salt;
}

}  // namespace comity::node
