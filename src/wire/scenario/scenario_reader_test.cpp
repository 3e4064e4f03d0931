// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What each key of a scenario becomes, and what stands where it is left out.
#include "test_texts.hpp"

#include "comity/geo/polygon.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

using accord::ItemKind;
using accord::ItemRef;
using accord::PartyId;
using namespace std::chrono_literals;

PartyId party(const char* id) {
    return PartyId(id);
}

const ScenarioItem kFlight = ItemRef{.kind = ItemKind::kIntent, .id = "flight"};
const ScenarioItem kWarningF1 = WarningName{.track = "F1", .airspace = "area"};

TEST(ReadScenario, TheHead) {
    const Scenario plain = scenario_of(kWorld);
    EXPECT_EQ(plain.title, "T");
    EXPECT_EQ(plain.about, "");
    EXPECT_EQ(plain.origin, "test.example/log");
    EXPECT_EQ(plain.start, at("07:00:00"));
    EXPECT_EQ(plain.end, at("08:00:00"));
    EXPECT_EQ(plain.seed, 0U);
    EXPECT_TRUE(plain.people.empty());
    EXPECT_TRUE(plain.expect.empty());

    const Scenario more =
        scenario_of(world_with("seed: 18446744073709551615\n"
                               "about: |\n  Two\n  lines.\n\n"));
    EXPECT_EQ(more.seed, 18'446'744'073'709'551'615U);
    EXPECT_EQ(more.about, "Two\nlines.");
}

TEST(ReadScenario, TimesOfTheDayAndOfAnyDay) {
    const auto moment = [](const std::string& text) {
        return scenario_of(world_with("moments: [" + text + "]\n")).moments.at(0);
    };
    EXPECT_EQ(moment("\"07:05:00\""), at("07:05:00"));
    EXPECT_EQ(moment("07:05:00"), at("07:05:00"));
    EXPECT_EQ(moment("07:05:00.5"), at("07:05:00.500"));
    EXPECT_EQ(moment("07:05:00.050"), at("07:05:00.050"));
    EXPECT_EQ(moment("2026-06-01T09:05:00+02:00"), at("07:05:00"));
    EXPECT_EQ(moment("1780297500"), at("07:05:00"));
    EXPECT_EQ(moment("07:00:00"), at("07:00:00"));
    EXPECT_EQ(moment("08:00:00"), at("08:00:00"));
}

TEST(ReadScenario, TimesOfTheDayAreOfTheDayOfTheStart) {
    const Scenario scenario = scenario_of(
        "title: T\norigin: o\nstart: 2026-06-01T23:30:00Z\nend: 2026-06-02T00:30:00Z\n"
        "parties: { a: { name: A } }\nmoments: [23:45:00, 2026-06-02T00:15:00Z]\n");
    EXPECT_EQ(scenario.moments, (std::vector{at("23:45:00"), at("00:15:00") + 24h}));
}

TEST(ReadScenario, Parties) {
    const Scenario scenario = scenario_of(kWorld);
    ASSERT_EQ(scenario.parties.size(), 3U);
    EXPECT_EQ(scenario.parties[0].id, party("a"));
    EXPECT_EQ(scenario.parties[0].name, "Party A");
    EXPECT_EQ(scenario.parties[0].line, 6U);
    EXPECT_FALSE(scenario.parties[0].group.has_value());
    EXPECT_EQ(scenario.parties[2].line, 8U);
    EXPECT_EQ(scenario.parties[2].group,
              (accord::Group{.lead = party("a"), .members = {party("a"), party("b")}}));
}

// What YAML 1.1 takes for flags and for nothing are ids here like any other.
TEST(ReadScenario, WordsThatYamlHasForOtherThings) {
    const Scenario scenario = scenario_of(
        "title: 07:24:05\norigin: o\nstart: 2026-06-01T07:00:00Z\nend: 08:00:00\n"
        "parties: { no: { name: yes }, 0x10: { name: 1e3 }, \"null\": { name: \"~\" } }\n");
    EXPECT_EQ(scenario.title, "07:24:05");
    EXPECT_EQ(scenario.parties[0].id, party("no"));
    EXPECT_EQ(scenario.parties[0].name, "yes");
    EXPECT_EQ(scenario.parties[1].id, party("0x10"));
    EXPECT_EQ(scenario.parties[1].name, "1e3");
    EXPECT_EQ(scenario.parties[2].id, party("null"));
}

