// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/request.hpp"
#include "comity/accord/testing/build.hpp"
#include "comity/accord/testing/world.hpp"
#include "comity/base/testing/manual_clock.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/ledger/ledger.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/node/node.hpp"
#include "comity/node/outbox.hpp"
#include "comity/node/spool.hpp"
#include "comity/node/testing/hooked_store.hpp"
#include "comity/node/testing/signed_by.hpp"
#include "comity/report/track_report.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::node::testing {

using accord::testing::AlertOf;
using accord::testing::AreaOf;
using accord::testing::IntentOf;

/// A report: `track("T1").at(36.9, 36.5).heading(0).knots(400)`. Its time is that of the clock.
class TrackOf {
  public:
    explicit TrackOf(std::string_view id) { report.track_id = std::string(id); }
    TrackOf& at(double latitude, double longitude);
    TrackOf& heading(double degrees);
    TrackOf& knots(double knots);
    TrackOf& flown_by(std::string_view party);

    report::TrackReport report;
};
inline TrackOf track(std::string_view id) {
    return TrackOf(id);
}

struct WorldOptions {
    std::uint64_t seed = 1;
    NodeOptions node;
    bool has_spool = true;
    SpoolLimits spool{.bytes = std::uint64_t{64} * base::File::kBlock};
};

/// A node with its disks, its clock and what left it, which all outlive it. The clock begins at
/// 07:00 of 24 November 2015 and stands until a test moves it. Parties sign what they say. What
/// fails where a test does not expect it throws. A resource.
class NodeWorld final : public Outbox {
  public:
    static constexpr std::string_view kOrigin = "test.example/log";

    explicit NodeWorld(WorldOptions options = {});
    ~NodeWorld() override;

    /// Moves the clock second by second, and to each time at which a timer is due, a turn at each.
    NodeWorld& at(std::string_view time) { return at(accord::testing::clock(time)); }
    NodeWorld& at(geo::Instant time);
    /// Moves the clock and nothing else; back too.
    NodeWorld& set_clock(std::string_view time);
    geo::Instant now() { return clock_.now().time; }
    NodeWorld& turn();

    /// In the node's own name, and decided at once: a party takes part under its own name's key.
    void party(std::string_view id);
    /// Proposed by the first signatory, accepted by the others.
    void agree(std::string_view id, const accord::Terms& terms);
    /// What a party files is signed and waits for the next turn. Absent where the queue is full.
    std::optional<Ticket> says(std::string_view by, const accord::Operation& operation,
                               const std::string& object);
    std::optional<Ticket> says(std::string_view by, const IntentOf& intent);
    std::optional<Ticket> says(std::string_view by, const AreaOf& area);
    /// What `says` would submit.
    std::vector<std::byte> signed_bytes(std::string_view by, const IntentOf& intent);
    /// The same, vouched for by who submits it.
    std::optional<Ticket> vouches(std::string_view by, const accord::Operation& operation,
                                  const std::string& object);
    /// Said, and accepted in a turn; throws where it is not.
    template <typename... What>
    void files(std::string_view by, const What&... what) {
        accepted(says(by, what...));
    }
    void feed(std::string_view name, std::string_view of);
    /// A report of this feed, now.
    void sees(std::string_view feed, const TrackOf& track);

    /// An envelope of this party, now, to be changed by a test before it is signed.
    ledger::Envelope envelope(std::string_view by, const accord::Operation& operation,
                              const std::string& object);

    /// The power goes: what is not durable is lost. Nothing runs until `restart`.
    void crash();
    /// Ends in order, and starts again with the next `restart`.
    void stop();
    void restart();
    /// The node is not asked any more and the disks keep what they have.
    void end();

    Node& node() { return *node_; }
    bool is_running() const { return node_ != nullptr; }
    /// Why the last restart failed, where it did.
    const std::optional<ledger::LedgerError>& refused() const { return refused_; }
    ledger::LedgerSecret& secret() { return *folder_.secret; }
    ledger::Ledger& ledger() { return *ledger_; }
    ledger::Store& store() { return *store_; }
    Spool* spool() { return spool_.get(); }
    base::testing::MemoryDisk& ledger_disk() { return ledger_disk_; }
    base::testing::MemoryDisk& spool_disk() { return spool_disk_; }
    base::testing::ManualClock& clock() { return clock_; }

    const std::vector<Delivery>& deliveries() const { return deliveries_; }
    std::vector<Delivery> deliveries_to(std::string_view party) const;
    const std::map<Ticket, AnswerOf>& answers() const { return answers_; }
    /// Absent where it was not answered, or not decided.
    std::optional<accord::Outcome> outcome(std::optional<Ticket> ticket) const;
    bool is_not_recorded(std::optional<Ticket> ticket) const;
    /// All that left so far: what is delivered, answered, told who watches the node.
    std::size_t left() const { return left_; }
    /// All durable records, in order.
    std::vector<ledger::Record> records();
    std::vector<std::uint64_t> tick_seconds();
    /// Root of the durable records.
    seal::Hash record_root();

    /// Called before and after each append to the ledger's store.
    std::function<void()> before_append;
    std::function<void()> after_append;
    /// Hears everything too. Null: nobody.
    Outbox* also = nullptr;
    /// Options of the next restart.
    WorldOptions options;

    void deliver(const Delivery& delivery) override;
    void answer(const Answer& answer) override;
    void escalated(const accord::Escalation& escalation, geo::Instant time) override;
    void filed(const Filed& filed) override;

  private:
    void create();
    bool open_ledger();
    void accepted(std::optional<Ticket> ticket);

    base::testing::MemoryDisk ledger_disk_;
    base::testing::MemoryDisk spool_disk_;
    base::testing::ManualClock clock_;
    base::testing::SeededEntropy entropy_;
    std::unique_ptr<seal::SeedSigner> signer_;
    ledger::LedgerFolder folder_;
    std::unique_ptr<HookedStore> store_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<Spool> spool_;
    std::unique_ptr<Node> node_;
    std::optional<ledger::LedgerError> refused_;
    std::vector<Feed> feeds_;
    std::uint64_t next_id_ = 1;
    std::vector<Delivery> deliveries_;
    std::map<Ticket, AnswerOf> answers_;
    std::size_t left_ = 0;
};

std::ostream& operator<<(std::ostream& out, const NodeWorld& world);

}  // namespace comity::node::testing
