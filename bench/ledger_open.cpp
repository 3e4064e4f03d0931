// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Questions, over a ledger of 1,000,000 records of about 500 bytes of 200 parties, in a directory
// beside this program:
//
// - ledger/open/1000000: how long until its writer may go on, from nothing? Budget: 5 s.
// - ledger/open_snapshot/1000000: and from a snapshot? Budget: 1 s.
// - ledger/record/256: how many records a second with 256 callers in flight, trees, sync and a tick
//   of 200 parties each second included? Budget: 200,000; `tick_ms` is one tick, at most 20 (2 % of
//   the second that it closes).
#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/system/posix_disk.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kRecords = 1'000'000;
constexpr std::uint64_t kParties = 200;
constexpr std::uint64_t kGroup = 256;
constexpr std::int64_t kFirstSecond = 1'448'349'840;
constexpr std::uint64_t kRecordsOfASecond = 20'000;

template <typename T, typename E>
T must(base::Expected<T, E> value) {
    COMITY_CHECK(value.has_value());
    if constexpr (!std::is_void_v<T>) return *std::move(value);
}

std::filesystem::path directory(const char* name) {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

base::TimeReading at_second(std::int64_t second) {
    return {.time = ledger::Instant(std::chrono::seconds(kFirstSecond + second)),
            .error_bound = std::chrono::milliseconds(20)};
}

ledger::Hash salt_of(std::uint64_t number) {
    ledger::Hash salt;
    for (std::size_t i = 0; i < 8; ++i) salt.bytes[i] = static_cast<std::byte>(number >> 8 * i);
    return salt;
}

// A request that the node wrote down, and its party.
ledger::Draft draft(std::uint64_t number) {
    ledger::Envelope envelope;
    envelope.to = "bench.test/log";
    envelope.party = "air-unit-" + std::to_string(number % kParties);
    envelope.id = std::to_string(number);
    envelope.sent = at_second(0).time;
    envelope.valid_until = envelope.sent + std::chrono::hours(1);
    envelope.operation = "intent.put";
    envelope.object = "flight-" + std::to_string(number);
    envelope.body = R"({"note":")" + std::string(90, 'x') + R"("})";
    const std::string payload = must(ledger::write_envelope(envelope));
    const auto bytes = std::as_bytes(std::span(payload));
    return {.rules = "1",
            .content = ledger::VouchedRequest{.payload = {bytes.begin(), bytes.end()}},
            .party = envelope.party,
            .salt = salt_of(number)};
}

// A directory with a ledger, removed at the end.
class BenchLedger {
  public:
    explicit BenchLedger(const char* name)
        : path_(directory(name)), signer_(std::array<std::byte, 32>{std::byte{7}}) {
        std::filesystem::remove_all(path_);
        disk_ = must(system::PosixDisk::open(path_.string(), system::Access::kCreate));
        const ledger::Hash key{.bytes = signer_.key_id().value()};
        folder_ = must(ledger::create_folder(*disk_, "bench.test/log", key, {std::byte{1}}));
        ledger_ = must(ledger::Ledger::create(
            {.store = *folder_.store, .secret = *folder_.secret, .signer = signer_},
            ledger::node::Genesis{.origin = "bench.test/log", .key = key}, at_second(0),
            salt_of(1U << 30U)));
    }
    BenchLedger(const BenchLedger&) = delete;
    BenchLedger& operator=(const BenchLedger&) = delete;
    ~BenchLedger() {
        ledger_.reset();
        folder_ = {};
        disk_.reset();
        std::filesystem::remove_all(path_);
    }

    // 256 records, one sync.
    void append_group(std::vector<ledger::Draft> drafts) {
        for (ledger::Draft& draft : drafts) must(ledger_->stage(std::move(draft), at_second(now_)));
        must(ledger_->commit());
    }

    void tick() { must(ledger_->stage_tick(static_cast<std::uint64_t>(kFirstSecond + now_++))); }

    void keep_snapshot() {
        must(ledger::keep_snapshot(*disk_, folder_, *ledger_, at_second(now_), salt_of(1)));
    }

    void reopen() {
        ledger_.reset();
        folder_ = {};
        folder_ = must(ledger::open_folder(*disk_, ledger::OpenMode::kReadWrite));
        ledger_ = must(ledger::open_ledger(*disk_, folder_, signer_, at_second(now_), salt_of(2)));
    }

    void close() {
        ledger_.reset();
        must(folder_.store->close());
    }

    ledger::Ledger& ledger() { return *ledger_; }

  private:
    std::filesystem::path path_;
    seal::SeedSigner signer_;
    std::unique_ptr<system::PosixDisk> disk_;
    ledger::LedgerFolder folder_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::int64_t now_ = 0;
};

std::vector<ledger::Draft> drafts(std::uint64_t first, std::uint64_t count) {
    std::vector<ledger::Draft> made;
    made.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) made.push_back(draft(first + i));
    return made;
}

void fill(BenchLedger& bench) {
    for (std::uint64_t done = 0; done < kRecords; done += kRecordsOfASecond) {
        bench.append_group(drafts(done, kRecordsOfASecond));
        bench.tick();
    }
}

void open(benchmark::State& state, bool with_snapshot) {
    BenchLedger bench("ledger_open.tmp");
    fill(bench);
    if (with_snapshot) bench.keep_snapshot();
    bench.close();
    for (auto _ : state) {
        bench.reopen();
        COMITY_CHECK(bench.ledger().state().record_count() >= kRecords);
        state.PauseTiming();
        bench.close();
        state.ResumeTiming();
    }
}
void open_from_nothing(benchmark::State& state) {
    open(state, false);
}
BENCHMARK(open_from_nothing)
    ->Name("ledger/open/1000000")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void open_from_snapshot(benchmark::State& state) {
    open(state, true);
}
BENCHMARK(open_from_snapshot)
    ->Name("ledger/open_snapshot/1000000")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void record(benchmark::State& state) {
    BenchLedger bench("ledger_record.tmp");
    const std::vector<ledger::Draft> group = drafts(0, kGroup);
    double ticking = 0;
    std::int64_t ticks = 0;
    auto next_tick = Clock::now();
    for (auto _ : state) {
        if (const auto now = Clock::now(); now >= next_tick) {
            bench.tick();
            ++ticks;
            ticking += std::chrono::duration<double>(Clock::now() - now).count();
            next_tick = now + std::chrono::seconds(1);
        }
        bench.append_group(group);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kGroup));
    state.counters["tick_ms"] = 1000 * ticking / static_cast<double>(ticks);
}
BENCHMARK(record)->Name("ledger/record/256")->UseRealTime();

}  // namespace
