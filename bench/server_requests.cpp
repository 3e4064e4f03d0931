// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how many signed requests a second does the program take over TLS, each an intent of its
// own, each durable on this machine's disk before it is answered? Once as many as it takes with 128
// in flight, once 3,000 a second whatever is answered; of one party, and of sixteen. The load comes
// from the same machine and takes its share of it.
// Budget: 3,000/s with p99 30 ms.
#include "server_load.hpp"
#include "server_node.hpp"

#include "comity/base/check.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::size_t kConnections = 128;
constexpr std::chrono::seconds kTime{5};
constexpr double kOffered = 3'000.0;
constexpr std::size_t kMost = 50'000;  // in kTime

std::vector<std::string> names(std::int64_t count) {
    std::vector<std::string> made;
    for (std::int64_t i = 0; i < count; ++i) made.push_back("party-" + std::to_string(i));
    return made;
}

class Requests {
  public:
    explicit Requests(std::int64_t parties)
        : parties_(static_cast<std::size_t>(parties)), node_(names(parties)) {
        for (std::size_t i = 0; i < parties_; ++i) {
            node_.file(node_.party(i), "intent.put", "first-" + std::to_string(i),
                       bench::small_intent(i));
        }
        load_ = std::make_unique<bench::HttpLoad>(node_.port(), kConnections);
    }

    // Made before any of them is sent.
    void make(std::size_t count) {
        ready_.clear();
        next_ = 0;
        for (std::size_t i = 0; i < count; ++i, ++made_) {
            ready_.push_back(node_.request(node_.party(made_ % parties_), "intent.put",
                                           "i" + std::to_string(made_),
                                           bench::small_intent(made_)));
        }
    }

    bench::Loaded closed() {
        return load_->closed([this] { return next(); }, kTime);
    }
    bench::Loaded paced() {
        return load_->paced([this] { return next(); }, kOffered, kTime);
    }

  private:
    std::string_view next() { return next_ < ready_.size() ? ready_[next_++] : std::string_view(); }

    std::size_t parties_;
    bench::ServedNode node_;
    std::unique_ptr<bench::HttpLoad> load_;
    std::vector<std::string> ready_;
    std::size_t next_ = 0;
    std::uint64_t made_ = 0;
};

void requests(benchmark::State& state, std::int64_t parties, bool is_paced) {
    Requests of(parties);
    bench::Loaded all;
    for (auto _ : state) {
        state.PauseTiming();
        const auto offered = static_cast<std::size_t>(kOffered * kTime.count());
        of.make(is_paced ? offered : kMost);
        state.ResumeTiming();
        const bench::Loaded some = is_paced ? of.paced() : of.closed();
        COMITY_CHECK(some.failed == 0);
        all.latencies.add(some.latencies);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(all.latencies.count()));
    state.counters["p50_ms"] = all.latencies.ms(0.5);
    state.counters["p99_ms"] = all.latencies.ms(0.99);
}

BENCHMARK_CAPTURE(requests, one, 1, false)
    ->Name("server/requests_signed/mt")
    ->Unit(benchmark::kSecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(requests, sixteen, 16, false)
    ->Name("server/requests_signed_of_16/mt")
    ->Unit(benchmark::kSecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(requests, one_paced, 1, true)
    ->Name("server/requests_signed_paced/mt")
    ->Unit(benchmark::kSecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(requests, sixteen_paced, 16, true)
    ->Name("server/requests_signed_of_16_paced/mt")
    ->Unit(benchmark::kSecond)
    ->UseRealTime();

}  // namespace
