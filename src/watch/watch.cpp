// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/watch/watch.hpp"

#include "altitude.hpp"
#include "course.hpp"
#include "measured.hpp"
#include "pair.hpp"
#include "plan_book.hpp"
#include "track.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/base/check.hpp"
#include "comity/geo/geodesic.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace comity::watch {

using geo::Instant;
using geo::Milliseconds;

namespace {

Sample sample_of(const report::TrackReport& report) {
    return {.time = report.time,
            .position = report.position,
            .altitude = report.altitude,
            .ground_speed = report.ground_speed,
            .track = report.track,
            .vertical_rate = report.vertical_rate,
            .on_ground = report.on_ground.value_or(false),
            .accuracy = report.accuracy};
}

std::optional<geo::Distance> distance_to(const GuardedArea& area, geo::Position position) {
    const geo::PositionDegrees degrees = position.degrees();
    const auto distance = area.area->boundary().distance(
        {.place = {.latitude = degrees.latitude, .longitude = degrees.longitude},
         .vector = geo::to_ecef(position)});
    if (!distance) return std::nullopt;
    return area.area->region().contains(0, position) ? *distance : -*distance;
}

bool ascends(const std::vector<RoutePoint>& route) {
    return std::adjacent_find(route.begin(), route.end(), [](const auto& a, const auto& b) {
               return a.time >= b.time;
           }) == route.end();
}

}  // namespace

const char* to_string(WatchFault fault) {
    switch (fault) {
        case WatchFault::kTooManyAreas:
            return "more areas than the watch's limit";
        case WatchFault::kTooManyPlans:
            return "more plans than the watch's limit";
        case WatchFault::kPlanTooLarge:
            return "a plan has at most 16 aircraft and 1,024 points";
        case WatchFault::kBadRoute:
            return "a route has two points at least, their times ascend";
    }
    return "";
}

class Watch::State {
  public:
    explicit State(const WatchOptions& options)
        : options_(options),
          plans_({.distance = options.conformance, .time = options.conformance_time}) {
        COMITY_CHECK(options.period > Milliseconds(0) && options.look_ahead > Milliseconds(0) &&
                     options.lost_after > Milliseconds(0));
    }

    base::Expected<void, WatchFault> put_area(GuardedArea area) {
        COMITY_CHECK(area.area != nullptr);
        if (!areas_.contains(area.airspace) && areas_.size() >= options_.max_areas) {
            return base::Unexpected(WatchFault::kTooManyAreas);
        }
        remove_area(area.airspace);
        std::string id = area.airspace;
        areas_.emplace(std::move(id), std::move(area));
        for (auto& [key, track] : tracks_) outdate(track);
        return {};
    }

    void remove_area(std::string_view airspace) {
        const auto found = areas_.find(airspace);
        if (found == areas_.end()) return;
        for (auto& [key, track] : tracks_) {
            const auto pair = track.pairs.find(airspace);
            if (pair == track.pairs.end()) continue;
            end(track, found->second, pair->second);
            track.pairs.erase(pair);
        }
        plans_.forget_area(airspace);
        areas_.erase(found);
    }

    base::Expected<void, WatchFault> put_plan(Plan plan) {
        if (plan.aircraft.size() > Plan::kMaxAircraft || plan.route.size() > Plan::kMaxRoute) {
            return base::Unexpected(WatchFault::kPlanTooLarge);
        }
        if (plan.route.size() < 2 || !ascends(plan.route)) {
            return base::Unexpected(WatchFault::kBadRoute);
        }
        if (plans_.find(plan.intent) == nullptr && plans_.size() >= options_.max_plans) {
            return base::Unexpected(WatchFault::kTooManyPlans);
        }
        remove_plan(plan.intent);
        outdate_aircraft_of(plan);
        plans_.put(std::move(plan));
        return {};
    }

    void remove_plan(std::string_view intent) {
        const Plan* plan = plans_.find(intent);
        if (plan == nullptr) return;
        outdate_aircraft_of(*plan);
        plans_.remove(intent);
    }

    void take(std::string_view feed, const report::TrackReport& report) {
        if (last_sweep_ && report.time > *last_sweep_ + options_.max_ahead) {
            ++counts_.ahead;
        } else if (held_.size() >= options_.max_held) {
            ++counts_.over_limit;
        } else {
            held_.emplace(std::pair(report.time, ++arrivals_),
                          Held{.key = {.id = report.track_id, .feed = std::string(feed)},
                               .party = report.party,
                               .callsign = report.callsign,
                               .sample = sample_of(report)});
        }
    }

