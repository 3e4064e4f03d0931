// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario_player.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/base/check.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace comity::node {
namespace {

// Seconds that a replay closes before it makes them durable where nobody waits.
constexpr std::uint64_t kIdleTicks = 256;

// What is said at one time is decided at that time, however much it is.
constexpr std::size_t kMaxTurn = std::size_t{1} << 32U;

}  // namespace

ScenarioPlayer::ScenarioPlayer(Parts parts)
    : parts_(std::move(parts)),
      scenario_(parts_.scenario),
      cast_(scenario_),
      clock_({.time = scenario_.start, .error_bound = {}}) {
    for (const wire::ScenarioAssessment& assessment : scenario_.assess) {
        for (const std::string& track : assessment.tracks) tracks_[track];
    }
}

base::Expected<void, RunError> ScenarioPlayer::play(RunResult& result) {
    history_.skipped = result.history.skipped;
    auto opened = Node::open(
        {.ledger = &parts_.ledger,
         .secret = parts_.secret,
         .store = parts_.store,
         .clock = clock_,
         .entropy = parts_.entropy,
         .outbox = *this},
        {.clock_source = "scenario", .max_turn = kMaxTurn, .max_idle_ticks = kIdleTicks});
    if (!opened) {
        return base::Unexpected(RunError{.fault = RunFault::kLedger,
                                         .text = to_string(opened.error().fault),
                                         .ledger = opened.error()});
    }
    node_ = *std::move(opened);
    for (const wire::ScenarioFeed& feed : scenario_.feeds) {
        node_->add_feed({.name = feed.id, .of = feed.of});
    }
    plan();
    if (parts_.live != nullptr) {
        parts_.live->opened({.node = *node_, .secret = parts_.secret, .store = parts_.store});
    }
    for (std::optional<geo::Instant> now = scenario_.start; now; now = time_after(*now)) {
        step(*now);
        if (node_->mode() != Mode::kRecording) break;
    }
    keep(parts_.recorder.close_all());
    node_->stop();
    if (node_->failure()) {
        return base::Unexpected(RunError{.fault = RunFault::kLedger,
                                         .text = to_string(node_->failure()->fault),
                                         .ledger = *node_->failure()});
    }
    if (parts_.reached) parts_.reached(scenario_.end, history_);
    history_.reports = next_played_;
    history_.refused_alerts = node_->refused_alerts();
    result.history = std::move(history_);
    result.deliveries = deliveries_;
    result.chunks = chunks_;
    assess(result);
    return {};
}

void ScenarioPlayer::step(geo::Instant now) {
    clock_.set(now);
    if (parts_.reached) parts_.reached(now, history_);
    note_drop();
    play_feeds(now);
    while (!events_.empty() && events_.begin()->first <= now) {
        const Event event = std::move(events_.begin()->second);
        events_.erase(events_.begin());
        event();
    }
    node_->turn();
    if (std::ranges::find(scenario_.moments, now) != scenario_.moments.end()) {
        history_.moments.push_back({.at = now, .notices = node_->state().notices()});
    }
    if (parts_.live != nullptr) parts_.live->turned(now);
}

std::optional<geo::Instant> ScenarioPlayer::time_after(geo::Instant now) {
    const geo::Instant next = next_time(now);
    if (parts_.live != nullptr) return parts_.live->wait(now, next);
    return next <= scenario_.end ? std::optional(next) : std::nullopt;
}

geo::Instant ScenarioPlayer::next_time(geo::Instant now) const {
    geo::Instant next = std::chrono::floor<std::chrono::seconds>(now) + std::chrono::seconds(1);
    if (!events_.empty()) next = std::min(next, std::max(now, events_.begin()->first));
    if (const auto due = node_->next_due()) next = std::min(next, std::max(now, *due));
    for (const geo::Instant moment : scenario_.moments) {
        if (moment > now) next = std::min(next, moment);
    }
    return next;
}

// What an earlier run left half written is named where this one takes over from it.
void ScenarioPlayer::note_drop() {
    if (!parts_.dropped || parts_.resuming == nullptr || !parts_.resuming->has_caught_up()) return;
    node_->record(
        ledger::node::Drop{.size = parts_.dropped->bytes, .content = parts_.dropped->hash});
    parts_.dropped.reset();
}

void ScenarioPlayer::play_feeds(geo::Instant until) {
    const bool ends_minute = std::chrono::floor<std::chrono::minutes>(until) == until;
    if (ends_minute) keep(parts_.recorder.close_before(until));
    for (; next_played_ < parts_.played.size(); ++next_played_) {
        Played& one = parts_.played[next_played_];
        if (one.report.time > until) break;
        if (one.report.time < scenario_.start) continue;
        const std::string& feed = scenario_.feeds[one.feed].id;
        keep(parts_.recorder.take(feed, one.report.time, std::as_bytes(std::span(one.line))));
        node_->take(feed, one.report);
        const auto assessed = tracks_.find(one.report.track_id);
        if (assessed == tracks_.end()) continue;
        assessed->second.push_back({.time = one.report.time,
                                    .position = one.report.position,
                                    .accuracy = one.report.accuracy});
    }
}

