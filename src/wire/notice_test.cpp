// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/wire/notice.hpp"

#include "comity/geo/instant.hpp"

#include <gtest/gtest.h>

namespace comity::wire {
namespace {

geo::Instant at(const char* time) {
    return *geo::parse_instant(std::string("2026-06-01T") + time + "Z");
}

TEST(Notice, SaysAllThatCameOfIt) {
    accord::Notice notice{.to = accord::PartyId("lead"),
                          .item = {.kind = accord::ItemKind::kIntent, .id = "S1"},
                          .level = accord::Level::kVolume,
                          .why = accord::Why::kRelayed,
                          .via = accord::PartyId("south"),
                          .agreement = "strait",
                          .shown = 2,
                          .first = {.at = at("07:02:00"), .version = 1},
                          .last = {.at = at("07:05:00"), .version = 2}};
    notice.received = accord::Act{.at = at("07:02:01"), .version = 1};
    notice.read = accord::Act{.at = at("07:03:30"), .version = 1};
    notice.passed_on[accord::PartyId("north")] = {.at = at("07:09:30"), .version = 2};
    notice.passed_on[accord::PartyId("west")] = {.at = at("07:09:31"), .version = 2};
    notice.objected = accord::Act{.at = at("07:10:00"), .version = 2};
    notice.left_at = at("07:01:59");
    notice.withdrawn = at("07:11:00");
    notice.due[accord::Stage::kRead] = at("07:10:00");
    notice.due[accord::Stage::kPassedOn] = at("07:15:00");
    notice.missed[accord::Stage::kReceived] = at("07:06:00");
    EXPECT_EQ(notice_text(
                  notice,
                  {.received = StatedBy::kKey, .read = StatedBy::kNode, .reader = "O. \"Watch\""}),
              R"({"item":"intent/S1","to":"lead","level":"volume","why":"relayed","via":"south",)"
              R"("agreement":"strait","told":{"at":"2026-06-01T07:02:00.000Z","version":1},)"
              R"("last":{"at":"2026-06-01T07:05:00.000Z","version":2},)"
              R"("left_at":"2026-06-01T07:01:59.000Z",)"
              R"("received":{"at":"2026-06-01T07:02:01.000Z","version":1,"stated_by":"key"},)"
              R"("read":{"at":"2026-06-01T07:03:30.000Z","version":1,)"
              R"("by":"O. \"Watch\"","stated_by":"node"},)"
              R"("passed_on":[{"to":"north","at":"2026-06-01T07:09:30.000Z","version":2},)"
              R"({"to":"west","at":"2026-06-01T07:09:31.000Z","version":2}],)"
              R"("objected":{"at":"2026-06-01T07:10:00.000Z","version":2},)"
              R"("withdrawn":"2026-06-01T07:11:00.000Z",)"
              R"("due":{"read":"2026-06-01T07:10:00.000Z","passed_on":"2026-06-01T07:15:00.000Z"},)"
              R"("missed":{"received":"2026-06-01T07:06:00.000Z"}})");
}

TEST(Notice, SaysNothingOfWhatDidNotCome) {
    const accord::Notice notice{.to = accord::PartyId("north"),
                                .item = {.kind = accord::ItemKind::kWarning, .id = "w"},
                                .level = accord::Level::kFull,
                                .why = accord::Why::kOwnFeed,
                                .first = {.at = at("07:02:00"), .version = 1},
                                .last = {.at = at("07:02:00"), .version = 1}};
    EXPECT_EQ(notice_text(notice, {}),
              R"({"item":"warning/w","to":"north","level":"full","why":"own_feed","via":null,)"
              R"("agreement":null,"told":{"at":"2026-06-01T07:02:00.000Z","version":1},)"
              R"("last":{"at":"2026-06-01T07:02:00.000Z","version":1},"left_at":null,)"
              R"("received":null,"read":null,"passed_on":[],"objected":null,"withdrawn":null,)"
              R"("due":{},"missed":{}})");
}

}  // namespace
}  // namespace comity::wire
