// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "inside_report.hpp"

#include "failure.hpp"
#include "progress.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

namespace comity::cli {

using geo::Distance;

Tracks load_tracks(const TrackSource& source) {
    Tracks tracks;
    std::vector<airspace::TrackPoint>* last = nullptr;
    std::string last_id;
    read_tracks(source, [&](const report::TrackReport& report) {
        if (last == nullptr || report.track_id != last_id) {
            last = &tracks[report.track_id];
            last_id = report.track_id;
        }
        last->push_back(
            {.time = report.time, .position = report.position, .accuracy = report.accuracy});
    });
    for (auto& [id, points] : tracks) {
        std::stable_sort(points.begin(), points.end(),
                         [](const auto& a, const auto& b) { return a.time < b.time; });
    }
    if (tracks.empty()) say(fmt::format("{}: no positions in it", source.path));
    return tracks;
}

std::vector<AreaStays> assess_all(const Tracks& tracks,
                                  const std::vector<airspace::Airspace>& airspaces,
                                  const AccuracyOptions& accuracies, const std::string& file) {
    std::vector<AreaStays> rows(tracks.size() * airspaces.size());
    Progress progress("tracks x areas", rows.size());
    for (std::size_t i = 0; i < airspaces.size(); ++i) {
        const airspace::Airspace& airspace = airspaces[i];
        const airspace::Area area(airspace.footprint);
        if (const std::size_t crossings = area.region().self_crossings(0); crossings > 0) {
            say(
                fmt::format("{}: {}: its rings cross themselves or each other at {} {}; read by "
                            "the even-odd rule",
                            file, airspace.name, crossings, crossings == 1 ? "point" : "points"));
        }
        const airspace::Accuracies known{
            .area = accuracies.area.value_or(airspace.accuracy.value_or(Distance{})),
            .every_point = accuracies.track};
        std::size_t row = i;
        for (const auto& [id, points] : tracks) {
            rows[row] = {.track_id = id,
                         .area = airspace.name,
                         .stays = airspace::assess_stays(area, points, known)};
            row += airspaces.size();
            progress.done_one();
        }
    }
    return rows;
}

std::vector<airspace::Airspace> named(std::vector<airspace::Airspace> airspaces,
                                      const std::string& name, const std::string& file) {
    std::string names;
    std::size_t listed = 0;
    for (const airspace::Airspace& airspace : airspaces) {
        if (airspace.name == name) return {airspace};
        if (++listed <= 20) names += (listed > 1 ? ", " : "") + airspace.name;
    }
    if (listed > 20) names += fmt::format(" and {} more", listed - 20);
    throw Failure(kBadInput,
                  fmt::format("{}: no area named '{}', expected one of: {}", file, name, names));
}

bool is_stay(const airspace::Stay& stay) {
    const bool nominal = stay.min_distance_outside.value_or(Distance{}) == Distance{};
    return stay.possibly_inside > geo::Seconds{} || nominal;
}

}  // namespace comity::cli
