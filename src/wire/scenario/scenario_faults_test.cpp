// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Each fault of a scenario with its line and words, and beside it what is good.
#include "test_texts.hpp"

#include "comity/wire/yaml_tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

using enum ScenarioFault;

struct Row {
    std::string text;
    ScenarioFault fault;
    std::size_t line;
    const char* words;  // are part of what is said
};

void expect_faults(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const auto scenario = read_scenario(row.text);
        ASSERT_FALSE(scenario.has_value()) << row.words << '\n' << row.text;
        EXPECT_EQ(scenario.error().fault, row.fault) << scenario.error().text;
        EXPECT_EQ(scenario.error().line, row.line) << scenario.error().text;
        EXPECT_NE(scenario.error().text.find(row.words), std::string::npos)
            << "said: " << scenario.error().text << "\nwanted: " << row.words;
        EXPECT_NE(scenario.error().text.find("expected"), std::string::npos)
            << scenario.error().text;
    }
}

// Sections after the world, from line 19.
Row after(const std::string& sections, ScenarioFault fault, std::size_t line, const char* words) {
    return {world_with(sections), fault, line, words};
}

// The world with something else in it.
Row where(std::string_view before, std::string_view replaced, ScenarioFault fault, std::size_t line,
          const char* words) {
    return {world_where(before, replaced), fault, line, words};
}

TEST(ScenarioFaults, TheWorldOfTheseTestsIsGood) {
    EXPECT_TRUE(read_scenario(kWorld).has_value());
}

TEST(ScenarioFaults, OfTheText) {
    using namespace std::string_literals;
    expect_faults({
        {"", kSyntax, 1, "an empty text"},
        {"\n\n# nothing\n", kSyntax, 1, "an empty text"},
        {"- a\n- b\n", kKind, 1, "a list, expected the keys of a scenario"},
        {"word", kKind, 1, "a text, expected the keys of a scenario"},
        {"~", kSyntax, 1, "an empty text"},
        {std::string(ScenarioLimits::kMaxBytes + 1, '#'), kTooLarge, 1, "16777217 bytes"},
        after("about: \xFF\n", kBytes, 19, "not UTF-8"),
        after("about: \xC2\n", kBytes, 19, "not UTF-8"),
        after("about: a\n  \tb\n", kBytes, 20, "a tab"),
        after("about: a\x04\n", kBytes, 19, "a control character"),
        after("about: a\0b\n"s, kBytes, 19, "a control character"),
        after("about: a\rb\n", kBytes, 19, "a control character"),
        after("about: a\x7F\n", kBytes, 19, "a control character"),
        after("about: a\xC2\x9B\n", kBytes, 19, "a control character"),
        after("about: \"a\\x1b[0m\"\n", kBytes, 19, "a control character"),
        after("about: [\n", kSyntax, 20, "expected YAML"),
        after("about: \"a\n", kSyntax, 20, "expected YAML"),
        after("about: 'a\n", kSyntax, 20, "expected YAML"),
        after("about: \"a", kSyntax, 20, "expected YAML"),
        after("about: {a: b\n", kSyntax, 20, "expected YAML"),
        after("about: a: b\n", kSyntax, 19, "expected YAML"),
        after(" about: a\n", kSyntax, 19, "expected YAML"),
        after("about: &mark a\n", kAlias, 19, "an anchor"),
        after("about: *mark\n", kSyntax, 19, "expected YAML"),
        after("about: !!str a\n", kAlias, 19, "a tag"),
        after("people: !act []\n", kAlias, 19, "a tag"),
        after("systems: !!map {}\n", kAlias, 19, "a tag"),
        after("---\ntitle: again\n", kSecondDocument, 19, "a second document"),
        after("...\n---\n", kSecondDocument, 20, "a second document"),
        after("about: [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]\n", kTooDeep, 19, "at most 16 levels"),
        after("? [a, b]\n: c\n", kKind, 19, "a key that is no text"),
        after("? { a: b }\n: c\n", kKind, 19, "a key that is no text"),
        after("~: c\n", kKind, 19, "a key that is no text"),
        after("seed: 1\nseed: 2\n", kDuplicateKey, 20, "the key 'seed' twice"),
        where("  b: {", "  a: {", kDuplicateKey, 7, "the key 'a' twice"),
    });
    EXPECT_TRUE(read_scenario(world_with("about: \"a\\tb\"\n")).error().fault == kBytes);
    EXPECT_TRUE(read_scenario(world_with("about: a \xC2\xA0 b\n")).has_value());
    EXPECT_TRUE(read_scenario("%YAML 1.2\n---\n" + std::string(kWorld) + "...\n").has_value());
    EXPECT_TRUE(read_scenario(std::string(kWorld) + "...\n...").has_value());
    EXPECT_TRUE(read_scenario(std::string(kWorld) + "# the end").has_value());
    EXPECT_TRUE(read_scenario("---\n" + std::string(kWorld)).has_value());
}

