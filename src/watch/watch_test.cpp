// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What the watch says of hand-made flights. The area "salient" is a box of 10 to 11 E, 0 to 1 N; a
// minute of longitude at 0.5 N is 1,855.25 m.
#include "comity/watch/watch.hpp"

#include "test_world.hpp"

#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::watch {
namespace {

using geo::Instant;
using geo::Milliseconds;
using testing::ElementsAre;

constexpr double kMetresPerDegree = 111'315.2903;  // of longitude at 0.5 N

const geo::Polygon& salient() {
    static const geo::Polygon polygon = box(10.0, 0.0, 11.0, 1.0);
    return polygon;
}

// At 0.5 N, so many metres west of the salient.
geo::Position west(double metres) {
    return at(10.0 - metres / kMetresPerDegree, 0.5);
}

constexpr Moving kEast{100.0, 90.0};
constexpr Moving kWest{100.0, 270.0};

class WatchTest : public testing::Test {
  protected:
    WatchTest() { put(guarded("salient", salient())); }

    void put(GuardedArea area) { ASSERT_TRUE(watch_.put_area(std::move(area)).has_value()); }
    void put(Plan plan) { ASSERT_TRUE(watch_.put_plan(std::move(plan)).has_value()); }

    // One report at the second, and the sweeps up to it from the one before.
    std::vector<Change> report(std::int64_t second, geo::Position position,
                               std::optional<Moving> moving = std::nullopt) {
        report::TrackReport report = report_of("SU24", after(second), position);
        if (moving) report = report_of("SU24", after(second), position, *moving);
        change_report_(report);
        watch_.take("radar", report);
        return until(second);
    }
    std::vector<Change> until(std::int64_t second) {
        const std::vector<Change> changes = sweeps(watch_, next_, second);
        next_ = second + 1;
        return changes;
    }

