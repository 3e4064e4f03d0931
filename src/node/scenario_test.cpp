// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/state.hpp"
#include "comity/base/memory_disk.hpp"
#include "comity/ledger/ledger_check.hpp"
#include "comity/ledger/ledger_folder.hpp"
#include "comity/node/replayer.hpp"
#include "comity/node/scenario_run.hpp"
#include "comity/seal/base64.hpp"
#include "comity/wire/scenario_reader.hpp"

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

const std::string kFolder = std::string(COMITY_SOURCE_DIR) + "/scenarios/two-shores/";

std::string content_of(const std::string& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

wire::Scenario two_shores() {
    auto scenario = wire::read_scenario(content_of(kFolder + "scenario.yaml"));
    if (!scenario) {
        ADD_FAILURE() << scenario.error().line << ": " << scenario.error().text;
        return {};
    }
    return *std::move(scenario);
}

struct Ran {
    base::MemoryDisk ledger;
    base::MemoryDisk recording;
    RunResult result;

    explicit Ran(const wire::Scenario& scenario) {
        auto ran = run_scenario(
            scenario,
            {.ledger = ledger,
             .recording = recording,
             .read_file = [](const std::string& path) -> base::Expected<std::string, std::string> {
                 return content_of(kFolder + path);
             }});
        if (!ran) {
            ADD_FAILURE() << ran.error().where << ": " << ran.error().text << " "
                          << ran.error().ledger.where;
            return;
        }
        result = *std::move(ran);
    }
};

TEST(Scenario, TheSameRootEachTime) {
    const wire::Scenario scenario = two_shores();
    const Ran once(scenario);
    const Ran again(scenario);
    EXPECT_GT(once.result.records.size, 100U);
    EXPECT_EQ(once.result.ticks, again.result.ticks);
    EXPECT_EQ(once.result.records, again.result.records);
    wire::Scenario other = scenario;
    other.seed += 1;
    EXPECT_NE(Ran(other).result.ticks, once.result.ticks);
}

TEST(Scenario, ItsLedgerVerifiesAndReachesEveryOutcomeAgain) {
    const wire::Scenario scenario = two_shores();
    Ran ran(scenario);
    const auto folder = ledger::open_folder(ran.ledger, ledger::OpenMode::kReadOnly);
    ASSERT_TRUE(folder.has_value());
    const auto summary = ledger::check_ledger(*folder->store, *folder->secret);
    ASSERT_TRUE(summary.has_value());
    EXPECT_EQ(summary->ticks, ran.result.ticks);
    EXPECT_EQ(summary->records, ran.result.records);
    EXPECT_EQ(summary->ticks.size, 1801U);
    accord::State state(scenario.origin);
    std::vector<std::string> findings;
    Replayer replayer(state, {.secret = folder->secret.get()}, [&](const ReplayFinding& finding) {
        findings.push_back(std::to_string(finding.record) + " " + to_string(finding.fault) + " " +
                           finding.details);
    });
    const ReplayEnd end =
        replay(*folder->store, replayer, [](const ledger::Record&) { return true; });
    EXPECT_FALSE(end.error.has_value());
    EXPECT_EQ(end.records, ran.result.records.size);
    EXPECT_EQ(findings, std::vector<std::string>{});
    EXPECT_EQ(replayer.deliveries(), ran.result.deliveries);
}

}  // namespace
}  // namespace comity::node
