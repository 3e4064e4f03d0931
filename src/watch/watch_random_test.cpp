// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Random worlds: what holds whatever is reported, in whichever chunks.
#include "altitude.hpp"
#include "measured.hpp"
#include "test_world.hpp"

#include "comity/geo/trig.hpp"
#include "comity/watch/watch.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace comity::watch {
namespace {

using geo::Instant;
using geo::Milliseconds;

struct Taken {
    std::string feed;
    report::TrackReport report;
};

// What comes before one sweep.
struct Step {
    std::int64_t second = 0;
    std::vector<GuardedArea> put_areas;
    std::vector<std::string> removed_areas;
    std::vector<Plan> put_plans;
    std::vector<std::string> removed_plans;
    std::vector<Taken> on_time;  // after the sweep before
    std::vector<Taken> late;
};
using Script = std::vector<Step>;

constexpr std::int64_t kSeconds = 900;

geo::Position anywhere(RandomArguments& random, double margin) {
    return at(random.between(10.0 - margin, 10.4 + margin), random.between(-margin, 0.4 + margin));
}

GuardedArea random_area(const std::string& id, RandomArguments& random) {
    std::vector<geo::Position> vertices;
    for (auto n = random.integer(3, 6); n > 0; --n) vertices.push_back(anywhere(random, 0.0));
    GuardedArea area = guarded(id, ring(vertices));
    if (random.once_in(3)) {
        const std::int64_t begin = random.integer(0, kSeconds / 2);
        area.validity = geo::Interval{.begin = after(begin),
                                      .end = after(begin + random.integer(0, kSeconds / 2))};
    }
    if (random.once_in(3)) {
        area.band = airspace::Band<geo::AltitudeMsl>{
            .lower = std::nullopt,
            .upper = geo::AltitudeMsl::at(geo::Height::metres(random.between(500.0, 3'000.0)))};
    }
    return area;
}

Plan random_plan(const std::string& id, RandomArguments& random) {
    Plan plan{.intent = id,
              .aircraft = {"T" + std::to_string(random.integer(0, 5))},
              .route = {},
              .validity = {.begin = after(0), .end = after(random.integer(100, kSeconds))}};
    std::int64_t second = random.integer(-100, 200);
    for (auto n = random.integer(2, 6); n > 0; --n) {
        plan.route.push_back({anywhere(random, 0.1), after(second)});
        second += random.integer(20, 200);
    }
    return plan;
}

// One aircraft as it flies; its reports have holes, repetitions and gaps in what they say.
class Aircraft {
  public:
    Aircraft(int number, RandomArguments& random)
        : id_("T" + std::to_string(number)),
          period_(random.integer(1, 12)),
          has_speed_(!random.once_in(3)),
          is_owners_(random.once_in(8)),
          altitude_(random.between(0.0, 4'000.0)),
          place_(anywhere(random, 0.2)) {}

    void fly(std::int64_t second, RandomArguments& random, std::vector<Taken>& on_time,
             std::vector<Taken>& late) {
        if (random.once_in(40)) target_ = anywhere(random, 0.2);
        move(random);
        if (random.once_in(150)) silent_until_ = second + random.integer(30, 120);
        if (second < silent_until_ || second % period_ != 0) return;
        Taken taken{
            .feed = random.once_in(30) ? "other" : "radar",
            .report = report_of(id_, after_ms(1000 * second - random.integer(0, 999)), place_)};
        describe(taken.report, random);
        if (random.once_in(10)) on_time.push_back(taken);
        if (random.once_in(10)) {
            taken.report.time -= Milliseconds(random.integer(2'000, 80'000));
            late.push_back(taken);
        } else {
            on_time.push_back(taken);
        }
    }

  private:
    void move(RandomArguments& random) {
        const geo::PositionDegrees from = place_.degrees();
        const geo::PositionDegrees to = target_.degrees();
        const double step = random.between(0.0005, 0.002);
        const double east = std::clamp(to.longitude - from.longitude, -step, step);
        const double north = std::clamp(to.latitude - from.latitude, -step, step);
        degrees_ = geo::atan2(east, north).in_degrees();
        place_ = at(from.longitude + east, from.latitude + north);
        altitude_ += random.between(-20.0, 20.0);
    }

    void describe(report::TrackReport& report, RandomArguments& random) const {
        if (has_speed_ || random.once_in(2)) {
            report.ground_speed = geo::Speed::metres_per_second(random.between(0.0, 250.0));
            report.track = geo::Angle::degrees(degrees_);
        }
        if (!random.once_in(4)) {
            report.altitude = geo::AltitudeMsl::at(geo::Height::metres(altitude_));
            report.vertical_rate = geo::Speed::metres_per_second(random.between(-20.0, 20.0));
        }
        if (random.once_in(3)) report.accuracy = geo::Distance::metres(random.between(1.0, 900.0));
        if (random.once_in(50)) report.on_ground = true;
        if (is_owners_ && !random.once_in(3)) report.party = "owner";
    }

    std::string id_;
    std::int64_t period_;
    bool has_speed_;
    bool is_owners_;
    double altitude_;
    double degrees_ = 0.0;
    geo::Position place_;
    geo::Position target_ = at(10.2, 0.2);
    std::int64_t silent_until_ = 0;
};

Script random_script(std::uint64_t seed, bool areas_change) {
    RandomArguments random(seed);
    Script script;
    std::vector<Aircraft> aircraft;
    for (int i = 0; i < 6; ++i) aircraft.emplace_back(i, random);
    const auto id = [&](const char* kind, int most) {
        return kind + std::to_string(random.integer(0, most));
    };
    Step step;
    for (int i = 0; i < 3; ++i) {
        step.put_areas.push_back(random_area("A" + std::to_string(i), random));
    }
    for (std::int64_t second = 1; second <= kSeconds + 70; ++second) {
        if (second <= kSeconds) {
            for (Aircraft& one : aircraft) one.fly(second, random, step.on_time, step.late);
        }
        if (random.once_in(60)) step.put_plans.push_back(random_plan(id("P", 3), random));
        if (random.once_in(200)) step.removed_plans.push_back(id("P", 3));
        if (areas_change && random.once_in(150)) {
            step.put_areas.push_back(random_area(id("A", 3), random));
        }
        if (areas_change && random.once_in(300)) step.removed_areas.push_back(id("A", 3));
        if (random.once_in(6)) continue;  // no sweep at this second
        step.second = second;
        script.push_back(std::move(step));
        step = {};
    }
    return script;
}

// What comes in time is given up to `sooner` steps before.
std::vector<Change> play(const Script& script, std::size_t sooner,
                         const std::function<void(const Step&, const std::vector<Change>&)>& see) {
    Watch watch{WatchOptions{}};
    std::vector<Change> all;
    std::size_t given = 0;
    for (std::size_t i = 0; i < script.size(); ++i) {
        const Step& step = script[i];
        const std::size_t until = std::min(script.size(), i - i % (sooner + 1) + sooner + 1);
        for (; given < until; ++given) {
            for (const Taken& taken : script[given].on_time) watch.take(taken.feed, taken.report);
        }
        for (const Taken& taken : step.late) watch.take(taken.feed, taken.report);
        for (const std::string& id : step.removed_areas) watch.remove_area(id);
        for (const GuardedArea& area : step.put_areas) {
            COMITY_CHECK(watch.put_area(area).has_value());
        }
        for (const std::string& id : step.removed_plans) watch.remove_plan(id);
        for (const Plan& plan : step.put_plans) COMITY_CHECK(watch.put_plan(plan).has_value());
        const std::vector<Change> changes = watch.sweep(after(step.second));
        see(step, changes);
        all.insert(all.end(), changes.begin(), changes.end());
    }
    EXPECT_EQ(watch.track_count(), 0U);
    return all;
}

// Looks at each sweep, and knows only what was given and what was told.
class Observer {
  public:
    explicit Observer(bool areas_change) : areas_change_(areas_change) {}

    void see(const Step& step, const std::vector<Change>& changes) {
        for (const std::string& id : step.removed_areas) areas_.erase(id);
        for (const GuardedArea& area : step.put_areas) areas_[area.airspace] = area;
        for (const auto* list : {&step.on_time, &step.late}) {
            for (const Taken& taken : *list) note(taken);
        }
        for (const Change& change : changes) {
            SCOPED_TRACE(testing::PrintToString(change));
            see(change, after(step.second));
        }
        if (!areas_change_) expect_open_where_inside(after(step.second));
    }
    void expect_all_ended() const { EXPECT_TRUE(open_.empty()); }

    int resolved = 0;
    int unresolved = 0;
    int predicted = 0;
    int by_intent = 0;
    int inside = 0;

  private:
    using TrackOf = std::pair<std::string, std::string>;
    using PairOf = std::tuple<std::string, std::string, std::string>;

    void note(const Taken& taken) {
        const TrackOf track(taken.report.track_id, taken.feed);
        // The first of equal times counts.
        samples_[track].emplace(taken.report.time, Sample{.time = taken.report.time,
                                                          .position = taken.report.position,
                                                          .altitude = taken.report.altitude});
        if (taken.report.party == "owner") owners_.insert(track);
    }

    void see(const Change& change, Instant t) {
        const PairOf pair(change.track, change.feed, change.airspace);
        const bool is_end = change.phase == Phase::kResolved || change.phase == Phase::kUnresolved;
        const auto open = open_.find(pair);
        EXPECT_EQ(change.sweep, t);
        EXPECT_LE(change.reported, t);
        if (open == open_.end()) {
            EXPECT_EQ(change.situation, ++last_number_);
            EXPECT_FALSE(is_end);
            if (change.phase == Phase::kPredicted) expect_within_look_ahead(change);
        } else {
            EXPECT_EQ(change.situation, open->second.situation);
            if (open->second.phase == Phase::kInside) {
                EXPECT_NE(change.phase, Phase::kPredicted);
            }
        }
        // Only what was reported enters or leaves.
        if (change.entered) {
            EXPECT_LE(*change.entered, change.reported);
        }
        if (change.left) {
            ASSERT_TRUE(change.entered.has_value());
            EXPECT_LE(*change.entered, *change.left);
            EXPECT_LE(*change.left, change.reported);
        }
        if (change.phase == Phase::kPredicted) {
            EXPECT_FALSE(change.entered.has_value());
        }
        if (change.phase == Phase::kInside) {
            EXPECT_TRUE(change.entered.has_value());
        }
        if (change.phase == Phase::kResolved) expect_measured_outside(change);
        if (change.by_track) {
            EXPECT_GE(*change.by_track, change.reported);
        }
        if (change.by_intent) {
            EXPECT_GE(change.by_intent->entry, change.reported);
        }
        predicted += change.phase == Phase::kPredicted ? 1 : 0;
        inside += change.phase == Phase::kInside ? 1 : 0;
        resolved += change.phase == Phase::kResolved ? 1 : 0;
        unresolved += change.phase == Phase::kUnresolved ? 1 : 0;
        by_intent += change.by_intent ? 1 : 0;
        if (is_end) {
            open_.erase(pair);
        } else {
            open_.insert_or_assign(pair, change);
        }
    }

    static void expect_within_look_ahead(const Change& change) {
        ASSERT_TRUE(change.by_track || change.by_intent);
        const Instant never = Instant::max();
        const Instant first = std::min(change.by_track.value_or(never),
                                       change.by_intent ? change.by_intent->entry : never);
        EXPECT_LE(first - change.sweep, WatchOptions{}.look_ahead);
    }

    void expect_measured_outside(const Change& change) const {
        EXPECT_FALSE(change.by_track || change.by_intent);
        const auto& samples = samples_.at({change.track, change.feed});
        const auto sample = samples.find(change.reported);
        ASSERT_NE(sample, samples.end());
        EXPECT_FALSE(is_inside(areas_.at(change.airspace), sample->second));
        EXPECT_LE(change.sweep - change.reported, WatchOptions{}.lost_after);
    }

    // Where the last report is inside, a situation is open and says so.
    void expect_open_where_inside(Instant t) const {
        for (const auto& [track, samples] : samples_) {
            auto last = samples.upper_bound(t);
            if (last == samples.begin()) continue;
            --last;
            if (t - last->first > WatchOptions{}.lost_after || owners_.contains(track)) continue;
            for (const auto& [id, area] : areas_) {
                if (!is_inside(area, last->second)) continue;
                const auto open = open_.find({track.first, track.second, id});
                ASSERT_NE(open, open_.end()) << track.first << " " << id;
                EXPECT_EQ(open->second.phase, Phase::kInside);
                EXPECT_FALSE(open->second.left.has_value());
            }
        }
    }

    bool areas_change_;
    std::uint64_t last_number_ = 0;
    std::map<std::string, GuardedArea> areas_;
    std::map<TrackOf, std::map<Instant, Sample>> samples_;
    std::set<TrackOf> owners_;
    std::map<PairOf, Change> open_;
};

TEST(WatchRandom, WhatHoldsInEveryWorld) {
    int resolved = 0;
    int unresolved = 0;
    int predicted = 0;
    int by_intent = 0;
    int inside = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        const bool areas_change = seed % 2 == 0;
        const Script script = random_script(seed, areas_change);
        Observer observer(areas_change);
        const std::vector<Change> changes =
            play(script, 0, [&](const Step& step, const std::vector<Change>& of_sweep) {
                observer.see(step, of_sweep);
            });
        observer.expect_all_ended();
        const auto nothing = [](const Step&, const std::vector<Change>&) {};
        EXPECT_EQ(play(script, 0, nothing), changes);
        EXPECT_EQ(play(script, 3, nothing), changes);
        EXPECT_EQ(play(script, 20, nothing), changes);
        if (HasFailure()) break;
        resolved += observer.resolved;
        unresolved += observer.unresolved;
        predicted += observer.predicted;
        by_intent += observer.by_intent;
        inside += observer.inside;
    }
    // The worlds are not empty of anything.
    EXPECT_GT(resolved, 100);
    EXPECT_GT(unresolved, 100);
    EXPECT_GT(predicted, 100);
    EXPECT_GT(by_intent, 100);
    EXPECT_GT(inside, 100);
}

}  // namespace
}  // namespace comity::watch