TEST(ScenarioFaults, TooManyValues) {
    const std::string brackets(YamlLimits::kMaxNodes, '[');
    std::string values;
    for (std::size_t i = 0; i <= YamlLimits::kMaxNodes; ++i) values += "- a\n";
    expect_faults({
        {"\n" + brackets + "[", kTooMany, 2, "too many values, expected at most 1048576"},
        {values, kTooMany, YamlLimits::kMaxNodes + 1, "too many values, expected at most 1048576"},
    });
    EXPECT_NE(read_scenario("\n" + brackets).error().fault, kTooMany);
}

TEST(ScenarioFaults, OfTheHead) {
    expect_faults({
        after("abuot: a\n", kUnknownKey, 19, "unknown key 'abuot', expected title, about, origin"),
        after("airspace: {}\n", kUnknownKey, 19, "unknown key 'airspace'"),
        where("title: T\n", "", kMissingKey, 1, "a scenario without 'title'"),
        where("origin: test.example/log\n", "", kMissingKey, 1, "without 'origin'"),
        where("start: 2026-06-01T07:00:00Z\n", "", kMissingKey, 1, "without 'start'"),
        where("end: \"08:00:00\"\n", "", kMissingKey, 1, "without 'end'"),
        {"title: T\norigin: o\nstart: 2026-06-01T07:00:00Z\nend: 08:00:00\n", kMissingKey, 1,
         "without 'parties'"},
        where("title: T\n", "title: \"\"\n", kValue, 1, "expected a word"),
        where("title: T\n", "title: \"a\\nb\"\n", kValue, 1, "expected a text of one line"),
        where("title: T\n", "title: [T]\n", kKind, 1, "a list, expected a text"),
        where("title: T\n", "title:\n", kKind, 1, "nothing, expected a text"),
        where("title: T\n", "title: " + std::string(257, 't') + "\n", kTooMany, 1,
              "at most 256 bytes"),
        after("about: " + std::string(8193, 'a') + "\n", kTooMany, 19, "at most 8192 bytes"),
        where("test.example/log", "two words", kValue, 2,
              "'two words', expected the name of a log"),
        where("test.example/log", "a+b", kValue, 2, "expected the name of a log"),
        where("2026-06-01T07:00:00Z", "07:00:00", kValue, 3, "'07:00:00', expected a time such as"),
        where("\"08:00:00\"", "24:00:00", kValue, 4, "'24:00:00', expected a time such as"),
        where("\"08:00:00\"", "08:60:00", kValue, 4, "expected a time such as"),
        where("\"08:00:00\"", "08:00:60", kValue, 4, "expected a time such as"),
        where("\"08:00:00\"", "8:00:00", kValue, 4, "expected a time such as"),
        where("\"08:00:00\"", "08:00:00.", kValue, 4, "expected a time such as"),
        where("\"08:00:00\"", "08:00:00.1234", kValue, 4, "expected a time such as"),
        where("\"08:00:00\"", "2026-02-30T08:00:00Z", kValue, 4, "expected a time such as"),
        where("\"08:00:00\"", "07:00:00", kRange, 4, "expected a time after the start"),
        where("\"08:00:00\"", "2026-07-02T07:00:00.001Z", kRange, 4, "at most 31 days later"),
        after("seed: -1\n", kValue, 19, "'-1', expected a whole number"),
        after("seed: 1.5\n", kValue, 19, "expected a whole number"),
        after("seed: 18446744073709551616\n", kValue, 19, "expected a whole number"),
        after("moments: [06:59:59.999]\n", kRange, 19,
              "expected a time from 2026-06-01T07:00:00Z to 2026-06-01T08:00:00Z"),
        after("moments: [08:00:00.001]\n", kRange, 19, "expected a time from"),
        after("moments: 07:30:00\n", kKind, 19, "a text, expected a list"),
        after("moments: [[]]\n", kKind, 19, "a list, expected a text"),
    });
    EXPECT_TRUE(read_scenario(world_where("\"08:00:00\"", "2026-07-02T07:00:00Z")).has_value());
    std::string moments = "moments:\n";
    for (std::size_t i = 0; i < ScenarioLimits::kMaxMoments; ++i) moments += " - 07:30:00\n";
    EXPECT_TRUE(read_scenario(world_with(moments)).has_value());
    expect_faults(
        {after(moments + " - 07:30:00\n", kTooMany, 20, "1001 items, expected at most 1000")});
}

