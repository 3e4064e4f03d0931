// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how long do a day's 311 recorded flights (34,580 points) take against a border, and
// against each other, from the bytes of the files on? Budget: 0.3 s each.
#include "files.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/airspace/pairs.hpp"
#include "comity/base/check.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr const char* kTracks = "/trajectories/switzerland_20180801_dev.csv";
constexpr const char* kBorder = "/borders/osm10m_maritime_CHE.geojson";

template <typename Sink>
void read_tracks(const std::string& text, Sink&& sink) {
    surveillance::TrackCsvDecoder decoder({}, sink);
    COMITY_CHECK(decoder.feed(std::as_bytes(std::span(text))).has_value());
    COMITY_CHECK(decoder.finish().has_value());
}

void inside(benchmark::State& state) {
    const auto tracks_text = bench::text_of(bench::data_folder() + kTracks);
    const auto border_text = bench::text_of(bench::data_folder() + kBorder);
    if (!tracks_text || !border_text) {
        state.SkipWithError("the recorded flights are missing; COMITY_DATA names their folder");
        return;
    }
    std::size_t points = 0;
    for (auto _ : state) {
        const auto airspaces = chart::read_geojson(chart::FileBuffer::copy_of(*border_text));
        COMITY_CHECK(airspaces.has_value());
        const airspace::Area area(airspaces->front().footprint);
        std::map<std::string, std::vector<airspace::TrackPoint>, std::less<>> tracks;
        points = 0;
        read_tracks(*tracks_text, [&](const report::TrackReport& report) {
            ++points;
            tracks[report.track_id].push_back(
                {.time = report.time, .position = report.position, .accuracy = report.accuracy});
        });
        for (const auto& [id, track] : tracks) {
            benchmark::DoNotOptimize(
                assess_stays(area, track, {.area = *airspaces->front().accuracy}));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(points));
}
BENCHMARK(inside)->Name("airspace/inside")->UseRealTime()->Unit(benchmark::kMillisecond);

void pairs(benchmark::State& state) {
    const auto tracks_text = bench::text_of(bench::data_folder() + kTracks);
    if (!tracks_text) {
        state.SkipWithError("the recorded flights are missing; COMITY_DATA names their folder");
        return;
    }
    std::size_t points = 0;
    for (auto _ : state) {
        std::map<std::string, airspace::Flight, std::less<>> by_id;
        points = 0;
        read_tracks(*tracks_text, [&](const report::TrackReport& report) {
            ++points;
            airspace::Flight& flight = by_id[report.track_id];
            flight.id = report.track_id;
            flight.points.push_back({.time = report.time,
                                     .position = report.position,
                                     .altitude = report.altitude,
                                     .on_ground = report.on_ground.value_or(false)});
        });
        std::vector<airspace::Flight> flights;
        for (auto& [id, flight] : by_id) flights.push_back(std::move(flight));
        benchmark::DoNotOptimize(find_losses(
            flights,
            {.horizontal = geo::Distance::nautical_miles(5), .vertical = geo::Height::feet(1000)}));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(points));
}
BENCHMARK(pairs)->Name("airspace/pairs")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
