// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how many requests a second go through authenticate, decide, append (durable, on this
// machine's disk) and apply, with 256 in flight? A third are new intents, each told to a neighbour;
// a third say that the neighbour's machine has it; a third that a person there has read it.
// Budget: 50,000/s vouched by the node, 9,000/s signed (a bare check of a signature takes 85 us).
#include "node_bench.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/ledger/record_envelope.hpp"
#include "comity/seal/ed25519.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

constexpr std::size_t kInFlight = 256;
constexpr geo::Instant kStart{std::chrono::milliseconds(1'800'000'000'000)};

// Two parties and an agreement on a ledger of its own, and what they say one after the other.
class Bench {
  public:
    explicit Bench(bool is_signed) : is_signed_(is_signed), of_(kStart) {
        admit("south", south_);
        admit("north", north_);
        accord::Terms terms{.signatories = {accord::PartyId("south"), accord::PartyId("north")},
                            .share = {{.what = accord::Shared::kIntents,
                                       .from = accord::PartyId("south"),
                                       .to = accord::PartyId("north"),
                                       .level = accord::Level::kVolume}}};
        of_.vouch("south", accord::ProposeAgreement{.terms = terms}, "line");
        of_.vouch("north", accord::ChangeAgreement{}, "line");
    }

    // Some of the next requests, made beforehand.
    std::vector<std::string> next(std::size_t count) {
        std::vector<std::string> made;
        for (std::size_t i = 0; i < count; ++i, ++made_) {
            const std::string flight = "f" + std::to_string(made_ / 3);
            const std::string item = "intent/" + flight;
            if (made_ % 3 == 0) made.push_back(content("south", intent(), flight));
            if (made_ % 3 == 1) made.push_back(content("north", accord::Received{1}, item));
            if (made_ % 3 == 2) made.push_back(content("north", accord::Read{1, {}}, item));
        }
        return made;
    }

    void submit(const std::string& made) {
        const auto bytes = std::as_bytes(std::span(made));
        const auto ticket = is_signed_ ? of_.node().submit_signed({bytes.begin(), bytes.end()})
                                       : of_.node().submit_vouched(made);
        COMITY_CHECK(ticket.has_value());
    }

    node::Node& node() { return of_.node(); }
    // So that seconds close at the rate at which a machine would see them.
    void step() { of_.clock().set(kStart + geo::Milliseconds(5 * made_ / kInFlight)); }

  private:
    void admit(const std::string& party, const seal::SeedSigner& signer) {
        of_.vouch("node", accord::PutParty{.keys = {{signer.key_id().value()}}}, party);
    }

    accord::PutIntent intent() const {
        const auto place = geo::Position::from_e7({.latitude = 360'000'000, .longitude = 0});
        airspace::Volume volume{
            .footprint = airspace::Circle{.centre = *place, .radius = geo::Distance::metres(2000)},
            .time = {.begin = kStart, .end = kStart + std::chrono::hours(1)}};
        airspace::Volume later = volume;
        later.time.end += std::chrono::hours(1);
        return {.aircraft = {"S1"}, .volumes = {volume, later}};
    }

    std::string content(const std::string& party, const accord::Operation& operation,
                        const std::string& object) {
        if (!is_signed_) return of_.payload(party, operation, object, nullptr);
        seal::SeedSigner& signer = party == "south" ? south_ : north_;
        const std::string text = of_.payload(party, operation, object, &signer);
        return std::string(base::text_of(ledger::sign_request(signer, text)->dsse));
    }

    bool is_signed_;
    bench::BenchNode of_;
    seal::SeedSigner south_{node::derived_key(1, "south").span()};
    seal::SeedSigner north_{node::derived_key(1, "north").span()};
    std::uint64_t made_ = 0;
};

void requests(benchmark::State& state, bool is_signed) {
    Bench bench(is_signed);
    for (auto _ : state) {
        state.PauseTiming();
        const std::vector<std::string> made = bench.next(kInFlight);
        bench.step();
        state.ResumeTiming();
        for (const std::string& one : made) bench.submit(one);
        bench.node().turn();
    }
    state.SetItemsProcessed(state.iterations() * std::int64_t{kInFlight});
}

BENCHMARK_CAPTURE(requests, vouched, false)->Name("node/vouched/256")->UseRealTime();
BENCHMARK_CAPTURE(requests, signed, true)->Name("node/signed/256")->UseRealTime();

}  // namespace
