// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Questions: how long does it take to read the whole world's borders (38 MB, 1,903,784 vertices)
// and make their index, and how many times a second can it say whose airspace a place is in?
// Budgets: 2 s; 1,000,000 on one core.
#include "borders.hpp"
#include "files.hpp"

#include "comity/chart/geojson.hpp"
#include "comity/geo/region_index.hpp"

#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

geo::RegionIndex read_world(const chart::FileBuffer& file) {
    const auto airspaces = chart::read_geojson(file);
    COMITY_CHECK(airspaces.has_value());
    geo::RegionIndex::Builder builder;
    for (const airspace::Airspace& airspace : *airspaces) builder.add_region(airspace.footprint);
    return std::move(builder).build();
}

void reading(benchmark::State& state) {
    const auto text = bench::text_of(bench::kWorldFile);
    if (!text) {
        state.SkipWithError("build/borders/osm.geojson is missing; ./dev run fetches it");
        return;
    }
    const auto file = chart::FileBuffer::copy_of(*text);
    for (auto _ : state) benchmark::DoNotOptimize(read_world(file).region_count());
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text->size()));
}
BENCHMARK(reading)->Name("chart/read_world")->UseRealTime()->Unit(benchmark::kMillisecond);

void whose_airspace(benchmark::State& state) {
    const auto text = bench::text_of(bench::kWorldFile);
    if (!text) {
        state.SkipWithError("build/borders/osm.geojson is missing; ./dev run fetches it");
        return;
    }
    const geo::RegionIndex index = read_world(chart::FileBuffer::copy_of(*text));
    bench::Random random(7);
    std::vector<geo::Position> places;
    for (int i = 0; i < 1'000'000; ++i) {
        places.push_back(bench::position(
            {.latitude = random.between(-60.0, 75.0), .longitude = random.between(-180.0, 180.0)}));
    }
    std::vector<std::uint32_t> regions;
    std::size_t claims = 0;
    for (auto _ : state) {
        for (const geo::Position& place : places) {
            index.regions_at(place, regions);
            claims += regions.size();
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(places.size()));
    state.counters["claims"] =
        static_cast<double>(claims) / static_cast<double>(state.iterations());
}
BENCHMARK(whose_airspace)->Name("geo/whose_airspace")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
