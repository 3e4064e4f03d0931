// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how soon does who is warned hear it? 5,000 tracks a second, 50 streams that take them
// all, and each 20 ms an aircraft that turns to a border: a thousand warnings in twenty seconds,
// each recorded and durable first. From the line of the turn written to the delivery on the stream
// of the party that is told.
// Budget: 50 ms (p99).
#include "server_tracks.hpp"

#include "comity/base/check.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::size_t kBefore = 3;  // seconds, until all tracks are there
constexpr std::size_t kSeconds = bench::Aircraft::kTurning / bench::Aircraft::kSlots;

void warnings(benchmark::State& state) {
    bench::Latencies all;
    std::size_t turned = 0;
    for (auto _ : state) {
        state.PauseTiming();
        bench::TracksWorld world;
        world.run(kBefore, false);
        state.ResumeTiming();
        const auto measured = world.run(kSeconds, true);
        all.add(measured.warnings);
        turned += measured.turned;
    }
    // One that does not come is none that came in time.
    COMITY_CHECK(all.count() == turned);
    state.SetItemsProcessed(static_cast<std::int64_t>(all.count()));
    state.counters["p50_ms"] = all.ms(0.5);
    state.counters["p99_ms"] = all.ms(0.99);
    state.counters["most_ms"] = all.ms(1.0);
}
BENCHMARK(warnings)->Name("server/warnings/mt")->Unit(benchmark::kSecond)->UseRealTime();

}  // namespace
