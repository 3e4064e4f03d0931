// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What holds of stays whatever the area and the track.
#include "random_areas.hpp"
#include "test_tracks.hpp"

#include "comity/airspace/inside.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::airspace {
namespace {

using geo::Distance;

// Of all stays of one track.
struct Sum {
    double surely = 0.0;
    double inside = 0.0;
    double possibly = 0.0;
};

Sum sum_of(const std::vector<Stay>& stays) {
    Sum sum;
    for (const Stay& stay : stays) {
        sum.surely += stay.surely_inside.count();
        sum.inside += stay.inside.count();
        sum.possibly += stay.possibly_inside.count();
    }
    return sum;
}

struct Question {
    std::vector<geo::Polygon> footprint;
    std::vector<TrackPoint> track;
    Accuracies accuracies;
};

// Times that differ and places that halve: at even ones of 1e-7 degree, and even milliseconds.
Question random_question(RandomArguments& random) {
    const World& world = kWorlds[static_cast<std::size_t>(random.integer(0, 4))];
    Question question{.footprint = random_area(world, random),
                      .accuracies = random_accuracies(random)};
    std::int64_t ms = 0;
    for (auto points = random.integer(2, 12); points > 0; --points) {
        const geo::Position p = anywhere(world, random, 2);
        TrackPoint point{.time = after_ms(ms),
                         .position = at_e7(p.longitude().e7() / 2 * 2, p.latitude().e7() / 2 * 2)};
        if (random.once_in(3)) point.accuracy = Distance::metres(random.between(0.0, 900.0));
        question.track.push_back(point);
        ms += 2 * random.integer(250, 31'000);
    }
    return question;
}

std::vector<Stay> answer(const Question& question) {
    return assess_stays(Area(question.footprint), question.track, question.accuracies);
}

void expect_same_seconds(const Stay& a, const Stay& b, double tolerance) {
    EXPECT_NEAR(a.surely_inside.count(), b.surely_inside.count(), tolerance);
    EXPECT_NEAR(a.inside.count(), b.inside.count(), tolerance);
    EXPECT_NEAR(a.possibly_inside.count(), b.possibly_inside.count(), tolerance);
}

void expect_same_depth(const Stay& a, const Stay& b) {
    EXPECT_NEAR(a.max_depth->in_metres(), b.max_depth->in_metres(), 0.002);
    ASSERT_EQ(a.min_distance_outside.has_value(), b.min_distance_outside.has_value());
    if (a.min_distance_outside) {
        EXPECT_NEAR(a.min_distance_outside->in_metres(), b.min_distance_outside->in_metres(),
                    0.002);
    }
}

TEST(InsideLaws, SurelyIsWithinNominallyIsWithinPossibly) {
    RandomArguments random(1);
    for (int round = 0; round < 2000; ++round) {
        for (const Stay& stay : answer(random_question(random))) {
            EXPECT_LE(0.0, stay.surely_inside.count());
            EXPECT_LE(stay.surely_inside, stay.inside);
            EXPECT_LE(stay.inside, stay.possibly_inside);
            if (stay.entry && stay.exit) {
                EXPECT_LE(*stay.entry, *stay.exit);
                EXPECT_LE(stay.inside.count(),
                          geo::Seconds(*stay.exit - *stay.entry).count() + 0.0011);
            }
        }
    }
}

TEST(InsideLaws, AWorseAccuracyWidensWhatIsPossibleAndNarrowsWhatIsSure) {
    RandomArguments random(2);
    for (int round = 0; round < 500; ++round) {
        Question question = random_question(random);
        std::optional<Sum> before;
        for (const double metres : {0.0, 1.0, 50.0, 400.0, 3000.0}) {
            question.accuracies.area = Distance::metres(metres);
            const Sum now = sum_of(answer(question));
            if (before) {
                EXPECT_LE(now.surely, before->surely + 1e-6);
                EXPECT_NEAR(now.inside, before->inside, 1e-9);
                EXPECT_GE(now.possibly, before->possibly - 1e-6);
            }
            before = now;
        }
    }
}

TEST(InsideLaws, BackwardsTheTimesAreTheSame) {
    RandomArguments random(3);
    for (int round = 0; round < 1000; ++round) {
        SCOPED_TRACE(round);
        Question question = random_question(random);
        const std::vector<Stay> forth = answer(question);
        const geo::Instant end = question.track.back().time;
        std::reverse(question.track.begin(), question.track.end());
        for (TrackPoint& p : question.track) p.time = after_ms((end - p.time).count());
        std::vector<Stay> back = answer(question);
        std::reverse(back.begin(), back.end());
        ASSERT_EQ(forth.size(), back.size());
        for (std::size_t i = 0; i < forth.size(); ++i) {
            expect_same_seconds(forth[i], back[i], 0.001);
            expect_same_depth(forth[i], back[i]);
            EXPECT_EQ(forth[i].entry.has_value(), back[i].exit.has_value());
            EXPECT_EQ(forth[i].exit.has_value(), back[i].entry.has_value());
        }
    }
}

TEST(InsideLaws, APointInTheMiddleOfALegChangesNothing) {
    RandomArguments random(4);
    for (int round = 0; round < 1000; ++round) {
        SCOPED_TRACE(round);
        Question question = random_question(random);
        const std::vector<Stay> whole = answer(question);
        std::vector<TrackPoint> halved;
        for (const TrackPoint& p : question.track) {
            if (!halved.empty() && p.time - halved.back().time <= kLongestGap) {
                const TrackPoint& last = halved.back();
                TrackPoint middle{
                    .time = last.time + (p.time - last.time) / 2,
                    .position =
                        at_e7((std::int64_t{last.position.longitude().e7()} +
                               p.position.longitude().e7()) /
                                  2,
                              (last.position.latitude().e7() + p.position.latitude().e7()) / 2)};
                // Both halves keep the accuracy of the whole.
                const Distance accuracy =
                    std::max(last.accuracy.value_or(Distance{}), p.accuracy.value_or(Distance{}));
                middle.accuracy = accuracy;
                halved.push_back(middle);
            }
            halved.push_back(p);
        }
        question.track = halved;
        const std::vector<Stay> halves = answer(question);
        ASSERT_EQ(whole.size(), halves.size());
        for (std::size_t i = 0; i < whole.size(); ++i) {
            expect_same_seconds(whole[i], halves[i], 0.001);
            expect_same_depth(whole[i], halves[i]);
            EXPECT_EQ(whole[i].entry, halves[i].entry);
            EXPECT_EQ(whole[i].exit, halves[i].exit);
        }
    }
}

// Longitudes moved by a constant: the earth is round.
Question turned(const Question& question, std::int64_t e7) {
    const auto turn = [&](geo::Position p) {
        return at_e7(p.longitude().e7() + e7, p.latitude().e7());
    };
    Question turned{.track = question.track, .accuracies = question.accuracies};
    for (TrackPoint& p : turned.track) p.position = turn(p.position);
    for (const geo::Polygon& polygon : question.footprint) {
        std::vector<Ring> rings;
        for (std::size_t r = 0; r < polygon.ring_count(); ++r) {
            rings.emplace_back();
            for (const geo::Position vertex : polygon.ring(r)) rings.back().push_back(turn(vertex));
        }
        turned.footprint.push_back(polygon_of(rings));
    }
    return turned;
}

TEST(InsideLaws, AnotherMeridianChangesNothing) {
    RandomArguments random(5);
    for (int round = 0; round < 1000; ++round) {
        SCOPED_TRACE(round);
        const Question question = random_question(random);
        const std::vector<Stay> here = answer(question);
        const std::vector<Stay> there =
            answer(turned(question, random.integer(-1'000'000'000, 1'300'000'000)));
        ASSERT_EQ(here.size(), there.size());
        for (std::size_t i = 0; i < here.size(); ++i) {
            EXPECT_EQ(here[i].entry, there[i].entry);
            EXPECT_EQ(here[i].exit, there[i].exit);
            expect_same_seconds(here[i], there[i], 0.001);
            expect_same_depth(here[i], there[i]);
        }
    }
}

// The same area whole at the prime meridian, and cut where it lies over the antimeridian.
TEST(InsideLaws, TheAntimeridianIsAMeridianLikeOthers) {
    RandomArguments random(6);
    for (int round = 0; round < 300; ++round) {
        SCOPED_TRACE(round);
        const double west = -random.between(0.01, 0.4);
        const double east = random.between(0.01, 0.4);
        const double south = random.between(-60.0, 70.0);
        const double north = south + random.between(0.01, 0.4);
        const std::vector<geo::Polygon> whole = {box(west, south, east, north)};
        const std::vector<geo::Polygon> cut = {box(180.0 + west, south, 180.0, north),
                                               box(-180.0, south, -180.0 + east, north)};
        Question here{.footprint = whole, .accuracies = random_accuracies(random)};
        Question there{.footprint = cut, .accuracies = here.accuracies};
        std::int64_t ms = 0;
        for (auto points = random.integer(2, 8); points > 0; --points) {
            const std::int64_t longitude = random.integer(-6'000'000, 6'000'000);
            const auto latitude =
                static_cast<std::int64_t>(1e7 * random.between(south - 0.1, north + 0.1));
            here.track.push_back({.time = after_ms(ms), .position = at_e7(longitude, latitude)});
            there.track.push_back(
                {.time = after_ms(ms),
                 .position =
                     at_e7(longitude + (longitude < 0 ? 1 : -1) * 1'800'000'000, latitude)});
            ms += random.integer(500, 61'000);
        }
        const std::vector<Stay> a = answer(here);
        const std::vector<Stay> b = answer(there);
        ASSERT_EQ(a.size(), b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            EXPECT_EQ(a[i].entry, b[i].entry);
            EXPECT_EQ(a[i].exit, b[i].exit);
            expect_same_seconds(a[i], b[i], 0.001);
            expect_same_depth(a[i], b[i]);
        }
    }
}

}  // namespace
}  // namespace comity::airspace
