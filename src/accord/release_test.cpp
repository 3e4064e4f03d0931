// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What each level holds, and what nobody can find out by trying.
#include "cells.hpp"
#include "random_world.hpp"

#include "comity/geo/geodesic.hpp"

#include <cmath>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace comity::accord::testing {
namespace {

// The south tells the east of its flights at this level.
struct OneLevel : World {
    explicit OneLevel(Level level) {
        add_parties(*this);
        agree("one", terms({"south", "east"})
                         .shares("south", "east", Shared::kIntents, level)
                         .shares("south", "east", Shared::kAirspaces, level));
    }
};

IntentOf flight() {
    return intent("S1").aircraft("T1").route({{.position = place(36, 36), .time = clock("07:20")},
                                              {.position = place(37, 36), .time = clock("07:40")}});
}

IntentView intent_at(Level level) {
    OneLevel w(level);
    EXPECT_EQ(w.files("south", flight()), kAccepted);
    return std::get<IntentView>(w.told().back().released.view);
}

TEST(Release, EachLevelOfAnIntentHoldsWhatItMay) {
    const IntentView full = intent_at(Level::kFull);
    EXPECT_EQ(full.owner, party_of("south"));
    EXPECT_EQ(full.aircraft.size() + full.route.size() + full.volumes.size(), 4U);
    const IntentView volume = intent_at(Level::kVolume);
    EXPECT_FALSE(volume.owner);
    EXPECT_EQ(volume.aircraft.size() + volume.route.size() + volume.cells.size(), 0U);
    EXPECT_EQ(volume.volumes.size(), 1U);
    const IntentView cells = intent_at(Level::kCells);
    EXPECT_FALSE(cells.owner);
    EXPECT_EQ(cells.aircraft.size() + cells.route.size() + cells.volumes.size(), 0U);
    ASSERT_EQ(cells.cells.size(), 1U);
    EXPECT_EQ(cells.cells[0].south, 1260);
    EXPECT_EQ(cells.cells[0].west, 2160);
    EXPECT_EQ(cells.cells[0].first_hour, cells.cells[0].last_hour);
}

TEST(Release, EachLevelOfAnAirspaceHoldsWhatItMay) {
    const auto view_at = [](Level level) {
        OneLevel w(level);
        EXPECT_EQ(w.files("south", area("A").source("survey")), kAccepted);
        return std::get<AirspaceView>(w.told().back().released.view);
    };
    EXPECT_EQ(view_at(Level::kFull).area->source, "survey");
    const AirspaceView volume = view_at(Level::kVolume);
    EXPECT_FALSE(volume.owner);
    EXPECT_EQ(volume.area->owner + volume.area->source, "");
    EXPECT_EQ(volume.area->footprint.size(), 1U);
    EXPECT_FALSE(view_at(Level::kCells).area);
    EXPECT_EQ(view_at(Level::kCells).cells.size(), 1U);
}

TEST(Release, NoneIsNothing) {
    OneLevel w(Level::kNone);
    ASSERT_EQ(w.files("south", flight()), kAccepted);
    EXPECT_EQ(w.state().notice(party_of("east"), item_of("intent/S1")), nullptr);
    EXPECT_FALSE(release(w.state(), party_of("east"), item_of("intent/S1")));
}

TEST(Release, CellsCountNoPartsAndHoldNoStateButTheEnd) {
    OneLevel w(Level::kCells);
    ASSERT_EQ(w.files("south", intent("S1").circle(36.05, 36.05, 1)), kAccepted);
    ASSERT_EQ(w.files("south", intent("S1")
                                   .circle(36.06, 36.05, 1)
                                   .circle(36.05, 36.06, 0.5)
                                   .in_state(IntentState::kActivated)),
              kAccepted);
    EXPECT_EQ(w.notice("east", "intent/S1").last.version, 1U);
    const auto released = release(w.state(), party_of("east"), item_of("intent/S1"));
    ASSERT_TRUE(released);
    EXPECT_EQ(std::get<IntentView>(released->view).cells.size(), 1U);
    EXPECT_EQ(std::get<IntentView>(released->view).state, IntentState::kAccepted);
    ASSERT_EQ(w.files("south", flight().in_state(IntentState::kEnded)), kAccepted);
    EXPECT_EQ(std::get<IntentView>(w.told().back().released.view).state, IntentState::kEnded);
}

bool holds(const Cells& cells, geo::LatLon at) {
    const double row = (at.latitude + 90.0) * 10.0;
    const double column = (at.longitude + 180.0) * 10.0;
    return cells.south <= row && row <= cells.north + 1 && cells.west <= column &&
           column <= cells.east + 1;
}

TEST(Release, EveryPlaceOfACircleLiesInItsCells) {
    constexpr std::uint64_t kSeed = 20151124;
    std::mt19937_64 generator(kSeed);
    const auto uniform = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(generator() >> 11U) * 0x1p-53;
    };
    for (int i = 0; i < 2'000; ++i) {
        const geo::Position centre = place(uniform(-90, 90), uniform(-180, 180));
        const geo::LatLon at{.latitude = centre.degrees().latitude,
                             .longitude = centre.degrees().longitude};
        const auto radius = geo::Distance::metres(std::exp2(uniform(0, 21)));
        const Cells cells = cells_of(
            airspace::Volume{.footprint = airspace::Circle{.centre = centre, .radius = radius}});
        for (int j = 0; j < 36; ++j) {
            const auto rim = geo::geodesic_direct(at, geo::Angle::degrees(10.0 * j), radius);
            EXPECT_TRUE(holds(cells, rim))
                << "seed " << kSeed << " circle " << i << " at " << at.latitude << " "
                << at.longitude << " radius " << radius.in_metres();
        }
    }
}