TEST(ReadScenario, Agreements) {
    const Scenario scenario = scenario_of(
        world_where("  pact: { signatories: [a, b] }\n",
                    "  pact:\n"
                    "    at: 07:00:02\n"
                    "    signatories: [b, a]\n"
                    "    share:\n"
                    "      - { what: intents, from: b, to: a, level: volume }\n"
                    "      - { what: airspaces, from: a, to: b, level: cells, residual: false }\n"
                    "      - { what: alerts, from: a, to: b, level: full, residual: true }\n"
                    "    relay: [ { by: a, to: g, level: volume } ]\n"
                    "    deadlines: { intents: { received: 10s, read: 5min, passed_on: 1h },\n"
                    "                 alerts: { read: 500ms } }\n"
                    "    escalation: [g, b]\n"
                    "  empty: { signatories: [a, g] }\n"));
    ASSERT_EQ(scenario.agreements.size(), 2U);
    const ScenarioAgreement& pact = scenario.agreements[0];
    EXPECT_EQ(pact.id, "pact");
    EXPECT_EQ(pact.line, 10U);
    EXPECT_EQ(pact.at, at("07:00:02"));
    using accord::Level;
    using accord::Shared;
    const accord::Terms terms{
        .signatories = {party("b"), party("a")},
        .share = {{.what = Shared::kIntents,
                   .from = party("b"),
                   .to = party("a"),
                   .level = Level::kVolume},
                  {.what = Shared::kAirspaces,
                   .from = party("a"),
                   .to = party("b"),
                   .level = Level::kCells},
                  {.what = Shared::kAlerts,
                   .from = party("a"),
                   .to = party("b"),
                   .level = Level::kFull,
                   .is_residual = true}},
        .relay = {{.by = party("a"), .to = party("g"), .level = Level::kVolume}},
        .intents = {.received = 10s, .read = 5min, .passed_on = 1h},
        .alerts = {.received = 60s, .read = 500ms, .passed_on = 10min},
        .escalation = {party("g"), party("b")}};
    EXPECT_EQ(pact.terms, terms);
    const ScenarioAgreement& empty = scenario.agreements[1];
    EXPECT_EQ(empty.at, scenario.start);
    EXPECT_EQ(empty.terms, (accord::Terms{.signatories = {party("a"), party("g")}}));
}

TEST(ReadScenario, Airspaces) {
    const Scenario scenario = scenario_of(
        world_where("  area: { owner: a, file: area.geojson }\n",
                    "  area:\n"
                    "    owner: a\n"
                    "    type: tsa\n"
                    "    at: 07:00:01\n"
                    "    accuracy_m: 200.5\n"
                    "    source: a chart\n"
                    "    valid: { from: 2026-05-01T00:00:00Z, until: 2026-07-01T00:00:00Z }\n"
                    "    lower: { fl: 50 }\n"
                    "    upper: { fl: 100.5 }\n"
                    "    file: folder/area.geojson\n"
                    "    feature: North\n"
                    "  ring: { owner: b, polygon: [[60, 20], [60.5, 20], [60.5, 21]], lower: { "
                    "ft_msl: -10 } }\n"
                    "  closed: { owner: b, polygon: [[60, 20], [60.5, 20], [60.5, 21], [60, 20]],\n"
                    "            lower: { m_wgs84: 10.5 }, upper: { m_wgs84: 10.5 } }\n"));
    ASSERT_EQ(scenario.airspaces.size(), 3U);
    const ScenarioAirspace& area = scenario.airspaces[0];
    EXPECT_EQ(area.id, "area");
    EXPECT_EQ(area.line, 12U);
    EXPECT_EQ(area.owner, party("a"));
    EXPECT_EQ(area.at, at("07:00:01"));
    EXPECT_EQ(area.type, airspace::AirspaceType::kTemporarySegregated);
    EXPECT_EQ(area.accuracy, geo::Distance::metres(200.5));
    EXPECT_EQ(area.source, "a chart");
    ASSERT_TRUE(area.validity.has_value());
    EXPECT_EQ(geo::to_string(area.validity->begin), "2026-05-01T00:00:00Z");
    EXPECT_EQ(geo::to_string(area.validity->end), "2026-07-01T00:00:00Z");
    const auto level = [](std::int64_t feet) {
        return geo::PressureAltitude::at(geo::Height::whole_feet(feet));
    };
    EXPECT_EQ(area.band, airspace::AltitudeBand(
                             airspace::Band<geo::PressureAltitude>{level(5'000), level(10'050)}));
    EXPECT_EQ(std::get<AreaFile>(area.area),
              (AreaFile{.path = "folder/area.geojson", .feature = "North"}));

    const ScenarioAirspace& ring = scenario.airspaces[1];
    EXPECT_EQ(ring.at, scenario.start);
    EXPECT_EQ(ring.type, airspace::AirspaceType::kUnstated);
    EXPECT_FALSE(ring.accuracy.has_value());
    EXPECT_FALSE(ring.validity.has_value());
    EXPECT_EQ(ring.source, "");
    EXPECT_EQ(ring.band, airspace::AltitudeBand(airspace::Band<geo::AltitudeMsl>{
                             geo::AltitudeMsl::at(geo::Height::whole_feet(-10)), std::nullopt}));
    for (const ScenarioAirspace* one : {&ring, &scenario.airspaces[2]}) {
        const auto& polygon = std::get<geo::Polygon>(one->area);
        EXPECT_EQ(polygon.edge_kind(), geo::EdgeKind::kStraightLonLat);
        ASSERT_EQ(polygon.ring_count(), 1U);
        ASSERT_EQ(polygon.ring(0).size(), 3U);
        EXPECT_EQ(polygon.ring(0)[2].degrees().latitude, 60.5);
        EXPECT_EQ(polygon.ring(0)[2].degrees().longitude, 21.0);
    }
    const auto height = geo::AltitudeWgs84::at(geo::Height::metres(10.5));
    EXPECT_EQ(scenario.airspaces[2].band,
              airspace::AltitudeBand(airspace::Band<geo::AltitudeWgs84>{height, height}));
}

