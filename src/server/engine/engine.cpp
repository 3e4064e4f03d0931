// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/engine.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace comity::server {
namespace {

// Entries that the index takes between two turns: some milliseconds.
constexpr std::uint64_t kIndexStep = 2'000;
constexpr std::chrono::minutes kForgetEvery{10};

}  // namespace

Engine::Engine(AttachmentShelf& shelf, const InboxLimits& limits, Sink sink)
    : shelf_(shelf),
      sink_(std::move(sink)),
      inbox_(limits),
      desk_([this](const seal::Hash& commitment) { return shelf_.text(commitment); }) {}

void Engine::add_feed(const std::string& name, const accord::PartyId& of) {
    tracks_.add_feed(name, of);
}

void Engine::opened(const Opened& opened) {
    opened_.emplace(opened);
    desk_.open(opened.node.state());
}

void Engine::named(const seal::Hash& commitment, const std::string& name) {
    shelf_.remember(commitment, name);
}

// A turn at each second, and whenever something came. What came while a turn was under way is the
// next one's: the busier the node, the larger the groups that share a sync.
void Engine::run(const Opened& open, base::Clock& clock, geo::Milliseconds sweep_period) {
    opened(open);
    for (bool is_stopping = false; !is_stopping;) {
        const geo::Instant now = clock.now().time;
        // A report waits for the sweep at its time or after.
        const geo::Milliseconds period =
            std::exchange(has_reports_, false) ? sweep_period : geo::Milliseconds(1'000);
        geo::Instant next = now - now.time_since_epoch() % period + period;
        if (const auto due = open.node.next_due()) next = std::clamp(*due, now, next);
        const bool is_idle = readings_.empty() && open.node.waiting() == 0;
        const auto sleep = is_idle ? next - now : geo::Milliseconds(0);
        Inbox::Content content = inbox_.take_by(Steady::now() + sleep);
        is_stopping = content.is_stopping;
        give(std::move(content), clock.now().time);
        const Steady::time_point began = Steady::now();
        open.node.turn();
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - began);
        const auto microseconds = static_cast<std::uint64_t>(took.count());
        if (microseconds > counts_.longest_turn_us) counts_.longest_turn_us = microseconds;
        turned(clock.now().time);
    }
    if (recorder_ != nullptr) keep(recorder_->close_all());
    open.node.stop();
    sink_(desk_.take());
}

std::optional<geo::Instant> Engine::wait(geo::Instant now, geo::Instant next) {
    const bool is_fast = is_fast_at(now);
    Steady::time_point until = Steady::now();
    if (!is_fast) {
        if (!anchor_) anchor_.emplace(now, Steady::now());
        if (readings_.empty()) until = time_of(next);
    }
    Inbox::Content content = inbox_.take_by(until);
    if (content.is_stopping) return std::nullopt;
    geo::Instant then = next;
    if (!is_fast) then = std::clamp(time_at(Steady::now()), now, next);
    give(std::move(content), then);
    return then;
}

Engine::Steady::time_point Engine::time_of(geo::Instant time) const {
    const std::chrono::duration<double, std::milli> from_anchor = time - anchor_->first;
    return anchor_->second +
           std::chrono::duration_cast<Steady::duration>(from_anchor / pace_.speed);
}

geo::Instant Engine::time_at(Steady::time_point time) const {
    const std::chrono::duration<double, std::milli> passed = time - anchor_->second;
    return anchor_->first + std::chrono::duration_cast<geo::Milliseconds>(passed * pace_.speed);
}

void Engine::give(Inbox::Content content, geo::Instant now) {
    for (FeedBatch& batch : content.batches) take(std::move(batch), now);
    for (Filing& filing : content.filings) submit(std::move(filing));
    std::ranges::move(content.readings, std::back_inserter(readings_));
}

void Engine::submit(Filing filing) {
    const auto refuse = [&] {
        std::vector<Event> events;
        events.emplace_back(
            AnswerEvent{.done = filing.done, .settled = {.of = node::NotRecorded{}}});
        sink_(std::move(events));
    };
    node::Node& node = opened_->node;
    const auto* with_signature = std::get_if<ledger::SignedRequest>(&filing.content);
    const auto ticket = with_signature != nullptr
                            ? node.submit_signed(with_signature->dsse)
                            : node.submit_vouched(std::string(base::text_of(
                                  std::get<ledger::VouchedRequest>(filing.content).payload)));
    if (!ticket) return refuse();
    desk_.expect(*ticket, std::move(filing.done));
}

