// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/state.hpp"
#include "comity/airspace/inside.hpp"
#include "comity/base/clock.hpp"
#include "comity/base/entropy.hpp"
#include "comity/geo/instant.hpp"
#include "comity/ledger/ledger.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/store.hpp"
#include "comity/node/outbox.hpp"
#include "comity/node/spool.hpp"
#include "comity/report/track_report.hpp"
#include "comity/watch/watch.hpp"
#include "comity/wire/request.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace comity::node {

/// The version of the rules by which this program decides. A ledger keeps to one.
inline constexpr std::string_view kRules = "comity-1";
/// The name of accord's state in the ledger's records of states.
inline constexpr std::string_view kStateName = "accord";

struct NodeOptions {
    std::string build = "comity";        ///< in the record of each start
    std::string clock_source = "clock";  ///< in the record of the clock's quality, each minute
    bool is_synchronised = true;
    std::size_t max_queue = 65'536;  ///< requests that wait
    std::size_t max_group = 256;     ///< requests decided before one sync
    std::size_t max_turn = 4096;     ///< requests decided in one turn, so that sweeps are in time
    /// Seconds that may be closed before they are made durable where nobody waits for anything: 1
    /// for a node in use, more for a replay.
    std::uint64_t max_idle_ticks = 1;
    std::uint64_t state_every = 1000;  ///< records between two of the state's hash
    /// A commit that took longer makes urgent warnings leave before the next one.
    geo::Milliseconds slow_commit{500};
    /// Whether the outbox hears first what the ledger holds already: each request, escalation and
    /// delivery, while the node is opened.
    bool retells = false;
    watch::WatchOptions watch;
};

struct Feed {
    std::string name;
    accord::PartyId of;
};

/// How a node works: as always, or its ledger cannot be written. Then it watches and warns from
/// what it knows, says so, and records nothing.
enum class Mode : std::uint8_t { kRecording, kWarnOnly };

/// Everything between bytes and bytes, without threads or sockets: queue, authenticate, decide,
/// append, apply, deliver; and reports, watch, alerts. All that it does in a turn follows from what
/// was submitted, from its clock, its entropy and its disks. A resource; one thread.
class Node {
  public:
    struct Parts {
        ledger::Ledger* ledger;  ///< null: it cannot be written, the node is warn-only
        ledger::LedgerSecret& secret;
        ledger::Store& store;  ///< of that ledger, to read
        base::Clock& clock;
        base::Entropy& entropy;
        Outbox& outbox;
        Spool* spool = nullptr;  ///< null: what leaves unrecorded is not kept
    };

    /// Reads what the ledger has led to, files what was spooled, closes the alerts of before. An
    /// entry that does not lead to what it says is an error.
    static ledger::LedgerExpected<std::unique_ptr<Node>> open(Parts parts, NodeOptions options);

    /// A signed request, as it came. Absent where the queue is full; nothing is recorded then.
    std::optional<Ticket> submit_signed(std::vector<std::byte> dsse);
    /// A request that the caller vouches for: an envelope without a key.
    std::optional<Ticket> submit_vouched(std::string payload);

    /// Reports of this feed may come.
    void add_feed(Feed feed);
    /// A feed that was not added is a check. Feeds are live: they are watched against what is filed
    /// as live, and against nothing of an exercise.
    void take(std::string_view feed, const report::TrackReport& report);
    /// The node's own word: on a chunk of a recording, on what opening the ledger dropped.
    void record(ledger::NodeRecord record);

    /// One turn at the time of the clock: closes seconds that are over, sweeps, decides what waits,
    /// makes it durable, delivers and answers.
    void turn();
    /// Makes everything durable and delivers, whatever the options say.
    void flush();
    /// Ends: a record says so.
    void stop();

    Mode mode() const { return mode_; }
    /// Changes of alerts that were refused, so that nobody was warned of them: a fault of the
    /// node's configuration, such as a feed whose party takes no part.
    std::uint64_t refused_alerts() const { return refused_alerts_; }
    /// Requests that wait to be decided.
    std::size_t waiting() const { return queue_.size(); }
    /// Why it is warn-only, where its ledger failed while it ran.
    const std::optional<ledger::LedgerError>& failure() const { return failure_; }
    const accord::State& state() const { return state_; }
    /// In its ledger, what is staged included; 0 where it cannot be written.
    std::uint64_t records() const {
        return parts_.ledger == nullptr ? 0 : parts_.ledger->state().record_count();
    }
    /// What it sees, feed by feed.
    const watch::Watch& watch() const { return watch_; }
    seal::Hash state_hash() { return state_.hash(); }
    /// When the next turn has something to do by itself, a second's end apart.
    std::optional<geo::Instant> next_due() const { return state_.next_due(); }
    /// What could be attributed to nobody, by cause.
    const std::map<Unattributed, std::uint64_t>& unattributed() const { return unattributed_; }