TEST(ReadScenario, AFileAloneIsAllItsAreas) {
    const Scenario scenario = scenario_of(kWorld);
    EXPECT_EQ(std::get<AreaFile>(scenario.airspaces.at(0).area),
              (AreaFile{.path = "area.geojson", .feature = std::nullopt}));
    EXPECT_EQ(scenario.airspaces.at(0).band,
              airspace::AltitudeBand(airspace::Band<geo::AltitudeMsl>{}));
}

TEST(ReadScenario, Intents) {
    const Scenario plain = scenario_of(kWorld);
    ASSERT_EQ(plain.intents.size(), 1U);
    const ScenarioIntent& flight = plain.intents[0];
    EXPECT_EQ(flight.id, "flight");
    EXPECT_EQ(flight.line, 14U);
    EXPECT_EQ(flight.owner, party("b"));
    EXPECT_EQ(flight.at, plain.start);
    EXPECT_EQ(flight.aircraft, std::vector<std::string>{"F1"});
    ASSERT_EQ(flight.route.size(), 2U);
    EXPECT_EQ(flight.route[0].time, at("07:10:00"));
    EXPECT_EQ(flight.route[1].position.degrees().latitude, 50.5);
    EXPECT_EQ(flight.route[1].position.degrees().longitude, 8.0);
    ASSERT_EQ(flight.volumes.size(), 1U);
    EXPECT_EQ(flight.volumes[0].time,
              (geo::Interval{.begin = at("07:10:00"), .end = at("07:20:00")}));
    EXPECT_EQ(flight.volumes[0].band, airspace::AltitudeBand());

    const Scenario more = scenario_of(world_where(
        "    width_m: 4000\n",
        "    width_m: 4000\n    at: 07:05:00\n    slack: 60s\n    upper: { fl: 100 }\n"));
    EXPECT_EQ(more.intents.at(0).at, at("07:05:00"));
    const airspace::Volume& volume = more.intents.at(0).volumes.at(0);
    EXPECT_EQ(volume.time, (geo::Interval{.begin = at("07:09:00"), .end = at("07:21:00")}));
    EXPECT_TRUE(std::holds_alternative<airspace::Band<geo::PressureAltitude>>(volume.band));
}

