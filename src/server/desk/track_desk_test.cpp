// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/track_desk.hpp"

#include "comity/geo/altitude.hpp"
#include "comity/server/board.hpp"
#include "comity/wire/read_frame.hpp"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using accord::PartyId;
using geo::Milliseconds;

geo::Instant second(int n) {
    return geo::Instant(Milliseconds(1'000'000'000'000 + 1'000 * n));
}

report::TrackReport report(const std::string& id, int n, double longitude) {
    report::TrackReport made;
    made.time = second(n);
    made.track_id = id;
    made.callsign = "CALL-" + id;
    made.position = *geo::Position::from_degrees({.latitude = 10.0, .longitude = longitude});
    return made;
}

struct Silent final : Board::Listener {
    void told(const PartyId&, const ToldEvent&) override {}
    void noticed(const NoticeEvent&) override {}
    void own_changed(const PartyId&, const accord::ItemRef&) override {}
    void framed(const FrameEvent&) override { ++frames; }
    void beaten() override {}
    int frames = 0;
};

std::vector<wire::ReadTrack> tracks_of(const FrameEvent& frame) {
    std::vector<wire::ReadTrack> tracks;
    wire::each_track(*frame.frame, [&](const wire::ReadTrack& one) { tracks.push_back(one); });
    return tracks;
}

struct TrackWorld {
    TrackWorld() {
        desk.add_feed("north-radar", PartyId("north"));
        desk.add_feed("south-radar", PartyId("south"));
    }
    std::vector<FrameEvent> sweep(int n) {
        (void)watch.sweep(second(n));
        return desk.sweep(watch, second(n));
    }
    watch::Watch watch{watch::WatchOptions{}};
    TrackDesk desk;
};

TEST(TrackDesk, EachPartySeesItsOwnFeedsAlone) {
    TrackWorld w;
    w.watch.take("north-radar", report("a", 0, 20.0));
    w.watch.take("south-radar", report("b", 0, 30.0));
    const auto frames = w.sweep(0);
    ASSERT_EQ(frames.size(), 2U);
    ASSERT_EQ(frames[0].to.value(), "north");
    ASSERT_EQ(tracks_of(frames[0]).size(), 1U);
    ASSERT_EQ(frames[0].names.size(), 1U);
    EXPECT_EQ(frames[0].names[0].track, "a");
    EXPECT_EQ(frames[0].names[0].callsign, "CALL-a");
    EXPECT_EQ(frames[1].names[0].track, "b");
    EXPECT_NEAR(tracks_of(frames[1])[0].longitude, 30.0, 1e-6);
}

TEST(TrackDesk, EstimatedThenLostThenGoneAndANumberIsNeverUsedAgain) {
    TrackWorld w;
    w.watch.take("north-radar", report("a", 0, 20.0));
    const auto first = w.sweep(0);
    EXPECT_FALSE(tracks_of(first[0])[0].is_estimated);
    const auto later = w.sweep(4);
    EXPECT_TRUE(later[0].names.empty());
    EXPECT_TRUE(tracks_of(later[0])[0].is_estimated);
    EXPECT_EQ(tracks_of(later[0])[0].age, Milliseconds(4'000));
    std::vector<wire::ReadTrack> lost;
    for (int n = 5; n < 70 && (lost.empty() || !lost[0].is_lost); ++n) {
        lost = tracks_of(w.sweep(n)[0]);
    }
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_TRUE(lost[0].is_lost);
    EXPECT_TRUE(tracks_of(w.sweep(70)[0]).empty());
    w.watch.take("north-radar", report("a", 71, 20.0));
    const auto again = w.sweep(71);
    ASSERT_EQ(again[0].names.size(), 1U);
    EXPECT_GT(again[0].names[0].number, first[0].names[0].number);
}

TEST(TrackDesk, SaysHowOldAFeedsWordIs) {
    TrackWorld w;
    w.watch.take("north-radar", report("a", 0, 20.0));
    (void)w.sweep(0);
    const auto feeds = w.desk.feeds(second(7));
    ASSERT_EQ(feeds.size(), 2U);
    EXPECT_EQ(feeds[0].age, Milliseconds(7'000));
    EXPECT_FALSE(feeds[1].age);
}

ToldEvent warning(std::uint64_t number, int n, const char* phase) {
    const std::string content =
        std::string(R"({"warning":{"phase":")") + phase +
        R"(","track":"a","airspace":"north-airspace","by_intent":{"intent":"S1","entry":null}}})";
    return {.to = PartyId("north"),
            .number = number,
            .item = {.kind = accord::ItemKind::kWarning, .id = "w1"},
            .version = number,
            .time = second(n),
            .content = std::make_shared<const std::string>(content)};
}

TEST(TrackDesk, AnIncidentHasItsTrackFromFiveMinutesBeforeToAMinuteAfter) {
    TrackWorld w;
    Silent listener;
    Board board(listener);
    const auto run = [&](int from, int until) {
        for (int n = from; n <= until; ++n) {
            w.watch.take("north-radar", report("a", n, 20.0 + n * 0.001));
            w.watch.take("north-radar", report("b", n, 21.0));
            for (FrameEvent& frame : w.sweep(n)) board.apply({std::move(frame)});
        }
    };
    run(0, 400);
    board.apply({warning(1, 400, "predicted")});
    run(401, 450);
    board.apply({warning(2, 450, "resolved")});
    run(451, 600);
    const PartyBoard& north = board.party(PartyId("north"));
    const auto& tracks = north.incident_tracks.at("w1");
    ASSERT_EQ(tracks.size(), 1U);
    EXPECT_EQ(tracks[0].track, "a");
    EXPECT_EQ(tracks[0].feed, "north-radar");
    EXPECT_EQ(tracks[0].samples.front().time, second(101));
    EXPECT_EQ(tracks[0].samples.back().time, second(510));
    EXPECT_EQ(tracks[0].samples.size(), 410U);
    const IncidentBoard& incident = north.incidents.at("w1");
    EXPECT_EQ(incident.opened, second(400));
    EXPECT_EQ(incident.closed, second(450));
    EXPECT_EQ(incident.intent, "S1");
    EXPECT_EQ(incident.deliveries, (std::vector<std::uint64_t>{1, 2}));
    EXPECT_EQ(board.party(PartyId("south")).incidents.size(), 0U);
}

}  // namespace
}  // namespace comity::server
