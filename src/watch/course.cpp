// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "course.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/base/check.hpp"
#include "comity/geo/ecef.hpp"
#include "comity/geo/geodesic.hpp"
#include "comity/geo/trig.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace comity::watch {

using geo::Distance;
using geo::Milliseconds;
using geo::Position;

namespace {

geo::LatLon place_of(Position position) {
    const geo::PositionDegrees degrees = position.degrees();
    return {.latitude = degrees.latitude, .longitude = degrees.longitude};
}

std::optional<Course> course_between(const Sample& from, const Sample& to) {
    const Milliseconds duration = to.time - from.time;
    if (duration > airspace::kLongestGap) return std::nullopt;
    const Distance distance = geo::geodesic_distance(from.position, to.position);
    const geo::Angle back = geo::geodesic_azimuth(place_of(to.position), place_of(from.position));
    return Course{.speed = distance / geo::Seconds(duration),
                  .track = back + geo::Angle::radians(std::numbers::pi)};
}

// Along a line straight in longitude and latitude the direction turns against that of the geodesic
// by at most 1.09 tan(latitude)/R a metre, so that over a length L they part by L^2/8 times that. A
// length that keeps this below 4 m at the latitude where the piece begins keeps it below 5 m.
Distance piece_length(Position begin) {
    const auto [sine, cosine] = geo::sin_cos(begin.latitude().angle());
    constexpr double kShortest = 500.0;
    constexpr double kLongest = 50'000.0;
    const double tangent = std::fabs(sine) / std::max(cosine, 1e-9);
    const double squared = 8.0 * 4.0 * geo::wgs84::kB / (1.09 * std::max(tangent, 1e-3));
    return Distance::metres(std::clamp(std::sqrt(squared), kShortest, kLongest));
}

Position place_after(Position start, const Course& course, Milliseconds time) {
    const geo::LatLon place =
        geo::geodesic_direct(place_of(start), course.track, course.speed * geo::Seconds(time));
    const auto position = Position::from_degrees(
        {.latitude = place.latitude, .longitude = std::clamp(place.longitude, -180.0, 180.0)});
    COMITY_CHECK(position.has_value());
    return *position;
}

}  // namespace

std::optional<Course> course_of(const Sample& last, const std::optional<Sample>& previous,
                                geo::Speed max_speed) {
    std::optional<Course> course;
    if (last.ground_speed && last.track) {
        course = Course{.speed = *last.ground_speed, .track = *last.track};
    } else if (previous) {
        course = course_between(*previous, last);
    }
    if (course && (course->speed < geo::Speed{} || course->speed > max_speed)) return std::nullopt;
    return course;
}

std::optional<Milliseconds> first_entry(const geo::RegionIndex& region, Position start,
                                        const Course& course, Milliseconds from,
                                        Milliseconds until) {
    std::vector<geo::Stretch> stretches;
    Milliseconds begin = from;
    Position place = from == Milliseconds(0) ? start : place_after(start, course, from);
    while (begin <= until) {
        // The least speed lets a standing aircraft be looked at in one piece.
        const double speed = std::max(course.speed.in_metres_per_second(), 1e-3);
        const double piece = std::floor(1000.0 * piece_length(place).in_metres() / speed);
        const Milliseconds left = until - begin;
        const Milliseconds duration =
            piece < static_cast<double>(left.count())
                ? Milliseconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(piece)))
                : left;
        const Milliseconds end = begin + duration;
        const Position next = place_after(start, course, end);
        stretches.clear();
        region.stretches_inside(0, place, next, stretches);
        if (!stretches.empty()) {
            const double fraction = stretches.front().begin.value();
            return begin + Milliseconds(static_cast<std::int64_t>(
                               std::floor(fraction * static_cast<double>(duration.count()))));
        }
        if (end == until) break;
        begin = end;
        place = next;
    }
    return std::nullopt;
}

}  // namespace comity::watch
