// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: does a node's memory stay level? The same day of 311 recorded flights ten times, one
// after the other, each second a turn, through a node with a ledger on this machine's disk.
// `grown_mb` is what the process holds more after the tenth day than after the second, when all
// that is kept for a day was kept once. Budget: 16 MB.
#include "files.hpp"
#include "node_bench.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/base/check.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>

namespace {

using namespace comity;

constexpr int kDays = 10;

double resident_mb() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    file >> size >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

std::vector<report::TrackReport> reports_of(const std::string& text) {
    std::vector<report::TrackReport> reports;
    surveillance::TrackCsvDecoder decoder(
        {}, [&](const report::TrackReport& report) { reports.push_back(report); });
    COMITY_CHECK(decoder.feed(std::as_bytes(std::span(text))).has_value());
    COMITY_CHECK(decoder.finish().has_value());
    std::ranges::stable_sort(reports, {}, &report::TrackReport::time);
    return reports;
}

void ten_days(benchmark::State& state) {
    const auto tracks =
        bench::text_of(bench::data_folder() + "/trajectories/switzerland_20180801_dev.csv");
    const auto border =
        bench::text_of(bench::data_folder() + "/borders/osm10m_maritime_CHE.geojson");
    if (!tracks || !border) {
        state.SkipWithError("the recorded flights are missing; COMITY_DATA names their folder");
        return;
    }
    const std::vector<report::TrackReport> reports = reports_of(*tracks);
    const auto areas = chart::read_geojson(chart::FileBuffer::copy_of(*border));
    COMITY_CHECK(areas.has_value());
    airspace::Airspace area = areas->front();
    area.type = airspace::AirspaceType::kNational;
    const auto first = std::chrono::floor<std::chrono::days>(reports.front().time);
    for (auto _ : state) {
        bench::BenchNode of(first, {.max_idle_ticks = 256});
        of.vouch("node", accord::PutParty{}, "north");
        of.vouch("north", accord::PutAirspace{.area = area}, "north-airspace");
        of.node().add_feed({.name = "radar", .of = accord::PartyId("north")});
        double after_two = 0.0;
        for (int day = 0; day < kDays; ++day) {
            const std::chrono::days shift(day);
            geo::Instant now = first + shift;
            for (report::TrackReport report : reports) {
                report.time += shift;
                for (; now < report.time; now += std::chrono::seconds(1)) {
                    of.clock().set(now);
                    of.node().turn();
                }
                of.node().take("radar", report);
            }
            if (day == 1) after_two = resident_mb();
        }
        state.counters["grown_mb"] = resident_mb() - after_two;
        state.counters["mb"] = resident_mb();
    }
}
BENCHMARK(ten_days)->Name("node/ten_days")->Unit(benchmark::kSecond)->UseRealTime();

}  // namespace
