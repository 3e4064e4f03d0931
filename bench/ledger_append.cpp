// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Questions: how many entries of 500 bytes a second does the store make durable with 256 callers in
// flight (budget: 200,000, and 99 of 100 callers answered within 6 ms), and with one (budget: at
// most 15 % over the bare file)? How long does a caller wait where 5,000 come each second (budget:
// 99 of 100 at most 3 ms)? Beside each, the same bytes into a bare preallocated file, a write and
// an fdatasync for each group. All in a directory beside this program.
#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/ledger/group_commit.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/system/posix_disk.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <ratio>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kEntry = 500;

/// An empty directory, removed at the end.
class Directory {
  public:
    Directory()
        : path_(std::filesystem::read_symlink("/proc/self/exe").parent_path() /
                "ledger_append.tmp") {
        std::filesystem::remove_all(path_);
        disk = system::PosixDisk::open(path_.string(), system::Access::kCreate).value();
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    ~Directory() {
        disk.reset();
        std::filesystem::remove_all(path_);
    }

    std::unique_ptr<base::Disk> disk;

  private:
    std::filesystem::path path_;
};

/// How long callers waited.
class Waits {
  public:
    void add(Clock::duration wait) { waits_.push_back(wait); }

    void report(benchmark::State& state) {
        std::ranges::sort(waits_);
        const auto at = [&](std::size_t percent) {
            const auto wait = waits_.at((waits_.size() - 1) * percent / 100);
            return std::chrono::duration<double, std::milli>(wait).count();
        };
        state.counters["p50_ms"] = at(50);
        state.counters["p99_ms"] = at(99);
        state.counters["max_ms"] = at(100);
    }

  private:
    std::vector<Clock::duration> waits_;
};

/// A caller that submits again as soon as it is answered.
class Caller {
  public:
    Caller(ledger::GroupCommit& queue, Waits& waits) : queue_(queue), waits_(waits) { submit(); }

  private:
    void submit() {
        begin_ = Clock::now();
        std::vector<ledger::Entry> entry(1);
        entry.front().bytes.resize(kEntry, static_cast<std::byte>(++count_));
        const auto taken = queue_.submit(std::move(entry), [this](const auto& index) {
            COMITY_CHECK(index.has_value());
            waits_.add(Clock::now() - begin_);
            submit();
        });
        COMITY_CHECK(taken == ledger::Submission::kTaken);
    }

    ledger::GroupCommit& queue_;
    Waits& waits_;
    Clock::time_point begin_;
    std::uint8_t count_ = 0;
};

void append(benchmark::State& state) {
    const auto in_flight = static_cast<std::size_t>(state.range(0));
    Directory directory;
    const auto store = ledger::SegmentStore::create(*directory.disk, {}).value();
    ledger::GroupCommit queue(*store);
    Waits waits;
    std::vector<std::unique_ptr<Caller>> callers;
    for (std::size_t i = 0; i < in_flight; ++i) {
        callers.push_back(std::make_unique<Caller>(queue, waits));
    }
    for (auto _ : state) COMITY_CHECK(queue.commit().has_value());
    waits.report(state);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(in_flight));
}

// Callers come one after the other, so many a second, whether the others are answered or not; who
// comes during a commit is in the next one.
void append_paced(benchmark::State& state) {
    const auto gap = std::chrono::nanoseconds(1'000'000'000 / state.range(0));
    Directory directory;
    const auto store = ledger::SegmentStore::create(*directory.disk, {}).value();
    ledger::GroupCommit queue(*store);
    Waits waits;
    Clock::time_point due = Clock::now();
    std::int64_t answered = 0;
    for (auto _ : state) {
        while (Clock::now() < due) {
        }
        for (; due <= Clock::now(); due += gap) {
            std::vector<ledger::Entry> entry(1);
            entry.front().bytes.resize(kEntry);
            const auto taken = queue.submit(std::move(entry), [&, came = due](const auto& index) {
                COMITY_CHECK(index.has_value());
                waits.add(Clock::now() - came);
                ++answered;
            });
            COMITY_CHECK(taken == ledger::Submission::kTaken);
        }
        COMITY_CHECK(queue.commit().has_value());
    }
    waits.report(state);
    state.SetItemsProcessed(answered);
}

// The file is gone through again where it ends: nothing but writes and syncs is measured.
void append_bare(benchmark::State& state) {
    const auto in_flight = static_cast<std::size_t>(state.range(0));
    constexpr std::uint64_t kFile = std::uint64_t{64} << 20;
    Directory directory;
    const auto file = directory.disk->create("bare").value();
    COMITY_CHECK(file->preallocate(kFile) && file->sync());
    std::vector<std::byte> bytes(in_flight * kEntry);
    std::uint64_t offset = 0;
    Waits waits;
    for (auto _ : state) {
        const auto begin = Clock::now();
        std::ranges::fill(bytes, static_cast<std::byte>(offset));
        if (offset + bytes.size() > kFile) offset = 0;
        COMITY_CHECK(file->write_at(offset, bytes) && file->sync());
        offset += bytes.size();
        waits.add(Clock::now() - begin);
    }
    waits.report(state);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(in_flight));
}

BENCHMARK(append)->Name("ledger/append")->Arg(1)->Arg(256)->UseRealTime();
BENCHMARK(append_paced)->Name("ledger/append_paced")->Arg(5000)->UseRealTime();
BENCHMARK(append_bare)->Name("ledger/append_bare")->Arg(1)->Arg(256)->UseRealTime();

}  // namespace