  private:
    using Content = std::variant<ledger::SignedRequest, ledger::VouchedRequest>;
    struct Waiting {
        Ticket ticket = 0;
        Content content;
    };
    struct Escalated {
        accord::Escalation escalation;
        geo::Instant time{};
    };
    /// What leaves once its record is durable.
    using Leaving = std::variant<Delivery, Answer, Escalated, Filed>;
    /// The payload that raised or changed an alert.
    struct Raised {
        std::string alert;
        std::string payload;
    };
    /// A warning that was told since the last commit: the last change of its alert, empty where
    /// something else was the cause, and each addressee once.
    struct Urgent {
        accord::ItemRef item;
        std::string payload;
        std::vector<Delivery> deliveries;
    };

    Node(Parts parts, NodeOptions options, std::string origin);

    ledger::LedgerExpected<void> recover();
    void file_spooled();
    void close_open_alerts();
    void read_clock();
    void close_seconds();
    void file_time_quality();
    void fire_timers();
    void sweep();
    std::string alert_id(const watch::Change& change);
    void file_alert(const watch::Change& change);
    std::string own_request(const std::string& object, accord::Traffic traffic,
                            const accord::Operation& operation);
    void file_own(const std::string& object, accord::Traffic traffic,
                  const accord::Operation& operation);
    void decide(Waiting waiting);
    void decide(accord::Request request, Content content, std::optional<Ticket> ticket);
    void stage_tellings(const accord::Applied& applied, const Raised& raised);
    Delivery stage_delivery(const accord::Telling& telling);
    void keep_urgent(Delivery delivery, const Raised& raised);
    ledger::LedgerExpected<ledger::Place> stage(ledger::Draft draft);
    void stage_node(ledger::NodeRecord record);
    void stage_state_hash();
    void warn_unrecorded();
    void warn_unrecorded(const Urgent& urgent);
    void follow(const accord::Request& request);
    void follow_airspace(const std::string& id);
    void follow_intent(const std::string& id);
    void commit();
    void fail(const ledger::LedgerError& error);
    ledger::Hash salt();

    Parts parts_;
    NodeOptions options_;
    Mode mode_;
    std::optional<ledger::LedgerError> failure_;
    accord::State state_;
    watch::Watch watch_;
    wire::Reader reader_;
    std::map<std::string, Feed, std::less<>> feeds_;
    std::deque<Waiting> queue_;
    Ticket next_ticket_ = 1;
    std::vector<Leaving> leaving_;
    std::vector<Urgent> urgent_;
    std::map<std::uint64_t, std::string> alert_ids_;  ///< by the watch's situation, while open
    std::multimap<geo::Instant, std::string> plan_ends_;
    std::multimap<geo::Instant, std::string> area_ends_;
    std::map<Unattributed, std::uint64_t> unattributed_;
    geo::Instant now_{};
    std::chrono::milliseconds clock_error_{};
    std::uint64_t last_second_ = 0;            ///< the last one that was closed
    std::optional<std::int64_t> last_minute_;  ///< whose clock quality is recorded
    std::optional<geo::Instant> last_sweep_;
    std::uint64_t idle_ticks_ = 0;
    std::uint64_t last_state_ = 0;  ///< records when the state's hash was last recorded
    std::uint64_t opened_at_ = 0;   ///< records when it was opened
    std::uint64_t own_requests_ = 0;
    std::uint64_t refused_alerts_ = 0;
    bool was_slow_ = false;
    bool spool_to_file_ = false;
    std::uint64_t spooled_in_flight_ = 0;  ///< filed, not yet known to be durable
    /// What of the spool stands in the ledger, marked as filed or not.
    std::set<std::pair<std::uint64_t, geo::Instant>> spooled_before_;
};

}  // namespace comity::node
