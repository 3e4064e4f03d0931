// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: what does the program hold in memory with 2,000 streams over TLS on which nothing comes
// but a beat each second?
// Budget: 200 MB, all of it.
#include "server_client.hpp"
#include "server_node.hpp"

#include "comity/base/check.hpp"

#include <chrono>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

namespace {

using namespace comity;

constexpr std::size_t kStreams = 2'000;
constexpr rlim_t kFiles = kStreams + 200;
constexpr std::chrono::seconds kTime{5};

// Of this program, and of the one that it starts.
bool has_files() {
    rlimit files{};
    COMITY_CHECK(::getrlimit(RLIMIT_NOFILE, &files) == 0);
    if (files.rlim_cur >= kFiles) return true;
    if (files.rlim_max < kFiles) return false;
    files.rlim_cur = kFiles;
    return ::setrlimit(RLIMIT_NOFILE, &files) == 0;
}

void idle_streams(benchmark::State& state) {
    if (!has_files()) {
        state.SkipWithError("2,200 open files are needed: ulimit -Hn 2200");
        return;
    }
    bench::ServedNode node({"north"});
    node.file(node.party(0), "intent.put", "first", bench::small_intent(0));
    const double before = node.resident_mb();
    std::vector<std::unique_ptr<bench::StreamClient>> streams;
    std::size_t beats = 0;
    for (auto _ : state) {
        bench::Poller poller;
        for (std::size_t i = streams.size(); i < kStreams; ++i) {
            streams.push_back(
                std::make_unique<bench::StreamClient>(node.port(), node.party(0).api_key, false));
        }
        for (std::size_t i = 0; i < kStreams; ++i) poller.add(streams[i]->socket(), i);
        const auto end = bench::Steady::now() + kTime;
        while (bench::Steady::now() < end) {
            for (const std::size_t i : poller.wait(std::chrono::milliseconds(100))) {
                streams[i]->receive([&](unsigned, std::string_view) { ++beats; });
            }
        }
    }
    // They were all open: each heard of each second.
    COMITY_CHECK(beats >= kStreams * 3);
    state.counters["mb_without"] = before;
    state.counters["mb"] = node.resident_mb();
    state.counters["kb_each"] = (node.resident_mb() - before) * 1e3 / double{kStreams};
}
BENCHMARK(idle_streams)->Name("server/idle_streams/mt")->Unit(benchmark::kSecond)->UseRealTime();

}  // namespace
