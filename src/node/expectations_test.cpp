// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Each kind of expectation against a history by hand: what fits beside what nearly does.
#include "comity/base/check.hpp"
#include "comity/geo/instant.hpp"
#include "comity/node/history.hpp"
#include "comity/wire/scenario.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

using accord::AlertPhase;
using accord::ItemKind;
using accord::Level;
using accord::PartyId;
using By = wire::ExpectAlert::By;
using std::chrono::seconds;

const PartyId kNorth{"north"};
const PartyId kSouth{"south"};
const PartyId kLead{"lead"};
const accord::ItemRef kIntent{.kind = ItemKind::kIntent, .id = "S1"};
const wire::WarningName kWarning{.track = "S1", .airspace = "area"};

geo::Instant at(std::string_view time_of_day) {
    const auto instant = geo::parse_instant("2026-06-01T" + std::string(time_of_day) + "Z");
    COMITY_CHECK(instant.has_value());
    return *instant;
}

accord::ItemRef warning(const std::string& alert) {
    return {.kind = ItemKind::kWarning, .id = alert};
}

/// The little language in which the histories below are told.
class Story {
  public:
    Story& told(std::string_view time, const PartyId& to, const accord::ItemRef& item,
                Level level = Level::kVolume) {
        return add(time, Telling{.delivery = {.to = to, .item = item, .level = level}});
    }
    Story& did(std::string_view time, const PartyId& who, const accord::ItemRef& item,
               accord::Operation operation, accord::Outcome outcome = accord::Outcome::kAccepted) {
        return add(time, Filing{.who = who,
                                .operation = std::move(operation),
                                .object = to_string(item),
                                .decided = {.outcome = outcome}});
    }
    Story& alert(std::string_view time, const std::string& id, AlertPhase phase,
                 std::optional<std::string_view> by_intent = {},
                 std::optional<std::string_view> by_track = {}) {
        accord::Alert alert{
            .id = id, .phase = phase, .track = "S1", .feed_of = kNorth, .airspace = "area"};
        if (by_intent) alert.entry_by_intent = at(*by_intent);
        if (by_track) alert.entry_by_track = at(*by_track);
        history_.warnings.try_emplace(id, kWarning);
        AlertStep step{.alert = alert};
        const auto before = alerts_.find(id);
        if (before != alerts_.end()) step.before = before->second;
        alerts_.insert_or_assign(id, alert);
        return add(time, std::move(step));
    }
    Story& missed(std::string_view time, const PartyId& late, const accord::ItemRef& item,
                  accord::Stage stage, const PartyId& told) {
        return add(time, Missed{{.late = late, .item = item, .stage = stage, .told = told}});
    }
    const History& history() const { return history_; }

  private:
    template <typename What>
    Story& add(std::string_view time, What what) {
        history_.happenings.push_back({.time = at(time), .what = std::move(what)});
        return *this;
    }

    History history_;
    std::map<std::string, accord::Alert> alerts_;
};

template <typename That>
Checked check(const Story& story, That that, std::optional<wire::Around> when = {},
              std::optional<geo::Instant> before = {}) {
    wire::Scenario scenario{.start = at("07:00:00"), .end = at("08:00:00")};
    scenario.expect.push_back({.line = 7, .that = std::move(that), .when = when, .before = before});
    const std::vector<Checked> all = check_expectations(scenario, story.history());
    COMITY_CHECK(all.size() == 1);
    EXPECT_EQ(all[0].line, 7U);
    EXPECT_EQ(all[0].found.empty(), all[0].holds) << all[0].found;
    return all[0];
}

wire::Around around(std::string_view time, seconds within = seconds(0)) {
    return {.at = at(time), .within = within};
}

TEST(Expectations, AreInTheOrderOfTheScenario) {
    wire::Scenario scenario{.start = at("07:00:00")};
    scenario.expect.push_back({.line = 9, .that = wire::ExpectRead{kNorth, kIntent}});
    scenario.expect.push_back({.line = 4, .that = wire::ExpectNeverTold{kNorth, kIntent}});
    const auto all = check_expectations(scenario, {});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].line, 9U);
    EXPECT_FALSE(all[0].holds);
    EXPECT_EQ(all[1].line, 4U);
    EXPECT_TRUE(all[1].holds);
}

