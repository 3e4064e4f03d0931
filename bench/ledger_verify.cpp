// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how long does a verifier take over 1,000,000 records: read each, hash it, grow the tree
// of all of them, and compare its root? Budget: 2 s (500,000 records a second on one core).
#include "comity/base/check.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/tree.hpp"

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::size_t kRecords = 1'000'000;

std::vector<std::vector<std::byte>> records() {
    std::vector<std::vector<std::byte>> records;
    records.reserve(kRecords);
    for (std::size_t i = 0; i < kRecords; ++i) {
        ledger::Record record;
        record.salt.bytes[0] = static_cast<std::byte>(i);
        record.salt.bytes[1] = static_cast<std::byte>(i >> 8U);
        record.time = ledger::Instant(std::chrono::milliseconds(1'448'349'840'000 + i));
        record.rules = "1";
        record.content = ledger::NodeRecord(
            ledger::node::Delivery{.addressee = "air-unit-" + std::to_string(i % 200),
                                   .number = i / 200 + 1,
                                   .item = "flight-" + std::to_string(i),
                                   .version = 1});
        records.push_back(encode(record));
    }
    return records;
}

ledger::TreeHead head_of(const std::vector<std::vector<std::byte>>& records) {
    ledger::TreeHasher hasher;
    ledger::TreeFrontier frontier;
    for (const std::vector<std::byte>& bytes : records) {
        COMITY_CHECK(ledger::decode_record(bytes).has_value());
        frontier.append(hasher, hasher.leaf(bytes));
    }
    return {.size = frontier.size(), .root = frontier.root(hasher)};
}

void verify(benchmark::State& state) {
    const auto all = records();
    const ledger::TreeHead expected = head_of(all);
    for (auto _ : state) COMITY_CHECK(head_of(all) == expected);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(all.size()));
}
BENCHMARK(verify)->Name("ledger/verify")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
