// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Questions: how long does a verifier take over the hashes and proofs of 1,000,000 records (budget:
// 2 s, 500,000 records a second on one core)? How much longer than the bare signatures does it take
// over records that are signed requests (budget: 1.1 times the bare loop in the same run)?
//
// The records come as a log's entry bundles do, 256 at a time, each time with a proof that this
// subtree is in the signed tree (tree_proof.hpp): so that a verifier who has some of the bundles
// checks those, and no node above a record is hashed once for each record below it. A proof of its
// own for each record is 20 hashes long in such a tree: see ledger/verify_inclusion.
#include "comity/base/check.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/dsse.hpp"
#include "comity/seal/ed25519.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <sodium.h>

namespace {

using namespace comity;
using Bytes = std::vector<std::byte>;

constexpr std::uint64_t kRecords = 1'000'000;
constexpr std::uint64_t kBundle = 256;

Bytes bytes_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

ledger::Record record_number(std::uint64_t number) {
    ledger::Record record;
    for (std::size_t i = 0; i < sizeof number; ++i) {
        record.salt.bytes[i] = static_cast<std::byte>(number >> 8 * i);
    }
    record.time = ledger::Instant(std::chrono::milliseconds(1'448'349'840'000 + number));
    record.clock_error_ms = 20;
    record.rules = "2015-11";
    return record;
}

ledger::Envelope request(std::uint64_t number) {
    ledger::Envelope envelope;
    envelope.to = "ledger.example.org/strait";
    envelope.party = "air-unit-" + std::to_string(number % 200);
    envelope.id = "2015-11-24:" + std::to_string(number);
    envelope.sent = ledger::Instant(std::chrono::milliseconds(1'448'349'840'000 + number));
    envelope.valid_until = envelope.sent + std::chrono::minutes(5);
    envelope.operation = "intent.put";
    envelope.object = "intent/" + std::to_string(number);
    envelope.expected_version = 3;
    envelope.body = R"({"state":"accepted","volumes":[{"floor_ft":1000,"ceiling_ft":2000,)"
                    R"("area":[[36.10,35.90],[36.20,35.90],[36.20,36.00]]}]})";
    return envelope;
}

// --- Hashes and proofs ---------------------------------------------------------------------------

/// Records of about 500 bytes, their tree, and a proof for each bundle of them.
struct Ledger {
    Ledger() {
        records.reserve(kRecords);
        tree.reserve(kRecords);
        for (std::uint64_t i = 0; i < kRecords; ++i) {
            ledger::Record record = record_number(i);
            record.content = ledger::VouchedRequest{bytes_of(*ledger::write_envelope(request(i)))};
            records.push_back(ledger::encode(record));
            tree.append(hasher, hasher.leaf(records.back()));
        }
        head = {.size = kRecords, .root = *ledger::subtree_root(hasher, tree, {0, kRecords})};
        for (std::uint64_t begin = 0; begin < kRecords; begin += kBundle) {
            proofs.push_back(*ledger::prove_subtree_consistency(
                hasher, tree, {.leaves = bundle(begin), .tree_size = kRecords}));
        }
    }

    static ledger::LeafRange bundle(std::uint64_t begin) {
        return {.begin = begin, .end = std::min(begin + kBundle, kRecords)};
    }

    ledger::TreeHasher hasher;
    std::vector<Bytes> records;
    ledger::StoredTree tree;
    ledger::TreeHead head;
    std::vector<ledger::Proof> proofs;
};

bool verify_bundle(ledger::TreeHasher& hasher, const Ledger& all, std::uint64_t begin) {
    const ledger::LeafRange leaves = Ledger::bundle(begin);
    ledger::TreeFrontier frontier;
    for (std::uint64_t i = leaves.begin; i < leaves.end; ++i) {
        const Bytes& record = all.records[i];
        if (!ledger::decode_record(record)) return false;
        frontier.append(hasher, hasher.leaf(record));
    }
    return ledger::verify_subtree_consistency(hasher,
                                              {.leaves = leaves, .root = frontier.root(hasher)},
                                              all.proofs[begin / kBundle], all.head)
        .has_value();
}

void verify(benchmark::State& state) {
    const Ledger all;
    ledger::TreeHasher hasher;
    std::size_t bytes = 0;
    for (const Bytes& record : all.records) bytes += record.size();
    for (auto _ : state) {
        for (std::uint64_t begin = 0; begin < kRecords; begin += kBundle) {
            COMITY_CHECK(verify_bundle(hasher, all, begin));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRecords));
    state.counters["record_bytes"] = static_cast<double>(bytes / kRecords);
}
BENCHMARK(verify)->Name("ledger/verify")->UseRealTime()->Unit(benchmark::kMillisecond);

// --- Signatures ----------------------------------------------------------------------------------

constexpr std::uint64_t kSigned = 256;

/// Records that are signed requests, and what is signed in each.
struct SignedLedger {
    struct Bare {
        Bytes message;
        seal::Signature signature{};
        seal::PublicKey key{{}};
    };