void Engine::take(FeedBatch batch, geo::Instant now) {
    if (recorder_ != nullptr && !batch.bytes.empty()) {
        keep(recorder_->take(batch.feed, now, base::bytes_of(batch.bytes)));
    }
    counts_.reports += batch.reports.size();
    has_reports_ = true;
    for (const report::TrackReport& report : batch.reports) {
        opened_->node.take(batch.feed, report);
    }
}

void Engine::keep(recording::RecordingStep step) {
    counts_.recording_faults += step.faults.size();
    for (const recording::Chunk& chunk : step.closed) {
        opened_->node.record(ledger::node::RecordingChunk{.feed = chunk.feed,
                                                          .begin = chunk.begin,
                                                          .end = chunk.end,
                                                          .size = chunk.size,
                                                          .content = chunk.content});
    }
}

void Engine::turned(geo::Instant now) {
    const auto at = std::chrono::floor<std::chrono::seconds>(now);
    // A scenario makes seconds in which nothing happens durable when it likes; people wait for
    // them.
    if (at > last_second_ && !is_fast_at(now)) opened_->node.flush();
    std::vector<Event> events = desk_.take();
    if (at > last_second_) {
        last_second_ = at;
        second(at, events);
    }
    if (!events.empty()) sink_(std::move(events));
    if (ready_) std::exchange(ready_, {})();
    read();
    count();
}

void Engine::second(geo::Instant now, std::vector<Event>& events) {
    const auto minute = std::chrono::floor<std::chrono::minutes>(now);
    if (recorder_ != nullptr && minute > last_minute_) keep(recorder_->close_before(minute));
    last_minute_ = minute;
    if (now - last_forgetting_ >= kForgetEvery) {
        last_forgetting_ = now;
        desk_.forget();
    }
    for (FrameEvent& frame : tracks_.sweep(opened_->node.watch(), now)) {
        events.emplace_back(std::move(frame));
    }
    events.emplace_back(
        BeatEvent{.time = now, .mode = opened_->node.mode(), .feeds = tracks_.feeds(now)});
}

// Readings that need the index wait until it has all; it grows between turns.
void Engine::read() {
    if (readings_.empty()) return;
    const bool wants_index =
        std::ranges::any_of(readings_, [](const Asked& one) { return one.needs_index; });
    const bool has_index = !wants_index || grow_index();
    std::vector<Asked> waiting;
    for (Asked& asked : std::exchange(readings_, {})) {
        if (asked.needs_index && !has_index) {
            waiting.push_back(std::move(asked));
            continue;
        }
        const bool is_done =
            asked.read({.node = opened_->node,
                        .secret = opened_->secret,
                        .shelf = shelf_,
                        .index = asked.needs_index && !index_failed_ ? index_.get() : nullptr});
        if (!is_done) waiting.push_back(std::move(asked));
    }
    readings_ = std::move(waiting);
}

// True where it need not grow further: it has all, or it failed.
bool Engine::grow_index() {
    if (index_failed_) return true;
    if (index_ == nullptr) index_ = ledger::LedgerIndex::empty(opened_->store, opened_->secret);
    const std::uint64_t all = opened_->store.size();
    const std::uint64_t goal = std::min(all, index_->entries() + kIndexStep);
    const auto grown = index_->grow(goal);
    // Of the ticks that were kept together only the last is signed.
    const bool is_between =
        !grown && grown.error().fault == ledger::LedgerFault::kSignature && goal < all;
    if (!grown && !is_between) index_failed_ = true;
    return index_failed_ || index_->entries() == all;
}

void Engine::count() {
    ++counts_.turns;
    counts_.records = opened_->node.records();
    counts_.tracks = opened_->node.watch().track_count();
    counts_.is_recording = opened_->node.mode() == node::Mode::kRecording;
}

}  // namespace comity::server
