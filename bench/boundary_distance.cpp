// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how many distances a second from a place to a border of 100,000 vertices, to a
// millimetre on the ellipsoid? Budget: 200,000 on one core (a sweep of 25,000 tracks takes an
// eighth of a second). Peer in the same run: S2's closest edge (a sphere, up to 0.5 % off).
#include "borders.hpp"

#include "comity/geo/boundary_index.hpp"

#include <array>
#include <memory>

#include <benchmark/benchmark.h>
#include <s2/mutable_s2shape_index.h>
#include <s2/s2closest_edge_query.h>
#include <s2/s2latlng.h>
#include <s2/s2loop.h>

namespace {

constexpr int kVertices = 100'000;
constexpr std::size_t kPlaces = 20'000;

void boundary_distance(benchmark::State& state) {
    using namespace comity;
    const std::array region = {bench::polygon(bench::winding_border(kVertices))};
    std::vector<geo::RegionIndex::BoundaryStretch> boundary;
    geo::RegionIndex(region).boundary(0, boundary);
    const geo::BoundaryIndex index(boundary);
    const std::vector<geo::Position> places = bench::places(kPlaces);
    for (auto _ : state) {
        for (const geo::Position& place : places) {
            const auto [latitude, longitude] = place.degrees();
            const geo::LatLon at{.latitude = latitude, .longitude = longitude};
            benchmark::DoNotOptimize(index.distance({.place = at, .vector = to_ecef(place)}));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(places.size()));
}
BENCHMARK(boundary_distance)
    ->Name("geo/boundary_distance")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void boundary_distance_s2(benchmark::State& state) {
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
    const std::vector<geo::Position> places = bench::places(kPlaces);
    S2ClosestEdgeQuery query(&index);
    query.mutable_options()->set_include_interiors(false);
    for (auto _ : state) {
        for (const geo::Position& place : places) {
            const auto [latitude, longitude] = place.degrees();
            S2ClosestEdgeQuery::PointTarget target(
                S2LatLng::FromDegrees(latitude, longitude).ToPoint());
            benchmark::DoNotOptimize(query.GetDistance(&target));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(places.size()));
}
BENCHMARK(boundary_distance_s2)
    ->Name("peer/s2/boundary_distance")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