TEST(ScenarioFaults, OfParties) {
    const char* const b = "  b: { name: Party B }\n";
    expect_faults({
        {"title: T\norigin: o\nstart: 2026-06-01T07:00:00Z\nend: 08:00:00\nparties: {}\n", kRange,
         5, "no party, expected at least one"},
        where(b, "  b: Party B\n", kKind, 7, "a text, expected the keys of a party"),
        where(b, "  b: {}\n", kMissingKey, 7, "a party without 'name'"),
        where(b, "  b: { nam: B }\n", kUnknownKey, 7, "'nam', expected name or group of a party"),
        where(b, "  b b: { name: B }\n", kValue, 7, "'b b', expected an id"),
        where(b, "  node: { name: B }\n", kConflict, 7, "'node' is the node itself"),
        where("lead: a,", "lead: c,", kUnknownName, 8,
              "no party has the id 'c', expected a, b or g"),
        where("lead: a,", "", kMissingKey, 8, "a group without 'lead'"),
        where("members: [a, b]", "members: [b]", kConflict, 8, "a lead that is no member"),
        where("members: [a, b]", "members: [a, c]", kUnknownName, 8, "no party has the id 'c'"),
        where("members: [a, b]", "members: []", kRange, 8, "0 parties, expected at least 1"),
        where("members: [a, b]", "members: [a, a]", kConflict, 8, "'a' twice"),
        where("members: [a, b]", "members: [a, g]", kConflict, 8, "among its own members"),
        where("members: [a, b]", "members: a", kKind, 8, "a text, expected a list"),
        where("members: [a, b]", "members: [a, b], chair: a", kUnknownKey, 8, "'chair'"),
        where(b, "  b: { name: B, group: { lead: a, members: [a, g] } }\n", kConflict, 7,
              "the group 'g' among the members"),
        after("systems: { c: { receives_after: 1s } }\n", kUnknownName, 19,
              "no party has the id 'c'"),
        after("systems: { a: {} }\n", kMissingKey, 19, "a system without 'receives_after'"),
        after("systems: { a: { receives_after: -1s } }\n", kRange, 19, "'-1s', expected 0ms to"),
    });
    std::string parties =
        "title: T\norigin: o\nstart: 2026-06-01T07:00:00Z\nend: 08:00:00\nparties:\n";
    for (std::size_t i = 0; i < ScenarioLimits::kMaxParties; ++i) {
        parties += "  p" + std::to_string(i) + ": { name: P }\n";
    }
    EXPECT_TRUE(read_scenario(parties).has_value());
    expect_faults({{parties + "  more: { name: P }\n", kTooMany, 6, "257 keys, expected at most"}});
}

