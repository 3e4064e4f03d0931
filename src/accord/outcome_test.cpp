// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// One refusal of each kind, and beside it what is accepted. What is refused changes nothing but
// that its id is remembered, and tells nobody anything.
#include "comity/accord/outcome.hpp"

#include "standing_world.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::accord::testing {
namespace {

/// In it stand the agreement "strait" and another that was proposed, the intent "S1" (told to the
/// lead), "S2" (told and withdrawn), "S3" (ended), airspaces and an alert.
struct World1 : StandingWorld {
    World1() {
        EXPECT_EQ(proposes("south", "draft", terms({"south", "east", "north"})), kAccepted);
        EXPECT_EQ(changes("east", "draft", AgreementAct::kAccept), kAccepted);
        EXPECT_EQ(files("south", intent("S1").aircraft("T1")), kAccepted);
        EXPECT_EQ(files("south", intent("S2")), kAccepted);
        EXPECT_EQ(withdraws("south", "intent/S2"), kAccepted);
        EXPECT_EQ(files("south", intent("S3")), kAccepted);
        EXPECT_EQ(files("south", intent("S3").in_state(IntentState::kEnded)), kAccepted);
        EXPECT_EQ(files("north", area("exercise-area").exercise()), kAccepted);
        EXPECT_EQ(files("north", area("old-area")), kAccepted);
        EXPECT_EQ(ends("north", "old-area"), kAccepted);
        EXPECT_EQ(raises(alert("a1").in("north-airspace").ahead("07:20")), kAccepted);
    }
};

using Make = std::function<Request(World&)>;

struct Case {
    std::string name;
    Outcome outcome;
    Make refused;
    Make accepted;
};

Make by(std::string party, Operation operation, std::optional<std::string> object) {
    return [=](World& w) { return w.request(party, operation, object); };
}

Make but(Make make, std::function<void(Request&)> change) {
    return [=](World& w) {
        Request request = make(w);
        change(request);
        return request;
    };
}

Make as_version(Make make, std::uint64_t version) {
    return but(std::move(make), [=](Request& request) { request.expected_version = version; });
}

const Make kNewIntent = by("south", intent("S9").put(), "S9");
const Make kNextIntent = as_version(by("south", intent("S1").put(), "S1"), 1);
const Make kNewArea = by("north", area("other").put(), "other");
const Make kProposal = by("south", ProposeAgreement{terms({"south", "lead"})}, "other");
const Make kReceived = by("lead", Received{.version = 1}, "intent/S1");
const Make kPassOn = by("lead", PassOn{.version = 1, .to = parties_of({"north"})}, "intent/S1");

Make put_party(std::vector<seal::Hash> keys, std::optional<Group> group = std::nullopt,
               std::string id = "west") {
    return by(std::string(kNodeParty), PutParty{.keys = std::move(keys), .group = group}, id);
}

Make put_group(std::string_view lead, std::initializer_list<std::string_view> members,
               std::string id = "west") {
    return put_party({}, Group{.lead = party_of(lead), .members = parties_of(members)}, id);
}

Make put_alert(const AlertOf& alert) {
    return but(by(std::string(kNodeParty), PutAlert{alert.alert}, alert.alert.id),
               [=](Request& request) { request.traffic = alert.alert.traffic; });
}

Make propose(const Terms& terms, std::string author = "south") {
    return by(author, ProposeAgreement{terms}, "other");
}

std::vector<Case> admitted_cases() {
    using enum Outcome;
    const auto change = [](auto set) { return but(kNewIntent, set); };
    return {
        {"other_log", kOtherLog, change([](Request& r) { r.to = "other"; }), kNewIntent},
        {"expired", kExpired, change([](Request& r) { r.valid_until = clock("06:59:59.999"); }),
         change([](Request& r) { r.valid_until = clock("07:00"); })},
        {"repeated", kRepeated, change([](Request& r) { r.id = "r1", r.party = party_of("node"); }),
         change([](Request& r) { r.id = "r1"; })},
        {"future", kFromTheFuture, change([](Request& r) { r.sent = clock("07:00:10.001"); }),
         change([](Request& r) { r.sent = clock("07:00:10"); })},
        {"too_long", kValidTooLong,
         change([](Request& r) { r.valid_until = clock("+1 07:00:00.001"); }),
         change([](Request& r) { r.valid_until = clock("+1 07:00"); })},
        {"ghost", kUnknownParty, change([](Request& r) { r.party = party_of("ghost"); }),
         kNewIntent},
    };
}

std::vector<Case> party_cases() {
    using enum Outcome;
    const auto many = [](std::size_t count) {
        std::vector<seal::Hash> keys;
        for (std::size_t i = 0; i < count; ++i) keys.push_back(key(std::to_string(i)));
        return keys;
    };
    const Make good = put_party({key("a"), key("b")});
    return {
        {"by_south", kNodeOnly, by("south", PutParty{}, "west"), good},
        {"alert_by_south", kNodeOnly,
         by("south", PutAlert{alert("a2").in("north-airspace").ahead("07:20").alert}, "a2"),
         put_alert(alert("a2").in("north-airspace").ahead("07:20"))},
        {"spooled_by_south", kNodeOnly,
         by("south", PutSpooled{.alert = alert("a2").in("north-airspace").ahead("07:20").alert},
            "a2"),
         by("node", PutSpooled{.alert = alert("a2").in("north-airspace").ahead("07:20").alert},
            "a2")},
        {"no_object", kBadObject, by("node", PutParty{}, std::nullopt), good},
        {"slash", kBadObject, put_party({}, {}, "a/b"), good},
        {"node", kBadObject, put_party({}, {}, "node"), good},
        {"stale", kStaleVersion, put_party({}, {}, "east"),
         as_version(put_party({}, {}, "east"), 1)},
        {"twice", kBadKeys, put_party({key("a"), key("a")}), good},
        {"of_south", kBadKeys, put_party({key("south")}), good},
        {"17_keys", kBadKeys, put_party(many(17)), put_party(many(16))},
        {"lead_outside", kBadGroup, put_group("east", {"south"}), put_group("east", {"east"})},
        {"in_itself", kBadGroup, as_version(put_group("east", {"east"}, "east"), 1),
         put_group("east", {"east"})},
        {"group_in_group", kBadGroup, put_group("east", {"east", "league"}),
         put_group("east", {"east"})},
        {"member_becomes_group", kBadGroup, as_version(put_group("east", {"east"}, "north"), 1),
         as_version(put_group("desk", {"desk"}, "east"), 1)},
        {"ghost_member", kUnknownParty, put_group("east", {"east", "ghost"}),
         put_group("east", {"east"})},
    };
}

std::vector<Case> agreement_cases() {
    using enum Outcome;
    const auto change = [](std::string party, AgreementAct act, std::string id) {
        return by(party, ChangeAgreement{act}, id);
    };
    const Make accept = change("north", AgreementAct::kAccept, "draft");
    const auto pair = [] { return terms({"south", "lead"}); };
    Terms endless = pair();
    endless.intents.read = Deadlines::kLongest + geo::Milliseconds{1};
    Terms longest = pair();
    longest.intents.read = Deadlines::kLongest;
    Terms at_once = pair();
    at_once.alerts.received = geo::Milliseconds{0};
    Terms crowded = pair();
    crowded.escalation.assign(Terms::kMaxEscalation + 1, party_of("east"));
    return {
        {"no_id", kBadObject, by("south", ProposeAgreement{pair()}, std::nullopt), kProposal},
        {"stands", kStaleVersion, by("south", ProposeAgreement{pair()}, "draft"), kProposal},
        {"endless", kBadBody, propose(endless), propose(longest)},
        {"at_once", kBadBody, propose(at_once), kProposal},
        {"crowded", kBadBody, propose(crowded), kProposal},
        {"alone", kRuleOfOthers, propose(terms({"south"})), kProposal},
        {"twice", kRuleOfOthers, propose(terms({"south", "lead", "lead"})), kProposal},
        {"by_another", kNotSignatory, propose(pair(), "north"), kProposal},
        {"ghost", kUnknownParty, propose(terms({"south", "ghost"})), kProposal},
        {"to_ghost", kUnknownParty, propose(pair().escalates_to({"ghost"})),
         propose(pair().escalates_to({"east"}))},
        {"relay_to_ghost", kUnknownParty, propose(pair().relays("lead", "ghost", Level::kFull)),
         propose(pair().relays("lead", "north", Level::kFull))},
        {"of_others", kRuleOfOthers,
         propose(pair().shares("north", "south", Shared::kIntents, Level::kFull)),
         propose(pair().shares("lead", "south", Shared::kIntents, Level::kFull))},
        {"to_others", kRuleOfOthers,
         propose(pair().shares("south", "north", Shared::kIntents, Level::kFull)), kProposal},
        {"with_itself", kRuleOfOthers,
         propose(pair().shares("south", "south", Shared::kIntents, Level::kFull)), kProposal},
        {"relay_to_no_member", kRuleOfOthers, propose(pair().relays("lead", "east", Level::kFull)),
         kProposal},
        {"relay_by_no_lead", kRuleOfOthers, propose(pair().relays("south", "north", Level::kFull)),
         kProposal},
        {"unknown", kUnknownItem, change("north", AgreementAct::kAccept, "none"), accept},
        {"not_signed", kUnknownItem, change("line", AgreementAct::kAccept, "draft"), accept},
        {"stale", kStaleVersion, as_version(accept, 1), as_version(accept, 2)},
        {"again", kAlreadyAccepted, change("east", AgreementAct::kAccept, "draft"), accept},
        {"in_force", kWrongState, change("south", AgreementAct::kAccept, "strait"), accept},
        {"suspend_draft", kWrongState, change("south", AgreementAct::kSuspend, "draft"),
         change("south", AgreementAct::kSuspend, "strait")},
        {"resume", kWrongState, change("south", AgreementAct::kResume, "strait"),
         change("south", AgreementAct::kSuspend, "strait")},
        {"end_at_once", kWrongState, change("south", AgreementAct::kEnd, "strait"),
         change("south", AgreementAct::kSuspend, "strait")},
    };
}

std::vector<Case> filed_cases() {
    using enum Outcome;
    using airspace::AirspaceType;
    const auto put = [](const IntentOf& intent) { return by("south", intent.put(), "S9"); };
    const auto put_area = [](const AreaOf& area) { return by("north", area.put(), "other"); };
    const RoutePoint start{.position = place(36, 36), .time = clock("07:20")};
    const RoutePoint end{.position = place(36.1, 36), .time = clock("07:40")};
    const auto hazard = [] { return area("other").type(AirspaceType::kHazard); };
    return {
        {"bad_id", kBadObject, by("south", intent("S9").put(), "S 9"), kNewIntent},
        {"bad_area_id", kBadObject, by("north", area("x").put(), std::nullopt), kNewArea},
        {"no_volume", kBadBody, by("south", PutIntent{}, "S9"), kNewIntent},
        {"no_radius", kBadBody, put(intent("").circle(36, 36, 0)),
         put(intent("").circle(36, 36, 1))},
        {"beyond_earth", kBadBody, put(intent("").circle(36, 36, 12'000)),
         put(intent("").circle(36, 36, 10'000))},
        {"no_footprint", kBadBody, by("north", PutAirspace{}, "other"), kNewArea},
        {"stale", kStaleVersion, as_version(kNextIntent, 2), kNextIntent},
        {"new_with_version", kStaleVersion, as_version(kNewIntent, 1), as_version(kNewIntent, 0)},
        {"of_south", kNotOwner, as_version(by("lead", intent("S1").put(), "S1"), 1), kNextIntent},
        {"area_of_north", kNotOwner, as_version(by("south", area("x").put(), "north-airspace"), 1),
         kNewArea},
        {"ended", kEnded, as_version(by("south", intent("S3").put(), "S3"), 2), kNextIntent},
        {"ended_area", kEnded, as_version(by("north", area("x").put(), "old-area"), 2), kNewArea},
        {"exercise", kOtherTraffic,
         but(kNextIntent, [](Request& r) { r.traffic = Traffic::kExercise; }), kNextIntent},
        {"backwards", kBadTimes, put(intent("").from("07:40").to("07:20")), kNewIntent},
        {"one_point", kBadTimes, put(intent("").route({start})),
         put(intent("").route({start, end}))},
        {"route_back", kBadTimes, put(intent("").route({end, start})),
         put(intent("").route({start, end}))},
        {"area_backwards", kBadTimes, put_area(area("").from("09:00").to("08:00")), kNewArea},
        {"over", kOver, put(intent("").from("06:00").to("06:59")),
         put(intent("").from("06:00").to("07:00"))},
        {"born_ended", kOver, put(intent("").in_state(IntentState::kEnded)), kNewIntent},
        {"area_over", kOver, put_area(area("").to("06:59")), put_area(area("").to("07:00"))},
        {"too_far", kTooFarAhead, put(intent("").to("+366 07:00:00.001")),
         put(intent("").to("+366 07:00"))},
        {"narrow", kBelowLeastExtent, put_area(hazard().square(36, 36, 0.08)),
         put_area(hazard().square(36, 36, 0.12))},
        {"brief", kBelowLeastExtent, put_area(hazard().from("08:00").to("08:29")),
         put_area(hazard().from("08:00").to("08:30"))},
        {"end_none", kUnknownItem, by("north", EndAirspace{}, "none"),
         by("north", EndAirspace{}, "north-airspace")},
        {"end_others", kNotOwner, by("south", EndAirspace{}, "north-airspace"),
         by("north", EndAirspace{}, "north-airspace")},
        {"end_untold", kUnknownItem, by("east", EndAirspace{}, "north-airspace"),
         by("north", EndAirspace{}, "north-airspace")},
        {"end_again", kEnded, by("north", EndAirspace{}, "old-area"),
         by("north", EndAirspace{}, "north-airspace")},
        {"end_stale", kStaleVersion, as_version(by("north", EndAirspace{}, "north-airspace"), 2),
         as_version(by("north", EndAirspace{}, "north-airspace"), 1)},
        {"end_exercise_live", kOtherTraffic, by("north", EndAirspace{}, "exercise-area"),
         but(by("north", EndAirspace{}, "exercise-area"),
             [](Request& r) { r.traffic = Traffic::kExercise; })},
    };
}

std::vector<Case> notice_cases() {
    using enum Outcome;
    const Make read = by("lead", Read{.version = 1, .reader = commitment("X")}, "intent/S1");
    const auto pass = [](std::initializer_list<std::string_view> to, std::string item) {
        return by("lead", PassOn{.version = 1, .to = parties_of(to)}, item);
    };
    const Make withdraw = by("south", Withdraw{}, "intent/S1");
    const auto call = [](std::optional<PartyId> to, std::string_view at) {
        return by("south", LogCall{.channel = Channel::kGuard, .to = to, .at = clock(at)},
                  std::nullopt);
    };
    const Make good_call = call(party_of("north"), "07:00:10");
    return {
        {"no_item", kBadObject, by("lead", Received{.version = 1}, "S1"), kReceived},
        {"untold", kUnknownItem, by("north", Received{.version = 1}, "intent/S1"), kReceived},
        {"none", kUnknownItem, by("lead", Received{.version = 1}, "intent/S8"), kReceived},
        {"exercise", kOtherTraffic,
         but(kReceived, [](Request& r) { r.traffic = Traffic::kExercise; }), kReceived},
        {"version_0", kNotThatVersion, by("lead", Received{.version = 0}, "intent/S1"), kReceived},
        {"version_2", kNotThatVersion, by("lead", Received{.version = 2}, "intent/S1"), kReceived},
        {"object_2", kNotThatVersion, by("lead", Object{.version = 2}, "intent/S1"),
         by("lead", Object{.version = 1}, "intent/S1")},
        {"nobody", kNoReader, by("lead", Read{.version = 1}, "intent/S1"), read},
        {"to_nobody", kBadBody, pass({}, "intent/S1"), kPassOn},
        {"to_itself", kRelayToSelf, pass({"lead", "north"}, "intent/S1"), kPassOn},
        {"to_ghost", kUnknownParty, pass({"ghost"}, "intent/S1"), kPassOn},
        {"to_east", kNoRelayRule, pass({"east", "north"}, "intent/S1"), kPassOn},
        {"to_owner", kNoRelayRule, pass({"south"}, "intent/S1"), kPassOn},
        {"a_warning", kNoRelayRule, pass({"north"}, "warning/a1"), kPassOn},
        {"an_agreement", kNoRelayRule, pass({"north"}, "agreement/strait"), kPassOn},
        {"withdrawn", kWithdrawn, pass({"north"}, "intent/S2"), kPassOn},
        {"ended", kEnded, pass({"north"}, "intent/S3"), kPassOn},
        {"withdraw_agreement", kBadObject, by("south", Withdraw{}, "agreement/strait"), withdraw},
        {"withdraw_none", kUnknownItem, by("south", Withdraw{}, "intent/S8"), withdraw},
        {"withdraw_others", kNotOwner, by("lead", Withdraw{}, "intent/S1"), withdraw},
        {"withdraw_untold", kUnknownItem, by("east", Withdraw{}, "intent/S1"), withdraw},
        {"withdraw_warning", kNotOwner, by("north", Withdraw{}, "warning/a1"),
         by("node", Withdraw{}, "warning/a1")},
        {"withdraw_exercise", kOtherTraffic,
         but(withdraw, [](Request& r) { r.traffic = Traffic::kExercise; }), withdraw},
        {"call_ghost", kUnknownParty, call(party_of("ghost"), "07:00"), good_call},
        {"call_self", kRelayToSelf, call(party_of("south"), "07:00"), good_call},
        {"call_to_come", kFromTheFuture, call({}, "07:00:10.001"), call({}, "07:00:10")},
        {"unreadable", kUnknownOperation, by("south", Unreadable{Outcome::kUnknownOperation}, {}),
         good_call},
        {"bad_body", kBadBody, by("south", Unreadable{Outcome::kBadBody}, {}), good_call},
    };
}

std::vector<Case> alert_cases() {
    using enum Outcome;
    const auto in_north = [](std::string_view id) { return alert(id).in("north-airspace"); };
    const Make raise = put_alert(in_north("a2").ahead("07:20"));
    const Make next = put_alert(in_north("a1").ahead("07:21"));
    AlertOf other_track = in_north("a1");
    other_track.alert.track = "T2";
    return {
        {"no_id", kBadObject, by("node", PutAlert{in_north("a2").alert}, "a 2"), raise},
        {"no_airspace", kBadAlert, put_alert(alert("a2").in("none").ahead("07:20")), raise},
        {"ended_airspace", kBadAlert, put_alert(alert("a2").in("old-area").ahead("07:20")), raise},
        {"no_feed", kBadAlert, put_alert(in_north("a2").seen_by("ghost").ahead("07:20")), raise},
        {"born_closed", kBadAlert, put_alert(in_north("a2").resolved("07:00")), raise},
        {"other_track", kBadAlert, put_alert(other_track.ahead("07:21")), next},
        {"live_in_exercise", kOtherTraffic,
         put_alert(alert("a2").in("exercise-area").ahead("07:20")),
         put_alert(alert("a2").in("exercise-area").ahead("07:20").exercise())},
    };
}

std::vector<Case> all_cases() {
    std::vector<Case> all;
    for (const auto& cases : {admitted_cases(), party_cases(), agreement_cases(), filed_cases(),
                              notice_cases(), alert_cases()}) {
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

bool is_remembered(const State& state, const Request& request) {
    return state.remembers(request.party, request.id);
}

TEST(Outcome, RefusesOneAndAcceptsTheOther) {
    for (const Case& one : all_cases()) {
        World1 refusing;
        EXPECT_EQ(refusing.does(one.refused(refusing)), one.outcome) << one.name;
        World1 accepting;
        EXPECT_EQ(accepting.does(one.accepted(accepting)), kAccepted) << one.name;
    }
}

// The oracle is a world in which a request with the same id asked for nothing that exists.
TEST(Outcome, RefusedARequestChangesNothingButThatItsIdIsRemembered) {
    for (const Case& one : all_cases()) {
        World1 w;
        World1 oracle;
        const std::size_t told = w.told().size();
        const Request request = one.refused(w);
        const bool was_remembered = is_remembered(w.state(), request);
        EXPECT_EQ(w.does(request), one.outcome) << one.name;
        EXPECT_EQ(w.told().size(), told) << one.name;
        if (is_remembered(w.state(), request) && !was_remembered) {
            Request nothing = request;
            nothing.operation = Unreadable{};
            EXPECT_EQ(oracle.does(nothing), Outcome::kBadBody) << one.name;
        }
        EXPECT_EQ(w.state().hash(), oracle.state().hash()) << one.name;
    }
}

// What is not for this log or not of this time does not take the id of what is.
TEST(Outcome, OnlyWhatIsOfThisLogAndTimeIsRemembered) {
    for (const Case& one : admitted_cases()) {
        if (one.outcome == Outcome::kRepeated) continue;
        World1 w;
        const Request request = one.refused(w);
        EXPECT_EQ(w.does(request), one.outcome) << one.name;
        EXPECT_FALSE(is_remembered(w.state(), request)) << one.name;
    }
}

TEST(Outcome, AnIdMayBeUsedAgainWhenTheRequestIsNoLongerValid) {
    World1 w;
    Request request = kNewIntent(w);
    request.valid_until = clock("07:05");
    ASSERT_EQ(w.does(request), kAccepted);
    w.at("07:05");
    EXPECT_EQ(w.does(request), Outcome::kRepeated);
    w.at("07:05:00.001");
    EXPECT_EQ(w.does(request), Outcome::kExpired);
    request.valid_until = clock("07:06");
    EXPECT_EQ(w.does(request), Outcome::kStaleVersion);
}

TEST(Outcome, EachHasATestAWordAndAName) {
    std::set<Outcome> tested{Outcome::kAccepted};
    for (const Case& one : all_cases()) tested.insert(one.outcome);
    std::set<std::string> names;
    for (std::uint16_t code = 0; code < 100; ++code) {
        if (!is_outcome(code)) continue;
        const auto outcome = static_cast<Outcome>(code);
        EXPECT_TRUE(tested.contains(outcome)) << name_of(outcome);
        EXPECT_TRUE(names.insert(name_of(outcome)).second) << code;
        EXPECT_STRNE(to_string(outcome), "");
    }
    EXPECT_EQ(names.size(), 32U);
    EXPECT_FALSE(is_outcome(6));
    EXPECT_STREQ(name_of(static_cast<Outcome>(6)), "unknown");
}

}  // namespace
}  // namespace comity::accord::testing
