// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What each expectation of a scenario becomes.
#include "test_texts.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

using accord::AlertPhase;
using accord::ItemKind;
using accord::Level;
using accord::PartyId;
using accord::Stage;
using namespace std::chrono_literals;

using That = decltype(Expectation::that);

const PartyId kA("a");
const PartyId kB("b");
const ScenarioItem kFlight = accord::ItemRef{.kind = ItemKind::kIntent, .id = "flight"};
const ScenarioItem kWarningF1 = WarningName{.track = "F1", .airspace = "area"};

Expectation expectation_of(const std::string& keys) {
    return scenario_of(world_with("expect:\n  - { " + keys + " }\n")).expect.at(0);
}

TEST(ReadExpectation, WhatIsToHappen) {
    const std::pair<const char*, That> rows[] = {
        {"alert: inside, track: F1, airspace: area",
         ExpectAlert{.phase = AlertPhase::kInside, .track = "F1", .airspace = "area"}},
        {"alert: resolved, track: F1, airspace: area",
         ExpectAlert{.phase = AlertPhase::kResolved, .track = "F1", .airspace = "area"}},
        {"alert: unresolved, track: F1, airspace: area",
         ExpectAlert{.phase = AlertPhase::kUnresolved, .track = "F1", .airspace = "area"}},
        {"alert: predicted, track: F1, airspace: area, by: intent",
         ExpectAlert{.phase = AlertPhase::kPredicted,
                     .track = "F1",
                     .airspace = "area",
                     .by = ExpectAlert::By::kIntent}},
        {"alert: predicted, track: F1, airspace: area, by: track",
         ExpectAlert{.phase = AlertPhase::kPredicted,
                     .track = "F1",
                     .airspace = "area",
                     .by = ExpectAlert::By::kTrack}},
        {"told: a, what: intent/flight", ExpectTold{.who = kA, .what = kFlight}},
        {"told: a, what: warning F1 in area, level: cells",
         ExpectTold{.who = kA, .what = kWarningF1, .level = Level::kCells}},
        {"told: a, what: intent/flight, level: none",
         ExpectTold{.who = kA, .what = kFlight, .level = Level::kNone}},
        {"received: b, what: warning F1 in area", ExpectReceived{.who = kB, .what = kWarningF1}},
        {"read: b, what: intent/flight", ExpectRead{.who = kB, .what = kFlight}},
        {"passed_on: a, what: intent/flight, to: b",
         ExpectPassedOn{.who = kA, .what = kFlight, .to = kB}},
        {"escalated: a, what: intent/flight, stage: received, to: b",
         ExpectEscalated{.late = kA, .what = kFlight, .stage = Stage::kReceived, .to = kB}},
        {"escalated: a, what: intent/flight, stage: read, to: b",
         ExpectEscalated{.late = kA, .what = kFlight, .stage = Stage::kRead, .to = kB}},
        {"escalated: a, what: intent/flight, stage: passed_on, to: b",
         ExpectEscalated{.late = kA, .what = kFlight, .stage = Stage::kPassedOn, .to = kB}},
        {"never_told: b, what: intent/flight", ExpectNeverTold{.who = kB, .what = kFlight}},
        {"refused: b, code: stale_version",
         ExpectRefused{.who = kB, .code = accord::Outcome::kStaleVersion}},
        {"refused: b, code: bad_alert",
         ExpectRefused{.who = kB, .code = accord::Outcome::kBadAlert}},
        {"count: { told: a, what: warnings }, is: 3",
         ExpectCount{.of = CountItems{.who = kA}, .is = 3}},
        {"count: { received: a, what: intents }, is: 0",
         ExpectCount{.of = CountItems{.step = CountItems::Step::kReceived,
                                      .who = kA,
                                      .what = ItemKind::kIntent},
                     .is = 0}},
        {"count: { read: a, what: airspaces }, is: 1",
         ExpectCount{.of = CountItems{.step = CountItems::Step::kRead,
                                      .who = kA,
                                      .what = ItemKind::kAirspace},
                     .is = 1}},
        {"count: { told: a, what: agreements }, is: 1",
         ExpectCount{.of = CountItems{.who = kA, .what = ItemKind::kAgreement}, .is = 1}},
        {"count: { alert: inside }, is: 4",
         ExpectCount{.of = CountAlerts{.phase = AlertPhase::kInside}, .is = 4}},
        {"count: { alert: predicted, airspace: area }, is: 4",
         ExpectCount{.of = CountAlerts{.airspace = "area"}, .is = 4}},
    };
    for (const auto& [keys, that] : rows) {
        const Expectation expectation = expectation_of(keys);
        EXPECT_TRUE(expectation.that == that) << keys;
        EXPECT_FALSE(expectation.when.has_value()) << keys;
        EXPECT_FALSE(expectation.before.has_value()) << keys;
        EXPECT_EQ(expectation.line, 20U) << keys;
    }
}

TEST(ReadExpectation, WhenItIsToHappen) {
    const char* const kinds[] = {
        "alert: inside, track: F1, airspace: area",
        "told: a, what: intent/flight",
        "received: a, what: intent/flight",
        "read: a, what: intent/flight",
        "passed_on: a, what: intent/flight, to: b",
        "escalated: a, what: intent/flight, stage: read, to: b",
        "refused: a, code: ended",
    };
    for (const std::string kind : kinds) {
        EXPECT_EQ(expectation_of(kind + ", at: 07:19:12").when, (Around{.at = at("07:19:12")}));
        const Expectation both =
            expectation_of(kind + ", at: 07:19:12, within: 5s, before: 07:20:00");
        EXPECT_EQ(both.when, (Around{.at = at("07:19:12"), .within = 5s})) << kind;
        EXPECT_EQ(both.before, at("07:20:00")) << kind;
        EXPECT_FALSE(expectation_of(kind + ", before: 07:20:00").when.has_value()) << kind;
    }
}

// Each outcome but the one that is no refusal can be expected by its name.
TEST(ReadExpectation, EveryRefusalHasItsName) {
    int count = 0;
    for (std::uint16_t code = 1; code < 1000; ++code) {
        if (!accord::is_outcome(code)) continue;
        const auto outcome = static_cast<accord::Outcome>(code);
        const Expectation expectation =
            expectation_of(std::string("refused: a, code: ") + accord::name_of(outcome));
        EXPECT_EQ(std::get<ExpectRefused>(expectation.that).code, outcome);
        ++count;
    }
    EXPECT_GE(count, 30);
}

}  // namespace
}  // namespace comity::wire
