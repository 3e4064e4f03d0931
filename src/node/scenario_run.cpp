// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/scenario_run.hpp"

#include "cast.hpp"
#include "feed_player.hpp"
#include "scenario_player.hpp"

#include "comity/chart/geojson.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/ledger/resuming_store.hpp"
#include "comity/node/derived.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include <fmt/core.h>

namespace comity::node {
namespace {

base::Unexpected<RunError> ledger_error(const ledger::LedgerError& error) {
    return base::Unexpected(
        RunError{.fault = RunFault::kLedger, .text = to_string(error.fault), .ledger = error});
}

base::Expected<std::string, RunError> content_of(const RunParts& parts, const std::string& path) {
    auto content = parts.read_file(path);
    if (content) return *std::move(content);
    return base::Unexpected(
        RunError{.fault = RunFault::kFile, .where = path, .text = content.error()});
}

base::Expected<std::vector<Played>, RunError> load_feeds(const wire::Scenario& scenario,
                                                         const RunParts& parts,
                                                         std::uint64_t& skipped) {
    std::vector<Played> played;
    for (std::size_t i = 0; i < scenario.feeds.size(); ++i) {
        const std::string& path = scenario.feeds[i].path;
        const auto content = content_of(parts, path);
        if (!content) return base::Unexpected(content.error());
        auto feed = load_feed(scenario, i, *content);
        if (!feed) {
            return base::Unexpected(RunError{.fault = RunFault::kInput,
                                             .where = fmt::format("{}:{}", path, feed.error().line),
                                             .text = feed.error().text});
        }
        skipped += feed->skipped;
        std::ranges::move(feed->played, std::back_inserter(played));
    }
    std::ranges::stable_sort(played, {}, [](const Played& one) { return one.report.time; });
    return played;
}

// Files of areas, each read once.
using Charts = std::map<std::string, std::vector<airspace::Airspace>>;

base::Expected<const std::vector<airspace::Airspace>*, RunError> chart_of(const std::string& path,
                                                                          const RunParts& parts,
                                                                          Charts& charts) {
    if (const auto known = charts.find(path); known != charts.end()) return &known->second;
    const auto content = content_of(parts, path);
    if (!content) return base::Unexpected(content.error());
    auto charted = chart::read_geojson(chart::FileBuffer::copy_of(*content));
    if (!charted) {
        return base::Unexpected(RunError{.fault = RunFault::kInput,
                                         .where = fmt::format("{}:{}", path, charted.error().line),
                                         .text = charted.error().text});
    }
    return &charts.emplace(path, *std::move(charted)).first->second;
}

base::Expected<airspace::Airspace, RunError> load_airspace(const wire::ScenarioAirspace& filed,
                                                           const RunParts& parts, Charts& charts) {
    airspace::Airspace area{.type = filed.type,
                            .source = filed.source,
                            .accuracy = filed.accuracy,
                            .band = filed.band,
                            .validity = filed.validity};
    if (const auto* polygon = std::get_if<geo::Polygon>(&filed.area)) {
        area.footprint.push_back(*polygon);
        return area;
    }
    const auto& file = std::get<wire::AreaFile>(filed.area);
    const auto charted = chart_of(file.path, parts, charts);
    if (!charted) return base::Unexpected(charted.error());
    for (const airspace::Airspace& one : **charted) {
        if (file.feature && one.name != *file.feature) continue;
        if (!area.accuracy) area.accuracy = one.accuracy;
        area.footprint.insert(area.footprint.end(), one.footprint.begin(), one.footprint.end());
    }
    if (!area.footprint.empty()) return area;
    return base::Unexpected(RunError{
        .fault = RunFault::kInput,
        .where = file.path,
        .text = fmt::format("no area '{}', expected one of this name", file.feature.value_or(""))});
}

base::Expected<std::map<std::string, airspace::Airspace>, RunError> load_airspaces(
    const wire::Scenario& scenario, const RunParts& parts) {
    std::map<std::string, airspace::Airspace> areas;
    Charts charts;
    for (const wire::ScenarioAirspace& filed : scenario.airspaces) {
        auto area = load_airspace(filed, parts, charts);
        if (!area) return base::Unexpected(area.error());
        areas.emplace(filed.id, *std::move(area));
    }
    return areas;
}

// The ledger of a run: its folder, new or begun by a run before, and its writer.
struct RunLedger {
    std::unique_ptr<seal::SeedSigner> signer;
    ledger::LedgerFolder folder;
    std::unique_ptr<ledger::ResumingStore> resuming;
    std::unique_ptr<ledger::Ledger> writer;

    ledger::Store& store() {
        if (resuming != nullptr) return *resuming;
        return *folder.store;
    }
};

base::Expected<std::unique_ptr<RunLedger>, RunError> make_ledger(const wire::Scenario& scenario,
                                                                 const RunParts& parts,
                                                                 DerivedEntropy& entropy) {
    auto made = std::make_unique<RunLedger>();
    const seal::Hash seed = derived_key(scenario.seed, "log");
    made->signer = std::make_unique<seal::SeedSigner>(seed.span());
    const ledger::Hash key{made->signer->key_id().value()};
    const seal::Hash secret = derived_key(scenario.seed, "secret");
    auto folder = parts.resumes
                      ? ledger::open_folder(parts.ledger, ledger::OpenMode::kReadWrite)
                      : ledger::create_folder(parts.ledger, scenario.origin, key, secret.bytes);
    if (!folder) return ledger_error(folder.error());
    made->folder = *std::move(folder);
    if (made->folder.damage) return ledger_error(ledger::from_store(made->folder.damage->error));
    if (parts.resumes) {
        made->resuming = std::make_unique<ledger::ResumingStore>(*made->folder.store);
    }
    ledger::Hash salt;
    entropy.fill(salt.bytes);
    auto writer = ledger::Ledger::create(
        {.store = made->store(), .secret = *made->folder.secret, .signer = *made->signer},
        {.origin = scenario.origin, .key = key}, {.time = scenario.start, .error_bound = {}}, salt);
    if (!writer) return ledger_error(writer.error());
    made->writer = *std::move(writer);
    return made;
}

}  // namespace

base::Expected<RunResult, RunError> run_scenario(const wire::Scenario& scenario, RunParts parts) {
    RunResult result;
    auto played = load_feeds(scenario, parts, result.history.skipped);
    if (!played) return base::Unexpected(played.error());
    auto areas = load_airspaces(scenario, parts);
    if (!areas) return base::Unexpected(areas.error());
    auto recorder = recording::Recorder::open(parts.recording);
    if (!recorder) {
        return base::Unexpected(RunError{.fault = RunFault::kLedger,
                                         .where = "recording",
                                         .text = to_string(recorder.error().fault)});
    }
    DerivedEntropy entropy(derived_key(scenario.seed, "salts"));
    auto made = make_ledger(scenario, parts, entropy);
    if (!made) return base::Unexpected(made.error());
    RunLedger& of = **made;
    ScenarioPlayer player({.scenario = scenario,
                           .ledger = *of.writer,
                           .secret = *of.folder.secret,
                           .store = of.store(),
                           .resuming = of.resuming.get(),
                           .dropped = of.folder.dropped,
                           .entropy = entropy,
                           .recorder = *recorder->recorder,
                           .played = *std::move(played),
                           .areas = *std::move(areas),
                           .reached = parts.reached,
                           .live = parts.live});
    if (auto ended = player.play(result); !ended) return base::Unexpected(ended.error());
    result.ticks = of.writer->state().ticks(of.writer->hasher());
    result.records = of.writer->state().records(of.writer->hasher());
    return result;
}

}  // namespace comity::node