    std::vector<Change> sweep(Instant t) {
        COMITY_CHECK(t.time_since_epoch() % options_.period == Milliseconds(0));
        COMITY_CHECK(!last_sweep_ || *last_sweep_ < t);
        last_sweep_ = t;
        for (auto held = held_.begin(); held != held_.end() && held->first.first <= t;
             held = held_.erase(held)) {
            use(held->second, t);
        }
        while (!queue_.empty() && *(*queue_.begin())->due <= t) {
            touched_.insert(*queue_.begin());
            queue_.erase(queue_.begin());
        }
        for (Track* track : std::exchange(touched_, {})) look_at(*track, t);
        for (Change& change : changes_) change.sweep = t;
        std::stable_sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) {
            return std::tie(a.track, a.feed, a.airspace) < std::tie(b.track, b.feed, b.airspace);
        });
        return std::exchange(changes_, {});
    }

    const WatchCounts& counts() const { return counts_; }
    std::size_t track_count() const { return tracks_.size(); }

    void each_track(const std::function<void(const TrackView&)>& take) const {
        for (const auto& [key, track] : tracks_) {
            const Sample& last = track.last;
            take({.id = key.id,
                  .feed = key.feed,
                  .callsign = track.callsign,
                  .party = track.party,
                  .reported = last.time,
                  .position = last.position,
                  .altitude = last.altitude,
                  .ground_speed = last.ground_speed,
                  .track = last.track,
                  .vertical_rate = last.vertical_rate,
                  .accuracy = last.accuracy,
                  .on_ground = last.on_ground});
        }
    }

  private:
    struct Held {
        TrackKey key;
        std::string party;
        std::string callsign;
        Sample sample;
    };

    void outdate(Track& track) {
        track.is_outdated = true;
        touched_.insert(&track);
    }

    void outdate_aircraft_of(const Plan& plan) {
        for (const std::string& aircraft : plan.aircraft) {
            for (auto found = tracks_.lower_bound({.id = aircraft, .feed = {}});
                 found != tracks_.end() && found->first.id == aircraft; ++found) {
                outdate(found->second);
            }
        }
    }

    void use(Held& held, Instant t) {
        if (t - held.sample.time > options_.lost_after) {
            ++counts_.late;
            return;
        }
        auto found = tracks_.find(held.key);
        if (found != tracks_.end() && held.sample.time <= found->second.last.time) {
            ++counts_.not_newer;
            return;
        }
        if (found != tracks_.end() &&
            held.sample.time - found->second.last.time > options_.lost_after) {
            lose(found->second);
            found = tracks_.end();
        }
        if (found == tracks_.end() && tracks_.size() >= options_.max_tracks) {
            ++counts_.over_limit;
            return;
        }
        ++counts_.used;
        Track& track = found != tracks_.end() ? found->second : tracks_[held.key];
        const bool is_new = found == tracks_.end();
        if (is_new) track.key = held.key;
        if (!held.party.empty()) track.party = std::move(held.party);
        if (!held.callsign.empty()) track.callsign = std::move(held.callsign);
        track.previous = is_new ? std::nullopt : std::optional(track.last);
        track.last = held.sample;
        track.is_reported = true;
        touched_.insert(&track);
        for (const auto& [id, area] : areas_) measure(track, area);
    }

    bool is_own(const Track& track, const GuardedArea& area) const {
        return !track.party.empty() && track.party == area.owner;
    }

    // The pair of the track and the area as of its last report; none where it is not watched.
    void measure(Track& track, const GuardedArea& area) {
        const auto found = track.pairs.find(area.airspace);
        if (is_own(track, area)) {
            if (found == track.pairs.end()) return;
            found->second.predict({}, false);  // of reports before this one
            end(track, area, found->second);
            track.pairs.erase(found);
            return;
        }
        const bool is_known = found != track.pairs.end();
        Pair& pair = is_known ? found->second : track.pairs[area.airspace];
        std::optional<Sample> from = is_known ? track.previous : std::nullopt;
        if (from && track.last.time - from->time > airspace::kLongestGap) from.reset();
        std::vector<MeasuredStay> stays;
        append_stays(area, from, pair.is_inside(), track.last, stays);
        pair.measure(stays, is_inside(area, track.last));
    }

    Outlook outlook(const Track& track, const std::optional<Course>& course,
                    const GuardedArea& area) {
        const Sample& last = track.last;
        std::optional<Milliseconds> from = time_to_band(area.band, last);
        if (last.on_ground || !from) return {};
        Milliseconds until = options_.look_ahead + options_.lost_after;
        if (area.validity) {
            from = std::max(*from, area.validity->begin - last.time);
            until = std::min(until, area.validity->end - last.time);
        }
        Outlook outlook;
        if (*from > until) return outlook;
        outlook.by_intent = plans_.first_entry(track.key.id, last, course, area, *from, until);
        if (course) {
            const auto entry =
                first_entry(area.area->region(), last.position, *course, *from, until);
            if (entry) outlook.by_track = last.time + *entry;
        }
        return outlook;
    }

    void look_at(Track& track, Instant t) {
        if (t - track.last.time > options_.lost_after) {
            lose(track);
            return;
        }
        if (track.is_outdated) {
            for (const auto& [id, area] : areas_) {
                if (!track.pairs.contains(id)) measure(track, area);
            }
        }
        const bool is_to_predict = track.is_reported || track.is_outdated;
        std::optional<Course> course;
        if (is_to_predict) course = course_of(track.last, track.previous, options_.max_speed);
        std::vector<Told> told;
        Instant due = track.last.time + options_.lost_after + Milliseconds(1);
        for (auto& [id, pair] : track.pairs) {
            const GuardedArea& area = areas_.find(id)->second;
            if (is_to_predict) {
                pair.predict(pair.is_inside() ? Outlook{} : outlook(track, course, area),
                             track.is_reported);
            }
            told.clear();
            pair.step(t, options_, situations_, told);
            for (const Told& one : told) add_change(track, area, one);
            if (const auto of_pair = pair.due(options_)) due = std::min(due, *of_pair);
        }
        track.is_reported = false;
        track.is_outdated = false;
        put_in_queue(track, due);
    }

    void put_in_queue(Track& track, Instant due) {
        if (track.due) queue_.erase(&track);
        track.due = due;
        queue_.insert(&track);
    }

    void end(const Track& track, const GuardedArea& area, Pair& pair) {
        if (const auto told = pair.end()) add_change(track, area, *told);
    }

    void lose(Track& track) {
        for (auto& [id, pair] : track.pairs) end(track, areas_.find(id)->second, pair);
        if (track.due) queue_.erase(&track);
        touched_.erase(&track);
        const TrackKey key = track.key;
        tracks_.erase(key);
    }

    bool is_coasted(const Track& track, Instant t) const {
        Milliseconds limit = options_.coasting_at_least;
        if (track.previous) {
            const auto period =
                static_cast<double>((track.last.time - track.previous->time).count());
            limit = std::max(
                limit, Milliseconds(static_cast<std::int64_t>(options_.coasting_periods * period)));
        }
        return t - track.last.time > limit;
    }

    void add_change(const Track& track, const GuardedArea& area, const Told& told) {
        changes_.push_back({.situation = told.situation,
                            .phase = told.phase,
                            .track = track.key.id,
                            .feed = track.key.feed,
                            .party = track.party,
                            .airspace = area.airspace,
                            .by_intent = told.outlook.by_intent,
                            .by_track = told.outlook.by_track,
                            .entered = told.entered,
                            .left = told.left,
                            .distance = distance_to(area, track.last.position),
                            .track_accuracy = track.last.accuracy.value_or(options_.accuracy),
                            .area_accuracy = area.accuracy,
                            .reported = track.last.time,
                            .is_coasted = is_coasted(track, *last_sweep_),
                            .sweep = *last_sweep_});
    }

    WatchOptions options_;
    WatchCounts counts_;
    std::map<std::string, GuardedArea, std::less<>> areas_;
    PlanBook plans_;
    std::map<TrackKey, Track> tracks_;
    std::map<std::pair<Instant, std::uint64_t>, Held> held_;  // by time, then arrival
    std::uint64_t arrivals_ = 0;
    std::uint64_t situations_ = 0;
    std::optional<Instant> last_sweep_;
    std::set<Track*, ByDue> queue_;    // each track, but those touched, by when it is due
    std::set<Track*, ByKey> touched_;  // to be looked at in the next sweep
    std::vector<Change> changes_;      // for the next sweep to give
};

Watch::Watch(const WatchOptions& options) : state_(std::make_unique<State>(options)) {}
Watch::~Watch() = default;

base::Expected<void, WatchFault> Watch::put_area(GuardedArea area) {
    return state_->put_area(std::move(area));
}
void Watch::remove_area(std::string_view airspace) {
    state_->remove_area(airspace);
}
base::Expected<void, WatchFault> Watch::put_plan(Plan plan) {
    return state_->put_plan(std::move(plan));
}
void Watch::remove_plan(std::string_view intent) {
    state_->remove_plan(intent);
}
void Watch::take(std::string_view feed, const report::TrackReport& report) {
    state_->take(feed, report);
}
std::vector<Change> Watch::sweep(Instant t) {
    return state_->sweep(t);
}
const WatchCounts& Watch::counts() const {
    return state_->counts();
}
std::size_t Watch::track_count() const {
    return state_->track_count();
}
void Watch::each_track(const std::function<void(const TrackView&)>& take) const {
    state_->each_track(take);
}

}  // namespace comity::watch
