// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how long does a scenario take through the whole node, from its text and files in memory
// to its last checkpoint? Budgets: two-shores (30 minutes, two flights) 0.1 s; 311 recorded flights
// of 17 hours beside the border of Switzerland 1 s.
#include "files.hpp"

#include "comity/base/check.hpp"
#include "comity/base/memory_disk.hpp"
#include "comity/node/scenario_run.hpp"
#include "comity/wire/scenario_reader.hpp"

#include <map>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;
using Files = std::map<std::string, std::string>;

void replay(benchmark::State& state, const std::string& text, const Files& files) {
    std::uint64_t records = 0;
    std::uint64_t ticks = 0;
    for (auto _ : state) {
        const auto scenario = wire::read_scenario(text);
        COMITY_CHECK(scenario.has_value());
        base::MemoryDisk ledger;
        base::MemoryDisk recording;
        const auto ran = node::run_scenario(
            *scenario,
            {.ledger = ledger,
             .recording = recording,
             .read_file = [&](const std::string& path) -> base::Expected<std::string, std::string> {
                 return files.at(path);
             }});
        COMITY_CHECK(ran.has_value());
        records = ran->records.size;
        ticks = ran->ticks.size;
    }
    state.counters["records"] = static_cast<double>(records);
    state.counters["ticks"] = static_cast<double>(ticks);
}

// Reads the files, or says which is missing.
std::optional<Files> files_of(benchmark::State& state, const Files& places) {
    Files files;
    for (const auto& [name, place] : places) {
        const auto text = bench::text_of(place);
        if (!text) {
            state.SkipWithError((place + " is missing").c_str());
            return std::nullopt;
        }
        files.emplace(name, *text);
    }
    return files;
}

void two_shores(benchmark::State& state) {
    const std::string folder = "scenarios/two-shores/";
    const auto files = files_of(
        state, {{"scenario", folder + "scenario.yaml"}, {"tracks.csv", folder + "tracks.csv"}});
    if (files) replay(state, files->at("scenario"), *files);
}
BENCHMARK(two_shores)->Name("node/two_shores")->Unit(benchmark::kMillisecond)->UseRealTime();

void day(benchmark::State& state) {
    const std::string data = bench::data_folder();
    const std::string tracks = "/trajectories/switzerland_20180801_dev.csv";
    const auto files =
        files_of(state, {{"scenario", "scenarios/switzerland-2018/scenario.yaml"},
                         {"$DATA" + tracks, data + tracks},
                         {"$BORDERS/osm.geojson", data + "/borders/osm10m_maritime_CHE.geojson"}});
    if (files) replay(state, files->at("scenario"), *files);
}
BENCHMARK(day)->Name("node/day")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