TEST(Expectations, Told) {
    Story story;
    story.told("07:05:00", kNorth, kIntent).told("07:06:00", kSouth, kIntent, Level::kCells);
    EXPECT_TRUE(check(story, wire::ExpectTold{kNorth, kIntent, Level::kVolume}).holds);
    EXPECT_TRUE(check(story, wire::ExpectTold{kSouth, kIntent, {}}).holds);

    const Checked level = check(story, wire::ExpectTold{kSouth, kIntent, Level::kFull});
    EXPECT_EQ(level.expected, "south told intent/S1 at level full");
    EXPECT_EQ(level.found, "told at level cells at 07:06:00");
    EXPECT_EQ(check(story, wire::ExpectTold{kLead, kIntent, {}}).found, "never");
    EXPECT_EQ(check(story, wire::ExpectTold{kNorth, kWarning, {}}).found, "never");
}

TEST(Expectations, Times) {
    Story story;
    story.told("07:05:00", kNorth, kIntent).told("07:09:00", kNorth, kIntent);
    const wire::ExpectTold told{kNorth, kIntent, {}};
    EXPECT_TRUE(check(story, told, around("07:05:00")).holds);
    EXPECT_TRUE(check(story, told, around("07:05:05", seconds(5))).holds);
    EXPECT_TRUE(check(story, told, around("07:08:55", seconds(5))).holds);
    EXPECT_TRUE(check(story, told, {}, at("07:05:00.001")).holds);
    // Around and before are asked of one happening.
    EXPECT_FALSE(check(story, told, around("07:09:00"), at("07:08:00")).holds);

    const Checked late = check(story, told, around("07:05:05.001", seconds(5)));
    EXPECT_EQ(late.expected, "north told intent/S1 at 07:05:05.001 within 5 s");
    EXPECT_EQ(late.found, "told at level volume at 07:05:00");
    EXPECT_EQ(check(story, told, around("07:08:00", seconds(5))).found,
              "told at level volume at 07:09:00");
    const Checked strictly = check(story, told, {}, at("07:05:00"));
    EXPECT_EQ(strictly.expected, "north told intent/S1 before 07:05:00");
    EXPECT_FALSE(strictly.holds);
}

TEST(Expectations, WhatFitsAtAnotherTimeIsNearerThanWhatDoesNotFit) {
    Story story;
    story.told("07:05:00", kNorth, kIntent, Level::kFull).told("07:09:00", kNorth, kIntent);
    const Checked checked =
        check(story, wire::ExpectTold{kNorth, kIntent, Level::kVolume}, around("07:05:00"));
    EXPECT_EQ(checked.found, "told at level volume at 07:09:00");
}

TEST(Expectations, NeverTold) {
    Story story;
    story.told("07:05:00", kNorth, kIntent);
    const Checked holds = check(story, wire::ExpectNeverTold{kSouth, kIntent});
    EXPECT_TRUE(holds.holds);
    EXPECT_EQ(holds.expected, "south never told intent/S1");
    EXPECT_EQ(check(story, wire::ExpectNeverTold{kNorth, kIntent}).found,
              "told at level volume at 07:05:00");
}

TEST(Expectations, ReceivedAndReadAreOfTheirPartyAndAccepted) {
    Story story;
    story.alert("07:01:00", "a1", AlertPhase::kPredicted, "07:05:00")
        .did("07:01:02", kNorth, warning("a1"), accord::Received{.version = 1})
        .did("07:02:00", kNorth, warning("a1"), accord::Read{.version = 1})
        .did("07:02:30", kSouth, warning("a1"), accord::Read{.version = 1},
             accord::Outcome::kUnknownItem);
    EXPECT_TRUE(check(story, wire::ExpectReceived{kNorth, kWarning}, around("07:01:02")).holds);
    EXPECT_TRUE(check(story, wire::ExpectRead{kNorth, kWarning}).holds);
    const Checked late = check(story, wire::ExpectRead{kNorth, kWarning}, {}, at("07:02:00"));
    EXPECT_EQ(late.expected, "north read warning S1 in area before 07:02:00");
    EXPECT_EQ(late.found, "read at 07:02:00");
    EXPECT_EQ(check(story, wire::ExpectReceived{kNorth, kWarning}, around("07:00:00")).found,
              "received at 07:01:02");
    EXPECT_EQ(check(story, wire::ExpectRead{kSouth, kWarning}).found, "never");
    EXPECT_EQ(check(story, wire::ExpectReceived{kSouth, kWarning}).found, "never");
    EXPECT_EQ(check(story, wire::ExpectRead{kNorth, wire::WarningName{"S2", "area"}}).found,
              "never");
}

