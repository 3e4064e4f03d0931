// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/delivery.hpp"

#include "example_deliveries.hpp"

#include "comity/accord/release.hpp"
#include "comity/geo/altitude.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

namespace comity::wire {
namespace {

using accord::Level;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// The names of the members of what `pointer` leads to.
std::vector<std::string> members_of(const std::string& json, std::string_view pointer) {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::object object;
    if (parser.parse(json).get(root) != simdjson::SUCCESS ||
        root.at_pointer(pointer).get(object) != simdjson::SUCCESS) {
        ADD_FAILURE() << "no JSON with " << pointer << ": " << json;
        return {};
    }
    std::vector<std::string> names;
    for (const auto& [name, value] : object) names.emplace_back(name);
    return names;
}

TEST(Delivery, SaysWhatItIsAndWhy) {
    accord::Released one = example_intent(Level::kVolume);
    EXPECT_THAT(delivery_bytes(one, 42),
                HasSubstr(R"({"number":42,"item":"intent/flight-7","version":3,"level":"volume",)"
                          R"("why":"shared","via":null,"agreement":"strait-2015","traffic":"live",)"
                          R"("withdrawn":false,"due":{"received":"2015-11-24T07:21:00.000Z",)"
                          R"("read":"2015-11-24T07:25:00.000Z"},"intent":{)"));
    one.why = accord::Why::kEscalated;
    one.via = accord::PartyId("harbour");
    one.agreement.clear();
    one.traffic = accord::Traffic::kExercise;
    one.is_withdrawn = true;
    one.due = {{accord::Stage::kPassedOn, example_time(0)}};
    EXPECT_THAT(delivery_bytes(one, 1),
                HasSubstr(R"("why":"escalated","via":"harbour","agreement":null,)"
                          R"("traffic":"exercise","withdrawn":true,)"
                          R"("due":{"passed_on":"2015-11-24T07:20:00.000Z"},)"));
}

TEST(Delivery, SaysWhoAcceptedAnAgreement) {
    const std::string json = delivery_bytes(example_agreement(), 1);
    EXPECT_THAT(members_of(json, ""),
                ElementsAre("number", "item", "version", "level", "why", "via", "agreement",
                            "traffic", "withdrawn", "due", "terms"));
    EXPECT_THAT(json, HasSubstr(R"("terms":{"state":"in_force","signatories":["air-unit-b",)"));
    EXPECT_THAT(json, HasSubstr(R"("accepted":{"air-unit-b":"2015-11-24T07:20:00.000Z",)"
                                R"("coast-guard":"2015-11-24T07:20:01.000Z"}}})"));
}

TEST(Delivery, SaysOfAnIntentNoMoreThanItsLevel) {
    const auto members = [](Level level) {
        return members_of(delivery_bytes(example_intent(level), 1), "/intent");
    };
    EXPECT_THAT(members(Level::kFull),
                ElementsAre("owner", "state", "aircraft", "volumes", "route"));
    EXPECT_THAT(members(Level::kVolume), ElementsAre("state", "volumes"));
    EXPECT_THAT(members(Level::kCells), ElementsAre("cells"));
    EXPECT_THAT(members(Level::kNone), ElementsAre());
}

TEST(Delivery, SaysOfAnAirspaceNoMoreThanItsLevel) {
    const auto members = [](Level level) {
        return members_of(delivery_bytes(example_airspace(level), 1), "/airspace");
    };
    EXPECT_THAT(members(Level::kFull), ElementsAre("owner", "ended", "area"));
    EXPECT_THAT(members(Level::kVolume), ElementsAre("ended", "area"));
    EXPECT_THAT(members(Level::kCells), ElementsAre("ended", "cells"));
    EXPECT_THAT(members(Level::kNone), ElementsAre("ended"));
    const auto area = [](Level level) {
        return members_of(delivery_bytes(example_airspace(level), 1), "/airspace/area");
    };
    EXPECT_THAT(area(Level::kFull), ElementsAre("type", "source", "accuracy_m", "lower", "upper",
                                                "valid", "footprint"));
    EXPECT_THAT(area(Level::kVolume),
                ElementsAre("type", "accuracy_m", "lower", "upper", "valid", "footprint"));
}

TEST(Delivery, SaysThatAnAirspaceHasEnded) {
    accord::Released one = example_airspace(Level::kVolume);
    std::get<accord::AirspaceView>(one.view).is_ended = true;
    std::get<accord::AirspaceView>(one.view).area.reset();
    EXPECT_THAT(delivery_bytes(one, 1), HasSubstr(R"("airspace":{"ended":true,"area":null}})"));
}

TEST(Delivery, WritesCells) {
    accord::Released one = example_intent(Level::kCells);
    accord::Cells& cells = std::get<accord::IntentView>(one.view).cells.front();
    cells.lowest.reset();
    cells.highest = -1;
    cells.datum = geo::Datum::kPressure;
    EXPECT_THAT(delivery_bytes(one, 1),
                HasSubstr(R"("intent":{"cells":[{"south":1259,"north":1262,"west":2160,)"
                          R"("east":2165,"reference":"STD","lowest":null,"highest":-1,)"
                          R"("first_hour":402319,"last_hour":402320}]}})"));
}

TEST(Delivery, ShowsATrackWhereTheViewDoes) {
    const std::string shown = delivery_bytes(example_warning(Level::kFull), 1);
    const std::string hidden = delivery_bytes(example_warning(Level::kVolume), 1);
    EXPECT_THAT(shown, HasSubstr(R"("track":"4b1814")"));
    EXPECT_THAT(hidden, Not(HasSubstr("4b1814")));
    for (const std::string& one : {shown, hidden}) {
        EXPECT_THAT(one, HasSubstr(R"("note":"For collision avoidance and warning. )"
                                   R"(Not evidence of intent; not identification.")"));
        EXPECT_THAT(one, HasSubstr(R"("distance_m":-4200,"track_accuracy_m":150,)"
                                   R"("area_accuracy_m":30)"));
    }
}

// What a party wrote stays inside its quotes.
TEST(Delivery, EscapesText) {
    accord::Released one = example_intent(Level::kFull);
    std::get<accord::IntentView>(one.view).aircraft = {R"("],"owner":"\)"};
    const std::string json = delivery_bytes(one, 1);
    EXPECT_THAT(members_of(json, "/intent"),
                ElementsAre("owner", "state", "aircraft", "volumes", "route"));
    EXPECT_THAT(json, HasSubstr(R"("aircraft":["\"],\"owner\":\"\\"])"));
}

}  // namespace
}  // namespace comity::wire