TEST(ScenarioFaults, OfAgreements) {
    const auto pact = [](const std::string& keys, ScenarioFault fault, const char* words) {
        return where("signatories: [a, b]", keys, fault, 10, words);
    };
    const std::string two = "signatories: [a, b], ";
    expect_faults({
        pact("", kMissingKey, "an agreement without 'signatories'"),
        pact("signatories: [a]", kRange, "1 parties, expected at least 2"),
        pact("signatories: [a, a]", kConflict, "'a' twice"),
        pact("signatories: [a, c]", kUnknownName, "no party has the id 'c'"),
        pact(two + "at: 06:00:00", kRange, "'06:00:00', expected a time from"),
        pact(two + "terms: {}", kUnknownKey, "'terms', expected at, signatories, share"),
        pact(two + "share: [ { what: tracks, from: a, to: b, level: full } ]", kValue,
             "'tracks', expected intents, airspaces or alerts"),
        pact(two + "share: [ { what: alerts, from: a, to: b, level: all } ]", kValue,
             "'all', expected none, cells, volume or full"),
        pact(two + "share: [ { what: alerts, from: a, to: a, level: full } ]", kConflict,
             "a rule of 'a' with itself"),
        pact(two + "share: [ { what: alerts, from: a, to: b } ]", kMissingKey,
             "a rule of sharing without 'level'"),
        pact(two + "share: [ { what: alerts, from: a, to: b, level: full, residual: yes } ]",
             kValue, "'yes', expected false or true"),
        pact(two + "share: { what: alerts }", kKind, "a mapping, expected a list"),
        pact(two + "relay: [ { by: a, to: a, level: full } ]", kConflict, "with itself"),
        pact(two + "relay: [ { by: c, to: a, level: full } ]", kUnknownName, "'c'"),
        pact(two + "relay: [ { by: b, to: a, level: full, what: x } ]", kUnknownKey, "'what'"),
        pact(two + "deadlines: { agreements: {} }", kUnknownKey,
             "'agreements', expected intents or alerts of the deadlines"),
        pact(two + "deadlines: { alerts: { told: 1s } }", kUnknownKey,
             "'told', expected received, read or passed_on"),
        pact(two + "deadlines: { alerts: { read: 0s } }", kRange, "'0s', expected 1ms to"),
        pact(two + "deadlines: { alerts: { read: 10 } }", kValue, "'10', expected a duration"),
        pact(two + "deadlines: { alerts: { read: 1.5s } }", kValue, "expected a duration"),
        pact(two + "deadlines: { alerts: { read: 1d } }", kValue, "expected a duration"),
        pact(two + "deadlines: { alerts: { read: s } }", kValue, "expected a duration"),
        pact(two + "deadlines: { alerts: { read: 745h } }", kRange, "'745h', expected"),
        pact(two + "deadlines: { alerts: { read: 9999999999999999h } }", kRange, "expected"),
        pact(two + "deadlines: { alerts: { read: 99999999999999999999h } }", kValue, "expected"),
        pact(two + "escalation: [a, a]", kConflict, "'a' twice"),
        where("  pact:", "  pa ct:", kValue, 10, "'pa ct', expected an id"),
    });
    EXPECT_TRUE(read_scenario(world_where("[a, b] }\nair",
                                          "[a, b], deadlines: { alerts: { read: 744h } } }\nair"))
                    .has_value());
}

