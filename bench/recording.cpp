// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What does it take to record? `recording/chunks/1020` takes 17 hours of one feed, a chunk of 3 KB
// for each minute, onto a directory in memory (/dev/shm), so that it is the time of the processor
// and not of a disk. Budget: 0.1 s, a tenth of what 17 hours of flights may take in the node.
// Items are chunks.
#include "comity/base/check.hpp"
#include "comity/recording/recorder.hpp"
#include "comity/system/posix_disk.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>

#include <benchmark/benchmark.h>

namespace comity {
namespace {

constexpr int kFramesPerMinute = 30;

// A row of a track file, about 100 bytes, another each time.
std::string row(std::uint64_t second) {
    return "2018-08-01T00:00:00Z,4ca9c4,EIN" + std::to_string(second % 977) + ",47." +
           std::to_string(100'000 + 37 * second % 899'993) + ",8." +
           std::to_string(100'000 + 101 * second % 899'981) + ",36000,451.2,127.4,0,0,7700,,ok\n";
}

void record_chunks(benchmark::State& state) {
    std::string path = "/dev/shm/comity-recording-XXXXXX";
    COMITY_CHECK(mkdtemp(path.data()) != nullptr);
    const auto minutes = static_cast<std::uint64_t>(state.range(0));
    std::uint64_t chunks = 0;
    for (auto _ : state) {
        state.PauseTiming();
        std::filesystem::remove_all(path);
        const auto disk = system::PosixDisk::open(path, system::Access::kCreate).value();
        const auto opened = recording::Recorder::open(*disk).value();
        state.ResumeTiming();
        for (std::uint64_t frame = 0; frame < minutes * kFramesPerMinute; ++frame) {
            const std::string bytes = row(2 * frame);
            const recording::Instant received{std::chrono::seconds(2 * frame)};
            const auto step =
                opened.recorder->take("tracks", received, std::as_bytes(std::span(bytes)));
            COMITY_CHECK(step.faults.empty());
            chunks += step.closed.size();
        }
        chunks += opened.recorder->close_all().closed.size();
    }
    COMITY_CHECK(chunks == minutes * static_cast<std::uint64_t>(state.iterations()));
    state.SetItemsProcessed(static_cast<std::int64_t>(chunks));
    std::filesystem::remove_all(path);
}
BENCHMARK(record_chunks)
    ->Name("recording/chunks")
    ->Arg(1020)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace comity
