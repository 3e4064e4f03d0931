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

#include <chrono>
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
/// before anything else is applied. A step tells an item to a party once at most, as it stands at
/// the end of the step.
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
/// changes nothing but that its id is remembered; one that is not for this log, not of this time, a
/// repeat or from a party that takes no part, not even that. A resource; one thread.
class State {
  public:
    /// How long an item is kept after it has ended. Where it ends by time, that is at the end of
    /// the hour, so that who sees cells alone cannot find out when in the hour.
    static constexpr std::chrono::hours kKept{24};
    /// How far ahead an item may end.
    static constexpr std::chrono::hours kAhead{366 * 24};
    /// How long a request may be valid.
    static constexpr std::chrono::hours kValid{24};
    /// By how much an author's clock may be ahead.
    static constexpr std::chrono::seconds kClocksApart{10};

    /// Of a ledger with this origin, to which requests are addressed.
    explicit State(std::string origin);
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// Fires all timers that are due by `time`, in order (due, id), then decides and does what the
    /// request asks. Times never go back (a check).
    Applied apply(const Request& request, geo::Instant time);

    /// Fires all timers that are due by `time`.
    Applied advance(geo::Instant time);

    /// When the next timer that tells somebody something is due. Absent: none.
    std::optional<geo::Instant> next_due() const;

    /// The hash of all of it (state_hash.hpp).
    seal::Hash hash();

    /// Whether this author used this id for a request that is still valid.
    bool remembers(const PartyId& author, const std::string& request_id) const;

    const std::string& origin() const { return origin_; }
    geo::Instant time() const { return time_; }

    /// The party that holds this key.
    const Party* holder(const seal::Hash& key) const;
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

    /// What happens by itself at a time. Ordered by time, then by what.
    enum class TimerKind : std::uint8_t { kDeadline, kIntentEnds, kAirspaceEnds, kForget };
    struct Timer {
        geo::Instant due{};
        TimerKind kind = TimerKind::kDeadline;
        Stage stage = Stage::kReceived;  ///< of a deadline
        ItemRef item;
        std::string party;  ///< of a deadline
        friend auto operator<=>(const Timer&, const Timer&) = default;
    };
    /// Where a rule stands: in which agreement, as which of its rules.
    struct RuleRef {
        const Agreement* agreement = nullptr;
        std::size_t index = 0;
    };
    enum class ObjectKind : std::uint8_t {
        kParty,
        kAgreement,
        kIntent,
        kAirspace,
        kAlert,
        kNotice,
        kRequestId,
        kForgetting,
    };
    struct ObjectName {
        ObjectKind kind = ObjectKind::kParty;
        ItemRef item;      ///< of a notice or a forgetting
        std::string name;  ///< an id, or a party
        std::string request_id;
        friend auto operator<=>(const ObjectName&, const ObjectName&) = default;
    };
    using RequestKey = std::pair<PartyId, std::string>;

    void rehash(const ObjectName& object);

    std::string origin_;
    geo::Instant time_{};
    std::map<PartyId, Party> parties_;
    std::map<seal::Hash, PartyId> keys_;
    std::map<std::string, Agreement> agreements_;
    std::map<std::string, Intent> intents_;
    std::map<std::string, FiledAirspace> airspaces_;
    std::map<std::string, Alert> alerts_;
    std::map<NoticeKey, Notice> notices_;
    std::map<RequestKey, geo::Instant> request_ids_;  ///< and until when they are remembered
    std::set<std::pair<geo::Instant, RequestKey>> request_ends_;
    std::set<Timer> deadlines_;                  ///< timers that tell somebody something
    std::set<Timer> housekeeping_;               ///< timers that nobody hears of
    std::map<ItemRef, geo::Instant> forget_at_;  ///< what has ended, and until when it is kept
    /// Alerts that are not closed, behind the intent by which an entry is predicted.
    std::set<std::pair<std::string, std::string>> alerts_by_intent_;
    /// The share rules of agreements in force or suspended, by what and who tells.
    std::map<std::pair<Shared, PartyId>, std::vector<RuleRef>> share_rules_;
    /// The relay rules, by who passes on.
    std::map<PartyId, std::vector<RuleRef>> relay_rules_;
    StateHash hash_;
    std::vector<ObjectName> changed_;  ///< since the last hash
};

}  // namespace comity::accord
