// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The life of what is told: told, received, read, passed on, objected to, withdrawn; deadlines, and
// who is told where they pass.
#include "standing_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::accord::testing {
namespace {

constexpr auto kIntent = "intent/S1";

struct Life : ::testing::Test {
    Life() { EXPECT_EQ(w.at("07:10").files("south", intent("S1").aircraft("T1")), kAccepted); }
    StandingWorld w;
};

TEST_F(Life, IsToldToWhomAnAgreementSaysAndToNobodyElse) {
    EXPECT_THAT(w, told("lead", kIntent).at("07:10").level(Level::kFull).version(1));
    EXPECT_THAT(w, never_told("south", kIntent));
    EXPECT_THAT(w, never_told("north", kIntent));
    EXPECT_THAT(w, never_told("east", kIntent));
    EXPECT_THAT(w, told("south", "airspace/north-airspace").at("07:00").why(Why::kShared));
}

TEST_F(Life, IsReceivedReadAndPassedOnEachAtItsTime) {
    ASSERT_EQ(w.at("07:10:20").received("lead", kIntent), kAccepted);
    ASSERT_EQ(w.at("07:11").reads("lead", "Cpt X", kIntent), kAccepted);
    ASSERT_EQ(w.at("07:12").passes_on("lead", kIntent, {"north"}), kAccepted);
    const Notice& notice = w.notice("lead", kIntent);
    EXPECT_EQ(notice.received, (Act{.at = clock("07:10:20"), .version = 1}));
    EXPECT_EQ(notice.read, (Act{.at = clock("07:11"), .version = 1}));
    EXPECT_EQ(notice.reader, commitment("Cpt X"));
    EXPECT_EQ(notice.passed_on.at(party_of("north")), (Act{.at = clock("07:12"), .version = 1}));
    EXPECT_THAT(w, told("north", kIntent).at("07:12").level(Level::kVolume).why(Why::kRelayed));
    ASSERT_EQ(w.received("north", kIntent), kAccepted);
    ASSERT_EQ(w.reads("north", "Lt Y", kIntent), kAccepted);
    w.at("07:39");
    EXPECT_TRUE(w.escalations().empty()) << w;
}

TEST_F(Life, AReceptionIsNoReading) {
    ASSERT_EQ(w.received("lead", kIntent), kAccepted);
    w.at("07:14:59");
    EXPECT_TRUE(w.escalations().empty()) << w;
    w.at("07:15");
    EXPECT_THAT(w, late("lead", kIntent, Stage::kRead).at("07:15").and_told("desk"));
    EXPECT_THAT(w, told("desk", kIntent).at("07:15").level(Level::kFull).why(Why::kEscalated));
    EXPECT_FALSE(w.notice("lead", kIntent).read);
}

TEST_F(Life, PassedDeadlinesGoDownTheListToNobodyLeft) {
    w.at("07:30");
    EXPECT_THAT(w, late("lead", kIntent, Stage::kReceived).at("07:11").and_told("desk"));
    EXPECT_THAT(w, late("desk", kIntent, Stage::kReceived).at("07:12").and_told("line"));
    EXPECT_THAT(w, late("line", kIntent, Stage::kReceived).at("07:13").and_nobody_told());
    EXPECT_THAT(w, late("lead", kIntent, Stage::kRead).at("07:15").and_nobody_told());
    EXPECT_THAT(w, late("lead", kIntent, Stage::kPassedOn).at("07:20").and_nobody_told());
    EXPECT_EQ(w.escalations().size(), 7U) << w;
    EXPECT_EQ(w.notice("lead", kIntent).missed.size(), 3U);
}

TEST_F(Life, ALateAnswerStandsBesideTheMissedDeadline) {
    w.at("07:12");
    ASSERT_EQ(w.received("lead", kIntent), kAccepted);
    const Notice& notice = w.notice("lead", kIntent);
    EXPECT_EQ(notice.missed.at(Stage::kReceived), clock("07:11"));
    EXPECT_EQ(notice.received->at, clock("07:12"));
}

TEST_F(Life, TheFirstOfTwoAnswersCounts) {
    ASSERT_EQ(w.at("07:10:10").reads("lead", "Cpt X", kIntent), kAccepted);
    ASSERT_EQ(w.at("07:10:30").reads("lead", "Lt Y", kIntent), kAccepted);
    EXPECT_EQ(w.notice("lead", kIntent).read->at, clock("07:10:10"));
    EXPECT_EQ(w.notice("lead", kIntent).reader, commitment("Cpt X"));
}

TEST_F(Life, AnAnswerThatOvertookAnotherIsNotUndone) {
    ASSERT_EQ(w.files("south", intent("S1").to("07:45")), kAccepted);
    ASSERT_EQ(w.received("lead", kIntent, 2), kAccepted);
    ASSERT_EQ(w.received("lead", kIntent, 1), kAccepted);
    EXPECT_EQ(w.notice("lead", kIntent).received->version, 2U);
    EXPECT_FALSE(w.notice("lead", kIntent).due.contains(Stage::kReceived));
}

TEST_F(Life, TheFirstAnswerOfAllIsKeptBesideTheLatest) {
    ASSERT_EQ(w.at("07:10").received("lead", kIntent), kAccepted);
    ASSERT_EQ(w.at("07:10:05").reads("lead", "Cpt X", kIntent), kAccepted);
    ASSERT_EQ(w.at("07:11").files("south", intent("S1").to("07:45")), kAccepted);
    ASSERT_EQ(w.at("07:12").received("lead", kIntent, 2), kAccepted);
    ASSERT_EQ(w.at("07:12:05").reads("lead", "Cpt X", kIntent), kAccepted);
    const Notice& notice = w.notice("lead", kIntent);
    EXPECT_EQ(notice.first_received, clock("07:10"));
    EXPECT_EQ(notice.received, (Act{.at = clock("07:12"), .version = 2}));
    EXPECT_EQ(notice.first_read, clock("07:10:05"));
    EXPECT_EQ(notice.read, (Act{.at = clock("07:12:05"), .version = 2}));
}

TEST_F(Life, AnAnswerToAnEarlierVersionLeavesTheLatestToBeAnsweredInItsOwnTime) {
    ASSERT_EQ(w.at("07:10:30").files("south", intent("S1").to("07:45")), kAccepted);
    ASSERT_EQ(w.received("lead", kIntent, 1), kAccepted);
    ASSERT_EQ(w.reads("lead", "Cpt X", kIntent, 1), kAccepted);
    EXPECT_EQ(w.notice("lead", kIntent).due.at(Stage::kReceived), clock("07:11:30"));
    EXPECT_EQ(w.notice("lead", kIntent).due.at(Stage::kRead), clock("07:15:30"));
}

TEST_F(Life, NewsAgainAndAgainLetsNobodyOffAnswering) {
    for (const auto* time : {"07:10:20", "07:10:40", "07:10:59"}) {
        ASSERT_EQ(w.at(time).files("south", intent("S1").to("07:45")), kAccepted);
    }
    w.at("07:11");
    EXPECT_THAT(w, late("lead", kIntent, Stage::kReceived).at("07:11").and_told("desk"));
}

TEST_F(Life, ALeadThatDoesNotPassOnIsLate) {
    ASSERT_EQ(w.received("lead", kIntent), kAccepted);
    ASSERT_EQ(w.reads("lead", "Cpt X", kIntent), kAccepted);
    w.at("07:25");
    EXPECT_THAT(w, late("lead", kIntent, Stage::kPassedOn).at("07:20").and_told("desk"));
    EXPECT_THAT(w, never_told("north", kIntent));
}

TEST_F(Life, WhoWasToldByRelayHearsOfTheNextVersionAtTheSameLevel) {
    ASSERT_EQ(w.passes_on("lead", kIntent, {"north"}), kAccepted);
    ASSERT_EQ(w.at("07:12").files("south", intent("S1").aircraft("T1").to("07:45")), kAccepted);
    EXPECT_THAT(w, told("north", kIntent).at("07:12").version(2).level(Level::kVolume));
    EXPECT_TRUE(std::get<IntentView>(w.told().back().released.view).aircraft.empty());
}

TEST_F(Life, AtVolumeAnotherAircraftIsNoNews) {
    ASSERT_EQ(w.passes_on("lead", kIntent, {"north"}), kAccepted);
    ASSERT_EQ(w.at("07:12").files("south", intent("S1").aircraft("T2")), kAccepted);
    EXPECT_THAT(w, told("lead", kIntent).version(2));
    EXPECT_THAT(w, never(told("north", kIntent).version(2)));
    EXPECT_TRUE(release(w.state(), party_of("north"), item_of(kIntent)));
}

TEST_F(Life, AMemberThatHasLeftTheGroupIsPassedNothing) {
    World other;
    add_parties(other);
    other.agree("strait", terms({"south", "lead"})
                              .shares("south", "lead", Shared::kIntents, Level::kFull)
                              .relays("lead", "north", Level::kVolume));
    ASSERT_EQ(other.files("south", intent("S1")), kAccepted);
    ASSERT_EQ(other.passes_on("lead", kIntent, {"north"}), kAccepted);
    ASSERT_EQ(other.group("league", "lead", {"lead", "east"}), kAccepted);
    ASSERT_EQ(other.files("south", intent("S2")), kAccepted);
    EXPECT_EQ(other.passes_on("lead", "intent/S2", {"north"}), Outcome::kNoRelayRule);
    ASSERT_EQ(other.at("07:12").files("south", intent("S1").to("07:45")), kAccepted);
    EXPECT_THAT(other, never(told("north", kIntent).version(2)));
}

TEST_F(Life, WhoDidNotSignIsNotBoundByARelayOfOthers) {
    World other;
    add_parties(other);
    other.agree("strait",
                terms({"south", "lead"}).shares("south", "lead", Shared::kIntents, Level::kFull));
    other.agree("league", terms({"lead", "north"}).relays("lead", "north", Level::kFull));
    ASSERT_EQ(other.files("south", intent("S1")), kAccepted);
    EXPECT_EQ(other.passes_on("lead", kIntent, {"north"}), Outcome::kNoRelayRule);
    EXPECT_FALSE(other.notice("lead", kIntent).due.contains(Stage::kPassedOn));
}

TEST_F(Life, AnObjectionIsKept) {
    ASSERT_EQ(w.at("07:13").objects("lead", kIntent), kAccepted);
    EXPECT_EQ(w.notice("lead", kIntent).objected, (Act{.at = clock("07:13"), .version = 1}));
}

TEST_F(Life, WithdrawnByOneActItReachesAllAndSaysNothingMore) {
    ASSERT_EQ(w.passes_on("lead", kIntent, {"north"}), kAccepted);
    ASSERT_EQ(w.at("07:10:30").withdraws("south", kIntent), kAccepted);
    EXPECT_THAT(w, told("lead", kIntent).at("07:10:30").version(2));
    EXPECT_THAT(w, told("north", kIntent).at("07:10:30").version(2));
    const Released& last = w.told().back().released;
    EXPECT_TRUE(last.is_withdrawn);
    EXPECT_TRUE(std::get<IntentView>(last.view).volumes.empty());
    w.at("07:30");
    EXPECT_TRUE(w.escalations().empty()) << w;
    EXPECT_EQ(w.received("north", kIntent), kAccepted);
}

TEST_F(Life, EndedItIsToldAndNothingIsDue) {
    ASSERT_EQ(w.at("07:10:30").files("south", intent("S1").in_state(IntentState::kEnded)),
              kAccepted);
    EXPECT_THAT(w, told("lead", kIntent).at("07:10:30").version(2));
    w.at("07:30");
    EXPECT_TRUE(w.escalations().empty()) << w;
}

TEST_F(Life, AStepTellsAPartyOnceOfAnItem) {
    // The timer that is due at 07:11 tells the desk, the request of the same step tells it again.
    Request put = w.request("south", intent("S1").to("07:45").put(), "S1");
    put.expected_version = 1;
    const Applied applied = w.state().apply(put, clock("07:11"));
    EXPECT_EQ(applied.outcome, kAccepted);
    EXPECT_EQ(std::ranges::count(applied.tellings, party_of("desk"), &Telling::to), 1);
    EXPECT_EQ(w.notice("desk", kIntent).last.version, 1U);
}

// Suspension.

TEST_F(Life, SuspendedOnlyResidualRulesSpeak) {
    ASSERT_EQ(w.changes("lead", "strait", AgreementAct::kSuspend), kAccepted);
    ASSERT_EQ(w.at("07:12").files("south", intent("S1").to("07:45")), kAccepted);
    ASSERT_EQ(w.files("south", intent("S2")), kAccepted);
    ASSERT_EQ(w.raises(alert("a1").in("north-airspace").ahead("07:20")), kAccepted);
    EXPECT_THAT(w, never(told("lead", kIntent).version(2)));
    EXPECT_THAT(w, never_told("lead", "intent/S2"));
    EXPECT_EQ(w.passes_on("lead", kIntent, {"north"}), Outcome::kNoRelayRule);
    EXPECT_THAT(w, told("lead", "warning/a1").level(Level::kVolume));
    EXPECT_THAT(w, never_told("south", "warning/a1"));
}

TEST_F(Life, SuspendedADeadlinePassesButNobodyElseIsToldOfTheItem) {
    ASSERT_EQ(w.changes("lead", "strait", AgreementAct::kSuspend), kAccepted);
    w.at("07:11");
    EXPECT_THAT(w, late("lead", kIntent, Stage::kReceived).and_nobody_told());
    EXPECT_THAT(w, never_told("desk", kIntent));
}

TEST_F(Life, WhatPartiesMissedIsToldWhenItIsResumed) {
    ASSERT_EQ(w.changes("lead", "strait", AgreementAct::kSuspend), kAccepted);
    ASSERT_EQ(w.files("south", intent("S1").to("07:45")), kAccepted);
    ASSERT_EQ(w.files("south", intent("S2")), kAccepted);
    EXPECT_FALSE(release(w.state(), party_of("lead"), item_of(kIntent)));
    ASSERT_EQ(w.at("07:13").changes("south", "strait", AgreementAct::kResume), kAccepted);
    EXPECT_THAT(w, told("lead", kIntent).at("07:13").version(2));
    EXPECT_THAT(w, told("lead", "intent/S2").at("07:13").version(1));
}

TEST_F(Life, EndedAnAgreementShowsNothingNewAndTheWithdrawalStillReachesAll) {
    ASSERT_EQ(w.changes("lead", "strait", AgreementAct::kSuspend), kAccepted);
    ASSERT_EQ(w.changes("lead", "strait", AgreementAct::kEnd), kAccepted);
    ASSERT_EQ(w.files("south", intent("S1").to("07:45")), kAccepted);
    EXPECT_FALSE(release(w.state(), party_of("lead"), item_of(kIntent)));
    ASSERT_EQ(w.withdraws("south", kIntent), kAccepted);
    EXPECT_THAT(w, told("lead", kIntent).version(2));
    EXPECT_TRUE(std::get<IntentView>(w.told().back().released.view).volumes.empty());
}

TEST_F(Life, ALowerLevelHoldsForWhatIsToldNext) {
    World other;
    add_parties(other);
    other.agree("a",
                terms({"south", "lead"}).shares("south", "lead", Shared::kIntents, Level::kFull));
    other.agree("b",
                terms({"south", "lead"}).shares("south", "lead", Shared::kIntents, Level::kCells));
    ASSERT_EQ(other.files("south", intent("S1")), kAccepted);
    ASSERT_EQ(other.changes("south", "a", AgreementAct::kSuspend), kAccepted);
    ASSERT_EQ(other.files("south", intent("S1").to("07:45")), kAccepted);
    EXPECT_THAT(other, told("lead", kIntent).version(2).level(Level::kCells));
}

// Time.

TEST_F(Life, TimersFireInTheOrderOfTimeThenOfId) {
    ASSERT_EQ(w.files("south", intent("S0")), kAccepted);
    const Applied applied = w.state().advance(clock("07:12"));
    ASSERT_EQ(applied.escalations.size(), 2U);
    EXPECT_EQ(to_string(applied.escalations[0].item), "intent/S0");
    EXPECT_EQ(to_string(applied.escalations[1].item), kIntent);
}

TEST_F(Life, ItIsKeptForADayAndForgotten) {
    w.at("+1 07:59:59");
    ASSERT_NE(w.state().intent("S1"), nullptr);
    EXPECT_EQ(w.state().intent("S1")->state, IntentState::kEnded);
    EXPECT_EQ(w.received("lead", kIntent), kAccepted);
    w.at("+1 08:00");
    EXPECT_EQ(w.state().intent("S1"), nullptr);
    EXPECT_EQ(w.received("lead", kIntent), Outcome::kUnknownItem);
}

TEST_F(Life, OneLongLeapTellsNothingOfWhatIsForgotten) {
    const Applied applied = w.state().advance(clock("+9 00:00"));
    for (const Telling& telling : applied.tellings) {
        EXPECT_TRUE(release(w.state(), telling.to, telling.item)) << to_string(telling.item);
    }
}

}  // namespace
}  // namespace comity::accord::testing