    SignedLedger() {
        for (std::uint64_t i = 0; i < kSigned; ++i) {
            std::array<std::byte, seal::SeedSigner::kSeedSize> seed{};
            seed[0] = static_cast<std::byte>(i % 200);
            seal::SeedSigner signer(seed);
            ledger::Envelope envelope = request(i);
            envelope.key = ledger::Hash{.bytes = signer.key_id().value()};
            seal::DsseEnvelope dsse{.payload_type = std::string(ledger::kEnvelopeType),
                                    .payload = bytes_of(*ledger::write_envelope(envelope)),
                                    .signatures = {}};
            dsse.signatures.push_back(*seal::sign_dsse(signer, dsse, ""));
            Bare& one = bare.emplace_back();
            one.message = seal::dsse_signed_bytes(dsse.payload_type, dsse.payload);
            std::ranges::copy(dsse.signatures.front().bytes, one.signature.begin());
            one.key = signer.key_id();
            ledger::Record record = record_number(i);
            record.content = ledger::SignedRequest{bytes_of(to_string(dsse))};
            records.push_back(ledger::encode(record));
        }
        root = root_of_records();
    }

    /// Checks each record as a verifier does; the root of their tree.
    ledger::Hash root_of_records() {
        ledger::TreeFrontier frontier;
        for (const Bytes& bytes : records) {
            const auto record = ledger::decode_record(bytes);
            COMITY_CHECK(record.has_value());
            const auto& made = std::get<ledger::SignedRequest>(record->content);
            const auto dsse = seal::parse_dsse(text_of(made.dsse));
            COMITY_CHECK(dsse.has_value());
            const auto envelope = ledger::parse_envelope(text_of(dsse->payload));
            COMITY_CHECK(envelope && envelope->key);
            COMITY_CHECK(seal::verify_dsse(*dsse, seal::PublicKey(envelope->key->bytes)));
            frontier.append(hasher, hasher.leaf(bytes));
        }
        return frontier.root(hasher);
    }

    void verify_bare() const {
        for (const Bare& one : bare) {
            const auto raw = [](const auto& bytes) {
                return reinterpret_cast<const unsigned char*>(bytes.data());
            };
            COMITY_CHECK(crypto_sign_verify_detached(raw(one.signature), raw(one.message),
                                                     one.message.size(),
                                                     raw(one.key.value())) == 0);
        }
    }

    ledger::TreeHasher hasher;
    std::vector<Bare> bare;
    std::vector<Bytes> records;
    ledger::Hash root;
};

// The bare loop runs in turn with the other one, so that both see the same machine: `of_bare` says
// how many times as long the whole took, by the processor's time.
void verify_signed(benchmark::State& state) {
    SignedLedger all;
    std::clock_t whole = 0;
    std::clock_t bare = 0;
    for (auto _ : state) {
        const std::clock_t begin = std::clock();
        COMITY_CHECK(all.root_of_records() == all.root);
        const std::clock_t between = std::clock();
        state.PauseTiming();
        all.verify_bare();
        whole += between - begin;
        bare += std::clock() - between;
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kSigned));
    state.counters["of_bare"] = static_cast<double>(whole) / static_cast<double>(bare);
}
BENCHMARK(verify_signed)
    ->Name("ledger/verify_signed")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void verify_bare(benchmark::State& state) {
    const SignedLedger all;
    for (auto _ : state) all.verify_bare();
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kSigned));
}
BENCHMARK(verify_bare)->Name("ledger/verify_bare")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
