// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Questions: how many leaves a second can be hashed and a tree grown by (budget: 1,000,000 on one
// core)? How long does a proof from a tree of 10,000,000 leaves take to make (budget: 50 us), and
// to verify?
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <span>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::uint64_t kLeaves = 10'000'000;

/// A large tree, and where in it proofs are asked for.
struct LargeTree {
    LargeTree() {
        tree.reserve(kLeaves);
        // A tree of hashes is as deep whatever is hashed: leaves that are numbers are soon made.
        for (std::uint64_t i = 0; i < kLeaves; ++i) tree.append(hasher, leaf(i));
        head = {.size = kLeaves, .root = *ledger::subtree_root(hasher, tree, {0, kLeaves})};
        std::mt19937_64 random(1);
        for (std::uint64_t& index : indices) index = random() % kLeaves;
    }

    static ledger::Hash leaf(std::uint64_t index) {
        ledger::Hash hash;
        std::memcpy(hash.bytes.data(), &index, sizeof index);
        return hash;
    }

    ledger::TreeHasher hasher;
    ledger::StoredTree tree;
    ledger::TreeHead head;
    std::array<std::uint64_t, 1024> indices{};
};

LargeTree& large_tree() {
    static const auto tree = std::make_unique<LargeTree>();
    return *tree;
}

// An entry of the public log has 42 bytes (docs/formats/tick.md), one of the records some hundreds.
void grow(benchmark::State& state) {
    constexpr std::size_t kBatch = 1'000;
    std::array<std::byte, 300> entry{};
    ledger::TreeHasher hasher;
    ledger::TreeFrontier frontier;
    for (auto _ : state) {
        for (std::size_t i = 0; i < kBatch; ++i) {
            const std::uint64_t number = frontier.size();
            std::memcpy(entry.data(), &number, sizeof number);
            frontier.append(hasher, hasher.leaf(entry));
        }
    }
    benchmark::DoNotOptimize(frontier.root(hasher));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBatch));
}
BENCHMARK(grow)->Name("ledger/grow")->UseRealTime()->Unit(benchmark::kMicrosecond);

void proof(benchmark::State& state) {
    LargeTree& large = large_tree();
    std::size_t next = 0;
    for (auto _ : state) {
        const std::uint64_t index = large.indices[next++ % large.indices.size()];
        benchmark::DoNotOptimize(
            ledger::prove_inclusion(large.hasher, large.tree, {index, kLeaves}));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(proof)->Name("ledger/proof/10000000")->UseRealTime()->Unit(benchmark::kMicrosecond);

void verify_inclusion(benchmark::State& state) {
    LargeTree& large = large_tree();
    std::vector<ledger::Proof> proofs;
    proofs.reserve(large.indices.size());
    for (const std::uint64_t index : large.indices) {
        proofs.push_back(*ledger::prove_inclusion(large.hasher, large.tree, {index, kLeaves}));
    }
    std::size_t next = 0;
    bool held = true;
    for (auto _ : state) {
        const std::size_t i = next++ % proofs.size();
        const std::uint64_t index = large.indices[i];
        held = held && ledger::verify_inclusion(large.hasher, index, LargeTree::leaf(index),
                                                proofs[i], large.head)
                           .has_value();
    }
    if (!held) state.SkipWithError("a proof did not hold");
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(verify_inclusion)
    ->Name("ledger/verify_inclusion")
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);

}  // namespace
