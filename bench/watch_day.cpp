// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how long does a watch take over a day of 311 recorded flights (34,580 reports, 61,200
// sweeps of a second) beside one border of some 6,000 vertices? Budget: 0.4 s.
#include "files.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/base/check.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/surveillance/track_csv.hpp"
#include "comity/watch/watch.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <span>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr const char* kTracks = "/trajectories/switzerland_20180801_dev.csv";
constexpr const char* kBorder = "/borders/osm10m_maritime_CHE.geojson";

std::vector<report::TrackReport> reports_of(const std::string& text) {
    std::vector<report::TrackReport> reports;
    surveillance::TrackCsvDecoder decoder(
        {}, [&](const report::TrackReport& report) { reports.push_back(report); });
    COMITY_CHECK(decoder.feed(std::as_bytes(std::span(text))).has_value());
    COMITY_CHECK(decoder.finish().has_value());
    std::stable_sort(reports.begin(), reports.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    return reports;
}

void day(benchmark::State& state) {
    const auto tracks_text = bench::text_of(bench::data_folder() + kTracks);
    const auto border_text = bench::text_of(bench::data_folder() + kBorder);
    if (!tracks_text || !border_text) {
        state.SkipWithError("the recorded flights are missing; COMITY_DATA names their folder");
        return;
    }
    const std::vector<report::TrackReport> reports = reports_of(*tracks_text);
    const auto airspaces = chart::read_geojson(chart::FileBuffer::copy_of(*border_text));
    COMITY_CHECK(airspaces.has_value());
    const auto area = std::make_shared<const airspace::Area>(airspaces->front().footprint);
    const auto begin = std::chrono::floor<std::chrono::seconds>(reports.front().time);
    const auto end = reports.back().time + std::chrono::minutes(2);
    std::size_t changes = 0;
    std::size_t sweeps = 0;
    for (auto _ : state) {
        watch::Watch watch({});
        COMITY_CHECK(watch
                         .put_area({.airspace = "CHE",
                                    .owner = "CHE",
                                    .area = area,
                                    .accuracy = geo::Distance::metres(100.0)})
                         .has_value());
        auto next = reports.begin();
        changes = 0;
        sweeps = 0;
        for (geo::Instant t = begin; t <= end; t += std::chrono::seconds(1), ++sweeps) {
            for (; next != reports.end() && next->time <= t; ++next) watch.take("feed", *next);
            changes += watch.sweep(t).size();
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(reports.size()));
    state.counters["changes"] = static_cast<double>(changes);
    state.counters["sweeps"] = static_cast<double>(sweeps);
}
BENCHMARK(day)->Name("watch/day")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
