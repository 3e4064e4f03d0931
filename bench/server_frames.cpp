// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how old is a report when the frame with it arrives? 5,000 tracks a second on a feed
// over TCP, spread over the second, and 50 streams that take them all; frames leave once a second,
// so that half of it is the wait for the next one.
// Budget: from its line written to the frame's arrival 1.2 s (p99).
#include "server_tracks.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::size_t kSeconds = 10;

void frames(benchmark::State& state) {
    bench::TracksWorld world;
    bench::Latencies all;
    for (auto _ : state) {
        all.add(world.run(kSeconds, false).frames);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(all.count()));
    state.counters["p50_ms"] = all.ms(0.5);
    state.counters["p99_ms"] = all.ms(0.99);
    state.counters["most_ms"] = all.ms(1.0);
}
BENCHMARK(frames)->Name("server/frames/mt")->Unit(benchmark::kSecond)->UseRealTime();

}  // namespace
