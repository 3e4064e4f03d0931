// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The fast loop: what is watched, and which alerts the node files of it.
#include "test_node.hpp"

#include <chrono>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

std::vector<accord::Alert> alerts(NodeWorld& w) {
    std::vector<accord::Alert> all;
    for (const auto& [id, alert] : w.node().state().alerts()) all.push_back(alert);
    return all;
}

TEST(NodeWatch, TwoFeedsThatSeeTheSameAircraftHaveAnAlertEach) {
    NodeWorld w;
    begin_two_shores(w);
    w.party("east");
    w.feed("east-radar", "east");
    w.sees("north-radar", approaching("T1"));
    w.sees("east-radar", approaching("T1"));
    w.at("07:00:01");
    const auto all = alerts(w);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_NE(all[0].feed_of, all[1].feed_of);
    EXPECT_EQ(all[0].version, 1U);
    EXPECT_EQ(all[1].version, 1U);
    // South hears of what north's feed saw; what east's feed saw was agreed with nobody.
    EXPECT_EQ(delivered("south", "warning/").count_in(w), 1U);
    EXPECT_EQ(delivered("east", "warning/").count_in(w), 1U);
}

TEST(NodeWatch, ExercisesAreNotWatchedOnLiveFeeds) {
    NodeWorld w;
    begin_two_shores(w);
    w.files(
        "north",
        area("game").square(35.0, 36.0, 1.0).exercise().type(airspace::AirspaceType::kNational));
    w.sees("north-radar", track("T1").at(35.5, 36.5).heading(180).knots(100));
    w.at("07:00:02");
    EXPECT_EQ(alerts(w).size(), 0U);
    w.crash();
    w.restart();
    ASSERT_TRUE(w.is_running());
    w.sees("north-radar", track("T1").at(35.5, 36.5).heading(180).knots(100));
    w.at("07:00:05");
    EXPECT_EQ(alerts(w).size(), 0U);
}

// The route of an exercise says nothing of where a live aircraft will be.
TEST(NodeWatch, AnExercisesIntentPredictsNothing) {
    for (const bool is_exercise : {false, true}) {
        SCOPED_TRACE(is_exercise ? "exercise" : "live");
        NodeWorld w;
        begin_two_shores(w);
        auto plan = intent("S1").aircraft("T1").from("07:00").to("07:30").route(
            {{.position = accord::testing::place(36.9, 36.5), .time = clock("07:00")},
             {.position = accord::testing::place(37.3, 36.5), .time = clock("07:04")}});
        if (is_exercise) plan.exercise();
        w.files("south", plan);
        // Stands still: by itself it comes into nothing.
        w.sees("north-radar", track("T1").at(36.9, 36.5));
        w.at("07:00:02");
        EXPECT_EQ(alerts(w).size(), is_exercise ? 0U : 1U);
    }
}

TEST(NodeWatch, WhatHasEndedByTimeIsWatchedNoMore) {
    NodeWorld w({.node = {.watch = {.max_areas = 2}}});
    begin_two_shores(w);
    w.files("north", area("brief")
                         .square(38.0, 36.0, 1.0)
                         .from("07:00")
                         .to("07:10")
                         .type(airspace::AirspaceType::kNational));
    w.at("07:30");
    w.set_clock("08:30");
    w.turn();
    // There is room for one more.
    w.files("north", area("later").square(39.0, 36.0, 1.0).type(airspace::AirspaceType::kNational));
    w.sees("north-radar", track("T1").at(39.5, 36.5).heading(0).knots(100));
    w.at(w.now() + std::chrono::seconds(2));
    EXPECT_EQ(alerts(w).size(), 1U);
}

TEST(NodeWatch, AnAirspaceThatEndsLeavesItsAlertsUnresolved) {
    NodeWorld w;
    begin_two_shores(w);
    w.sees("north-radar", approaching("T1"));
    w.at("07:00:01");
    const std::string id = open_alert(w);
    ASSERT_NE(id, "");
    w.files("north", accord::EndAirspace{}, std::string("salient"));
    w.at("07:00:03");
    EXPECT_EQ(w.node().state().alert(id)->phase, accord::AlertPhase::kUnresolved);
    EXPECT_THAT(w, delivered("south", "warning/" + id).saying("unresolved").recorded());
    w.sees("north-radar", inside("T1"));
    w.at("07:00:10");
    EXPECT_EQ(alerts(w).size(), 1U);
}

// Whatever a feed says, the warning leaves.
TEST(NodeWatch, NoTrackIdStopsAWarning) {
    for (const std::string& id : {std::string("\xff\xfe"), std::string("a\0b", 3),
                                  std::string("\"}\n"), std::string(2000, 'x'), std::string()}) {
        SCOPED_TRACE(id);
        NodeWorld w;
        begin_two_shores(w);
        w.sees("north-radar", approaching(id));
        w.at("07:00:01");
        EXPECT_EQ(alerts(w).size(), 1U);
        EXPECT_THAT(w, delivered("south", "warning/").recorded());
    }
}

TEST(NodeWatch, NoAccuracyStopsAWarning) {
    for (const double metres : {1e9, 1e300, std::numeric_limits<double>::infinity()}) {
        NodeWorld w;
        begin_two_shores(w);
        testing::TrackOf report = approaching("T1");
        report.report.accuracy = geo::Distance::metres(metres);
        w.sees("north-radar", report);
        w.at("07:00:01");
        ASSERT_EQ(alerts(w).size(), 1U) << metres;
        EXPECT_EQ(alerts(w).front().track_accuracy_m, 100'000'000);
    }
}

TEST(NodeWatch, TheNodesOwnWordStandsInTheLedger) {
    NodeWorld w;
    w.node().record(ledger::node::RecordingChunk{.feed = "north-radar", .size = 7});
    w.at("07:00:02");
    const auto chunks = records_of<ledger::node::RecordingChunk>(w);
    ASSERT_EQ(chunks.size(), 1U);
    EXPECT_EQ(body_of_record<ledger::node::RecordingChunk>(chunks.front()).size, 7U);
}

}  // namespace
}  // namespace comity::node
