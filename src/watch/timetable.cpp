// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "timetable.hpp"

#include "measured.hpp"

#include "comity/geo/ecef.hpp"
#include "comity/geo/line.hpp"
#include "comity/geo/trig.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace comity::watch {

using geo::Milliseconds;

namespace {

struct Metres {
    double east;
    double north;
    friend double dot(Metres a, Metres b) { return a.east * b.east + a.north * b.north; }
};

// A plane at a place, true to scale there.
class LocalPlane {
  public:
    explicit LocalPlane(geo::Position origin) {
        origin_ = origin.degrees();
        const auto [sine, cosine] = geo::sin_cos(origin.latitude().angle());
        const double w2 = 1.0 - geo::wgs84::kE2 * sine * sine;
        const double normal = geo::wgs84::kA / std::sqrt(w2);
        constexpr double kRadiansPerDegree = std::numbers::pi / 180.0;
        per_latitude_ = normal * (1.0 - geo::wgs84::kE2) / w2 * kRadiansPerDegree;
        per_longitude_ = normal * cosine * kRadiansPerDegree;
    }
    // Both ends of a line, seen the shorter way round.
    struct Ends {
        Metres begin;
        Metres end;
    };
    Ends ends(const geo::Line& line) const {
        const double turn = turns_to(line.at(0.5).longitude);
        return {metres(line.at(0.0), turn), metres(line.at(1.0), turn)};
    }

  private:
    double turns_to(double longitude) const {
        const double east = longitude - origin_.longitude;
        return east > 180.0 ? -360.0 : east < -180.0 ? 360.0 : 0.0;
    }
    Metres metres(geo::LatLon place, double turn) const {
        return {(place.longitude + turn - origin_.longitude) * per_longitude_,
                (place.latitude - origin_.latitude) * per_latitude_};
    }
    geo::PositionDegrees origin_;
    double per_latitude_ = 0.0;
    double per_longitude_ = 0.0;
};

struct Nearest {
    double metres;
    Milliseconds late;
};

Nearest nearest_on(const RoutePoint& from, const RoutePoint& to, const LocalPlane::Ends& leg,
                   geo::Instant now) {
    const Metres along{leg.end.east - leg.begin.east, leg.end.north - leg.begin.north};
    const double squared = dot(along, along);
    const double fraction =
        squared > 0.0 ? std::clamp(-dot(leg.begin, along) / squared, 0.0, 1.0) : 0.0;
    const Metres place{leg.begin.east + fraction * along.east,
                       leg.begin.north + fraction * along.north};
    const auto since = static_cast<std::int64_t>(
        std::floor(fraction * static_cast<double>((to.time - from.time).count()) + 0.5));
    return {std::sqrt(dot(place, place)), now - (from.time + Milliseconds(since))};
}

bool is_against(const std::optional<Course>& course, const LocalPlane::Ends& leg) {
    if (!course) return false;
    const auto [sine, cosine] = geo::sin_cos(course->track);
    const Metres motion{sine * course->speed.in_metres_per_second(),
                        cosine * course->speed.in_metres_per_second()};
    return dot(motion, {leg.end.east - leg.begin.east, leg.end.north - leg.begin.north}) < 0.0;
}

}  // namespace

std::vector<geo::Interval> times_inside(const geo::RegionIndex& region,
                                        std::span<const RoutePoint> route) {
    std::vector<geo::Interval> times;
    std::vector<geo::Stretch> stretches;
    bool is_open = false;  // inside at the end of the leg before
    for (std::size_t i = 0; i + 1 < route.size(); ++i) {
        const RoutePoint& from = route[i];
        const RoutePoint& to = route[i + 1];
        stretches.clear();
        region.stretches_inside(0, from.position, to.position, stretches);
        for (const geo::Stretch& stretch : stretches) {
            const geo::Instant end = instant_at(from.time, to.time, stretch.end);
            if (is_open && stretch.begin.num == 0) {
                times.back().end = end;
            } else {
                times.push_back({instant_at(from.time, to.time, stretch.begin), end});
            }
            is_open = stretch.end.num == stretch.end.den;
        }
    }
    return times;
}

std::optional<Milliseconds> lateness(std::span<const RoutePoint> route, const Sample& sample,
                                     const std::optional<Course>& course,
                                     const Conformance& conformance) {
    const LocalPlane plane(sample.position);
    std::optional<Nearest> pass;
    std::optional<Milliseconds> best;
    const auto end_pass = [&] {
        if (pass && std::chrono::abs(pass->late) <= conformance.time &&
            (!best || std::chrono::abs(pass->late) < std::chrono::abs(*best))) {
            best = pass->late;
        }
        pass.reset();
    };
    for (std::size_t i = 0; i + 1 < route.size(); ++i) {
        const auto leg = plane.ends(geo::Line(route[i].position, route[i + 1].position));
        const Nearest nearest = nearest_on(route[i], route[i + 1], leg, sample.time);
        if (nearest.metres > conformance.distance.in_metres() || is_against(course, leg)) {
            end_pass();
        } else if (!pass || nearest.metres < pass->metres) {
            pass = nearest;
        }
    }
    end_pass();
    return best;
}

}  // namespace comity::watch
