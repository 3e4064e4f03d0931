// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Questions: how many intents and how many receptions a second does one state take, with 200
// parties, 1,000 agreements and 100,000 intents that stand (budget: 20,000 and 100,000), and how
// long does the release of one item to 200 parties take (budget: 20 us)? The hash of the
// state is taken every 1,000 requests, as the node does.
#include "comity/accord/release.hpp"
#include "comity/accord/state.hpp"
#include "comity/base/check.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;
using namespace comity::accord;

constexpr std::size_t kParties = 200;
constexpr std::size_t kAgreements = 1'000;
constexpr std::size_t kIntents = 100'000;
constexpr geo::Instant kStart{std::chrono::seconds{1'448'349'840}};

PartyId party(std::size_t number) {
    return PartyId("party-" + std::to_string(number % kParties));
}

/// A state with what the questions name, and a clock that goes on by a millisecond a request.
class Busy {
  public:
    Busy() {
        for (std::size_t i = 0; i < kParties; ++i) {
            does(PartyId(std::string(kNodeParty)), PutParty{}, party(i).value());
        }
        for (std::size_t i = 0; i < kAgreements; ++i) agree(i);
        for (std::size_t i = 0; i < kIntents; ++i) file(i);
    }

    Applied does(const PartyId& author, Operation operation, std::string object,
                 std::uint64_t version = 0) {
        time_ += geo::Milliseconds{1};
        Request request{.to = "bench",
                        .party = author,
                        .id = std::to_string(++requests_),
                        .sent = time_,
                        .valid_until = time_ + std::chrono::minutes{1},
                        .object = std::move(object),
                        .operation = std::move(operation)};
        if (version > 0) request.expected_version = version;
        const Applied applied = state_.apply(request, time_);
        COMITY_CHECK(applied.outcome == Outcome::kAccepted);
        if (requests_ % 1'000 == 0) benchmark::DoNotOptimize(state_.hash());
        return applied;
    }

    Applied file(std::size_t number) {
        const double at = static_cast<double>(number % 6'000) / 100.0;
        PutIntent put{.aircraft = {"track-" + std::to_string(number)}};
        for (int i = 0; i < 4; ++i) {
            const auto centre =
                geo::Position::from_degrees({.latitude = at - 30.0, .longitude = at + i * 0.1});
            put.volumes.push_back(
                {.footprint = airspace::Circle{.centre = *centre,
                                               .radius = geo::Distance::nautical_miles(3)},
                 .band = airspace::Band<geo::AltitudeMsl>{},
                 .time = {.begin = time_, .end = time_ + std::chrono::hours{3}}});
        }
        return does(party(number), std::move(put), "intent-" + std::to_string(number));
    }

    const State& state() const { return state_; }

  private:
    void agree(std::size_t number) {
        const PartyId one = party(number);
        const PartyId other = party(number + 1 + number / kParties);
        Terms terms{.signatories = {one, other}};
        for (const auto what : {Shared::kIntents, Shared::kAlerts}) {
            terms.share.push_back(
                {.what = what, .from = one, .to = other, .level = Level::kVolume});
            terms.share.push_back({.what = what, .from = other, .to = one, .level = Level::kCells});
        }
        const std::string id = "agreement-" + std::to_string(number);
        does(one, ProposeAgreement{terms}, id);
        does(other, ChangeAgreement{AgreementAct::kAccept}, id);
    }

    State state_{"bench"};
    geo::Instant time_ = kStart;
    std::uint64_t requests_ = 0;
};

// Each is told to the ten parties with which its owner has an agreement.
void intents(benchmark::State& state) {
    Busy busy;
    std::size_t number = kIntents;
    std::size_t told = 0;
    for (auto _ : state) told += busy.file(number++).tellings.size();
    state.counters["told"] =
        benchmark::Counter(static_cast<double>(told), benchmark::Counter::kAvgIterations);
    state.SetItemsProcessed(state.iterations());
}

void receptions(benchmark::State& state) {
    Busy busy;
    std::vector<std::pair<PartyId, std::string>> due;
    for (const auto& [key, notice] : busy.state().notices()) {
        if (key.first.kind == ItemKind::kIntent) due.emplace_back(key.second, to_string(key.first));
    }
    std::size_t next = 0;
    for (auto _ : state) {
        const auto& [to, item] = due[(next++ * 7'919) % due.size()];
        benchmark::DoNotOptimize(busy.does(to, Received{.version = 1}, item));
    }
    state.SetItemsProcessed(state.iterations());
}

// One owner, and 200 parties to which it shares its intents: half of them at kCells.
void release_to_200(benchmark::State& state) {
    State world("bench");
    geo::Instant time = kStart;
    std::uint64_t requests = 0;
    const auto does = [&](const PartyId& author, Operation operation, const std::string& object) {
        const Request request{.to = "bench",
                              .party = author,
                              .id = std::to_string(++requests),
                              .sent = time,
                              .valid_until = time,
                              .object = object,
                              .operation = std::move(operation)};
        COMITY_CHECK(world.apply(request, time).outcome == Outcome::kAccepted);
    };
    const PartyId owner("owner");
    does(PartyId(std::string(kNodeParty)), PutParty{}, owner.value());
    for (std::size_t i = 0; i < kParties; ++i) {
        does(PartyId(std::string(kNodeParty)), PutParty{}, party(i).value());
        Terms terms{.signatories = {owner, party(i)}};
        terms.share.push_back(
            {.from = owner, .to = party(i), .level = i % 2 == 0 ? Level::kVolume : Level::kCells});
        const std::string id = "agreement-" + std::to_string(i);
        does(owner, ProposeAgreement{terms}, id);
        does(party(i), ChangeAgreement{AgreementAct::kAccept}, id);
    }
    PutIntent put;
    for (int i = 0; i < 4; ++i) {
        put.volumes.push_back(
            {.footprint = airspace::Circle{.centre = *geo::Position::from_degrees(
                                               {.latitude = 36.0, .longitude = 36.0 + i * 0.1}),
                                           .radius = geo::Distance::nautical_miles(3)},
             .time = {.begin = time, .end = time + std::chrono::hours{1}}});
    }
    does(owner, put, "intent");
    const ItemRef item{.kind = ItemKind::kIntent, .id = "intent"};
    for (auto _ : state) {
        for (std::size_t i = 0; i < kParties; ++i) {
            const auto released = release(world, party(i), item);
            COMITY_CHECK(released.has_value());
            benchmark::DoNotOptimize(released->level);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kParties));
}

BENCHMARK(intents)->Name("accord/apply/intents")->Iterations(50'000);
BENCHMARK(receptions)->Name("accord/apply/receptions")->Iterations(200'000);
BENCHMARK(release_to_200)->Name("accord/release/200");

}  // namespace
