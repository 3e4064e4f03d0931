// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "example_bodies.hpp"
#include "test_envelopes.hpp"

#include "comity/accord/request.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::wire {
namespace {

using accord::Outcome;
using testing::HasSubstr;
using testing::StartsWith;

struct Answer {
    Outcome outcome = Outcome::kAccepted;
    std::string fault;
};

Answer read(std::string_view operation, std::string_view body) {
    Reader reader;
    const accord::Request request = reader.request_of(envelope_with(operation, body));
    const auto* unreadable = std::get_if<accord::Unreadable>(&request.operation);
    EXPECT_EQ(unreadable != nullptr, !reader.fault().empty());
    return {.outcome = unreadable == nullptr ? Outcome::kAccepted : unreadable->outcome,
            .fault = reader.fault()};
}

std::string_view example(std::string_view operation) {
    return std::ranges::find(kExampleBodies, operation, &ExampleBody::operation)->body;
}

/// The example of the operation with `to` for the first `from`, which is there.
std::string changed(std::string_view operation, std::string_view from, std::string_view to) {
    std::string body(example(operation));
    const std::size_t at = body.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? body : body.replace(at, from.size(), to);
}

std::string repeated(std::string_view element, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        fmt::format_to(std::back_inserter(out), "{}{}", i == 0 ? "" : ",",
                       fmt::format(fmt::runtime(element), i));
    return out;
}

TEST(RequestFaults, AnOperationThatDoesNotExist) {
    for (const std::string_view operation : {"", "intent.puts", "Intent.put", "intent"}) {
        const Answer answer = read(operation, "{}");
        EXPECT_EQ(answer.outcome, Outcome::kUnknownOperation);
        EXPECT_THAT(answer.fault, StartsWith("operation: "));
    }
}

TEST(RequestFaults, WhatIsNoObject) {
    for (const std::string_view body :
         {"", "[]", "1", "{", "{}{}", "\xEF\xBB\xBF{}", "{\"a\":\"\xFF\"}"}) {
        EXPECT_EQ(read("item.withdraw", body).outcome, Outcome::kBadBody) << body;
    }
    EXPECT_EQ(read("item.withdraw", "{}").outcome, Outcome::kAccepted);
}

// Of each operation: a member more, and each one twice.
TEST(RequestFaults, AMemberThatIsUnknownOrThereTwice) {
    for (const auto& [operation, body] : kExampleBodies) {
        const bool is_empty = body == "{}";
        std::string more(body);
        more.insert(1, is_empty ? R"("zz":1)" : R"("zz":1,)");
        const Answer unknown = read(operation, more);
        EXPECT_EQ(unknown.outcome, Outcome::kBadBody) << operation;
        EXPECT_THAT(unknown.fault, HasSubstr(is_empty ? "expected" : "zz: unknown")) << operation;
        if (is_empty) continue;
        const std::string first(body.substr(1, body.find(':') - 1));
        std::string twice(body);
        twice.insert(twice.size() - 1, "," + first + ":1");
        EXPECT_EQ(read(operation, twice).outcome, Outcome::kBadBody) << operation;
    }
}

TEST(RequestFaults, AMemberThatIsMissing) {
    // Each member of each example by its name, but for those that may be left out.
    for (const auto& [operation, body] : kExampleBodies) {
        for (std::size_t at = body.find("\":"); at != std::string_view::npos;
             at = body.find("\":", at + 1)) {
            const std::size_t begin = body.rfind('"', at - 1) + 1;
            const std::string_view name = body.substr(begin, at - begin);
            constexpr std::string_view kOptional[] = {
                "residual", "deadlines",      "intents",       "alerts",
                "route",    "altitude_lower", "altitude_upper"};
            const bool may_miss = std::ranges::find(kOptional, name) != std::end(kOptional);
            std::string renamed(body);
            renamed.replace(begin, name.size(), "zz");
            const Answer answer = read(operation, renamed);
            EXPECT_EQ(answer.outcome, Outcome::kBadBody) << renamed;
            EXPECT_THAT(answer.fault, HasSubstr(may_miss ? "zz: unknown" : "expected")) << renamed;
        }
    }
}

struct Case {
    std::string_view operation;
    std::string_view from;
    std::string_view to;
    std::string_view fault;  ///< the beginning of it; empty: it is read
};

constexpr Case kCases[] = {
    {"party.put", "8=\"]", "8=\",1]", "keys[1]: a number, expected base64"},
    {"party.put", "Pj8=", "Pj8", "keys[0]: other text, expected base64 of 32 bytes"},
    {"party.put", R"("group":{)", R"("group":{"x":1,)", "group.x: unknown, expected lead, members"},
    {"party.put", R"(,"air-unit-b"])", R"(,"air-unit-a"])", "group.members[1]: there twice"},
    {"agreement.propose", R"(["air-unit-b","coast-guard"])", R"(["air-unit-b"])",
     "signatories: 1 elements, expected 2 to 64"},
    {"agreement.propose", R"("coast-guard"])", R"("air-unit-b"])", "signatories[1]: there twice"},
    {"agreement.propose", R"("what":"intents")", R"("what":"all")",
     "share[0].what: another word, expected one of intents, airspaces, alerts"},
    {"agreement.propose", R"("level":"volume")", R"("level":2)",
     "share[0].level: a number, expected one of none, cells, volume, full"},
    {"agreement.propose", R"(,"residual":true)", "", ""},
    {"agreement.propose", R"("residual":true)", R"("residual":null)",
     "share[0].residual: null, expected true or false"},
    {"agreement.propose", R"("received_s":60)", R"("received_s":0)",
     "deadlines.intents.received_s: another number, expected a whole number from 1 to 86400"},
    {"agreement.propose", R"("received_s":60)", R"("received_s":86400)", ""},
    {"agreement.propose", R"("received_s":60)", R"("received_s":86401)",
     "deadlines.intents.received_s: "},
    {"agreement.propose", R"("received_s":60)", R"("received_s":60.5)",
     "deadlines.intents.received_s: "},
    {"agreement.propose", R"(,"escalation")", R"(,"log":"example.org+1+A","escalation")", ""},
    {"agreement.propose", R"(,"escalation")", R"(,"log":7,"escalation")",
     "log: a number, expected text"},
    {"agreement.propose", R"(["duty-desk"])", R"(["duty desk"])",
     "escalation[0]: other text, expected an id"},
    {"agreement.accept", "{}", R"({"log":"example.org+1+A"})", ""},
    {"agreement.accept", "{}", R"({"log":"a\u0007"})", "log: text with a control character"},
    {"agreement.end", "{}", R"({"log":"x"})", "an object with members, expected {}"},
    {"intent.put", R"("state":"accepted")", R"("state":"Accepted")", "state: another word"},
    {"intent.put", R"(["4b1814"])", R"([""])", "aircraft[0]: text of 0 bytes, expected 1 to 128"},
    {"intent.put", R"("lat":35.9)", R"("lat":90.5)", "volumes[0].volume.outline_circle.center: "},
    {"intent.put", R"("lng":36.1234567)", R"("lng":-180)", ""},
    {"intent.put", R"("value":1852)", R"("value":0)",
     "volumes[0].volume.outline_circle.radius: 0 metres, expected more than 0"},
    {"intent.put", R"("value":1852)", R"("value":1000000.1)",
     "volumes[0].volume.outline_circle.radius: "},
    {"intent.put", R"("units":"M")", R"("units":"FT")",
     "volumes[0].volume.outline_circle.radius.units: something else, expected \"M\""},
    {"intent.put", R"("reference":"W84")", R"("reference":"AGL")",
     "volumes[0].volume.altitude_lower.reference: AGL, expected one of W84, MSL, STD"},
    {"intent.put", R"("reference":"W84")", R"("reference":"MSL")",
     "volumes[0].volume: limits of two references"},
    {"intent.put", R"("value":1524)", R"("value":4000)",
     "volumes[0].volume: a lower limit above the upper one"},
    {"intent.put", R"("value":1524)", R"("value":-8000.1)",
     "volumes[0].volume.altitude_lower: -8000.1 metres, expected -8000 to 100000"},
    {"intent.put", R"("outline_circle")",
     R"("outline_polygon":{"vertices":[{"lng":0,"lat":0},{"lng":1,"lat":0},{"lng":1,)"
     R"("lat":1}]},"outline_circle")",
     "volumes[0].volume: 2 outlines, expected one"},
    {"intent.put", R"({"lng":36,"lat":35.9},)", "",
     "volumes[1].volume.outline_polygon.vertices: 2 elements, expected 3 to "},
    {"intent.put", R"({"lng":36,"lat":35.9},)", R"({"lng":36.5,"lat":36.2},)",
     "volumes[1].volume.outline_polygon.vertices: expected at least four"},
    {"intent.put", R"("format":"RFC3339")", R"("format":"UNIX")", "volumes[0].time_start.format: "},
    {"intent.put", "2015-11-24T07:20:00.000Z", "1448349600",
     "volumes[0].time_start.value: no time"},
    {"intent.put", "2015-11-24T07:20:00.000Z", "2015-11-24T08:20:00+01:00", ""},
    {"intent.put", "2015-11-24T07:20:00.000Z", "2015-02-30T07:20:00.000Z",
     "volumes[0].time_start.value: no time"},
    {"intent.put", R"({"lat":35.9,"lng":36.1,"time":"2015-11-24T07:20:00.000Z"},)", "",
     "route: 1 elements, expected 2 to 1024"},
    {"airspace.put", R"("type":"hazard")", R"("type":"danger zone")", "type: another word"},
    {"airspace.put", R"("accuracy_m":30)", R"("accuracy_m":-1)",
     "accuracy_m: -1 metres, expected 0 to"},
    {"airspace.put", R"("accuracy_m":30)", R"("accuracy_m":null)", ""},
    {"airspace.put", R"("type":"Polygon")", R"("type":"LineString")", "footprint: "},
    {"airspace.put", R"("type":"Polygon")", R"("type":"Polygon","bbox":[])",
     "footprint.bbox: unknown"},
    {"airspace.put", "[36,35.9]]]", "[36,35.8]]]", "footprint: "},
    {"alert.put", R"("phase":"predicted")", R"("phase":"surely inside")", "phase: another word"},
    {"alert.put", R"("distance_m":-4200)", R"("distance_m":-4200.5)", "distance_m: another number"},
    {"alert.put", R"("distance_m":-4200)", R"("distance_m":100000001)",
     "distance_m: another number"},
    {"alert.put", R"("track_accuracy_m":150)", R"("track_accuracy_m":-1)",
     "track_accuracy_m: another number"},
    {"alert.put", R"("entry":"2015-11-24T07:24:05.000Z")", R"("entry":null)", ""},
    {"alert.put", R"("operator":"air-unit-b")", R"("operator":null)", ""},
    {"alert.put", R"("feed_of":"coast-guard")", R"("feed_of":null)",
     "feed_of: null, expected an id"},
    {"alert.spooled", R"("spool":9)", R"("spool":-9)", "spool: another number"},
    {"alert.spooled", R"("track":"4b1814")", R"("track":"")", "alert.track: text of 0 bytes"},
    {"notice.receive", "3", "9007199254740991", ""},
    {"notice.receive", "3", "9007199254740992",
     "version: another number, expected a whole number from 0 to 2^53 - 1"},
    {"notice.receive", "3", "\"3\"", "version: text, expected a whole number"},
    {"notice.pass_on", R"(["duty-desk","harbour"])", "[]", "to: 0 elements, expected 1 to 256"},
    {"notice.pass_on", R"("harbour")", R"("duty-desk")", "to[1]: there twice"},
    {"call.log", R"("channel":"guard")", R"("channel":"in-person")", ""},
    {"call.log", R"("channel":"guard")", R"("channel":"in person")", "channel: another word"},
    {"call.log", R"("answered":false)", R"("answered":null)", ""},
    {"call.log", R"("answered":false)", R"("answered":0)",
     "answered: a number, expected true or false"},
};

TEST(RequestFaults, SayWhereWhatAndWhatWasExpected) {
    for (const auto& [operation, from, to, fault] : kCases) {
        const Answer answer = read(operation, changed(operation, from, to));
        const bool is_read = fault.empty();
        EXPECT_EQ(answer.outcome, is_read ? Outcome::kAccepted : Outcome::kBadBody) << from << to;
        EXPECT_THAT(answer.fault, StartsWith(fault)) << operation << ": " << from << " -> " << to;
    }
}

/// A list in a body, and how many elements it may have.
struct Limit {
    std::string_view operation;
    std::string_view before;
    std::string_view element;
    std::string_view after;
    std::size_t most;
};

TEST(RequestFaults, MoreThanALimit) {
    constexpr std::string_view kProposal =
        R"({"signatories":["a","b"],"share":[],"relay":[],"escalation":[)";
    const Limit limits[] = {
        {"party.put", R"({"keys":[)", R"("ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")",
         R"(],"group":null})", 16},
        {"party.put", R"({"keys":[],"group":{"lead":"p","members":[)", R"("p{}")", "]}}", 256},
        {"agreement.propose", R"({"signatories":[)", R"("p{}")",
         R"(],"share":[],"relay":[],"escalation":[]})", 64},
        {"agreement.propose", kProposal, R"("p{}")", "]}", 16},
        {"agreement.propose", R"({"signatories":["a","b"],"share":[)",
         R"({{"what":"alerts","from":"a","to":"b","level":"full"}})",
         R"(],"relay":[],"escalation":[]})", 1024},
        {"agreement.propose", R"({"signatories":["a","b"],"share":[],"relay":[)",
         R"({{"by":"a","to":"b","level":"full"}})", R"(],"escalation":[]})", 1024},
        {"intent.put", R"({"state":"ended","aircraft":[)", R"("t{}")",
         R"(],"volumes":[{"volume":{"outline_circle":{"center":{"lng":0,"lat":0},)"
         R"("radius":{"value":1,"units":"M"}}},)"
         R"("time_start":{"value":"2015-11-24T07:24:05.000Z","format":"RFC3339"},)"
         R"("time_end":{"value":"2015-11-24T07:24:05.000Z","format":"RFC3339"}}]})",
         16},
        {"notice.pass_on", R"({"version":1,"to":[)", R"("p{}")", "]}", 256},
    };
    for (const auto& [operation, before, element, after, most] : limits) {
        const auto with = [&](std::size_t count) {
            return read(operation, fmt::format("{}{}{}", before, repeated(element, count), after));
        };
        EXPECT_EQ(with(most).fault, "") << operation;
        EXPECT_THAT(with(most + 1).fault,
                    HasSubstr(fmt::format(": {} elements, expected ", most + 1)))
            << operation;
    }
}

TEST(RequestFaults, ShowNoMoreThanTheBeginningOfALongName) {
    // 39 bytes, then a character of two.
    const std::string name = std::string(39, 'n') + "\xC3\xA9" + std::string(1000, 'n');
    const Answer answer = read("notice.receive", fmt::format(R"({{"version":1,"{}":1}})", name));
    EXPECT_THAT(answer.fault, StartsWith(name.substr(0, 39) + ": unknown"));
}

}  // namespace
}  // namespace comity::wire
