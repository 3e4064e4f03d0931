// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grant.hpp"

#include "comity/accord/state.hpp"

#include <functional>
#include <optional>
#include <string>

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

    // What holds for every request (admit.cpp).
    Outcome admit(const Request& request) const;
    void remember(const Request& request);

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
    void index_rules();
    void tell_standing(const Agreement& agreement);
    Outcome put_alert(const Request& request, const Alert& alert);
    void tell_of(const Alert& alert, const Alert* before);
    void end_intent(Intent& intent);
    void end_airspace(FiledAirspace& airspace);

    // The notice that its addressee acts on, or why it cannot (do_notice.cpp).
    Outcome find_notice(const Request& request, std::uint64_t version, Notice*& notice);

    // Who is told (tell.cpp).
    std::optional<Grant> shared(Shared what, const PartyId& from, const PartyId& to) const;
    /// Each party that may see it by a rule, once, with the highest level.
    std::map<PartyId, Grant> grants(Shared what, const PartyId& from) const;
    std::optional<Grant> relayed(const PartyId& by, const PartyId& to, Level level) const;
    /// Whether a notice's ground still holds, so that news of the item may follow.
    bool may_still(const Notice& notice, Shared what, const PartyId& from) const;
    void tell(const PartyId& to, const ItemRef& item, const Grant& grant);
    /// Everybody who was told of it and may still hear of it.
    void tell_again(const ItemRef& item, Shared what, const PartyId& from,
                    const std::function<bool(const Notice&)>& is_news);
    std::vector<Notice*> notices_of(const ItemRef& item);
    std::vector<PartyId> relay_duties(const Notice& notice) const;

    // Deadlines (deadlines.cpp).
    void set_due(Notice& notice, Stage stage, geo::Instant due);
    void stop_due(Notice& notice, Stage stage);
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
};

}  // namespace comity::accord