void ScenarioPlayer::keep(recording::RecordingStep step) {
    for (const recording::Chunk& chunk : step.closed) {
        ++chunks_;
        node_->record(ledger::node::RecordingChunk{.feed = chunk.feed,
                                                   .begin = chunk.begin,
                                                   .end = chunk.end,
                                                   .size = chunk.size,
                                                   .content = chunk.content});
    }
}

void ScenarioPlayer::assess(RunResult& result) const {
    for (const wire::ScenarioAssessment& assessment : scenario_.assess) {
        const airspace::Airspace& area = parts_.areas.at(assessment.airspace);
        const airspace::Area shape(area.footprint);
        for (const std::string& track : assessment.tracks) {
            const auto& points = tracks_.at(track);
            if (points.empty()) continue;
            result.history.assessed.push_back(
                {.track = track,
                 .airspace = assessment.airspace,
                 .stays = airspace::assess_stays(
                     shape, points, {.area = area.accuracy.value_or(geo::Distance())})});
        }
    }
}

void ScenarioPlayer::deliver(const Delivery& delivery) {
    if (parts_.live != nullptr) parts_.live->outbox().deliver(delivery);
    ++deliveries_;
    const accord::Notice* notice = node_->state().notice(delivery.to, delivery.item);
    Telling telling{.delivery = delivery, .is_first = delivery.version == 1};
    if (notice != nullptr) {
        telling.why = notice->why;
        telling.via = notice->via;
    }
    history_.happenings.push_back({.time = delivery.time, .what = std::move(telling)});
    if (delivery.version == 1) {
        react(delivery.to, delivery.item, wire::AfterStep::Of::kTold, delivery.time);
    }
    for (const wire::ScenarioSystem& system : scenario_.systems) {
        if (system.party != delivery.to) continue;
        at(delivery.time + system.receives_after, [this, delivery] {
            say(delivery.to, {.operation = accord::Received{.version = delivery.version},
                              .object = to_string(delivery.item)});
        });
    }
}

void ScenarioPlayer::answer(const Answer& answer) {
    if (parts_.live != nullptr) parts_.live->outbox().answer(answer);
    const auto found = said_.find(answer.ticket);
    if (found == said_.end()) return;
    const Said said = std::move(found->second);
    said_.erase(found);
    const auto* decided = std::get_if<Decided>(&answer.of);
    // Each of the cast is a party and signs; where the ledger fails the run ends.
    if (decided == nullptr) return;
    history_.happenings.push_back({.time = decided->time,
                                   .what = Filing{.who = said.who,
                                                  .operation = said.line.operation,
                                                  .object = said.line.object,
                                                  .decided = *decided,
                                                  .person = said.line.person,
                                                  .about = said.about}});
    if (decided->outcome != accord::Outcome::kAccepted || !said.line.object) return;
    const auto item = accord::item_from(*said.line.object);
    if (!item) return;
    if (std::holds_alternative<accord::Received>(said.line.operation)) {
        react(said.who, *item, wire::AfterStep::Of::kReceived, decided->time);
    }
    if (std::holds_alternative<accord::Read>(said.line.operation)) {
        react(said.who, *item, wire::AfterStep::Of::kRead, decided->time);
    }
}

void ScenarioPlayer::escalated(const accord::Escalation& escalation, geo::Instant time) {
    if (parts_.live != nullptr) parts_.live->outbox().escalated(escalation, time);
    history_.happenings.push_back({.time = time, .what = Missed{escalation}});
}

void ScenarioPlayer::filed(const Filed& filed) {
    if (parts_.live != nullptr) parts_.live->outbox().filed(filed);
    const auto& [request, decided, is_signed] = filed;
    const auto* put = std::get_if<accord::PutAlert>(&request.operation);
    if (put == nullptr || decided.outcome != accord::Outcome::kAccepted) return;
    accord::Alert alert = put->alert;
    alert.id = *request.object;
    history_.warnings.try_emplace(
        alert.id, wire::WarningName{.track = alert.track, .airspace = alert.airspace});
    AlertStep step{.alert = alert};
    if (const auto before = alerts_.find(alert.id); before != alerts_.end()) {
        step.before = before->second;
    }
    alerts_.insert_or_assign(alert.id, std::move(alert));
    history_.happenings.push_back({.time = decided.time, .what = std::move(step)});
}

}  // namespace comity::node
