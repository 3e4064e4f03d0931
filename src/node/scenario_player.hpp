// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cast.hpp"
#include "feed_player.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/ledger/ledger.hpp"
#include "comity/ledger/resuming_store.hpp"
#include "comity/node/derived.hpp"
#include "comity/node/history.hpp"
#include "comity/node/node.hpp"
#include "comity/node/outbox.hpp"
#include "comity/node/scenario_run.hpp"
#include "comity/recording/recorder.hpp"
#include "comity/wire/scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace comity::node {

/// Plays a scenario to a node: files what is filed, plays the feeds, lets systems and people answer
/// what reaches them, and writes down what happens. A resource, for one run.
class ScenarioPlayer final : public Outbox {
  public:
    struct Parts {
        const wire::Scenario& scenario;
        ledger::Ledger& ledger;
        ledger::LedgerSecret& secret;
        ledger::Store& store;
        const ledger::ResumingStore* resuming;  ///< null: a new ledger
        std::optional<ledger::DroppedGroup> dropped;
        DerivedEntropy& entropy;
        recording::Recorder& recorder;
        std::vector<Played> played;  ///< by time
        std::map<std::string, airspace::Airspace> areas;
        std::function<void(geo::Instant, const History&)> reached;
        LiveRun* live;  ///< null: nobody
    };

    explicit ScenarioPlayer(Parts parts);

    base::Expected<void, RunError> play(RunResult& result);

    void deliver(const Delivery& delivery) override;
    void answer(const Answer& answer) override;
    void escalated(const accord::Escalation& escalation, geo::Instant time) override;
    void filed(const Filed& filed) override;

  private:
    using Event = std::function<void()>;

    void plan();
    void plan_parties();
    void plan_agreements();
    void plan_airspaces_and_intents();
    void plan_people();
    void act(const wire::ScenarioAct& act);
    void act_on(const wire::ScenarioAct& act, const accord::ItemRef& item);
    void say(const accord::PartyId& who, Line line, std::string about = {});
    void say_as_node(Line line);
    /// The item as this party knows it: the latest warning of that name that it was told of.
    std::optional<accord::ItemRef> item_for(const accord::PartyId& who,
                                            const wire::ScenarioItem& what) const;
    void react(const accord::PartyId& who, const accord::ItemRef& item, wire::AfterStep::Of step,
               geo::Instant time);
    bool names(const wire::ScenarioItem& what, const accord::ItemRef& item) const;
    void play_feeds(geo::Instant until);
    void keep(recording::RecordingStep step);
    void at(geo::Instant time, Event event) { events_.emplace(time, std::move(event)); }
    geo::Instant next_time(geo::Instant now) const;
    /// Absent: the run is over.
    std::optional<geo::Instant> time_after(geo::Instant now);
    void step(geo::Instant now);
    void assess(RunResult& result) const;
    void note_drop();

    Parts parts_;
    const wire::Scenario& scenario_;
    Cast cast_;
    ScenarioClock clock_;
    std::unique_ptr<Node> node_;
    std::multimap<geo::Instant, Event> events_;
    std::size_t next_played_ = 0;
    History history_;
    struct Said {
        accord::PartyId who;
        Line line;
        std::string about;
    };
    std::map<Ticket, Said> said_;
    std::map<std::string, accord::Alert> alerts_;
    /// Acts that wait for a step, and whether they were begun.
    std::vector<std::pair<const wire::ScenarioAct*, bool>> waiting_;
    std::uint64_t deliveries_ = 0;
    std::uint64_t chunks_ = 0;
    std::map<std::string, std::vector<airspace::TrackPoint>> tracks_;  ///< that are assessed
};

}  // namespace comity::node
