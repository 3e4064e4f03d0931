// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: what does a read cost beside the request itself? One intent of a hundred and a page of
// twenty, over TLS, on 64 connections with one request each, against `/health`, which asks nobody.
// The three take turns of half a second, so that all see the same machine.
// Budget: a read of one at half the rate of `/health` or more.
#include "server_load.hpp"
#include "server_node.hpp"

#include "comity/base/check.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::size_t kConnections = 64;
constexpr std::uint64_t kItems = 100;
constexpr std::chrono::milliseconds kTurn{500};
constexpr int kTurns = 8;

class Reads {
  public:
    Reads() : node_({"north"}) {
        for (std::uint64_t i = 0; i < kItems; ++i) {
            node_.file(node_.party(0), "intent.put", "i" + std::to_string(i),
                       bench::small_intent(i));
        }
        load_ = std::make_unique<bench::HttpLoad>(node_.port(), kConnections);
    }

    std::string get(std::string_view path) const { return bench::get(node_.party(0), path); }

    bench::Loaded load(const std::string& request) {
        bench::Loaded loaded = load_->closed([&] { return std::string_view(request); }, kTurn);
        COMITY_CHECK(loaded.failed == 0);
        return loaded;
    }

  private:
    bench::ServedNode node_;
    std::unique_ptr<bench::HttpLoad> load_;
};

struct Sum {
    bench::Latencies latencies;
    double seconds = 0.0;

    void add(const bench::Loaded& loaded) {
        latencies.add(loaded.latencies);
        seconds += loaded.seconds;
    }
    double rate() const { return static_cast<double>(latencies.count()) / seconds; }
};

void empty(benchmark::State& state) {
    Reads of;
    const std::string health = of.get("/health");
    Sum sum;
    for (auto _ : state) {
        for (int i = 0; i < kTurns; ++i) sum.add(of.load(health));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(sum.latencies.count()));
    state.counters["p50_ms"] = sum.latencies.ms(0.5);
    state.counters["p99_ms"] = sum.latencies.ms(0.99);
}
BENCHMARK(empty)->Name("server/empty/mt")->Unit(benchmark::kSecond)->UseRealTime();

void reads(benchmark::State& state) {
    Reads of;
    const std::array<std::string, 3> requests = {of.get("/health"), of.get("/v1/intents/i50"),
                                                 of.get("/v1/intents?limit=20")};
    std::array<Sum, 3> sums;
    for (auto _ : state) {
        for (int i = 0; i < kTurns; ++i) {
            for (std::size_t one = 0; one < sums.size(); ++one) {
                sums[one].add(of.load(requests[one]));
            }
        }
    }
    const auto& [health, item, page] = sums;
    state.counters["empty_per_s"] = health.rate();
    state.counters["item_per_s"] = item.rate();
    state.counters["page_per_s"] = page.rate();
    state.counters["item_of_empty"] = item.rate() / health.rate();
    state.counters["page_of_empty"] = page.rate() / health.rate();
    state.counters["item_p50_ms"] = item.latencies.ms(0.5);
    state.counters["item_p99_ms"] = item.latencies.ms(0.99);
}
BENCHMARK(reads)->Name("server/reads/mt")->Unit(benchmark::kSecond)->UseRealTime();

}  // namespace
