// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/clock.hpp"
#include "comity/node/node.hpp"
#include "comity/node/scenario_run.hpp"
#include "comity/recording/recorder.hpp"
#include "comity/server/attachment_shelf.hpp"
#include "comity/server/desk.hpp"
#include "comity/server/events.hpp"
#include "comity/server/inbox.hpp"
#include "comity/server/track_desk.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace comity::server {

/// Counts since the start, read from any thread.
struct EngineCounts {
    std::atomic<std::uint64_t> records{0};
    std::atomic<std::uint64_t> turns{0};
    std::atomic<std::uint64_t> reports{0};
    std::atomic<std::uint64_t> dropped_batches{0};   ///< the inbox was full
    std::atomic<std::uint64_t> recording_faults{0};  ///< what a feed said and was not kept
    std::atomic<std::uint64_t> tracks{0};
    std::atomic<std::uint64_t> longest_turn_us{0};  ///< since the last reading of metrics
    std::atomic<bool> is_recording{true};
};

/// How fast a scenario runs.
struct Pace {
    std::optional<geo::Instant> from;  ///< as fast as can be until then
    double speed = 1.0;                ///< seconds of the scenario in a second, > 0
};

/// The node's own thread: gives the node what waits in the inbox and its turns, and passes on what
/// comes of them. On its own clock (`run`), or as the audience of a scenario that plays (LiveRun).
/// `inbox` and `counts` are for any thread; all else is for the node's.
class Engine final : public node::LiveRun {
  public:
    /// Takes the events of a turn, in order; on the node's thread.
    using Sink = std::function<void(std::vector<Event>)>;

    Engine(AttachmentShelf& shelf, const InboxLimits& limits, Sink sink);

    Inbox& inbox() { return inbox_; }
    EngineCounts& counts() { return counts_; }

    void add_feed(const std::string& name, const accord::PartyId& of);
    /// Where feeds are kept; null: nowhere. Before `run`.
    void keep_feeds(recording::Recorder* recorder) { recorder_ = recorder; }
    void set_pace(const Pace& pace) { pace_ = pace; }
    /// Called once, when what stands has been handed over.
    void on_ready(std::function<void()> ready) { ready_ = std::move(ready); }

    /// Turns by this clock until the inbox says stop; then the node has stopped, in order. The
    /// period is that of the node's watch.
    void run(const Opened& opened, base::Clock& clock, geo::Milliseconds sweep_period);

    void opened(const Opened& opened) override;
    std::optional<geo::Instant> wait(geo::Instant now, geo::Instant next) override;
    void turned(geo::Instant now) override;
    void named(const seal::Hash& commitment, const std::string& name) override;
    node::Outbox& outbox() override { return desk_; }

  private:
    using Steady = std::chrono::steady_clock;

    /// Whether a scenario's time is not yet where it begins to run at its pace.
    bool is_fast_at(geo::Instant now) const { return pace_.from && now < *pace_.from; }
    void give(Inbox::Content content, geo::Instant now);
    void submit(Filing filing);
    void take(FeedBatch batch, geo::Instant now);
    void keep(recording::RecordingStep step);
    void second(geo::Instant now, std::vector<Event>& events);
    void read();
    bool grow_index();
    void count();
    /// When the scenario's time is this.
    Steady::time_point time_of(geo::Instant time) const;
    geo::Instant time_at(Steady::time_point time) const;

    AttachmentShelf& shelf_;
    Sink sink_;
    Inbox inbox_;
    EngineCounts counts_;
    Desk desk_;
    TrackDesk tracks_;
    recording::Recorder* recorder_ = nullptr;
    Pace pace_;
    std::function<void()> ready_;
    std::optional<Opened> opened_;
    std::vector<Asked> readings_;  ///< that wait for the index
    std::unique_ptr<ledger::LedgerIndex> index_;
    bool has_reports_ = false;  ///< since the last turn
    bool index_failed_ = false;
    geo::Instant last_second_{};
    geo::Instant last_minute_{};
    geo::Instant last_forgetting_{};
    /// The scenario's time, and the steady clock's, when it began to run at its pace.
    std::optional<std::pair<geo::Instant, Steady::time_point>> anchor_;
};

}  // namespace comity::server
