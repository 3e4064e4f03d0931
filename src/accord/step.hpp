// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grant.hpp"

#include "comity/accord/state.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace comity::accord {

/// One step of a state at one time: what it changes, and what comes of it. Whatever an operation
/// does, it first looks whether it may, and changes nothing where it may not. A resource, which
/// lives for the step.
class Step {
  public:
    Step(State& state, geo::Instant time);

    void fire_timers();
    void apply(const Request& request);
    Applied take() { return std::move(applied_); }

  private:
    using Timer = State::Timer;
    using TimerKind = State::TimerKind;
    using ObjectKind = State::ObjectKind;

    // What holds for every request (step.cpp).
    Outcome admit(const Request& request) const;
    void remember(const Request& request);
    /// A day after it ended.
    void forget_later(const ItemRef& item, geo::Instant ended);

    // The operations, a file for each kind (do_*.cpp).
    Outcome act(const Request& request, const PutParty& put);
    Outcome act(const Request& request, const ProposeAgreement& propose);
    Outcome act(const Request& request, const ChangeAgreement& change);
    Outcome act(const Request& request, const PutIntent& put);
    Outcome act(const Request& request, const PutAirspace& put);
    Outcome act(const Request& request, const EndAirspace& end);
    Outcome act(const Request& request, const PutAlert& put);
    Outcome act(const Request& request, const PutSpooled& put);
    Outcome act(const Request& request, const Received& received);
    Outcome act(const Request& request, const Read& read);
    Outcome act(const Request& request, const PassOn& pass_on);
    Outcome act(const Request& request, const Object& object);
    Outcome act(const Request& request, const Withdraw& withdraw);
    Outcome act(const Request& request, const LogCall& call);
    Outcome act(const Request& request, const Unreadable& unreadable);

    Outcome check_terms(const PartyId& author, const Terms& terms) const;
    bool is_member(const PartyId& party, const PartyId& lead) const;
    bool is_in_group(const PartyId& party) const;
    void index_rules(const Agreement& agreement);
    void unindex_rules(const Agreement& agreement);
    void tell_standing(const Agreement& agreement);
    void tell_standing(const Agreement& agreement, const ItemRef& item, bool has_ended);
    Outcome put_alert(const Request& request, const Alert& alert);
    std::map<PartyId, Grant> hearers(const Alert& alert);
    bool may_hear_of(const FiledAirspace& airspace, const PartyId& party);
    void tell_of(const Alert& alert, const Alert* before);
    void tell_learned();
    void tell_learned(const PartyId& to, const Alert& alert);
    void schedule_end(const ItemRef& item, TimerKind kind, std::optional<geo::Instant> before,
                      std::optional<geo::Instant> end);
    void end_intent(Intent& intent, geo::Instant at);
    void end_airspace(FiledAirspace& airspace, geo::Instant at);

    // The notice that its addressee acts on, or why it cannot (do_notice.cpp).
    Outcome find_notice(const Request& request, std::uint64_t version, Notice*& notice);

    // Who may be told (ground.cpp). Absent for an agreement, which its signatories see.
    std::optional<Source> source_of(const ItemRef& item) const;
    /// By a rule, with the highest level; of equal ones, that of the preferred agreement.
    std::optional<Grant> shared(const Source& source, const PartyId& to,
                                const std::string& preferred = {}) const;
    /// Each party that may see it by a rule, once, with the highest level.
    std::map<PartyId, Grant> grants(const Source& source) const;
    /// What `by` may pass on; `hops` is how often it was passed on before.
    std::optional<Grant> relayed(const Notice& by, const PartyId& to, unsigned hops = 0) const;
    std::vector<PartyId> relay_duties(const Notice& notice) const;
    /// Whether an agreement still does what its residual rules, or all, say of this source.
    bool serves(const Agreement& agreement, const Source& source) const;
    /// On which ground the party may hear news of the item now, if on any.
    std::optional<Grant> ground(const Notice& notice, unsigned hops = 0) const;

    /// At which level the next party hears of what this one, told on this ground, was late with.
    Level escalated_level(const Notice& late, const Grant& own) const;

    // Who is told (tell.cpp).
    void tell(const PartyId& to, const ItemRef& item, const Grant& grant);
    Telling* told_in_this_step(const Notice& notice);
    /// Everybody who was told of it and may still hear of it, where it is news at its level.
    void tell_again(const ItemRef& item, const std::function<bool(Level)>& is_news);
    std::vector<Notice*> notices_of(const ItemRef& item);
    std::uint64_t version_of(const ItemRef& item) const;

    // Deadlines (deadlines.cpp).
    void set_due(Notice& notice, Stage stage, geo::Instant due);
    void stop_due(Notice& notice, Stage stage);
    void stop_all(Notice& notice);
    void start_deadlines(Notice& notice, const Deadlines& deadlines);
    void answer(Notice& notice, Stage stage, std::uint64_t version);
    void fire(const Timer& timer);
    void escalate(Notice& notice, Stage stage, geo::Instant due);
    void forget(const ItemRef& item);
    void forget_requests();

    void changed(ObjectKind kind, const std::string& name);
    void changed(const Notice& notice);
    Notice* notice(const PartyId& to, const ItemRef& item);

    State& state_;
    geo::Instant time_;
    Applied applied_;
    /// Who learned of which intent in this step.
    std::vector<std::pair<PartyId, std::string>> learned_;
};

}  // namespace comity::accord
