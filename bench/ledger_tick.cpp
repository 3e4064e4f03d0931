// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how long does a node take, each second, to commit to what 200 parties filed and were
// told: slots made, encoded and put into their tree with the padding, the tick added to the public
// log, and the text of the checkpoint that is signed then? Budget: 200 us on one core. The salts
// are given.
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/tick.hpp"
#include "comity/ledger/tree.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::size_t kParties = 200;

ledger::Hash random_hash(std::mt19937_64& random) {
    ledger::Hash hash;
    for (std::size_t i = 0; i < ledger::Hash::kSize; i += sizeof(std::uint64_t)) {
        const std::uint64_t part = random();
        std::memcpy(hash.bytes.data() + i, &part, sizeof part);
    }
    return hash;
}

/// What a node knows of a party at the end of a second.
struct Party {
    ledger::Hash holder;
    ledger::TreeHead filed;
    ledger::TreeHead delivered;
};

/// What it knows of all.
struct Node {
    Node() {
        std::mt19937_64 random(1);
        for (std::size_t i = 0; i < kParties; ++i) {
            parties.push_back(
                {.holder = ledger::holder_of("party-" + std::to_string(i)),
                 .filed = {.size = random() % 100'000, .root = random_hash(random)},
                 .delivered = {.size = random() % 1'000'000, .root = random_hash(random)}});
        }
        records = {.size = 10'000'000, .root = random_hash(random)};
        salts.resize(ledger::padded_slot_count(kParties + 1));
        for (ledger::Hash& salt : salts) salt = random_hash(random);
        // A log of some days.
        for (std::uint64_t i = 0; i < 250'000; ++i) log.append(hasher, random_hash(random));
    }

    std::string close_second() {
        std::vector<ledger::Slot> slots;
        slots.reserve(salts.size());
        for (const Party& party : parties) {
            slots.push_back({.salt = salts[slots.size()],
                             .kind = ledger::SlotKind::kParty,
                             .holder = party.holder,
                             .filed = party.filed,
                             .delivered = party.delivered});
        }
        slots.push_back(
            {.salt = salts[slots.size()], .kind = ledger::SlotKind::kRecords, .filed = records});
        while (slots.size() < salts.size()) slots.push_back({.salt = salts[slots.size()]});
        const ledger::SlotTree tree(hasher, slots);
        const auto tick = ledger::encode(ledger::Tick{.second = ++second, .slots = tree.root()});
        log.append(hasher, hasher.leaf(tick));
        return ledger::format_checkpoint({.origin = "node.example/comity",
                                          .tree = {.size = log.size(), .root = log.root(hasher)},
                                          .extensions = {}});
    }

    ledger::TreeHasher hasher;
    std::vector<Party> parties;
    ledger::TreeHead records;
    std::vector<ledger::Hash> salts;
    ledger::TreeFrontier log;
    std::uint64_t second = 1'448'349'844;
};

void tick(benchmark::State& state) {
    Node node;
    for (auto _ : state) {
        // Other salts each second, and so another order of the slots.
        node.salts[node.second % node.salts.size()].bytes[1] ^= std::byte{1};
        benchmark::DoNotOptimize(node.close_second());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(tick)->Name("ledger/tick/200")->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