TEST(ScenarioFaults, OfAirspaces) {
    const auto area = [](const std::string& keys, ScenarioFault fault, const char* words) {
        return where("owner: a, file: area.geojson", keys, fault, 12, words);
    };
    const std::string file = "owner: a, file: f, ";
    expect_faults({
        area("file: f", kMissingKey, "an airspace without 'owner'"),
        area("owner: c, file: f", kUnknownName, "no party has the id 'c'"),
        area("owner: a", kMissingKey, "an airspace without an area, expected 'file' or 'polygon'"),
        area("owner: a, feature: f", kMissingKey, "without an area"),
        area(file + "polygon: [[0, 0], [0, 1], [1, 1]]", kConflict, "a file and a polygon"),
        area("owner: a, feature: f, polygon: [[0, 0], [0, 1], [1, 1]]", kConflict,
             "a feature of a polygon"),
        area(file + "name: x", kUnknownKey, "'name'"),
        area(file + "type: closed", kValue,
             "'closed', expected unstated, national, prohibited, restricted, danger, hazard, tsa, "
             "tra or buffer"),
        area(file + "at: 08:00:01", kRange, "expected a time from"),
        area(file + "accuracy_m: -1", kRange, "'-1', expected a number from 0 to 20000000 m"),
        area(file + "accuracy_m: 20000001", kRange, "expected a number from 0 to 20000000 m"),
        area(file + "accuracy_m: wide", kValue, "'wide', expected a number"),
        area(file + "accuracy_m: inf", kValue, "'inf', expected a number"),
        area(file + "accuracy_m: .nan", kValue, "expected a number"),
        area(file + "accuracy_m: 1 m", kValue, "'1 m', expected a number"),
        area(file + "accuracy_m: 0x10", kValue, "expected a number"),
        area(file + "source: [x]", kKind, "a list, expected a text"),
        area(file + "valid: { from: 07:00:00 }", kMissingKey, "a validity without 'until'"),
        area(file + "valid: { from: 07:00:01, until: 07:00:00 }", kConflict, "before 'from'"),
        area(file + "lower: 50", kKind, "a text, expected the keys of an altitude limit"),
        area(file + "lower: {}", kConflict, "0 altitudes, expected one of fl, ft_msl, m_wgs84"),
        area(file + "lower: { fl: 50, ft_msl: 5000 }", kConflict, "2 altitudes"),
        area(file + "lower: { ft: 50 }", kUnknownKey, "'ft', expected fl, ft_msl or m_wgs84"),
        area(file + "lower: { fl: 10001 }", kRange, "expected a number from -100 to 10000"),
        area(file + "lower: { ft_msl: -10001 }", kRange, "from -10000 to 1000000 ft"),
        area(file + "lower: { m_wgs84: 300001 }", kRange, "from -3000 to 300000 m"),
        area(file + "lower: { fl: 1 }, upper: { ft_msl: 1 }", kConflict, "limits of two kinds"),
        area(file + "lower: { fl: 2 }, upper: { fl: 1 }", kConflict, "below the lower one"),
        area("owner: a, polygon: [[0, 0], [0, 1]]", kRange, "expected at least three positions"),
        area("owner: a, polygon: []", kRange, "expected at least three positions"),
        area("owner: a, polygon: [[0, 0], [0, 1, 2], [1, 1]]", kKind, "[latitude, longitude]"),
        area("owner: a, polygon: [[0, 0], 1, [1, 1]]", kKind, "[latitude, longitude]"),
        area("owner: a, polygon: [[0, 0], [91, 0], [1, 1]]", kRange,
             "'91', expected a number from -90 to 90 degrees of latitude"),
        area("owner: a, polygon: [[0, 0], [0, 181], [1, 1]]", kRange, "degrees of longitude"),
        area("owner: a, polygon: [[0, -100], [0, 100], [1, 1]]", kRange, "expected"),
        area("owner: a, polygon: \"0 0, 1 1\"", kKind, "a text, expected a list"),
    });
}

TEST(ScenarioFaults, OfIntents) {
    const char* const first = "{ at: \"07:10:00\", lat: 50, lon: 8 }, ";
    expect_faults({
        where("    owner: b\n", "", kMissingKey, 15, "an intent without 'owner'"),
        where("    width_m: 4000\n", "", kMissingKey, 15, "an intent without 'width_m'"),
        where("[F1]", "[]", kRange, 16, "no track, expected at least one"),
        where("[F1]", "[F1, F1]", kConflict, 16, "'F1' twice"),
        where("[F1]", "F1", kKind, 16, "a text, expected a list"),
        where("[F1]", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]", kTooMany, 16, "at most 16"),
        where("4000", "0.5", kRange, 17, "'0.5', expected a number from 1 to 200000 m"),
        where("4000", "200001", kRange, 17, "expected a number from 1 to 200000 m"),
        where("    width_m: 4000\n", "    width_m: 4000\n    slack: 25h\n", kRange, 18, "'25h'"),
        where("    width_m: 4000\n", "    width_m: 4000\n    slack: -1s\n", kRange, 18, "'-1s'"),
        where("    width_m: 4000\n", "    width_m: 4000\n    at: 06:00:00\n", kRange, 18, "time"),
        where("    width_m: 4000\n", "    width_m: 4000\n    speed: 1\n", kUnknownKey, 18,
              "'speed'"),
        where(first, "", kRange, 18, "expected at least two points"),
        where("lat: 50,", "lat: 85.1,", kRange, 18, "expected a latitude from -85 to 85 degrees"),
        where("lat: 50,", "lat: 91,", kRange, 18, "expected a number from -90 to 90"),
        where("lat: 50,", "", kMissingKey, 18, "a point of a route without 'lat'"),
        where("lon: 8 }, ", "lon: 80 }, ", kRange, 18, "at most 5000 km"),
        where("07:20:00", "07:10:00", kConflict, 18, "expected a time later than"),
        where("\"07:20:00\", lat: 50.5, lon: 8 }", "\"07:20:00\", lat: 50.5, alt: 8 }", kUnknownKey,
              18, "'alt', expected at, lat or lon of a point of a route"),
        where("  flight:\n", "  fli/ght:\n", kValue, 14, "expected an id"),
    });
    EXPECT_TRUE(read_scenario(world_where("4000", "200000")).has_value());
}