    Watch watch_{WatchOptions{}};
    std::int64_t next_ = 0;
    std::function<void(report::TrackReport&)> change_report_ = [](report::TrackReport&) {};
};

std::vector<Phase> phases(const std::vector<Change>& changes) {
    std::vector<Phase> phases;
    for (const Change& change : changes) phases.push_back(change.phase);
    return phases;
}

void expect_near(std::optional<Instant> time, std::int64_t ms, std::int64_t tolerance_ms) {
    ASSERT_TRUE(time.has_value());
    EXPECT_LE(std::abs((*time - after_ms(ms)).count()), tolerance_ms)
        << (*time - after(0)).count() << " ms";
}

TEST_F(WatchTest, AnEntryIsToldWhenItComesIntoTheLookAhead) {
    EXPECT_TRUE(report(0, west(34'000), kEast).empty());
    EXPECT_TRUE(until(39).empty());
    const auto changes = until(41);
    ASSERT_EQ(changes.size(), 1U);
    const Change& change = changes.front();
    EXPECT_EQ(change.situation, 1U);
    EXPECT_EQ(change.phase, Phase::kPredicted);
    EXPECT_EQ(change.track, "SU24");
    EXPECT_EQ(change.feed, "radar");
    EXPECT_EQ(change.airspace, "salient");
    expect_near(change.by_track, 340'000, 60);
    EXPECT_FALSE(change.by_intent || change.entered || change.left);
    EXPECT_NEAR(change.distance->in_metres(), -34'000.0, 5.0);
    EXPECT_EQ(change.track_accuracy, geo::Distance::metres(100.0));
    EXPECT_EQ(change.area_accuracy, geo::Distance::metres(10.0));
    EXPECT_EQ(change.reported, after(0));
    EXPECT_TRUE(change.is_coasted);
}

TEST_F(WatchTest, EntryAndExitAreMeasuredBetweenTheReports) {
    report(0, at(9.99, 0.5));
    const auto inside = report(10, at(10.01, 0.5));
    ASSERT_EQ(phases(inside), std::vector{Phase::kInside});
    EXPECT_EQ(inside.front().entered, after_ms(5'000));
    EXPECT_FALSE(inside.front().left || inside.front().by_track);
    EXPECT_NEAR(inside.front().distance->in_metres(), 0.01 * kMetresPerDegree, 1.0);
    const auto left = report(20, at(9.97, 0.5));
    ASSERT_EQ(phases(left), std::vector{Phase::kInside});
    EXPECT_EQ(left.front().entered, after_ms(5'000));
    EXPECT_EQ(left.front().left, after_ms(12'500));
    EXPECT_EQ(left.front().situation, inside.front().situation);
}

TEST_F(WatchTest, AStayBetweenTwoReportsIsToldWithItsEnd) {
    report(0, at(9.9, 0.9));
    const auto changes = report(10, at(10.1, 1.1));  // the corner itself
    ASSERT_EQ(phases(changes), std::vector{Phase::kInside});
    EXPECT_EQ(changes.front().entered, after_ms(5'000));
    EXPECT_EQ(changes.front().left, after_ms(5'000));
    EXPECT_EQ(phases(report(20, at(10.3, 1.3))), std::vector{Phase::kResolved});
}

TEST_F(WatchTest, TwoReportsOutsideResolveAndALaterApproachIsANewSituation) {
    EXPECT_EQ(phases(report(0, west(5'000), kEast)), std::vector{Phase::kPredicted});
    EXPECT_TRUE(report(1, west(4'900), kWest).empty());
    const auto resolved = report(2, west(5'000), kWest);
    ASSERT_EQ(phases(resolved), std::vector{Phase::kResolved});
    EXPECT_EQ(resolved.front().situation, 1U);
    EXPECT_FALSE(resolved.front().by_track);
    const auto again = report(3, west(5'000), kEast);
    ASSERT_EQ(phases(again), std::vector{Phase::kPredicted});
    EXPECT_EQ(again.front().situation, 2U);
}

TEST_F(WatchTest, OneReportOutsideAndTenSecondsResolve) {
    report(0, west(5'000), kEast);
    // The prediction is gone: an update, and then the end.
    EXPECT_EQ(phases(report(30, west(5'000), kWest)), std::vector{Phase::kPredicted});
    EXPECT_TRUE(until(39).empty());
    EXPECT_EQ(phases(until(40)), std::vector{Phase::kResolved});
}

TEST_F(WatchTest, SilenceNeverResolves) {
    report(0, west(5'000), kEast);
    EXPECT_TRUE(until(60).empty());  // the predicted entry has passed; nothing measured it
    const auto lost = until(61);
    ASSERT_EQ(phases(lost), std::vector{Phase::kUnresolved});
    EXPECT_TRUE(lost.front().is_coasted);
    EXPECT_EQ(watch_.track_count(), 0U);
    EXPECT_TRUE(until(600).empty());
}

TEST_F(WatchTest, AReportInsideAfterTheTrackWasLostCountsFromItsTime) {
    report(0, west(5'000), kEast);
    report(10, west(4'000), kEast);
    // Later than the line may be drawn, but seen by the same sweep that finds the track lost.
    EXPECT_TRUE(until(70).empty());
    watch_.take("radar", report_of("SU24", after_ms(70'500), at(10.1, 0.5)));
    const auto changes = until(71);
    ASSERT_EQ(phases(changes), (std::vector{Phase::kUnresolved, Phase::kInside}));
    EXPECT_EQ(changes[0].situation, 1U);
    EXPECT_EQ(changes[1].situation, 2U);
    EXPECT_EQ(changes[1].entered, after_ms(70'500));
}

TEST_F(WatchTest, PredictionsThatMoveLittleOrTooOftenAreNotTold) {
    report(0, west(20'000), kEast);
    EXPECT_TRUE(report(10, west(18'500), kEast).empty());   // 5 s earlier
    EXPECT_EQ(report(20, west(16'000), kEast).size(), 1U);  // 20 s earlier
    EXPECT_TRUE(report(22, west(14'000), kEast).empty());   // too soon
    const auto changes = until(25);
    ASSERT_EQ(changes.size(), 1U);
    expect_near(changes.front().by_track, 162'000, 60);
    EXPECT_EQ(changes.front().sweep, after(25));
}

TEST_F(WatchTest, WithoutASpeedTheLastTwoReportsGiveIt) {
    EXPECT_TRUE(report(0, west(20'000)).empty());
    const auto changes = report(10, west(19'000));
    ASSERT_EQ(phases(changes), std::vector{Phase::kPredicted});
    expect_near(changes.front().by_track, 200'000, 100);
}

TEST_F(WatchTest, OwnAircraftAreNotWatched) {
    change_report_ = [](report::TrackReport& report) { report.party = "owner"; };
    EXPECT_TRUE(report(0, at(10.1, 0.5), kEast).empty());
    EXPECT_TRUE(report(10, at(10.2, 0.5), kEast).empty());
}

TEST_F(WatchTest, AnAircraftThatTurnsOutToBeTheOwnersEndsUnresolved) {
    EXPECT_EQ(phases(report(0, at(10.1, 0.5))), std::vector{Phase::kInside});
    change_report_ = [](report::TrackReport& report) { report.party = "owner"; };
    const auto changes = report(10, at(10.2, 0.5));
    ASSERT_EQ(phases(changes), std::vector{Phase::kUnresolved});
    EXPECT_EQ(changes.front().party, "owner");
}

TEST_F(WatchTest, OnTheGroundNoEntryIsPredictedButMeasured) {
    change_report_ = [](report::TrackReport& report) { report.on_ground = true; };
    EXPECT_TRUE(report(0, west(100), kEast).empty());
    EXPECT_EQ(phases(report(2, west(-100), kEast)), std::vector{Phase::kInside});
}

TEST_F(WatchTest, AnAreaThatDoesNotHoldYetIsEnteredWhenItDoes) {
    watch_.remove_area("salient");
    GuardedArea area = guarded("salient", salient());
    area.validity = geo::Interval{.begin = after(100), .end = after(200)};
    put(area);
    const auto predicted = report(50, at(10.5, 0.5), Moving{10.0, 0.0});
    ASSERT_EQ(phases(predicted), std::vector{Phase::kPredicted});
    EXPECT_EQ(predicted.front().by_track, after(100));
    report(95, at(10.5, 0.51), Moving{10.0, 0.0});
    const auto inside = report(105, at(10.5, 0.511), Moving{10.0, 0.0});
    ASSERT_EQ(phases(inside), std::vector{Phase::kInside});
    EXPECT_EQ(inside.front().entered, after(100));
    report(150, at(10.5, 0.52), Moving{10.0, 0.0});
    report(195, at(10.5, 0.53), Moving{10.0, 0.0});
    const auto left = report(205, at(10.5, 0.54), Moving{10.0, 0.0});
    ASSERT_EQ(phases(left), std::vector{Phase::kInside});
    EXPECT_EQ(left.front().left, after(200));
    EXPECT_EQ(phases(until(215)), std::vector{Phase::kResolved});
}

TEST_F(WatchTest, AStayOverSeveralReportsOfOneSweepIsToldOnce) {
    report(0, at(9.999, 0.5));
    watch_.take("radar", report_of("SU24", after_ms(10'400), at(10.001, 0.5)));
    watch_.take("radar", report_of("SU24", after_ms(10'800), at(9.999, 0.5)));
    const auto changes = until(11);
    ASSERT_EQ(phases(changes), std::vector{Phase::kInside});
    EXPECT_EQ(changes.front().entered, after_ms(5'200));
    EXPECT_EQ(changes.front().left, after_ms(10'600));
}

TEST(WatchOptionsTest, ALineIsNeverDrawnOverAGapWhateverTheTrackOutlives) {
    Watch watch({.lost_after = Milliseconds(200'000), .max_ahead = Milliseconds(200'000)});
    ASSERT_TRUE(watch.put_area(guarded("salient", salient())).has_value());
    watch.take("radar", report_of("SU24", after(0), at(9.99, 0.5)));
    watch.take("radar", report_of("SU24", after(100), at(10.01, 0.5)));
    watch.take("radar", report_of("SU24", after(200), at(9.99, 0.5)));
    const auto changes = sweeps(watch, 0, 200);
    ASSERT_EQ(phases(changes), (std::vector{Phase::kInside, Phase::kInside}));
    EXPECT_EQ(changes[0].entered, after(100));
    EXPECT_EQ(changes[1].left, after(200));
}

// --- Bands ---------------------------------------------------------------------------------------

class BandTest : public WatchTest {
  protected:
    // Pressure altitude 10,000 to 20,000 ft.
    BandTest() {
        GuardedArea area = guarded("salient", salient());
        const auto feet = [](std::int64_t f) {
            return geo::PressureAltitude::at(geo::Height::whole_feet(f));
        };
        area.band =
            airspace::Band<geo::PressureAltitude>{.lower = feet(10'000), .upper = feet(20'000)};
        put(area);
    }
    void fly_at(std::int64_t feet, double feet_per_minute = 0.0) {
        change_report_ = [=](report::TrackReport& report) {
            report.altitude = geo::PressureAltitude::at(geo::Height::whole_feet(feet));
            report.vertical_rate = geo::Speed::feet_per_minute(feet_per_minute);
        };
    }
};

TEST_F(BandTest, AnAircraftOfUnknownAltitudeIsInIt) {
    EXPECT_EQ(phases(report(0, at(10.1, 0.5))), std::vector{Phase::kInside});
}

TEST_F(BandTest, AboveItAndLevelNothingIsTold) {
    fly_at(20'100);
    EXPECT_TRUE(report(0, west(5'000), kEast).empty());
    EXPECT_TRUE(report(10, west(4'000), kEast).empty());
    EXPECT_TRUE(report(60, west(-1'000), kEast).empty());
}

TEST_F(BandTest, OnTheWayDownTheEntryIsThatIntoTheBand) {
    fly_at(22'000, -1'000.0);  // in the band after 120 s
    const auto changes = report(0, west(5'000), kEast);
    ASSERT_EQ(phases(changes), std::vector{Phase::kPredicted});
    expect_near(changes.front().by_track, 120'000, 1);
    fly_at(21'000, -1'000.0);
    EXPECT_TRUE(report(50, west(0), kEast).empty());
    fly_at(19'000, -1'000.0);
    const auto inside = report(100, west(-5'000), kEast);
    ASSERT_EQ(phases(inside), std::vector{Phase::kInside});
    EXPECT_EQ(inside.front().entered, after(75));
}

TEST_F(BandTest, OfAnotherDatumItIsWider) {
    // 20,000 ft and 500 m + 12 % of the aircraft's height are nearly 24,600 ft.
    const auto at_msl = [&](std::int64_t feet) {
        change_report_ = [=](report::TrackReport& report) {
            report.altitude = geo::AltitudeMsl::at(geo::Height::whole_feet(feet));
        };
    };
    at_msl(25'500);
    EXPECT_TRUE(report(0, at(10.1, 0.5)).empty());
    at_msl(24'000);
    const auto inside = report(10, at(10.1, 0.5));
    ASSERT_EQ(phases(inside), std::vector{Phase::kInside});
    EXPECT_EQ(inside.front().entered, after(10));
}

// --- Plans ---------------------------------------------------------------------------------------

class PlanTest : public WatchTest {
  protected:
    static constexpr std::int64_t kPlannedMs = 252'869;  // of the entry by the route

    // East along 0.5 N at 100 m/s to 20 km before the salient, from there north-east into it.
    PlanTest() {
        put(Plan{.intent = "flight-7",
                 .aircraft = {"other", "SU24"},
                 .route = {{west(40'000), after(0)},
                           {west(20'000), after(200)},
                           {at(10.5, 1.1), after(400)},
                           {at(10.5, 0.9), after(500)}},
                 .validity = {.begin = after(-600), .end = after(1'200)}});
    }
};

TEST_F(PlanTest, BothPredictionsStandSideBySide) {
    const auto changes = report(110, west(29'000), kEast);
    ASSERT_EQ(phases(changes), std::vector{Phase::kPredicted});
    const Change& change = changes.front();
    ASSERT_TRUE(change.by_intent.has_value());
    EXPECT_EQ(change.by_intent->intent, "flight-7");
    expect_near(change.by_track, 400'000, 60);
    expect_near(change.by_intent->entry, kPlannedMs, 20);
}

TEST_F(PlanTest, AnAircraftThatIsLateEntersLate) {
    // Where the route has it after 100 s.
    const auto in_time = report(100, west(30'000), Moving{50.0, 45.0});
    ASSERT_EQ(phases(in_time), std::vector{Phase::kPredicted});
    ASSERT_TRUE(in_time.front().by_intent.has_value());
    const Instant planned = in_time.front().by_intent->entry;
    expect_near(planned, kPlannedMs, 5);
    const auto late = report(140, west(30'000), Moving{50.0, 45.0});
    ASSERT_EQ(phases(late), std::vector{Phase::kPredicted});
    ASSERT_TRUE(late.front().by_intent.has_value());
    EXPECT_LE(std::chrono::abs(late.front().by_intent->entry - planned - Milliseconds(40'000)),
              Milliseconds(20));
}

TEST_F(PlanTest, AnAircraftThatIsEarlyEntersEarly) {
    const auto early = report(40, west(30'000), Moving{50.0, 45.0});
    ASSERT_EQ(phases(early), std::vector{Phase::kPredicted});
    ASSERT_TRUE(early.front().by_intent.has_value());
    expect_near(early.front().by_intent->entry, kPlannedMs - 60'000, 20);
}

TEST_F(PlanTest, NotFollowedItSaysNothing) {
    const auto by_intent = [](const std::vector<Change>& changes) {
        return !changes.empty() && changes.back().by_intent.has_value();
    };
    // 2.2 km beside the route; the other way along it; more than ten minutes late; not named.
    EXPECT_FALSE(by_intent(report(100, at(9.73, 0.52), kEast)));
    EXPECT_FALSE(by_intent(report(110, west(29'000), kWest)));
    EXPECT_FALSE(by_intent(report(890, west(39'000), kEast)));
    watch_.take("radar", report_of("unnamed", after(890), west(30'000), kEast));
    EXPECT_FALSE(by_intent(until(891)));
}

TEST_F(PlanTest, AfterItsValidityItSaysNothing) {
    put(Plan{.intent = "flight-7",
             .aircraft = {"SU24"},
             .route = {{west(40'000), after(0)}, {at(10.5, 0.5), after(300)}},
             .validity = {.begin = after(0), .end = after(50)}});
    const auto before = report(50, west(30'000), Moving{1.0, 45.0});
    ASSERT_EQ(phases(before), std::vector{Phase::kPredicted});
    EXPECT_TRUE(before.front().by_intent.has_value());
    const auto behind = report(60, west(29'000), Moving{1.0, 45.0});
    ASSERT_EQ(phases(behind), std::vector{Phase::kPredicted});
    EXPECT_FALSE(behind.front().by_intent.has_value());
}

TEST_F(PlanTest, TakenBackItEndsNothingBeforeTheNextReport) {
    EXPECT_EQ(report(100, west(30'000), Moving{50.0, 45.0}).size(), 1U);
    watch_.remove_plan("flight-7");
    // Told as gone, but what was last measured is not known to be harmless without a new report.
    const auto gone = until(150);
    ASSERT_EQ(phases(gone), std::vector{Phase::kPredicted});
    EXPECT_FALSE(gone.front().by_intent.has_value());
    EXPECT_EQ(phases(report(155, west(30'000), kWest)), std::vector<Phase>{});
    EXPECT_EQ(phases(report(156, west(30'000), kWest)), std::vector{Phase::kResolved});
}

TEST_F(PlanTest, OfSeveralPlansTheEarliestEntryCounts) {
    put(Plan{.intent = "flight-8",
             .aircraft = {"SU24"},
             .route = {{west(40'000), after(0)}, {at(10.5, 0.5), after(300)}},
             .validity = {.begin = after(0), .end = after(500)}});
    const auto changes = report(60, west(30'000), kEast);
    ASSERT_EQ(phases(changes), std::vector{Phase::kPredicted});
    EXPECT_EQ(changes.front().by_intent->intent, "flight-8");
}

TEST_F(PlanTest, FiledInFlightItCountsFromTheNextSweep) {
    watch_.remove_plan("flight-7");
    EXPECT_TRUE(report(100, west(30'000), Moving{1.0, 45.0}).empty());
    put(Plan{.intent = "flight-9",
             .aircraft = {"SU24"},
             .route = {{west(40'000), after(0)}, {at(10.5, 0.5), after(300)}},
             .validity = {.begin = after(0), .end = after(500)}});
    const auto changes = until(101);
    ASSERT_EQ(phases(changes), std::vector{Phase::kPredicted});
    EXPECT_EQ(changes.front().by_intent->intent, "flight-9");
}

TEST_F(PlanTest, WhereAnAreaIsReplacedThePlanIsAskedAgain) {
    EXPECT_EQ(report(100, west(30'000), Moving{1.0, 45.0}).size(), 1U);
    put(guarded("salient", box(30.0, 0.0, 31.0, 1.0)));
    EXPECT_EQ(phases(until(101)), std::vector{Phase::kUnresolved});
}

TEST_F(PlanTest, AnAircraftThatIsLateMeetsAStayThatByThePlanIsOver) {
    // Through the corner of the salient within 2 s, by the plan 60 s ago.
    put(Plan{.intent = "flight-7",
             .aircraft = {"SU24"},
             .route = {{at(9.9, 0.5), after(0)},
                       {at(10.001, 0.5), after(50)},
                       {at(9.9, 0.501), after(100)}},
             .validity = {.begin = after(0), .end = after(500)}});
    const auto changes = report(200, at(9.98, 0.5), Moving{1.0, 45.0});
    ASSERT_EQ(phases(changes), std::vector{Phase::kPredicted});
    ASSERT_TRUE(changes.front().by_intent.has_value());
    // 0.02 degrees at 0.101 degrees in 50 s.
    expect_near(changes.front().by_intent->entry, 209'901, 5);
}

// --- Areas, order, limits ------------------------------------------------------------------------

TEST_F(WatchTest, AnAreaTakenOutOrReplacedEndsItsSituations) {
    EXPECT_EQ(phases(report(0, at(10.1, 0.5))), std::vector{Phase::kInside});
    put(guarded("salient", salient()));
    const auto replaced = until(1);
    ASSERT_EQ(phases(replaced), (std::vector{Phase::kUnresolved, Phase::kInside}));
    EXPECT_EQ(replaced[0].situation, 1U);
    EXPECT_EQ(replaced[1].situation, 2U);
    EXPECT_EQ(replaced[1].entered, after(0));
    watch_.remove_area("salient");
    EXPECT_EQ(phases(until(2)), std::vector{Phase::kUnresolved});
    EXPECT_TRUE(report(3, at(10.1, 0.5)).empty());
}

TEST_F(WatchTest, ChangesComeInOrderOfTrackFeedAndAirspace) {
    put(guarded("bay", box(10.0, 0.0, 10.5, 1.0)));
    for (const char* feed : {"z", "a"}) {
        for (const char* track : {"T2", "T1"}) {
            watch_.take(feed, report_of(track, after(0), at(10.1, 0.5)));
        }
    }
    std::vector<std::string> order;
    std::uint64_t last = 0;
    for (const Change& change : until(0)) {
        order.push_back(change.track + change.feed + change.airspace);
        EXPECT_EQ(change.situation, ++last);
    }
    EXPECT_THAT(order, ElementsAre("T1abay", "T1asalient", "T1zbay", "T1zsalient", "T2abay",
                                   "T2asalient", "T2zbay", "T2zsalient"));
}

TEST_F(WatchTest, ManyEntriesOnOneLineAreToldAsFew) {
    std::vector<geo::Position> comb;
    for (int tooth = 0; tooth < 20; ++tooth) {
        comb.push_back(at(20.0 + 0.010 * tooth, 0.0));
        comb.push_back(at(20.005 + 0.010 * tooth, 1.0));
    }
    comb.push_back(at(20.2, -1.0));
    put(guarded("comb", ring(comb)));
    report(0, at(19.99, 0.5));
    const auto changes = report(22, at(20.21, 0.5));
    ASSERT_EQ(changes.size(), Watch::kMaxStays);
    EXPECT_LT(*changes[6].left, *changes[7].entered);
    EXPECT_EQ(changes[0].entered, after_ms(1'250));
    EXPECT_EQ(changes[7].entered, after_ms(8'250));
    expect_near(changes[7].left, 20'625, 1);
}

TEST_F(WatchTest, TheWholeEarthHasNoDistance) {
    put(guarded("earth", box(-180.0, -90.0, 180.0, 90.0)));
    const auto changes = report(0, at(50.0, 0.5));
    ASSERT_EQ(phases(changes), std::vector{Phase::kInside});
    EXPECT_FALSE(changes.front().distance.has_value());
}

TEST(WatchCountsTest, EachReportIsCountedForWhatBecameOfIt) {
    Watch watch({.max_tracks = 2, .max_held = 4});
    const auto take = [&](const char* track, std::int64_t second) {
        watch.take("radar", report_of(track, after(second), at(0.0, 0.0)));
    };
    take("A", 10);
    take("A", 9);
    take("A", 10);
    take("B", 10);
    take("B", 11);  // a fifth to be held
    watch.sweep(after(10));
    take("A", 9);  // not newer
    watch.sweep(after(11));
    take("C", 11);  // a third track
    take("A", 72);  // more than a minute ahead
    take("A", 70);
    watch.sweep(after(70));
    watch.sweep(after(100));
    take("D", 39);  // more than a minute ago
    watch.sweep(after(101));
    EXPECT_EQ(watch.counts(),
              (WatchCounts{.used = 4, .not_newer = 2, .late = 1, .ahead = 1, .over_limit = 2}));
}

TEST(WatchFaults, EachIsGivenForWhatItSays) {
    Watch watch({.max_areas = 1, .max_plans = 1});
    const auto fault_of = [](const auto& result) {
        return result.has_value() ? std::nullopt : std::optional(result.error());
    };
    const Plan plan{.intent = "a",
                    .aircraft = {"A"},
                    .route = {{at(0.0, 0.0), after(0)}, {at(1.0, 0.0), after(1)}},
                    .validity = {.begin = after(0), .end = after(1)}};
    ASSERT_TRUE(watch.put_area(guarded("a", salient())).has_value());
    EXPECT_TRUE(watch.put_area(guarded("a", salient())).has_value());
    EXPECT_EQ(fault_of(watch.put_area(guarded("b", salient()))), WatchFault::kTooManyAreas);
    ASSERT_TRUE(watch.put_plan(plan).has_value());
    EXPECT_TRUE(watch.put_plan(plan).has_value());
    Plan other = plan;
    other.intent = "b";
    EXPECT_EQ(fault_of(watch.put_plan(other)), WatchFault::kTooManyPlans);
    Plan standing = plan;
    standing.route[1].time = standing.route[0].time;
    EXPECT_EQ(fault_of(watch.put_plan(standing)), WatchFault::kBadRoute);
    Plan point = plan;
    point.route.pop_back();
    EXPECT_EQ(fault_of(watch.put_plan(point)), WatchFault::kBadRoute);
    Plan crowd = plan;
    crowd.aircraft.resize(Plan::kMaxAircraft + 1);
    EXPECT_EQ(fault_of(watch.put_plan(crowd)), WatchFault::kPlanTooLarge);
    Plan maze = plan;
    maze.route.resize(Plan::kMaxRoute + 1);
    EXPECT_EQ(fault_of(watch.put_plan(maze)), WatchFault::kPlanTooLarge);
}

}  // namespace
}  // namespace comity::watch
