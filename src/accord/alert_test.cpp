// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Who is warned of what, in which order, and what each warning holds.
#include "standing_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::accord::testing {
namespace {

constexpr auto kWarning = "warning/a1";

AlertOf a1() {
    return alert("a1").in("north-airspace").seen_by("north");
}

const Alert& view_of(const World& w, std::string_view to) {
    const auto found =
        std::ranges::find_if(w.told().rbegin(), w.told().rend(), [&](const ToldOnce& once) {
            return once.telling.to.value() == to && to_string(once.telling.item) == kWarning;
        });
    if (found == w.told().rend()) throw std::runtime_error("no warning");
    return std::get<WarningView>(found->released.view).alert;
}

struct Alerts : ::testing::Test {
    Alerts() {
        EXPECT_EQ(w.files("south", intent("S1").aircraft("T1")), kAccepted);
        EXPECT_EQ(w.received("lead", "intent/S1"), kAccepted);
        EXPECT_EQ(w.reads("lead", "Cpt X", "intent/S1"), kAccepted);
    }
    StandingWorld w;
};

TEST_F(Alerts, TheOperatorHearsFirstThenTheOwnerOfTheLine) {
    ASSERT_EQ(w.raises(a1().flown_by("south").ahead("07:20")), kAccepted);
    std::vector<std::string> order;
    for (const ToldOnce& once : w.told()) {
        if (to_string(once.telling.item) == kWarning) order.push_back(once.telling.to.value());
    }
    EXPECT_EQ(order, (std::vector<std::string>{"south", "north", "lead"}));
    EXPECT_THAT(w, told("south", kWarning).why(Why::kOwnAircraft));
    EXPECT_THAT(w, told("north", kWarning).why(Why::kOwnFeed).level(Level::kFull));
    EXPECT_TRUE(w.told().back().telling.is_urgent);
}

TEST_F(Alerts, WhereAnAirspaceIsIsForItsOwnerToTell) {
    const auto danger = airspace::AirspaceType::kDanger;
    ASSERT_EQ(w.files("east", area("d-1").type(danger)), kAccepted);
    ASSERT_EQ(w.files("east", area("e-1").type(airspace::AirspaceType::kNational)), kAccepted);
    ASSERT_EQ(w.raises(alert("a2").in("d-1").seen_by("north").ahead("07:20")), kAccepted);
    ASSERT_EQ(w.raises(alert("a3").in("e-1").seen_by("north").ahead("07:20")), kAccepted);
    EXPECT_THAT(w, never_told("north", "warning/a2"));
    EXPECT_THAT(w, never_told("lead", "warning/a2"));
    EXPECT_THAT(w, told("north", "warning/a3"));
    w.agree("east-north",
            terms({"east", "north"}).shares("east", "north", Shared::kAirspaces, Level::kVolume));
    ASSERT_EQ(w.at("07:10").raises(alert("a2").in("d-1").seen_by("north").ahead("07:19")),
              kAccepted);
    EXPECT_THAT(w, told("north", "warning/a2").at("07:10"));
    EXPECT_THAT(w, never_told("lead", "warning/a2"));
}

TEST_F(Alerts, WhoDoesNotKnowTheIntentHearsOnlyByTheStraightLine) {
    ASSERT_EQ(w.raises(a1().of("S1", "07:30").flown_by("south")), kAccepted);
    EXPECT_THAT(w, told("south", kWarning));
    EXPECT_THAT(w, told("lead", kWarning));
    EXPECT_THAT(w, never_told("north", kWarning));
    ASSERT_EQ(w.at("07:10").raises(a1().of("S1", "07:30").flown_by("south").ahead("07:12")),
              kAccepted);
    EXPECT_THAT(w, told("north", kWarning).at("07:10").version(1));
    EXPECT_FALSE(view_of(w, "north").intent);
    EXPECT_FALSE(view_of(w, "north").entry_by_intent);
    EXPECT_FALSE(view_of(w, "north").operated_by);
    EXPECT_EQ(view_of(w, "north").entry_by_track, clock("07:12"));
    EXPECT_EQ(view_of(w, "south").entry_by_intent, clock("07:30"));
}

TEST_F(Alerts, WhoLearnsOfTheIntentIsWarnedAtOnce) {
    ASSERT_EQ(w.raises(a1().of("S1", "07:30")), kAccepted);
    ASSERT_EQ(w.at("07:05").passes_on("lead", "intent/S1", {"north"}), kAccepted);
    EXPECT_THAT(w, told("north", kWarning).at("07:05").version(1));
    EXPECT_EQ(view_of(w, "north").entry_by_intent, clock("07:30"));
}

TEST_F(Alerts, WhoIsWarnedByTheLineHearsOfThePredictionWhenItLearnsOfTheIntent) {
    ASSERT_EQ(w.raises(a1().of("S1", "07:30").ahead("07:31")), kAccepted);
    ASSERT_EQ(w.at("07:00:30").passes_on("lead", "intent/S1", {"north"}), kAccepted);
    EXPECT_THAT(w, told("north", kWarning).at("07:00:30").version(2));
}

TEST_F(Alerts, StandingAlertsAreToldWhenAnAgreementComesIntoForce) {
    ASSERT_EQ(w.raises(a1().ahead("07:20")), kAccepted);
    w.at("07:00:30")
        .agree("east",
               terms({"north", "east"}).shares("north", "east", Shared::kAlerts, Level::kCells));
    EXPECT_THAT(w, told("east", kWarning).at("07:00:30").level(Level::kCells));
}

TEST_F(Alerts, ADistanceIsNoNewsAndAPhaseIs) {
    ASSERT_EQ(w.raises(a1().ahead("07:20").distance(-5000)), kAccepted);
    ASSERT_EQ(w.at("07:00:10").raises(a1().ahead("07:20").distance(-4000)), kAccepted);
    EXPECT_THAT(w, never(told("lead", kWarning).version(2)));
    ASSERT_EQ(w.at("07:00:20").raises(a1().entered("07:00:15").distance(10)), kAccepted);
    EXPECT_THAT(w, told("lead", kWarning).at("07:00:20").version(2));
    ASSERT_EQ(w.at("07:00:40").raises(a1().entered("07:00:15").resolved("07:00:32")), kAccepted);
    EXPECT_THAT(w, told("lead", kWarning).at("07:00:40").version(3));
}

TEST_F(Alerts, NewsRestartsNoDeadlineAndAnyAnswerCounts) {
    ASSERT_EQ(w.raises(a1().ahead("07:20")), kAccepted);
    ASSERT_EQ(w.at("07:00:30").raises(a1().ahead("07:19")), kAccepted);
    EXPECT_EQ(w.notice("lead", kWarning).due.at(Stage::kReceived), clock("07:01"));
    ASSERT_EQ(w.received("lead", kWarning, 1), kAccepted);
    EXPECT_FALSE(w.notice("lead", kWarning).due.contains(Stage::kReceived));
}

TEST_F(Alerts, BelowFullNoTrackIsNamedButToWhoFliesIt) {
    World other;
    add_parties(other);
    other.agree("p", terms({"north", "south", "lead"})
                         .shares("north", "south", Shared::kAlerts, Level::kCells)
                         .shares("north", "lead", Shared::kAlerts, Level::kVolume));
    ASSERT_EQ(other.files("north", area("north-airspace")), kAccepted);
    ASSERT_EQ(other.raises(a1().ahead("07:20").flown_by("south").as_of(77)), kAccepted);
    EXPECT_EQ(view_of(other, "lead").track, "");
    EXPECT_FALSE(view_of(other, "lead").operated_by);
    EXPECT_EQ(view_of(other, "south").track, "T1");
    EXPECT_EQ(view_of(other, "south").as_of_record, 0U);
}

TEST_F(Alerts, PassedDeadlinesTellTheNextAtTheSharedLevel) {
    ASSERT_EQ(w.raises(a1().ahead("07:20")), kAccepted);
    w.at("07:01");
    // The lead, told at volume, is late before the north and the south are.
    EXPECT_THAT(w, late("lead", kWarning, Stage::kReceived).at("07:01").and_told("desk"));
    EXPECT_THAT(w, told("desk", kWarning).level(Level::kVolume));
    ASSERT_EQ(w.raises(a1().entered("07:01")), kAccepted);
    EXPECT_THAT(w, told("desk", kWarning).version(1));
}

TEST_F(Alerts, AWarningOfAHiddenIntentIsNotEscalatedToWhoWouldSeeNothing) {
    ASSERT_EQ(w.raises(a1().of("S1", "07:30")), kAccepted);
    w.at("07:02");
    EXPECT_THAT(w, late("lead", kWarning, Stage::kReceived).and_nobody_told());
    EXPECT_THAT(w, never_told("desk", kWarning));
}

TEST_F(Alerts, WhatLeftBeforeItWasRecordedKeepsBothTimes) {
    const auto put = PutSpooled{.spool_number = 1,
                                .left_at = clock("06:59:50"),
                                .alert = a1().ahead("07:20").alert,
                                .told = parties_of({"lead", "east"})};
    ASSERT_EQ(w.does(w.request(kNodeParty, put, "a1")), kAccepted);
    EXPECT_EQ(w.notice("lead", kWarning).left_at, clock("06:59:50"));
    EXPECT_EQ(w.notice("lead", kWarning).first.at, clock("07:00"));
    EXPECT_FALSE(w.notice("north", kWarning).left_at);
    EXPECT_THAT(w, never_told("east", kWarning));
}

TEST_F(Alerts, WithdrawnItSaysNothingAndIsNotToldAgain) {
    ASSERT_EQ(w.raises(a1().ahead("07:20")), kAccepted);
    ASSERT_EQ(w.withdraws(kNodeParty, kWarning), kAccepted);
    EXPECT_EQ(view_of(w, "lead").airspace, "");
    EXPECT_FALSE(view_of(w, "lead").entry_by_track);
    ASSERT_EQ(w.raises(a1().entered("07:01")), kAccepted);
    EXPECT_THAT(w, never(told("lead", kWarning).version(3)));
}

TEST_F(Alerts, AnAgreementSharesNoAlertsOfAnothersFeed) {
    ASSERT_EQ(w.raises(a1().seen_by("east").ahead("07:20")), kAccepted);
    EXPECT_THAT(w, told("east", kWarning));
    EXPECT_THAT(w, never_told("lead", kWarning));
    EXPECT_THAT(w, never_told("north", kWarning));
}

// As after a node that stood still for days.
TEST_F(Alerts, AnAirspaceThatIsForgottenLeavesItsSituationToBeClosed) {
    ASSERT_EQ(w.raises(a1().ahead("07:20")), kAccepted);
    ASSERT_EQ(w.ends("north", "north-airspace"), kAccepted);
    w.at(clock("07:00") + std::chrono::hours(25));
    ASSERT_EQ(w.state().airspace("north-airspace"), nullptr);
    ASSERT_EQ(w.changes("north", "strait", AgreementAct::kSuspend), kAccepted);
    ASSERT_EQ(w.changes("north", "strait", AgreementAct::kResume), kAccepted);
    EXPECT_EQ(w.raises(a1().lost()), kAccepted);
    EXPECT_EQ(view_of(w, "lead").phase, AlertPhase::kUnresolved);
    EXPECT_EQ(w.raises(alert("a2").in("north-airspace").seen_by("north").ahead("08:20")),
              Outcome::kBadAlert);
}

}  // namespace
}  // namespace comity::accord::testing