// The line is that of the point where the route stands on several.
TEST(ScenarioFaults, OfOnePointOfARoute) {
    const std::string text = world_where(
        "    route: [{ at: \"07:10:00\", lat: 50, lon: 8 }, { at: \"07:20:00\", lat: 50.5, lon: 8 "
        "}]",
        "    route:\n"
        "      - { at: 07:10:00, lat: 50, lon: 8 }\n"
        "      - { at: 07:12:00, lat: 50.1, lon: 8 }\n"
        "      - { at: 07:11:00, lat: 50.2, lon: 8 }\n");
    expect_faults({{text, kConflict, 21, "a route that cannot be flown, expected a time later"}});
}

TEST(ScenarioFaults, OfRoutesThatAreTooLong) {
    std::string points = "    route:\n";
    for (int i = 0; i < 257; ++i) {
        points += "      - { at: " + std::to_string(1'780'300'000 + i) + ", lat: 50, lon: 8 }\n";
    }
    const char* const route =
        "    route: [{ at: \"07:10:00\", lat: 50, lon: 8 }, { at: \"07:20:00\", lat: 50.5, lon: 8 "
        "}]\n";
    EXPECT_TRUE(read_scenario(world_where(route, points)).has_value());
    points += "      - { at: 1780301000, lat: 50, lon: 8 }\n";
    expect_faults({{world_where(route, points), kTooMany, 19, "258 items, expected at most 257"}});
}

TEST(ScenarioFaults, OfFeedsAndAssessments) {
    const auto feed = [](const std::string& keys, ScenarioFault fault, const char* words) {
        return after("feeds:\n  radar: { " + keys + " }\n", fault, 20, words);
    };
    const std::string good = "of: a, file: f, format: tracks";
    expect_faults({
        feed("file: f, format: tracks", kMissingKey, "a feed without 'of'"),
        feed("of: a, format: tracks", kMissingKey, "a feed without 'file'"),
        feed("of: a, file: f", kMissingKey, "a feed without 'format'"),
        feed("of: c, file: f, format: tracks", kUnknownName, "no party has the id 'c'"),
        feed("of: a, file: \"\", format: tracks", kValue, "expected a word"),
        feed("of: a, file: f, format: csv", kValue, "'csv', expected tracks or sbs"),
        feed(good + ", dialect: own", kValue, "'own', expected comity, opensky or traffic"),
        feed("of: a, file: f, format: sbs, dialect: comity", kConflict, "only where the format"),
        feed("of: a, file: f, format: sbs, parties: {}", kConflict, "only where the format"),
        feed(good + ", shift: 1y", kValue, "'1y', expected a duration"),
        feed(good + ", shift: 1756801h", kRange, "'1756801h', expected"),
        feed(good + ", accuracy_m: -1", kRange, "from 0 to 20000000 m"),
        feed(good + ", operators: { F1: c }", kUnknownName, "no party has the id 'c'"),
        feed(good + ", operators: [F1]", kKind, "a list, expected a mapping"),
        feed(good + ", operators: { \"\": a }", kValue, "expected a text of 1 to 256 bytes"),
        feed(good + ", parties: { RU: c }", kUnknownName, "no party has the id 'c'"),
        feed(good + ", speed: 1", kUnknownKey, "'speed'"),
        after("feeds: { \"a b\": { " + good + " } }\n", kValue, 19, "expected an id"),
        after("assess: [ { tracks: [], airspace: area } ]\n", kRange, 19, "no track"),
        after("assess: [ { tracks: [F1] } ]\n", kMissingKey, 19, "without 'airspace'"),
        after("assess: [ { tracks: [F1], airspace: sea } ]\n", kUnknownName, 19,
              "no airspace has the id 'sea', expected area"),
        after("assess: [ { tracks: [F1], airspace: area, at: 1 } ]\n", kUnknownKey, 19, "'at'"),
    });
}

TEST(ScenarioFaults, OfActs) {
    const auto act = [](const std::string& keys, ScenarioFault fault, const char* words) {
        return after("people:\n  - { " + keys + " }\n", fault, 20, words);
    };
    const std::string a = "at: 07:05:00, who: a, ";
    const std::string what = "what: intent/flight, ";
    expect_faults({
        act(a + what + "to: [b]", kMissingKey, "an act without 'does'"),
        act(a + what + "does: acknowledge", kValue,
            "'acknowledge', expected receive, read, pass_on, object, withdraw, suspend, resume, "
            "end or call"),
        act("at: 07:05:00, does: object, what: intent/flight", kMissingKey, "without 'who'"),
        act("at: 07:05:00, who: c, does: object, what: intent/flight", kUnknownName, "'c'"),
        act("at: 07:05:00, who: node, does: object, what: intent/flight", kUnknownName, "'node'"),
        act("who: a, does: object, what: intent/flight", kMissingKey, "expected 'at' or 'after'"),
        act(a + what + "does: object, after: 1s", kConflict, "'at' and 'after'"),
        act(a + what + "does: object, of: told", kUnknownKey, "'of'"),
        act("after: 1s, of: passed_on, who: a, does: object, what: intent/flight", kValue,
            "'passed_on', expected told, received or read"),
        act("after: -1s, who: a, does: object, what: intent/flight", kRange, "'-1s'"),
        act("after: 1s, who: a, does: end, agreement: pact", kConflict, "expected 'at'"),
        act("after: 1s, who: a, does: call, channel: guard", kConflict, "expected 'at'"),
        act("after: 1s, who: a, does: object", kMissingKey, "an act without 'what'"),
        act("at: 09:00:00, who: a, does: object, what: intent/flight", kRange, "time from"),
        act(a + "does: object", kMissingKey, "an act without 'what'"),
        act(a + what + "does: read", kMissingKey, "an act without 'person'"),
        act(a + what + "does: object, person: X", kUnknownKey, "'person'"),
        act(a + what + "does: pass_on", kMissingKey, "an act without 'to'"),
        act(a + what + "does: pass_on, to: []", kRange, "0 parties, expected at least 1"),
        act(a + what + "does: pass_on, to: [c]", kUnknownName, "'c'"),
        act(a + what + "does: withdraw, version: 1", kUnknownKey, "'version'"),
        act(a + what + "does: receive, version: one", kValue, "'one', expected a whole number"),
        act(a + what + "does: end, agreement: pact", kUnknownKey, "'what'"),
        act(a + "does: end", kMissingKey, "an act without 'agreement'"),
        act(a + "does: end, agreement: treaty", kUnknownName,
            "no agreement has the id 'treaty', expected pact"),
        act(a + "does: call", kMissingKey, "an act without 'channel'"),
        act(a + "does: call, channel: fax", kValue,
            "'fax', expected guard, radio, telephone or in_person"),
        act(a + "does: call, channel: guard, to: c", kUnknownName, "'c'"),
        act(a + "does: call, channel: guard, answered: no", kValue, "'no', expected false or true"),
        act(a + "does: object, what: flight", kValue, "'flight', expected agreement/ID"),
        act(a + "does: object, what: flight/flight", kValue, "expected agreement/ID"),
        act(a + "does: object, what: intent/other", kUnknownName,
            "no intent has the id 'other', expected flight"),
        act(a + "does: object, what: airspace/flight", kUnknownName, "no airspace has the id"),
        act(a + "does: object, what: agreement/flight", kUnknownName, "no agreement has the id"),
        act(a + "does: object, what: warning/alert-1", kValue, "warning TRACK in AIRSPACE"),
        act(a + "does: object, what: warning F1", kValue, "warning TRACK in AIRSPACE"),
        act(a + "does: object, what: \"warning  in area\"", kValue, "warning TRACK in AIRSPACE"),
        act(a + "does: object, what: warning F1 in sea", kUnknownName, "no airspace has the id"),
    });
}

TEST(ScenarioFaults, OfExpectations) {
    const auto expect = [](const std::string& keys, ScenarioFault fault, const char* words) {
        return after("expect:\n  - { " + keys + " }\n", fault, 20, words);
    };
    const std::string told = "told: a, what: intent/flight, ";
    const std::string alert = "track: F1, airspace: area, ";
    expect_faults({
        expect("at: 07:05:00", kMissingKey, "an expectation of 0 things, expected one of alert"),
        expect(told + "read: a", kConflict, "an expectation of 2 things"),
        expect("tolled: a", kMissingKey, "an expectation of 0 things"),
        expect("told: a", kMissingKey, "an expectation without 'what'"),
        expect("told: c, what: intent/flight", kUnknownName, "no party has the id 'c'"),
        expect("told: a, what: intent/other", kUnknownName, "no intent has the id 'other'"),
        expect(told + "level: high", kValue, "'high', expected none, cells"),
        expect(told + "within: 5s", kConflict, "'within' without 'at'"),
        expect(told + "at: 09:00:00", kRange, "expected a time from"),
        expect(told + "at: 07:05:00, within: -5s", kRange, "'-5s'"),
        expect(told + "before: 06:00:00", kRange, "expected a time from"),
        expect(told + "by: track", kUnknownKey, "'by'"),
        expect("received: a, what: intent/flight, level: full", kUnknownKey, "'level'"),
        expect("never_told: a, what: intent/flight, at: 07:05:00", kUnknownKey, "'at'"),
        expect("never_told: a, what: intent/flight, before: 07:05:00", kUnknownKey, "'before'"),
        expect("alert: seen, " + alert, kValue,
               "'seen', expected predicted, inside, resolved or unresolved"),
        expect("alert: inside, track: F1", kMissingKey, "without 'airspace'"),
        expect("alert: inside, airspace: area", kMissingKey, "without 'track'"),
        expect("alert: inside, track: F1, airspace: sea", kUnknownName, "no airspace has the id"),
        expect("alert: predicted, " + alert + "by: radar", kValue, "expected intent or track"),
        expect("alert: inside, " + alert + "by: track", kConflict, "not predicted"),
        expect("passed_on: a, what: intent/flight", kMissingKey, "without 'to'"),
        expect("escalated: a, what: intent/flight, to: b", kMissingKey, "without 'stage'"),
        expect("escalated: a, what: intent/flight, stage: told, to: b", kValue,
               "'told', expected received, read or passed_on"),
        expect("refused: a", kMissingKey, "without 'code'"),
        expect("refused: a, code: late", kValue, "'late', expected other_log, expired"),
        expect("refused: a, code: accepted", kValue, "'accepted', expected"),
        expect("count: { told: a, what: warnings }", kMissingKey, "without 'is'"),
        expect("count: { told: a, what: warnings }, is: few", kValue, "expected a whole number"),
        expect("count: { told: a, what: warning }, is: 1", kValue,
               "'warning', expected warnings, intents, airspaces or agreements"),
        expect("count: { told: a }, is: 1", kMissingKey, "a count without 'what'"),
        expect("count: {}, is: 1", kConflict, "a count of 0 things"),
        expect("count: { told: a, read: a, what: intents }, is: 1", kConflict, "of 2 things"),
        expect("count: { alert: inside, track: F1 }, is: 1", kUnknownKey, "'track'"),
        expect("count: 3, is: 1", kKind, "a text, expected the keys of a count"),
    });
}

// A long text is not repeated whole, nor cut within a character.
TEST(ScenarioFaults, RepeatLittle) {
    std::string title;
    for (int i = 0; i < 200; ++i) title += "\xC3\xA9";
    const auto scenario = read_scenario(world_where("title: T", "title: x" + title));
    ASSERT_FALSE(scenario.has_value());
    EXPECT_EQ(scenario.error().text,
              "'x" + title.substr(0, 58) + "...', expected at most 256 bytes");
}

}  // namespace
}  // namespace comity::wire
