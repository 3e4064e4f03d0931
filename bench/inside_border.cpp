// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how many places a second can be told inside from outside of a border of 100,000
// vertices, exactly? Budget: 2,000,000 on one core. Peer in the same run: S2's index (a sphere, and
// edges that are great circles).
#include "borders.hpp"

#include "comity/geo/region_index.hpp"

#include <array>
#include <memory>

#include <benchmark/benchmark.h>
#include <s2/mutable_s2shape_index.h>
#include <s2/s2contains_point_query.h>
#include <s2/s2latlng.h>
#include <s2/s2loop.h>

namespace {

constexpr int kVertices = 100'000;
constexpr std::size_t kPlaces = 1'000'000;

void inside_border(benchmark::State& state) {
    using namespace comity;
    const std::array region = {bench::polygon(bench::winding_border(kVertices))};
    const geo::RegionIndex index(region);
    const std::vector<geo::Position> places = bench::places(kPlaces);
    std::vector<std::uint32_t> regions;
    std::size_t inside = 0;
    for (auto _ : state) {
        for (const geo::Position& place : places) {
            index.regions_at(place, regions);
            inside += regions.size();
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(places.size()));
    state.counters["inside"] =
        static_cast<double>(inside) / static_cast<double>(state.iterations());
}
BENCHMARK(inside_border)->Name("geo/inside_border")->UseRealTime()->Unit(benchmark::kMillisecond);

void inside_border_s2(benchmark::State& state) {
    using namespace comity;
    std::vector<S2Point> vertices;
    for (const geo::Position& vertex : bench::winding_border(kVertices)) {
        const auto [latitude, longitude] = vertex.degrees();
        vertices.push_back(S2LatLng::FromDegrees(latitude, longitude).ToPoint());
    }
    S2Loop loop(vertices);
    MutableS2ShapeIndex index;
    index.Add(std::make_unique<S2Loop::Shape>(&loop));
    index.ForceBuild();
    std::vector<S2Point> places;
    for (const geo::Position& place : bench::places(kPlaces)) {
        const auto [latitude, longitude] = place.degrees();
        places.push_back(S2LatLng::FromDegrees(latitude, longitude).ToPoint());
    }
    auto query = MakeS2ContainsPointQuery(&index);
    std::size_t inside = 0;
    for (auto _ : state) {
        for (const S2Point& place : places) inside += query.Contains(place) ? 1U : 0U;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(places.size()));
    state.counters["inside"] =
        static_cast<double>(inside) / static_cast<double>(state.iterations());
}
BENCHMARK(inside_border_s2)
    ->Name("peer/s2/inside_border")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