// The whole width is given: a corner lies half of it, and a little, from the leg.
TEST(ReadScenario, TheWidthIsOfTheWholeCorridor) {
    const Scenario scenario = scenario_of(kWorld);
    const auto& polygon = std::get<geo::Polygon>(scenario.intents.at(0).volumes.at(0).footprint);
    double east = 0.0;
    for (const geo::Position& corner : polygon.ring(0)) {
        east = std::max(east, corner.degrees().longitude);
    }
    EXPECT_NEAR(east, 8.0 + 2000.0 / 71'696.0, 1e-3);  // metres of a degree at 50 degrees
}

TEST(ReadScenario, Feeds) {
    const Scenario scenario =
        scenario_of(world_with("feeds:\n"
                               "  radar: { of: a, file: tracks.csv, format: tracks }\n"
                               "  other:\n"
                               "    of: b\n"
                               "    file: more/states.csv\n"
                               "    format: tracks\n"
                               "    dialect: opensky\n"
                               "    shift: -36h\n"
                               "    accuracy_m: 100\n"
                               "    operators: { F1: b, \"F 2\": a }\n"
                               "    parties: { RU: b }\n"
                               "  third: { of: a, file: f, format: tracks, dialect: traffic }\n"
                               "  raw: { of: b, file: feed.sbs, format: sbs, shift: 10s }\n"));
    ASSERT_EQ(scenario.feeds.size(), 4U);
    const ScenarioFeed& radar = scenario.feeds[0];
    EXPECT_EQ(radar.id, "radar");
    EXPECT_EQ(radar.line, 20U);
    EXPECT_EQ(radar.of, party("a"));
    EXPECT_EQ(radar.path, "tracks.csv");
    EXPECT_EQ(radar.format, FeedFormat::kTracks);
    EXPECT_EQ(radar.dialect, FeedDialect::kComity);
    EXPECT_EQ(radar.shift, 0ms);
    EXPECT_FALSE(radar.accuracy.has_value());
    EXPECT_TRUE(radar.operators.empty());
    EXPECT_TRUE(radar.parties.empty());
    const ScenarioFeed& other = scenario.feeds[1];
    EXPECT_EQ(other.dialect, FeedDialect::kOpenSky);
    EXPECT_EQ(other.shift, -36h);
    EXPECT_EQ(other.accuracy, geo::Distance::metres(100));
    EXPECT_EQ(other.operators,
              (std::map<std::string, PartyId>{{"F 2", party("a")}, {"F1", party("b")}}));
    EXPECT_EQ(other.parties, (std::map<std::string, PartyId>{{"RU", party("b")}}));
    EXPECT_EQ(scenario.feeds[2].dialect, FeedDialect::kTraffic);
    EXPECT_EQ(scenario.feeds[3].format, FeedFormat::kSbs);
    EXPECT_EQ(scenario.feeds[3].shift, 10s);
}

TEST(ReadScenario, SystemsMomentsAndAssessments) {
    const Scenario scenario =
        scenario_of(world_with("systems: { b: { receives_after: 1s } }\n"
                               "moments: [07:24:05, 07:30:00]\n"
                               "assess: [ { tracks: [F1, F2], airspace: "
                               "area } ]\n"));
    ASSERT_EQ(scenario.systems.size(), 1U);
    EXPECT_EQ(scenario.systems[0].party, party("b"));
    EXPECT_EQ(scenario.systems[0].receives_after, 1s);
    EXPECT_EQ(scenario.systems[0].line, 19U);
    EXPECT_EQ(scenario.moments, (std::vector{at("07:24:05"), at("07:30:00")}));
    ASSERT_EQ(scenario.assess.size(), 1U);
    EXPECT_EQ(scenario.assess[0].line, 21U);
    EXPECT_EQ(scenario.assess[0].tracks, (std::vector<std::string>{"F1", "F2"}));
    EXPECT_EQ(scenario.assess[0].airspace, "area");
}

ScenarioAct act_of(const std::string& keys) {
    return scenario_of(world_with("people: [ { " + keys + " } ]\n")).people.at(0);
}

TEST(ReadScenario, WhenPeopleAct) {
    using When = decltype(ScenarioAct::when);
    const std::string act = "who: a, does: object, what: intent/flight, ";
    EXPECT_EQ(act_of(act + "at: 07:05:00").when, When(at("07:05:00")));
    EXPECT_EQ(act_of(act + "after: 20s").when, When(AfterStep{.delay = 20s}));
    EXPECT_EQ(act_of(act + "after: 0s, of: told").when, When(AfterStep{.delay = 0s}));
    EXPECT_EQ(act_of(act + "after: 20s, of: received").when,
              When(AfterStep{.delay = 20s, .of = AfterStep::Of::kReceived}));
    EXPECT_EQ(act_of(act + "after: 20s, of: read").when,
              When(AfterStep{.delay = 20s, .of = AfterStep::Of::kRead}));
}

TEST(ReadScenario, WhatPeopleAreAbout) {
    const auto what = [](const std::string& item) {
        return act_of("at: 07:05:00, who: a, does: object, what: " + item).what;
    };
    EXPECT_EQ(what("intent/flight"), kFlight);
    EXPECT_EQ(what("airspace/area"), ScenarioItem(ItemRef{ItemKind::kAirspace, "area"}));
    EXPECT_EQ(what("agreement/pact"), ScenarioItem(ItemRef{ItemKind::kAgreement, "pact"}));
    EXPECT_EQ(what("warning F1 in area"), kWarningF1);
    EXPECT_EQ(what("warning F 1 in b in area"),
              ScenarioItem(WarningName{.track = "F 1 in b", .airspace = "area"}));
    EXPECT_EQ(to_string(kFlight), "intent/flight");
    EXPECT_EQ(to_string(kWarningF1), "warning F1 in area");
}

TEST(ReadScenario, WhatPeopleDo) {
    const std::string flight = "at: 07:05:00, who: a, what: intent/flight, does: ";
    EXPECT_EQ(std::get<ReceiveAct>(act_of(flight + "receive").does), ReceiveAct{});
    EXPECT_EQ(std::get<ObjectAct>(act_of(flight + "object").does), ObjectAct{});
    EXPECT_EQ(std::get<WithdrawAct>(act_of(flight + "withdraw").does), WithdrawAct{});
    EXPECT_EQ(std::get<ReadAct>(act_of(flight + "read, person: Cpt X").does).person, "Cpt X");
    EXPECT_EQ(std::get<PassOnAct>(act_of(flight + "pass_on, to: [b, g]").does).to,
              (std::set<PartyId>{party("b"), party("g")}));
    EXPECT_FALSE(act_of(flight + "receive").version.has_value());
    for (const char* deed : {"receive", "object", "read, person: X", "pass_on, to: [b]"}) {
        EXPECT_EQ(act_of(flight + deed + ", version: 3").version, 3U) << deed;
    }

    const std::string pact = "at: 07:05:00, who: a, agreement: pact, does: ";
    using accord::AgreementAct;
    for (const auto& [deed, act] :
         {std::pair("suspend", AgreementAct::kSuspend), std::pair("resume", AgreementAct::kResume),
          std::pair("end", AgreementAct::kEnd)}) {
        const ScenarioAct read = act_of(pact + deed);
        EXPECT_EQ(std::get<AgreementStep>(read.does),
                  (AgreementStep{.act = act, .agreement = "pact"}));
        EXPECT_FALSE(read.what.has_value());
        EXPECT_EQ(read.who, party("a"));
        EXPECT_EQ(read.line, 19U);
    }
}

TEST(ReadScenario, Calls) {
    using accord::Channel;
    const ScenarioAct plain = act_of("at: 07:05:00, who: a, does: call, channel: guard");
    EXPECT_EQ(std::get<CallAct>(plain.does), CallAct{});
    EXPECT_FALSE(plain.what.has_value());
    const ScenarioAct more = act_of(
        "after: 5s, who: a, does: call, channel: telephone, to: b, answered: false, about: Turn, "
        "what: warning F1 in area");
    EXPECT_EQ(
        std::get<CallAct>(more.does),
        (CallAct{
            .channel = Channel::kTelephone, .to = party("b"), .answered = false, .about = "Turn"}));
    EXPECT_EQ(more.what, kWarningF1);
    for (const auto& [word, channel] :
         {std::pair("radio", Channel::kRadio), std::pair("in_person", Channel::kInPerson)}) {
        const ScenarioAct call = act_of(
            std::string("at: 07:05:00, who: a, does: call, answered: true, channel: ") + word);
        EXPECT_EQ(std::get<CallAct>(call.does).channel, channel);
        EXPECT_EQ(std::get<CallAct>(call.does).answered, true);
    }
}

TEST(ReadScenario, WordsOfFeeds) {
    EXPECT_STREQ(to_string(FeedFormat::kTracks), "tracks");
    EXPECT_STREQ(to_string(FeedFormat::kSbs), "sbs");
    EXPECT_STREQ(to_string(FeedDialect::kComity), "comity");
    EXPECT_STREQ(to_string(FeedDialect::kOpenSky), "opensky");
    EXPECT_STREQ(to_string(FeedDialect::kTraffic), "traffic");
}

TEST(ReadScenario, AByteOrderMarkAndOtherLineEndsChangeNothing) {
    const Scenario marked = scenario_of("\xEF\xBB\xBF" + std::string(kWorld));
    EXPECT_EQ(marked.title, "T");
    std::string text(kWorld);
    for (std::size_t i = 0; (i = text.find('\n', i)) != std::string::npos; i += 2) {
        text.replace(i, 1, "\r\n");
    }
    const Scenario scenario = scenario_of(text);
    EXPECT_EQ(scenario.title, "T");
    EXPECT_EQ(scenario.intents.at(0).line, 14U);
}

}  // namespace
}  // namespace comity::wire
