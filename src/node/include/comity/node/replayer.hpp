// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/state.hpp"
#include "comity/geo/instant.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/store.hpp"
#include "comity/node/outbox.hpp"
#include "comity/wire/request.hpp"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace comity::node {

enum class [[nodiscard]] ReplayFault : std::uint8_t{
    kOtherRules,    ///< decided by rules that this program does not have
    kUnattributed,  ///< a request that can be attributed to nobody
    kOutcome,       ///< decided otherwise than its rules decide
    kDelivery,      ///< a delivery that does not follow, or that says something else
    kMissing,       ///< what was to be told and was not
    kState,         ///< a hash of the state that the records before it do not lead to
};

/// Words for a person: which rule.
const char* to_string(ReplayFault fault);

struct ReplayFinding {
    std::uint64_t record = 0;
    ReplayFault fault = ReplayFault::kOutcome;
    std::string details;  ///< what it says, what was reached
    friend bool operator==(const ReplayFinding&, const ReplayFinding&) = default;
};

/// Reaches again what a ledger's records say: every outcome, what was told to whom, every hash of
/// the state. Records come in their order. A resource; the state outlives it.
class Replayer {
  public:
    struct Options {
        bool verifies_signatures = true;
        /// With it the bytes of each delivery are made again and compared with its commitment.
        ledger::LedgerSecret* secret = nullptr;
        /// Hears of each request, escalation and delivery that was reached again.
        Outbox* retold = nullptr;
    };
    using Sink = std::function<void(const ReplayFinding&)>;

    /// A state to which nothing was applied.
    Replayer(accord::State& state, Options options, Sink sink);

    void take(std::uint64_t number, const ledger::Record& record);
    /// After the last record.
    void finish();

    std::uint64_t requests() const { return requests_; }
    std::uint64_t accepted() const { return accepted_; }
    std::uint64_t deliveries() const { return deliveries_; }
    std::uint64_t states() const { return states_; }
    /// The number of the last record with a hash of the state; 0 before the first.
    std::uint64_t last_state() const { return last_state_; }
    /// Number and time of leaving of each warning that the node filed from its spool.
    const std::set<std::pair<std::uint64_t, geo::Instant>>& spooled() const { return spooled_; }

  private:
    void take_request(const ledger::Record& record);
    void take_node(const ledger::Record& record, const ledger::NodeRecord& of_node);
    void take_delivery(const ledger::Record& record, const ledger::node::Delivery& delivery);
    void expect(accord::Applied applied, geo::Instant time);
    void find(ReplayFault fault, std::string details);

    accord::State& state_;
    Options options_;
    Sink sink_;
    wire::Reader reader_;
    std::uint64_t number_ = 0;
    std::vector<accord::Telling> expected_;  ///< the next one last
    std::uint64_t requests_ = 0;
    std::uint64_t accepted_ = 0;
    std::uint64_t deliveries_ = 0;
    std::uint64_t states_ = 0;
    std::uint64_t last_state_ = 0;
    std::set<std::pair<std::uint64_t, geo::Instant>> spooled_;
};

/// Where the replay of a store ended.
struct ReplayEnd {
    std::uint64_t records = 0;  ///< that the replayer was given
    geo::Instant last_time{};   ///< of the last one
    /// Why it ended before the store did: an entry that does not fit what was before it, or that
    /// the store cannot give.
    std::optional<ledger::LedgerError> error;
};

/// Gives the replayer the records of a store in their order, as long as `wants` says so of the next
/// one, and then the end; not where there is an error.
ReplayEnd replay(ledger::Store& store, Replayer& replayer,
                 const std::function<bool(const ledger::Record&)>& wants);

}  // namespace comity::node