TEST(Expectations, PassedOn) {
    Story story;
    story.did("07:07:00", kLead, kIntent, accord::PassOn{.version = 1, .to = {kNorth}});
    EXPECT_TRUE(check(story, wire::ExpectPassedOn{kLead, kIntent, kNorth}).holds);
    const Checked other = check(story, wire::ExpectPassedOn{kLead, kIntent, kSouth});
    EXPECT_EQ(other.expected, "lead passed intent/S1 on to south");
    EXPECT_EQ(other.found, "passed on to north at 07:07:00");
}

TEST(Expectations, Escalated) {
    Story story;
    story.missed("07:10:00", kSouth, kIntent, accord::Stage::kRead, kLead);
    EXPECT_TRUE(
        check(story, wire::ExpectEscalated{kSouth, kIntent, accord::Stage::kRead, kLead}).holds);
    const Checked stage =
        check(story, wire::ExpectEscalated{kSouth, kIntent, accord::Stage::kPassedOn, kLead});
    EXPECT_EQ(stage.expected, "south had not passed on intent/S1 in time, lead told");
    EXPECT_EQ(stage.found, "not read in time, lead told at 07:10:00");
    EXPECT_FALSE(
        check(story, wire::ExpectEscalated{kSouth, kIntent, accord::Stage::kRead, kNorth}).holds);
    EXPECT_EQ(
        check(story, wire::ExpectEscalated{kNorth, kIntent, accord::Stage::kRead, kLead}).found,
        "never");
}

TEST(Expectations, Refused) {
    Story story;
    story.did("07:02:00", kSouth, kIntent, accord::Withdraw{}, accord::Outcome::kNotOwner)
        .did("07:03:00", kNorth, kIntent, accord::Withdraw{});
    EXPECT_TRUE(check(story, wire::ExpectRefused{kSouth, accord::Outcome::kNotOwner}).holds);
    const Checked other = check(story, wire::ExpectRefused{kSouth, accord::Outcome::kEnded});
    EXPECT_EQ(other.expected, "a request of south refused with ended");
    EXPECT_EQ(other.found, "refused with not_owner at 07:02:00");
    EXPECT_EQ(check(story, wire::ExpectRefused{kNorth, accord::Outcome::kNotOwner}).found, "never");
}

wire::ExpectAlert alert(AlertPhase phase, std::optional<By> by = {}) {
    return {.phase = phase, .track = "S1", .airspace = "area", .by = by};
}

