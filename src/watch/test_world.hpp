// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"
#include "comity/base/testing/random_arguments.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/watch/watch.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

/// Words for tests of the watch.
namespace comity::watch {

using base::testing::RandomArguments;

inline geo::Position at(double longitude, double latitude) {
    const auto position =
        geo::Position::from_degrees({.latitude = latitude, .longitude = longitude});
    COMITY_CHECK(position.has_value());
    return *position;
}

/// Milliseconds after 24 November 2015, 07:00 UTC.
inline geo::Instant after_ms(std::int64_t ms) {
    return geo::Instant(geo::Milliseconds(1'448'348'400'000 + ms));
}
inline geo::Instant after(std::int64_t seconds) {
    return after_ms(1000 * seconds);
}

inline geo::Polygon ring(const std::vector<geo::Position>& vertices) {
    geo::PolygonBuilder builder(geo::EdgeKind::kStraightLonLat);
    for (const geo::Position& vertex : vertices) COMITY_CHECK(builder.add(vertex).has_value());
    COMITY_CHECK(builder.add(vertices.front()).has_value());
    COMITY_CHECK(builder.end_ring().has_value());
    auto polygon = std::move(builder).finish();
    COMITY_CHECK(polygon.has_value());
    return *std::move(polygon);
}

inline geo::Polygon box(double west, double south, double east, double north) {
    return ring({at(west, south), at(east, south), at(east, north), at(west, north)});
}

inline std::shared_ptr<const airspace::Area> footprint(const geo::Polygon& polygon) {
    return std::make_shared<const airspace::Area>(std::vector<geo::Polygon>{polygon});
}

inline GuardedArea guarded(std::string id, const geo::Polygon& polygon) {
    return {.airspace = std::move(id),
            .owner = "owner",
            .area = footprint(polygon),
            .band = {},
            .validity = std::nullopt,
            .accuracy = geo::Distance::metres(10.0)};
}

struct Moving {
    double metres_per_second;
    double degrees;
};

inline report::TrackReport report_of(std::string track, geo::Instant time, geo::Position position) {
    report::TrackReport report;
    report.track_id = std::move(track);
    report.time = time;
    report.position = position;
    return report;
}

inline report::TrackReport report_of(std::string track, geo::Instant time, geo::Position position,
                                     Moving moving) {
    report::TrackReport report = report_of(std::move(track), time, position);
    report.ground_speed = geo::Speed::metres_per_second(moving.metres_per_second);
    report.track = geo::Angle::degrees(moving.degrees);
    return report;
}

/// The changes of the sweeps of every second from `from` to `until`.
inline std::vector<Change> sweeps(Watch& watch, std::int64_t from, std::int64_t until) {
    std::vector<Change> changes;
    for (std::int64_t s = from; s <= until; ++s) {
        for (Change& change : watch.sweep(after(s))) changes.push_back(std::move(change));
    }
    return changes;
}

/// For a failed expectation.
inline void PrintTo(const Change& change, std::ostream* out) {
    const auto seconds = [](geo::Instant t) {
        return static_cast<double>((t - after(0)).count()) / 1000.0;
    };
    *out << "#" << change.situation << " " << to_string(change.phase) << " " << change.track << "@"
         << change.feed << " " << change.airspace << " sweep " << seconds(change.sweep);
    if (change.by_intent) *out << " by intent " << seconds(change.by_intent->entry);
    if (change.by_track) *out << " by track " << seconds(*change.by_track);
    if (change.entered) *out << " entered " << seconds(*change.entered);
    if (change.left) *out << " left " << seconds(*change.left);
}

}  // namespace comity::watch
