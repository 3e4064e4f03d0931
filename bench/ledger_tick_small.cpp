// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how long does a ledger of 4 parties take to close a second that has no records, as in a
// replay at full speed: salts, slots and their tree, the public log, all but the signature, which
// is made once for a group? Budget: 10 us on one core.
#include "comity/base/check.hpp"
#include "comity/base/memory_disk.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/seal/ed25519.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::uint64_t kFirstSecond = 1'448'349'840;
constexpr std::uint64_t kGroup = 3'600;

template <typename T, typename E>
T must(base::Expected<T, E> value) {
    COMITY_CHECK(value.has_value());
    if constexpr (!std::is_void_v<T>) return *std::move(value);
}

base::TimeReading first_instant() {
    return {.time = ledger::Instant(std::chrono::seconds(kFirstSecond)),
            .error_bound = std::chrono::milliseconds(20)};
}

void tick_small(benchmark::State& state) {
    base::MemoryDisk disk;
    seal::SeedSigner signer(std::array<std::byte, 32>{std::byte{7}});
    const ledger::Hash key{.bytes = signer.key_id().value()};
    const auto folder = must(ledger::create_folder(disk, "bench.test/log", key, {std::byte{1}}));
    const auto ledger = must(ledger::Ledger::create(
        {.store = *folder.store, .secret = *folder.secret, .signer = signer},
        ledger::node::Genesis{.origin = "bench.test/log", .key = key}, first_instant(), {}));
    for (int party = 0; party < 4; ++party) {
        const ledger::node::Delivery delivery{.addressee = "air-unit-" + std::to_string(party),
                                              .number = 1};
        must(ledger->stage({.content = ledger::NodeRecord(delivery)}, first_instant()));
    }
    std::uint64_t second = kFirstSecond;
    for (auto _ : state) {
        must(ledger->stage_tick(++second));
        if (second % kGroup != 0) continue;
        state.PauseTiming();
        must(ledger->commit());
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(tick_small)->Name("ledger/tick_small")->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