TEST(Expectations, AnAlertComesToAPhaseOnce) {
    Story story;
    story.alert("07:19:12", "a1", AlertPhase::kPredicted, "07:24:05")
        .alert("07:21:00", "a1", AlertPhase::kPredicted, "07:24:01")
        .alert("07:23:30", "a1", AlertPhase::kPredicted, "07:24:05", "07:24:10")
        .alert("07:24:05", "a1", AlertPhase::kInside);
    EXPECT_TRUE(check(story, alert(AlertPhase::kPredicted), around("07:19:12")).holds);
    // A change in a phase is not its beginning.
    EXPECT_FALSE(check(story, alert(AlertPhase::kPredicted), around("07:21:00")).holds);
    EXPECT_TRUE(check(story, alert(AlertPhase::kPredicted, By::kIntent), around("07:19:12")).holds);
    EXPECT_FALSE(
        check(story, alert(AlertPhase::kPredicted, By::kIntent), around("07:23:30")).holds);
    EXPECT_TRUE(check(story, alert(AlertPhase::kPredicted, By::kTrack), around("07:23:30")).holds);
    EXPECT_TRUE(check(story, alert(AlertPhase::kInside), around("07:24:05")).holds);

    const Checked early =
        check(story, alert(AlertPhase::kPredicted, By::kTrack), around("07:19:12", seconds(60)));
    EXPECT_EQ(early.expected, "S1 in area: predicted by a straight line at 07:19:12 within 1 min");
    EXPECT_EQ(early.found, "predicted by the announced flight and by a straight line at 07:23:30");
    EXPECT_EQ(check(story, alert(AlertPhase::kResolved)).found,
              "predicted by the announced flight at 07:19:12");
    wire::ExpectAlert other = alert(AlertPhase::kPredicted);
    other.track = "S2";
    EXPECT_EQ(check(story, other).found, "never");
}

wire::ExpectCount count(wire::CountItems::Step step, const PartyId& who, ItemKind what,
                        std::uint64_t is) {
    return {.of = wire::CountItems{.step = step, .who = who, .what = what}, .is = is};
}

TEST(Expectations, CountsAreOfDifferentItems) {
    using enum wire::CountItems::Step;
    Story story;
    story.alert("07:01:00", "a1", AlertPhase::kPredicted, "07:05:00")
        .told("07:01:00", kNorth, warning("a1"))
        .told("07:01:30", kNorth, warning("a1"))
        .told("07:02:00", kNorth, warning("a2"))
        .told("07:02:00", kNorth, kIntent)
        .did("07:02:01", kNorth, warning("a1"), accord::Received{.version = 1})
        .did("07:02:02", kNorth, warning("a2"), accord::Received{.version = 1},
             accord::Outcome::kStaleVersion)
        .did("07:02:03", kNorth, kIntent, accord::Read{.version = 1});
    EXPECT_TRUE(check(story, count(kTold, kNorth, ItemKind::kWarning, 2)).holds);
    EXPECT_TRUE(check(story, count(kTold, kNorth, ItemKind::kIntent, 1)).holds);
    EXPECT_TRUE(check(story, count(kTold, kSouth, ItemKind::kWarning, 0)).holds);
    EXPECT_TRUE(check(story, count(kReceived, kNorth, ItemKind::kWarning, 1)).holds);
    EXPECT_TRUE(check(story, count(kRead, kNorth, ItemKind::kIntent, 1)).holds);
    EXPECT_TRUE(check(story, count(kRead, kNorth, ItemKind::kWarning, 0)).holds);
    const Checked three = check(story, count(kTold, kNorth, ItemKind::kWarning, 3));
    EXPECT_EQ(three.expected, "north was told 3 warnings");
    EXPECT_EQ(three.found, "2");
}

TEST(Expectations, CountsOfAlerts) {
    Story story;
    story.alert("07:01:00", "a1", AlertPhase::kPredicted, "07:05:00")
        .alert("07:01:30", "a1", AlertPhase::kPredicted, "07:05:01")
        .alert("07:02:00", "a2", AlertPhase::kPredicted, {}, "07:05:02")
        .alert("07:05:00", "a1", AlertPhase::kInside);
    const auto alerts = [](AlertPhase phase, std::optional<std::string> airspace,
                           std::uint64_t is) {
        return wire::ExpectCount{.of = wire::CountAlerts{phase, std::move(airspace)}, .is = is};
    };
    EXPECT_TRUE(check(story, alerts(AlertPhase::kPredicted, {}, 2)).holds);
    EXPECT_TRUE(check(story, alerts(AlertPhase::kInside, "area", 1)).holds);
    EXPECT_TRUE(check(story, alerts(AlertPhase::kPredicted, "other", 0)).holds);
    const Checked one = check(story, alerts(AlertPhase::kPredicted, "area", 1));
    EXPECT_EQ(one.expected, "alerts that came to predicted in area: 1");
    EXPECT_EQ(one.found, "2");
}

}  // namespace
}  // namespace comity::node
