// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Question: how long does a node take to read the body of a request, an intent of two volumes and
// a notice that was received, and to write the bytes of a delivery of that intent? Budget: 4 us
// each on one core, so that 50,000 requests in a second leave most of it.
#include "comity/accord/release.hpp"
#include "comity/accord/request.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/wire/delivery.hpp"
#include "comity/wire/request.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <benchmark/benchmark.h>

namespace {

using namespace comity;

ledger::Envelope envelope_with(std::string_view operation, std::string_view body) {
    ledger::Envelope e;
    e.to = "ledger.example.org/strait";
    e.party = "air-unit-b";
    e.id = "2015-11-24:0017";
    e.operation = operation;
    e.object = "intent/flight-7";
    e.body = body;
    return e;
}

ledger::Envelope intent() {
    return envelope_with(
        "intent.put",
        R"({"state":"accepted","aircraft":["4b1814"],"volumes":[{"volume":{"outline_circle":)"
        R"({"center":{"lng":36.1234567,"lat":35.9},"radius":{"value":1852,"units":"M"}},)"
        R"("altitude_lower":{"value":1524,"reference":"W84","units":"M"},)"
        R"("altitude_upper":{"value":3048.5,"reference":"W84","units":"M"}},)"
        R"("time_start":{"value":"2015-11-24T07:20:00.000Z","format":"RFC3339"},)"
        R"("time_end":{"value":"2015-11-24T07:40:00.000Z","format":"RFC3339"}},)"
        R"({"volume":{"outline_polygon":{"vertices":[{"lng":36,"lat":35.9},)"
        R"({"lng":36.5,"lat":35.9},{"lng":36.5,"lat":36.2}]}},)"
        R"("time_start":{"value":"2015-11-24T07:40:00.000Z","format":"RFC3339"},)"
        R"("time_end":{"value":"2015-11-24T08:00:00.000Z","format":"RFC3339"}}]})");
}

void read(benchmark::State& state, const ledger::Envelope& envelope) {
    wire::Reader reader;
    for (auto _ : state) benchmark::DoNotOptimize(reader.request_of(envelope));
    if (!reader.fault().empty()) state.SkipWithError(reader.fault().c_str());
}

void read_intent(benchmark::State& state) {
    read(state, intent());
}

void read_received(benchmark::State& state) {
    read(state, envelope_with("notice.receive", R"({"version":3})"));
}

void delivery(benchmark::State& state) {
    auto put = std::get<accord::PutIntent>(wire::request_of(intent()).operation);
    const geo::Instant time{std::chrono::seconds(1'448'349'600)};
    accord::Released released{
        .to = accord::PartyId("coast-guard"),
        .item = {.kind = accord::ItemKind::kIntent, .id = "flight-7"},
        .version = 3,
        .level = accord::Level::kVolume,
        .via = {},
        .agreement = "strait-2015",
        .due = {{accord::Stage::kReceived, time}, {accord::Stage::kRead, time}},
        .view = {},
    };
    released.view = accord::IntentView{
        .owner = {}, .aircraft = {}, .volumes = std::move(put.volumes), .route = {}, .cells = {}};
    for (auto _ : state) benchmark::DoNotOptimize(wire::delivery_bytes(released, 42));
}

BENCHMARK(read_intent)->Name("wire/read_intent")->Unit(benchmark::kMicrosecond);
BENCHMARK(read_received)->Name("wire/read_received")->Unit(benchmark::kMicrosecond);
BENCHMARK(delivery)->Name("wire/delivery")->Unit(benchmark::kMicrosecond);

}  // namespace
