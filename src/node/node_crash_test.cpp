// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A node on disks that forget what they may: after any crash it stands where its ledger led.
#include "test_node.hpp"

#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/node/replayer.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

using base::testing::SplitMix64;

// What the durable records lead to, and what in them does not follow.
struct Reached {
    accord::State state{std::string(NodeWorld::kOrigin)};
    std::vector<std::string> findings;
    seal::Hash hash;
};

void reach(NodeWorld& w, Reached& reached) {
    Replayer replayer(reached.state, {.secret = &w.secret()}, [&](const ReplayFinding& finding) {
        reached.findings.push_back(std::to_string(finding.record) + " " + to_string(finding.fault) +
                                   " " + finding.details);
    });
    std::uint64_t number = 0;
    for (const ledger::Record& record : w.records()) replayer.take(number++, record);
    replayer.finish();
    reached.hash = reached.state.hash();
}

void say_something(NodeWorld& w, SplitMix64& random) {
    const std::string id = "S" + std::to_string(random.below(6));
    switch (random.below(6)) {
        case 0:
        case 1:
            (void)w.says("south", intent(id).circle(36.2, 36.0, 1.0 + double(random.below(4))));
            return;
        case 2:
            (void)w.says("north", accord::Received{.version = 1}, "intent/" + id);
            return;
        case 3:
            (void)w.says("south", accord::Withdraw{}, "intent/" + id);
            return;
        case 4:
            (void)w.says("north", area("N" + std::to_string(random.below(3))));
            return;
        default:
            w.sees("north-radar", random.below(2) == 0 ? approaching("T1") : inside("T2"));
            return;
    }
}

TEST(NodeCrash, ARestartReachesTheSameState) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SplitMix64 random(seed);
        NodeWorld w({.seed = seed, .node = {.state_every = 20}});
        begin_two_shores(w);
        for (int step = 0; step < 30; ++step) {
            for (std::uint64_t i = random.below(4); i > 0; --i) say_something(w, random);
            w.at(w.now() + std::chrono::milliseconds(100 + random.below(30'000)));
        }
        w.node().flush();
        const seal::Hash before = w.node().state_hash();
        Reached reached;
        reach(w, reached);
        EXPECT_EQ(reached.findings, std::vector<std::string>{});
        EXPECT_EQ(reached.hash, before);
        const std::size_t records = w.records().size();
        w.crash();
        w.restart();
        ASSERT_TRUE(w.is_running());
        EXPECT_GT(w.records().size(), records);
        Reached again;
        reach(w, again);
        EXPECT_EQ(again.findings, std::vector<std::string>{});
        EXPECT_EQ(again.hash, w.node().state_hash());
    }
}

TEST(NodeCrash, AlertsOfBeforeBecomeUnresolved) {
    NodeWorld w;
    begin_two_shores(w);
    w.sees("north-radar", approaching("T1"));
    w.at("07:00:30");
    const std::string id = open_alert(w);
    ASSERT_NE(id, "");
    EXPECT_THAT(w, delivered("south", "warning/" + id).saying("predicted"));
    w.crash();
    w.restart();
    ASSERT_TRUE(w.is_running());
    EXPECT_EQ(w.node().state().alert(id)->phase, accord::AlertPhase::kUnresolved);
    EXPECT_EQ(w.node().state().alert(id)->sweep, clock("07:00:30"));
    EXPECT_THAT(w, delivered("south", "warning/" + id).saying("unresolved").recorded());
    EXPECT_THAT(w, delivered("north", "warning/" + id).saying("unresolved").recorded());
}

// What was raised before a restart is closed by it: the same aircraft in the same second is a new
// situation with an alert of its own.
TEST(NodeCrash, AfterARestartTheSameAircraftIsWarnedOfAgain) {
    NodeWorld w;
    begin_two_shores(w);
    w.sees("north-radar", approaching("T1"));
    w.at("07:00:01");
    const std::string before = open_alert(w);
    ASSERT_NE(before, "");
    w.crash();
    w.restart();
    ASSERT_TRUE(w.is_running());
    w.sees("north-radar", approaching("T1"));
    w.turn();
    const std::string after = open_alert(w);
    EXPECT_NE(after, "");
    EXPECT_NE(after, before);
    EXPECT_THAT(w, delivered("south", "warning/" + after).recorded());
}

// A crash at each call of the disk in turn: no request is ever there without its deliveries, and
// what was answered or had left with a number is there.
void crash_at(std::uint64_t call, bool& is_over) {
    SCOPED_TRACE("call " + std::to_string(call));
    NodeWorld w({.seed = call});
    begin_two_shores(w);
    const std::uint64_t before = w.ledger_disk().call_count();
    w.ledger_disk().fail_call(call, base::DiskError::kIo);
    std::vector<std::optional<Ticket>> tickets;
    for (int i = 0; i < 4; ++i) {
        tickets.push_back(w.says("south", intent("S" + std::to_string(i))));
        tickets.push_back(w.says("north", area("N" + std::to_string(i))));
        w.at(w.now() + std::chrono::seconds(1));
    }
    is_over = w.ledger_disk().call_count() - before < call;
    w.ledger_disk().fail_call(std::uint64_t{1} << 40, base::DiskError::kIo);
    std::size_t accepted = 0;
    for (const auto& ticket : tickets) accepted += w.outcome(ticket) == Outcome::kAccepted;
    const std::vector<Delivery> left = w.deliveries();
    w.crash();
    w.restart();
    ASSERT_TRUE(w.is_running()) << w.refused()->where;
    Reached reached;
    reach(w, reached);
    EXPECT_EQ(reached.findings, std::vector<std::string>{});
    EXPECT_GE(w.node().state().intents().size() + w.node().state().airspaces().size() - 1,
              accepted);
    const auto records = w.records();
    for (const Delivery& one : left) {
        if (one.record == 0) continue;
        ASSERT_LT(one.record, records.size());
        EXPECT_EQ(body_of_record<ledger::node::Delivery>(records[one.record]).number, one.number);
    }
}

TEST(NodeCrash, NoRequestWithoutItsDeliveries) {
    bool is_over = false;
    std::uint64_t call = 1;
    for (; !is_over && call < 200; ++call) crash_at(call, is_over);
    EXPECT_TRUE(is_over);
    EXPECT_GT(call, 8U);
}

}  // namespace
}  // namespace comity::node
