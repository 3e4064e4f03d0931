// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// One body of each operation in its one form, as docs/formats/requests.md shows it.
namespace comity::wire {

struct ExampleBody {
    std::string_view operation;
    std::string_view body;
};

inline constexpr ExampleBody kExampleBodies[] = {
    {"party.put", R"({"keys":["ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="],)"
                  R"("group":{"lead":"air-unit-a","members":["air-unit-a","air-unit-b"]}})"},
    {"agreement.propose",
     R"({"signatories":["air-unit-b","coast-guard"],)"
     R"("share":[{"what":"intents","from":"air-unit-b","to":"coast-guard","level":"volume",)"
     R"("residual":true}],"relay":[{"by":"coast-guard","to":"harbour","level":"cells"}],)"
     R"("deadlines":{"intents":{"received_s":60,"read_s":300,"passed_on_s":600},)"
     R"("alerts":{"received_s":10,"read_s":60,"passed_on_s":120}},"escalation":["duty-desk"]})"},
    {"agreement.accept", "{}"},
    {"agreement.suspend", "{}"},
    {"agreement.resume", "{}"},
    {"agreement.end", "{}"},
    {"intent.put",
     R"({"state":"accepted","aircraft":["4b1814"],"volumes":[{"volume":{"outline_circle":)"
     R"({"center":{"lng":36.1234567,"lat":35.9},"radius":{"value":1852,"units":"M"}},)"
     R"("altitude_lower":{"value":1524,"reference":"W84","units":"M"},)"
     R"("altitude_upper":{"value":3048.5,"reference":"W84","units":"M"}},)"
     R"("time_start":{"value":"2015-11-24T07:20:00.000Z","format":"RFC3339"},)"
     R"("time_end":{"value":"2015-11-24T07:40:00.000Z","format":"RFC3339"}},)"
     R"({"volume":{"outline_polygon":{"vertices":[{"lng":36,"lat":35.9},{"lng":36.5,"lat":35.9},)"
     R"({"lng":36.5,"lat":36.2}]}},)"
     R"("time_start":{"value":"2015-11-24T07:40:00.000Z","format":"RFC3339"},)"
     R"("time_end":{"value":"2015-11-24T08:00:00.000Z","format":"RFC3339"}}],)"
     R"("route":[{"lat":35.9,"lng":36.1,"time":"2015-11-24T07:20:00.000Z"},)"
     R"({"lat":36.1,"lng":36.4,"time":"2015-11-24T07:55:00.000Z"}]})"},
    {"airspace.put",
     R"({"type":"hazard","source":"notam-a0123","accuracy_m":30,)"
     R"("lower":{"value":0,"reference":"AGL","units":"M"},"upper":null,)"
     R"("valid":{"from":"2015-11-24T06:00:00.000Z","until":"2015-11-24T09:00:00.000Z"},)"
     R"("footprint":{"type":"Polygon","coordinates":)"
     R"([[[36,35.9],[36.5,35.9],[36.5,36.2],[36,35.9]]]}})"},
    {"airspace.end", "{}"},
    {"alert.put",
     R"({"phase":"predicted","track":"4b1814","operator":"air-unit-b","feed_of":"coast-guard",)"
     R"("airspace":"HZ-7","by_intent":{"intent":"flight-7","entry":"2015-11-24T07:24:05.000Z"},)"
     R"("by_track":"2015-11-24T07:24:07.500Z","entered":null,"left":null,"distance_m":-4200,)"
     R"("track_accuracy_m":150,"area_accuracy_m":30,"sweep":"2015-11-24T07:22:00.000Z",)"
     R"("as_of_record":412})"},
    {"alert.spooled",
     R"({"spool":9,"left_at":"2015-11-24T07:22:01.250Z","told":["air-unit-b","coast-guard"],)"
     R"("alert":)"
     R"({"phase":"predicted","track":"4b1814","operator":"air-unit-b","feed_of":"coast-guard",)"
     R"("airspace":"HZ-7","by_intent":{"intent":"flight-7","entry":"2015-11-24T07:24:05.000Z"},)"
     R"("by_track":"2015-11-24T07:24:07.500Z","entered":null,"left":null,"distance_m":-4200,)"
     R"("track_accuracy_m":150,"area_accuracy_m":30,"sweep":"2015-11-24T07:22:00.000Z",)"
     R"("as_of_record":412}})"},
    {"notice.receive", R"({"version":3})"},
    {"notice.read", R"({"version":3})"},
    {"notice.pass_on", R"({"version":3,"to":["duty-desk","harbour"]})"},
    {"notice.object", R"({"version":3})"},
    {"item.withdraw", "{}"},
    {"call.log",
     R"({"channel":"guard","to":"air-unit-b","at":"2015-11-24T07:23:10.000Z","answered":false})"},
};

}  // namespace comity::wire