TEST(Release, EveryPlaceOfAGeodesicEdgeLiesInItsCells) {
    constexpr std::uint64_t kSeed = 7;
    std::mt19937_64 generator(kSeed);
    const auto uniform = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(generator() >> 11U) * 0x1p-53;
    };
    for (int i = 0; i < 2'000; ++i) {
        const double latitude = uniform(-85, 80);
        const double longitude = uniform(-180, 100);
        const double width = uniform(0, 79);
        const geo::Position corners[] = {place(latitude, longitude),
                                         place(latitude, longitude + width),
                                         place(latitude + uniform(0, 5), longitude + width / 2)};
        geo::PolygonBuilder builder(geo::EdgeKind::kGeodesic);
        for (const auto corner : {corners[0], corners[1], corners[2], corners[0]}) {
            ASSERT_TRUE(builder.add(corner));
        }
        ASSERT_TRUE(builder.end_ring());
        const Cells cells =
            cells_of(airspace::Volume{.footprint = std::move(builder).finish().value()});
        const geo::LatLon from{.latitude = corners[0].degrees().latitude,
                               .longitude = corners[0].degrees().longitude};
        const geo::LatLon to{.latitude = corners[1].degrees().latitude,
                             .longitude = corners[1].degrees().longitude};
        const auto length = geo::geodesic_distance(from, to);
        for (int j = 0; j <= 20; ++j) {
            const auto on =
                geo::geodesic_direct(from, geo::geodesic_azimuth(from, to), length * (0.05 * j));
            EXPECT_TRUE(holds(cells, {.latitude = std::round(on.latitude * 1e7) / 1e7,
                                      .longitude = std::round(on.longitude * 1e7) / 1e7}))
                << "seed " << kSeed << " polygon " << i << " at " << latitude << " " << width;
        }
    }
}

