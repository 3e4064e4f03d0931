// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Cases small enough to be worked out by hand.
#include "comity/airspace/inside.hpp"

#include "test_tracks.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::airspace {
namespace {

using geo::Distance;
using geo::LatLon;

constexpr double kMetre = 1.0;
constexpr double kMillimetre = 0.001;

struct Sample {
    std::int64_t ms;
    double longitude;
    double latitude;
    std::optional<double> accuracy_m = {};
};

std::vector<TrackPoint> track_of(const std::vector<Sample>& samples) {
    std::vector<TrackPoint> track;
    for (const Sample& sample : samples) {
        track.push_back(
            {.time = after_ms(sample.ms), .position = at(sample.longitude, sample.latitude)});
        if (sample.accuracy_m) track.back().accuracy = Distance::metres(*sample.accuracy_m);
    }
    return track;
}

std::vector<Stay> stays_in(const std::vector<geo::Polygon>& footprint,
                           const std::vector<Sample>& samples, double area_accuracy_m = 0.0,
                           std::optional<double> track_accuracy_m = {}) {
    Accuracies accuracies{.area = Distance::metres(area_accuracy_m)};
    if (track_accuracy_m) accuracies.every_point = Distance::metres(*track_accuracy_m);
    return assess_stays(Area(footprint), track_of(samples), accuracies);
}

// The only stay.
Stay stay_in(const std::vector<geo::Polygon>& footprint, const std::vector<Sample>& samples,
             double area_accuracy_m = 0.0, std::optional<double> track_accuracy_m = {}) {
    const std::vector<Stay> stays = stays_in(footprint, samples, area_accuracy_m, track_accuracy_m);
    EXPECT_EQ(stays.size(), 1U);
    return stays.empty() ? Stay{} : stays.front();
}

void expect_seconds(const Stay& stay, double surely, double inside, double possibly,
                    double tolerance = kMillimetre / 2) {
    EXPECT_NEAR(stay.surely_inside.count(), surely, tolerance);
    EXPECT_NEAR(stay.inside.count(), inside, tolerance);
    EXPECT_NEAR(stay.possibly_inside.count(), possibly, tolerance);
}

double depth_of(const Stay& stay) {
    return stay.max_depth.value_or(Distance::metres(-1e9)).in_metres();
}

double outside_of(const Stay& stay) {
    return stay.min_distance_outside.value_or(Distance::metres(-1e9)).in_metres();
}

// No time of any kind: the row of a track that never was there.
void expect_never(const Stay& stay) {
    expect_seconds(stay, 0.0, 0.0, 0.0, 0.0);
    EXPECT_EQ(stay.entry, std::nullopt);
    EXPECT_EQ(stay.exit, std::nullopt);
    EXPECT_EQ(stay.max_depth, Distance{});
    EXPECT_GT(outside_of(stay), 0.0);
}

// A tenth of a degree of longitude and latitude.
const geo::Polygon kSquare = box(10.0, 46.0, 10.1, 46.1);
// 0.01 degrees, 774 m, a second: into the square after 10 s, out after 20.
const std::vector<Sample> kThrough = {{0, 9.9, 46.05}, {30'000, 10.2, 46.05}};

TEST(Inside, StraightThroughASquareIsTimedToTheMillisecond) {
    const Stay stay = stay_in({kSquare}, kThrough);
    EXPECT_EQ(stay.entry, after_ms(10'000));
    EXPECT_EQ(stay.exit, after_ms(20'000));
    expect_seconds(stay, 10.0, 10.0, 10.0, 1e-9);
    // In the middle, to the sides in the east and west.
    EXPECT_NEAR(depth_of(stay), geodesic_metres({46.05, 10.05}, {46.05, 10.0}), kMetre);
    EXPECT_EQ(stay.min_distance_outside, std::nullopt);
}

TEST(Inside, InstantsBetweenMillisecondsAreRoundedToTheNearest) {
    const Stay stay = stay_in({kSquare}, {{0, 9.9, 46.05}, {7'000, 10.2, 46.05}});
    EXPECT_EQ(stay.entry, after_ms(2'333));
    EXPECT_EQ(stay.exit, after_ms(4'667));
    EXPECT_NEAR(stay.inside.count(), 7.0 / 3.0, 1e-9);
    // Halves upward: in after 2.5 ms, out after 7.5.
    const Stay half = stay_in({kSquare}, {{0, 9.95, 46.05}, {10, 10.15, 46.05}});
    EXPECT_EQ(half.entry, after_ms(3));
    EXPECT_EQ(half.exit, after_ms(8));
}

TEST(Inside, WithoutAccuraciesSurelyNominallyAndPossiblyAreOne) {
    const Stay stated_zero = stay_in({kSquare}, kThrough, 0.0, 0.0);
    expect_seconds(stated_zero, 10.0, 10.0, 10.0, 0.0);
}

TEST(Inside, AccuraciesAreAddedAndMeasuredOnTheEllipsoid) {
    // Both sides are meridians, run into at a right angle.
    const double metres_a_second = geodesic_metres({46.05, 10.0}, {46.05, 10.01});
    const double seconds = (100.0 + 50.0) / metres_a_second;
    const Stay stay = stay_in({kSquare}, kThrough, 100.0, 50.0);
    expect_seconds(stay, 10.0 - 2 * seconds, 10.0, 10.0 + 2 * seconds);
    EXPECT_EQ(stay.entry, after_ms(10'000));
    EXPECT_EQ(stay.exit, after_ms(20'000));
}

TEST(Inside, TheGreaterAccuracyOfBothPointsCountsOnALeg) {
    const double metres_a_second = geodesic_metres({46.05, 10.0}, {46.05, 10.01});
    const std::vector<Sample> through = {
        {0, 9.9, 46.05, 40.0}, {15'000, 10.05, 46.05, 90.0}, {30'000, 10.2, 46.05}};
    const Stay stay = stay_in({kSquare}, through, 10.0);
    const double seconds = (10.0 + 90.0) / metres_a_second;
    expect_seconds(stay, 10.0 - 2 * seconds, 10.0, 10.0 + 2 * seconds);
    // Without the point in the middle: 40 m before, none after.
    const Stay longer = stay_in({kSquare}, {through.front(), through.back()}, 10.0);
    const double shorter_seconds = (10.0 + 40.0) / metres_a_second;
    expect_seconds(longer, 10.0 - 2 * shorter_seconds, 10.0, 10.0 + 2 * shorter_seconds);
    // What is said of every point goes before.
    const Stay said = stay_in({kSquare}, through, 10.0, 20.0);
    const double said_seconds = (10.0 + 20.0) / metres_a_second;
    expect_seconds(said, 10.0 - 2 * said_seconds, 10.0, 10.0 + 2 * said_seconds);
}

TEST(Inside, AccuracyMayChangeFromLegToLegWithinOneStay) {
    const double metres_a_second = geodesic_metres({46.05, 10.0}, {46.05, 10.01});
    const Stay stay = stay_in({kSquare}, {{0, 9.9, 46.05, 60.0},
                                          {14'000, 10.04, 46.05},
                                          {16'000, 10.06, 46.05},
                                          {30'000, 10.2, 46.05, 300.0}});
    const double before = 60.0 / metres_a_second;
    const double after = 300.0 / metres_a_second;
    expect_seconds(stay, 10.0 - before - after, 10.0, 10.0 + before + after);
}

TEST(Inside, StaysCloserTogetherThanTheAccuraciesAreOne) {
    // Two squares, 0.02 degrees (1.5 km) apart.
    const std::vector<geo::Polygon> two = {kSquare, box(10.12, 46.0, 10.22, 46.1)};
    const std::vector<Sample> through = {{0, 9.9, 46.05}, {40'000, 10.3, 46.05}};
    const std::vector<Stay> apart = stays_in(two, through);
    ASSERT_EQ(apart.size(), 2U);
    EXPECT_EQ(apart[0].exit, after_ms(20'000));
    EXPECT_EQ(apart[1].entry, after_ms(22'000));
    EXPECT_EQ(stays_in(two, through, 770.0).size(), 2U);
    const Stay joined = stay_in(two, through, 780.0);
    EXPECT_EQ(joined.entry, after_ms(10'000));
    EXPECT_EQ(joined.exit, after_ms(32'000));
    EXPECT_NEAR(joined.inside.count(), 20.0, 1e-9);
    EXPECT_NEAR(joined.possibly_inside.count(),
                22.0 + 2 * 780.0 / geodesic_metres({46.05, 10.0}, {46.05, 10.01}), kMillimetre);
}

TEST(Inside, PossiblyInsideOnly) {
    // 0.01 degrees of latitude, 1,112 m, beside the square.
    const std::vector<Sample> beside = {{0, 9.9, 45.99}, {30'000, 10.2, 45.99}};
    const double metres = geodesic_metres({45.99, 10.05}, {46.0, 10.05});
    expect_never(stay_in({kSquare}, beside));
    expect_never(stay_in({kSquare}, beside, metres - 0.01));
    EXPECT_NEAR(outside_of(stay_in({kSquare}, beside)), metres, kMillimetre);
    const Stay possible = stay_in({kSquare}, beside, metres + 100.0);
    EXPECT_EQ(possible.entry, std::nullopt);
    EXPECT_EQ(possible.exit, std::nullopt);
    EXPECT_EQ(possible.inside.count(), 0.0);
    EXPECT_EQ(possible.surely_inside.count(), 0.0);
    EXPECT_GT(possible.possibly_inside.count(), 10.0);
    EXPECT_LT(possible.possibly_inside.count(), 10.0 + 2 * 500.0 / 774.0);
    EXPECT_NEAR(outside_of(possible), metres, kMillimetre);
    EXPECT_NEAR(depth_of(possible), -metres, kMillimetre);
}

TEST(Inside, ATouchAtAVertexIsAStayOfNoLength) {
    const geo::Polygon diamond = ring_of({{10.0, 46.0}, {9.9, 45.9}, {10.0, 45.8}, {10.1, 45.9}});
    const Stay touch = stay_in({diamond}, {{0, 9.9, 46.0}, {20'000, 10.1, 46.0}});
    EXPECT_EQ(touch.entry, after_ms(10'000));
    EXPECT_EQ(touch.exit, after_ms(10'000));
    expect_seconds(touch, 0.0, 0.0, 0.0, 0.0);
    EXPECT_NEAR(depth_of(touch), 0.0, kMillimetre);
    EXPECT_NEAR(outside_of(touch), 0.0, kMillimetre);
}

TEST(Inside, TwoTouchesAreTwoStays) {
    const geo::Polygon crown =
        ring_of({{10.0, 46.0}, {10.02, 45.9}, {10.04, 46.0}, {10.04, 45.8}, {10.0, 45.8}});
    const std::vector<Stay> stays = stays_in({crown}, {{0, 9.99, 46.0}, {10'000, 10.09, 46.0}});
    ASSERT_EQ(stays.size(), 2U);
    EXPECT_EQ(stays[0].entry, after_ms(1'000));
    EXPECT_EQ(stays[0].exit, after_ms(1'000));
    EXPECT_EQ(stays[1].entry, after_ms(5'000));
    EXPECT_EQ(stays[1].exit, after_ms(5'000));
}

TEST(Inside, AlongAnEdgeIsInsideAndHasNoDepth) {
    const Stay stay = stay_in({kSquare}, {{0, 9.9, 46.0}, {30'000, 10.2, 46.0}});
    EXPECT_EQ(stay.entry, after_ms(10'000));
    EXPECT_EQ(stay.exit, after_ms(20'000));
    expect_seconds(stay, 10.0, 10.0, 10.0, 1e-9);
    EXPECT_NEAR(depth_of(stay), 0.0, kMillimetre);
    EXPECT_EQ(stay.min_distance_outside, std::nullopt);
    // On the boundary nobody is surely inside.
    EXPECT_EQ(stay_in({kSquare}, {{0, 9.9, 46.0}, {30'000, 10.2, 46.0}}, 1.0).surely_inside.count(),
              0.0);
}

TEST(Inside, ATurnOnTheBoundaryIsNoExit) {
    // In to the eastern edge and back again: to touch it from within is to be inside.
    const Stay stay =
        stay_in({kSquare}, {{0, 9.9, 46.05}, {20'000, 10.1, 46.05}, {40'000, 9.9, 46.05}});
    EXPECT_EQ(stay.entry, after_ms(10'000));
    EXPECT_EQ(stay.exit, after_ms(30'000));
    EXPECT_NEAR(stay.inside.count(), 20.0, 1e-9);
}

TEST(Inside, WhereTheDataBeginAndEndInsideThereIsNoEntryAndNoExit) {
    const Stay stay = stay_in({kSquare}, {{0, 10.02, 46.05}, {5'000, 10.07, 46.05}});
    EXPECT_EQ(stay.entry, std::nullopt);
    EXPECT_EQ(stay.exit, std::nullopt);
    expect_seconds(stay, 5.0, 5.0, 5.0, 0.0);
    const Stay leaves = stay_in({kSquare}, {{0, 10.02, 46.05}, {18'000, 10.2, 46.05}});
    EXPECT_EQ(leaves.entry, std::nullopt);
    EXPECT_EQ(leaves.exit, after_ms(8'000));
}

TEST(Inside, ALonePointInsideIsAStayOfNoLength) {
    const Stay stay = stay_in({kSquare}, {{0, 10.05, 46.05}});
    EXPECT_EQ(stay.entry, std::nullopt);
    EXPECT_EQ(stay.exit, std::nullopt);
    expect_seconds(stay, 0.0, 0.0, 0.0, 0.0);
    EXPECT_NEAR(depth_of(stay), geodesic_metres({46.05, 10.05}, {46.05, 10.0}), kMetre);
    EXPECT_NEAR(outside_of(stay), 0.0, 0.0);
}

TEST(Inside, ALonePointOutsideHasItsDistance) {
    const double metres = geodesic_metres({45.99, 10.05}, {46.0, 10.05});
    const Stay never = stay_in({kSquare}, {{0, 10.05, 45.99}});
    expect_never(never);
    EXPECT_NEAR(outside_of(never), metres, kMillimetre);
    const Stay possible = stay_in({kSquare}, {{0, 10.05, 45.99, metres + 1.0}});
    expect_seconds(possible, 0.0, 0.0, 0.0, 0.0);
    EXPECT_NEAR(depth_of(possible), -metres, kMillimetre);
    EXPECT_NEAR(outside_of(possible), metres, kMillimetre);
}

TEST(Inside, AStationaryAircraftIsInsideAllTheTimeOrNever) {
    const Stay stay = stay_in({kSquare}, {{0, 10.05, 46.05}, {30'000, 10.05, 46.05}}, 100.0);
    expect_seconds(stay, 30.0, 30.0, 30.0, 0.0);
    const Stay on_vertex = stay_in({kSquare}, {{0, 10.0, 46.0}, {30'000, 10.0, 46.0}}, 100.0);
    expect_seconds(on_vertex, 0.0, 30.0, 30.0, 0.0);
    expect_never(stay_in({kSquare}, {{0, 10.2, 46.05}, {30'000, 10.2, 46.05}}, 100.0));
}

TEST(Inside, SixtySecondsAreBridgedAndAMillisecondMoreIsNot) {
    const Stay bridged = stay_in({kSquare}, {{0, 9.9, 46.05}, {60'000, 10.2, 46.05}});
    EXPECT_EQ(bridged.entry, after_ms(20'000));
    EXPECT_EQ(bridged.exit, after_ms(40'000));
    EXPECT_NEAR(bridged.inside.count(), 20.0, 1e-9);
    const Stay gap = stay_in({kSquare}, {{0, 9.9, 46.05}, {60'001, 10.2, 46.05}});
    expect_never(gap);
    EXPECT_NEAR(outside_of(gap), geodesic_metres({46.05, 9.9}, {46.05, 10.0}), kMetre);
}

TEST(Inside, AGapInsideEndsAStayWithoutAnExit) {
    const std::vector<Stay> stays = stays_in(
        {kSquare},
        {{0, 9.9, 46.05}, {15'000, 10.05, 46.05}, {75'001, 10.05, 46.05}, {90'001, 10.2, 46.05}});
    ASSERT_EQ(stays.size(), 2U);
    EXPECT_EQ(stays[0].entry, after_ms(10'000));
    EXPECT_EQ(stays[0].exit, std::nullopt);
    EXPECT_NEAR(stays[0].inside.count(), 5.0, 1e-9);
    EXPECT_EQ(stays[1].entry, std::nullopt);
    EXPECT_EQ(stays[1].exit, after_ms(80'001));
    EXPECT_NEAR(stays[1].inside.count(), 5.0, 1e-9);
}

TEST(Inside, TheFirstOfEqualTimesCounts) {
    const Stay stay = stay_in({kSquare}, {{0, 9.9, 46.05},
                                          {15'000, 10.05, 46.05},
                                          {15'000, 20.0, 50.0},
                                          {30'000, 10.2, 46.05},
                                          {30'000, 10.05, 46.05}});
    EXPECT_EQ(stay.entry, after_ms(10'000));
    EXPECT_EQ(stay.exit, after_ms(20'000));
}

TEST(Inside, BetweenAdjoiningFeaturesThereIsNoExitAndNoBoundary) {
    const std::vector<geo::Polygon> two = {kSquare, box(10.1, 46.0, 10.2, 46.1)};
    const std::vector<Sample> through = {{0, 9.9, 46.05}, {40'000, 10.3, 46.05}};
    const Stay stay = stay_in(two, through, 50.0);
    EXPECT_EQ(stay.entry, after_ms(10'000));
    EXPECT_EQ(stay.exit, after_ms(30'000));
    EXPECT_NEAR(stay.inside.count(), 20.0, 1e-9);
    // Nearest is the edge in the south; the shared one, passed at 20 s, is none.
    EXPECT_NEAR(depth_of(stay), geodesic_metres({46.05, 10.1}, {46.0, 10.1}), kMetre);
    const double metres_a_second = geodesic_metres({46.05, 10.0}, {46.05, 10.01});
    EXPECT_NEAR(stay.surely_inside.count(), 20.0 - 2 * 50.0 / metres_a_second, kMillimetre);
    // Along the shared edge the aircraft is deep inside.
    const Stay along = stay_in(two, {{0, 10.1, 46.02}, {10'000, 10.1, 46.05}});
    expect_seconds(along, 10.0, 10.0, 10.0, 0.0);
    EXPECT_NEAR(depth_of(along), geodesic_metres({46.05, 10.1}, {46.0, 10.1}), kMillimetre);
}

TEST(Inside, WhereFeaturesOverlapTheirEdgesWithinAreNoBoundary) {
    const std::vector<geo::Polygon> two = {kSquare, box(10.05, 46.02, 10.2, 46.08)};
    const Stay stay = stay_in(two, {{0, 9.9, 46.05}, {40'000, 10.3, 46.05}});
    EXPECT_EQ(stay.entry, after_ms(10'000));
    EXPECT_EQ(stay.exit, after_ms(30'000));
    const double to_side = geodesic_metres({46.05, 10.15}, {46.02, 10.15});
    EXPECT_GT(depth_of(stay), to_side);
    EXPECT_LT(depth_of(stay), geodesic_metres({46.05, 10.1}, {46.0, 10.1}));
}

TEST(Inside, AHoleIsOutsideAndItsEdgeIsBoundary) {
    const geo::Polygon ring =
        polygon_of({{at(10.0, 46.0), at(10.3, 46.0), at(10.3, 46.1), at(10.0, 46.1)},
                    {at(10.1, 46.02), at(10.2, 46.02), at(10.2, 46.08), at(10.1, 46.08)}});
    const std::vector<Stay> stays = stays_in({ring}, {{0, 9.9, 46.05}, {50'000, 10.4, 46.05}});
    ASSERT_EQ(stays.size(), 2U);
    EXPECT_EQ(stays[0].entry, after_ms(10'000));
    EXPECT_EQ(stays[0].exit, after_ms(20'000));
    EXPECT_EQ(stays[1].entry, after_ms(30'000));
    EXPECT_EQ(stays[1].exit, after_ms(40'000));
    EXPECT_NEAR(depth_of(stays[0]), geodesic_metres({46.05, 10.05}, {46.05, 10.1}), kMetre);
    // In the hole: outside, with the distance to its edge.
    const Stay hole = stay_in({ring}, {{0, 10.12, 46.05}, {1'000, 10.18, 46.05}});
    expect_never(hole);
    EXPECT_NEAR(outside_of(hole), geodesic_metres({46.05, 10.12}, {46.05, 10.1}), kMetre);
}

TEST(Inside, ABowTieIsInsideInBothHalves) {
    // (10, 46) to (10.2, 46.2) and back over the other diagonal: two triangles.
    const geo::Polygon bow = ring_of({{10.0, 46.0}, {10.2, 46.2}, {10.2, 46.0}, {10.0, 46.2}});
    const std::vector<Stay> stays = stays_in({bow}, {{0, 9.9, 46.1}, {20'000, 10.3, 46.1}});
    ASSERT_EQ(stays.size(), 1U);  // through the point in which they meet
    EXPECT_EQ(stays[0].entry, after_ms(5'000));
    EXPECT_EQ(stays[0].exit, after_ms(15'000));
    // Along latitude 46.15 only the halves' flanks are met: 10.0 to 10.05 and 10.15 to 10.2.
    const std::vector<Stay> flanks = stays_in({bow}, {{0, 9.9, 46.15}, {20'000, 10.3, 46.15}});
    ASSERT_EQ(flanks.size(), 2U);
    EXPECT_EQ(flanks[0].entry, after_ms(5'000));
    EXPECT_EQ(flanks[0].exit, after_ms(7'500));
    EXPECT_EQ(flanks[1].entry, after_ms(12'500));
    EXPECT_EQ(flanks[1].exit, after_ms(15'000));
}

TEST(Inside, TheCutAtTheAntimeridianIsNoBoundary) {
    const std::vector<geo::Polygon> cut = {box(179.0, 10.0, 180.0, 11.0),
                                           box(-180.0, 10.0, -179.0, 11.0)};
    const Stay stay = stay_in(cut, {{0, 178.5, 10.5}, {30'000, -178.5, 10.5}}, 1'000.0);
    EXPECT_EQ(stay.entry, after_ms(5'000));
    EXPECT_EQ(stay.exit, after_ms(25'000));
    EXPECT_NEAR(stay.inside.count(), 20.0, 1e-9);
    EXPECT_NEAR(depth_of(stay), geodesic_metres({10.5, 180.0}, {10.0, 180.0}), kMillimetre);
    EXPECT_NEAR(stay.surely_inside.count(),
                20.0 - 2 * 1'000.0 / geodesic_metres({10.5, 179.0}, {10.5, 179.1}), kMillimetre);
    // A track on the cut itself, written either way.
    for (const double meridian : {-180.0, 180.0}) {
        const Stay along = stay_in(cut, {{0, meridian, 10.4}, {10'000, meridian, 10.5}});
        expect_seconds(along, 10.0, 10.0, 10.0, 0.0);
        EXPECT_NEAR(depth_of(along), geodesic_metres({10.5, 180.0}, {10.0, 180.0}), kMillimetre);
    }
}

TEST(Inside, ACapAroundThePoleHasItsParallelForBoundary) {
    const geo::Polygon cap = ring_of(
        {{-180, 80}, {-60, 80}, {60, 80}, {180, 80}, {180, 90}, {60, 90}, {-60, 90}, {-180, 90}});
    // Over the pole: a degree of latitude a second, and a second on the pole.
    const Stay stay = stay_in(
        {cap}, {{0, 10, 79}, {11'000, 10, 90}, {12'000, -170, 90}, {23'000, -170, 79}}, 1'000.0);
    EXPECT_EQ(stay.entry, after_ms(1'000));
    EXPECT_EQ(stay.exit, after_ms(22'000));
    EXPECT_NEAR(stay.inside.count(), 21.0, 1e-9);
    EXPECT_NEAR(depth_of(stay), geodesic_metres({90.0, 0.0}, {80.0, 0.0}), kMillimetre);
    EXPECT_NEAR(stay.surely_inside.count(),
                21.0 - 2 * 1'000.0 / geodesic_metres({80.0, 0.0}, {81.0, 0.0}), kMillimetre);
    // Across the cut at 180.
    const Stay across = stay_in({cap}, {{0, 170, 85}, {20'000, -170, 85}});
    expect_seconds(across, 20.0, 20.0, 20.0, 0.0);
    EXPECT_NEAR(depth_of(across), geodesic_metres({85.0, 0.0}, {80.0, 0.0}), 5 * kMillimetre);
}

TEST(Inside, TheWholeEarthHasNoBoundaryAndNoDepth) {
    const geo::Polygon earth = ring_of({{-180, -90},
                                        {-60, -90},
                                        {60, -90},
                                        {180, -90},
                                        {180, 90},
                                        {60, 90},
                                        {-60, 90},
                                        {-180, 90}});
    const Stay stay = stay_in({earth}, {{0, 170, 10}, {30'000, -170, 20}}, 100.0, 100.0);
    expect_seconds(stay, 30.0, 30.0, 30.0, 0.0);
    EXPECT_EQ(stay.entry, std::nullopt);
    EXPECT_EQ(stay.exit, std::nullopt);
    EXPECT_EQ(stay.max_depth, std::nullopt);
    EXPECT_EQ(stay.min_distance_outside, std::nullopt);
}

TEST(InsideDeathTest, ATrackWithoutPointsOrOutOfOrderIsAMistakeOfTheCaller) {
    const std::vector<geo::Polygon> footprint = {kSquare};
    const Area area(footprint);
    EXPECT_DEATH(assess_stays(area, {}, {}), "");
    const auto back = track_of({{1'000, 10, 46}, {0, 10, 46}});
    EXPECT_DEATH(assess_stays(area, back, {}), "");
}

}  // namespace
}  // namespace comity::airspace
