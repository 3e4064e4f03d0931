// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/filed.hpp"
#include "comity/accord/ids.hpp"
#include "comity/accord/notice.hpp"
#include "comity/accord/outcome.hpp"
#include "comity/accord/request.hpp"
#include "comity/accord/state_hash.hpp"
#include "comity/geo/instant.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace comity::accord {

/// One version of one item that is to be told to one party now. What it says is made by `release`,
/// before anything else is applied.
struct Telling {
    PartyId to;
    ItemRef item;
    std::uint64_t version = 0;
    Level level = Level::kNone;
    bool is_urgent = false;  ///< a warning: it does not wait for a store that cannot write
    friend bool operator==(const Telling&, const Telling&) = default;
};

/// A deadline that passed, and who is told of it.
struct Escalation {
    geo::Instant due{};
    PartyId late;
    ItemRef item;
    Stage stage = Stage::kReceived;
    std::optional<PartyId> told;  ///< absent: there was nobody left to tell
    friend bool operator==(const Escalation&, const Escalation&) = default;
};

/// What came of a step.
struct Applied {
    Outcome outcome = Outcome::kAccepted;
    std::vector<Telling> tellings;        ///< in this order, timers' first
    std::vector<Escalation> escalations;  ///< in the order of the timers
};

/// What parties have agreed, filed and been told: one deterministic state machine. The same steps
/// from the same origin lead to the same state and hash, on every processor. A refused request
/// changes nothing but that its id is remembered. A resource, since it is large; one thread.
class State {
  public:
    /// Of a ledger with this origin, to which requests are addressed.
    explicit State(std::string origin);

    /// Fires all timers that are due by `time`, in order (due, id), then decides and does what the
    /// request asks. Times never go back (a check).
    Applied apply(const Request& request, geo::Instant time);

    /// Fires all timers that are due by `time`.
    Applied advance(geo::Instant time);

    /// When the next timer that tells somebody something is due. Absent: none.
    std::optional<geo::Instant> next_due() const;

    /// The hash of all of it (state_hash.hpp).
    seal::Hash hash();

    const std::string& origin() const { return origin_; }
    geo::Instant time() const { return time_; }

    const Party* party(const PartyId& id) const;
    const Agreement* agreement(const std::string& id) const;
    const Intent* intent(const std::string& id) const;
    const FiledAirspace* airspace(const std::string& id) const;
    const Alert* alert(const std::string& id) const;
    const Notice* notice(const PartyId& to, const ItemRef& item) const;

    const std::map<PartyId, Party>& parties() const { return parties_; }
    const std::map<std::string, Agreement>& agreements() const { return agreements_; }
    const std::map<std::string, Intent>& intents() const { return intents_; }
    const std::map<std::string, FiledAirspace>& airspaces() const { return airspaces_; }
    const std::map<std::string, Alert>& alerts() const { return alerts_; }
    using NoticeKey = std::pair<ItemRef, PartyId>;
    const std::map<NoticeKey, Notice>& notices() const { return notices_; }

  private:
    friend class Step;

    std::string origin_;
    geo::Instant time_{};
    std::map<PartyId, Party> parties_;
    std::map<std::string, Agreement> agreements_;
    std::map<std::string, Intent> intents_;
    std::map<std::string, FiledAirspace> airspaces_;
    std::map<std::string, Alert> alerts_;
    std::map<NoticeKey, Notice> notices_;
};

}  // namespace comity::accord