// Two worlds, in one of which each flight of the south is elsewhere inside its cells, at another
// time of the hour, in other parts and by another aircraft.
IntentOf moved(IntentOf one) {
    const PutIntent put = one.put();
    const auto& circle = std::get<airspace::Circle>(put.volumes[0].footprint);
    const double latitude = circle.centre.degrees().latitude;
    IntentOf other = intent(one.id).in_state(put.state).aircraft("T9");
    other.from(put.volumes[0].time.begin + std::chrono::minutes{25});
    other.to(put.volumes[0].time.end + std::chrono::minutes{33});
    return other.circle(latitude + 0.01, 36.06, 0.7).circle(latitude, 36.05, 0.4);
}

TEST(Release, WhoHasCellsCannotTellTwoWorldsApartThatDifferInsideThem) {
    for (const std::uint64_t seed : {11U, 12U, 13U, 14U}) {
        const auto start = [](World& w) {
            add_parties(w);
            ASSERT_EQ(w.files("north", area("north-airspace")), kAccepted);
            w.agree("strait", terms({"south", "lead", "east"})
                                  .shares("south", "lead", Shared::kIntents, Level::kCells)
                                  .relays("lead", "east", Level::kVolume)
                                  .shares("south", "lead", Shared::kAlerts, Level::kCells)
                                  .escalates_to({"desk"})
                                  .within(90s, 4min, 90min));
        };
        World one;
        World other;
        start(one);
        start(other);
        RandomActs acts_of_one(seed, [](IntentOf intent) { return intent; });
        RandomActs acts_of_other(seed, moved);
        for (int i = 0; i < 2'000; ++i) {
            ASSERT_EQ(acts_of_one.act(one), acts_of_other.act(other))
                << "seed " << seed << " step " << i;
        }
        for (const auto* party : {"lead", "east", "desk"}) {
            EXPECT_EQ(one.seen_by(party), other.seen_by(party)) << "seed " << seed;
        }
        EXPECT_NE(one.seen_by("lead").find("intent/south"), std::string::npos) << "seed " << seed;
    }
}

// Noninterference: an intent that the east does not know leaves no trace in what it is told, the
// alerts about it that go on changing included.
TEST(Release, AHiddenIntentLeavesNoTrace) {
    const auto run = [](World& w, bool is_hidden_there) {
        add_parties(w);
        ASSERT_EQ(w.files("north", area("north-airspace")), kAccepted);
        w.agree("alerts", terms({"north", "east"})
                              .shares("north", "east", Shared::kAlerts, Level::kFull)
                              .within(1min, 5min, 10min));
        if (is_hidden_there) {
            ASSERT_EQ(w.files("south", intent("S1")), kAccepted);
        }
        const auto raise = [&](std::string_view time, AlertOf one, std::string_view by_intent,
                               std::uint64_t record) {
            w.at(time);
            if (is_hidden_there) one.of("S1", by_intent).flown_by("south").as_of(record);
            ASSERT_EQ(w.raises(one), kAccepted);
        };
        const auto a1 = [] { return alert("a1").in("north-airspace"); };
        if (is_hidden_there) raise("07:02", a1(), "07:40", 5);
        if (is_hidden_there) raise("07:03", a1(), "07:41", 6);
        raise("07:04", a1().ahead("07:30"), "07:41", 9);
        if (is_hidden_there) raise("07:05", a1().ahead("07:30"), "07:42", 11);
        raise("07:06", a1().ahead("07:30").entered("07:05:50"), "07:42", 14);
        if (is_hidden_there) raise("07:07", a1().ahead("07:30").entered("07:05:50"), "07:43", 15);
        raise("07:08", a1().entered("07:05:50").resolved("07:07:50"), "07:43", 17);
        w.at("07:30");
    };
    World with;
    World without;
    run(with, true);
    run(without, false);
    EXPECT_EQ(with.seen_by("east"), without.seen_by("east"));
    EXPECT_EQ(with.notice("east", "warning/a1").last.version, 3U);
}

}  // namespace
}  // namespace comity::accord::testing
