// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"

#include "comity/geo/ecef.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/trig.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>
#include <variant>

namespace comity::accord {
namespace {

constexpr std::int32_t kCellE7 = geo::kE7PerDegree / 10;
constexpr std::int64_t kLayer = geo::Height::whole_feet(5000).in_tenths_of_mm();
constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int32_t kColumns = 3600;
constexpr std::int32_t kRows = 1800;

struct Box {
    double south;
    double north;
    double west;
    double east;
};

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    const std::int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

// Outward: a degree of latitude is nowhere shorter than 110,574 m, one of longitude there is that
// of a sphere of the polar radius at the latitude that is farthest from the equator.
Box box_of(const airspace::Circle& circle) {
    constexpr double kShortestDegree = 110'574.0;
    const auto at = circle.centre.degrees();
    const double reach = circle.radius.in_metres() / kShortestDegree;
    const double farthest =
        std::min(90.0, std::max(std::fabs(at.latitude - reach), std::fabs(at.latitude + reach)));
    const double shrink = geo::cos(geo::Angle::degrees(farthest));
    const double width = shrink * 180.0 > reach ? reach / shrink : 180.0;
    return {.south = at.latitude - reach,
            .north = at.latitude + reach,
            .west = at.longitude - width,
            .east = at.longitude + width};
}

// A geodesic edge may bulge poleward: by an eighth of its length squared over the earth's radius,
// which a hundredth of its width in longitude covers below 60 degrees of it.
Box box_of(const geo::Polygon& polygon) {
    Box box{.south = 90.0, .north = -90.0, .west = 180.0, .east = -180.0};
    for (std::size_t i = 0; i < polygon.ring_count(); ++i) {
        for (const geo::Position vertex : polygon.ring(i)) {
            const auto at = vertex.degrees();
            box.south = std::min(box.south, at.latitude);
            box.north = std::max(box.north, at.latitude);
            box.west = std::min(box.west, at.longitude);
            box.east = std::max(box.east, at.longitude);
        }
    }
    const double width = box.east - box.west;
    // Geodesic edges may run over the antimeridian or near a pole: all longitudes then.
    if (polygon.edge_kind() == geo::EdgeKind::kGeodesic) {
        if (width >= 60.0) return {.south = -90.0, .north = 90.0, .west = -180.0, .east = 180.0};
        const double bulge = width * width / 400.0;
        box.south -= bulge;
        box.north += bulge;
    }
    return box;
}

std::int32_t row_of(double latitude) {
    const auto e7 = static_cast<std::int64_t>(std::floor((latitude + 90.0) * geo::kE7PerDegree));
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(floor_div(e7, kCellE7), 0, kRows - 1));
}

std::int32_t column_of(double longitude) {
    const auto e7 = static_cast<std::int64_t>(std::floor((longitude + 180.0) * geo::kE7PerDegree));
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(floor_div(e7, kCellE7), 0, kColumns - 1));
}

Cells horizontal(const Box& box) {
    Cells cells{.south = row_of(box.south), .north = row_of(box.north)};
    // At the antimeridian or over it: all columns.
    const bool is_cut = box.west <= -180.0 || box.east >= 180.0;
    cells.west = is_cut ? 0 : column_of(box.west);
    cells.east = is_cut ? kColumns - 1 : column_of(box.east);
    return cells;
}

void set_layers(Cells& cells, const airspace::AltitudeBand& band) {
    constexpr geo::Datum kData[] = {geo::Datum::kMsl, geo::Datum::kWgs84, geo::Datum::kPressure,
                                    geo::Datum::kGround};
    cells.datum = kData[band.index()];
    const auto layer = [](const auto& altitude) {
        constexpr std::numeric_limits<std::int32_t> kRange;
        const auto index = floor_div(altitude.above_datum().in_tenths_of_mm(), kLayer);
        return static_cast<std::int32_t>(
            std::clamp<std::int64_t>(index, kRange.min(), kRange.max()));
    };
    std::visit(
        [&](const auto& limits) {
            if (limits.lower) cells.lowest = layer(*limits.lower);
            if (limits.upper) cells.highest = layer(*limits.upper);
        },
        band);
}

void set_hours(Cells& cells, const geo::Interval& time) {
    cells.first_hour = floor_div(time.begin.time_since_epoch().count(), kHourMs);
    cells.last_hour = floor_div(time.end.time_since_epoch().count(), kHourMs);
}

bool covers(const Cells& a, const Cells& b) {
    const bool below = !a.lowest || (b.lowest && *a.lowest <= *b.lowest);
    const bool above = !a.highest || (b.highest && *a.highest >= *b.highest);
    return a.datum == b.datum && below && above && a.south <= b.south && a.north >= b.north &&
           a.west <= b.west && a.east >= b.east && a.first_hour <= b.first_hour &&
           a.last_hour >= b.last_hour;
}

std::vector<Cells> canonical(std::vector<Cells> all) {
    std::ranges::sort(all);
    const auto repeated = std::ranges::unique(all);
    all.erase(repeated.begin(), repeated.end());
    if (all.size() > Intent::kMaxVolumes) return all;
    std::vector<Cells> kept;
    for (const Cells& one : all) {
        const bool is_within = std::ranges::any_of(
            all, [&](const Cells& other) { return other != one && covers(other, one); });
        if (!is_within) kept.push_back(one);
    }
    return kept;
}

}  // namespace

Cells cells_of(const airspace::Volume& volume) {
    Cells cells = horizontal(
        std::visit([](const auto& footprint) { return box_of(footprint); }, volume.footprint));
    set_layers(cells, volume.band);
    set_hours(cells, volume.time);
    return cells;
}

std::vector<Cells> cells_of(const std::vector<airspace::Volume>& volumes) {
    std::vector<Cells> all;
    for (const airspace::Volume& volume : volumes) all.push_back(cells_of(volume));
    return canonical(std::move(all));
}

std::vector<Cells> cells_of(const airspace::Airspace& airspace) {
    constexpr geo::Interval kAlways{
        .begin = geo::Instant{}, .end = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};
    std::vector<Cells> all;
    for (const geo::Polygon& polygon : airspace.footprint) {
        Cells cells = horizontal(box_of(polygon));
        set_layers(cells, airspace.band);
        set_hours(cells, airspace.validity.value_or(kAlways));
        all.push_back(cells);
    }
    return canonical(std::move(all));
}

}  // namespace comity::accord
