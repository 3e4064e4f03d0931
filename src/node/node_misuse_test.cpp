// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Misuse, through the whole node: each must fail (docs/safety-boundary.md).
#include "test_node.hpp"

#include "comity/base/testing/seeded_entropy.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

TEST(NodeMisuse, WithoutAnAgreementNothingIsTold) {
    NodeWorld w;
    begin_two_shores(w);
    w.party("east");
    w.files("south", intent("S1").circle(37.2, 36.5, 10));
    w.files("north", area("north-2").square(39.0, 36.0, 1.0));
    w.files("east", intent("E1").circle(37.2, 36.5, 10));  // touches them: no probe
    w.sees("north-radar", approaching("T1"));
    w.at("07:00:30");
    w.sees("north-radar", inside("T1"));
    w.at("07:30");
    EXPECT_GT(w.deliveries().size(), 8U);
    EXPECT_EQ(w.deliveries_to("east").size(), 0U);
    EXPECT_EQ(delivered("north", "intent/E1").count_in(w), 0U);
}

TEST(NodeMisuse, WhatWasNotToldCannotBeAskedFor) {
    NodeWorld w;
    begin_two_shores(w);
    w.party("east");
    w.files("south", intent("S1"));
    // What stands and what does not are the same to who was not told.
    for (const char* item : {"intent/S1", "intent/none"}) {
        const auto received = w.says("east", accord::Received{.version = 1}, item);
        const auto withdrawn = w.says("east", accord::Withdraw{}, item);
        const auto passed_on = w.says(
            "east", accord::PassOn{.version = 1, .to = accord::testing::parties_of({"north"})},
            item);
        w.turn();
        EXPECT_EQ(w.outcome(received), Outcome::kUnknownItem);
        EXPECT_EQ(w.outcome(withdrawn), Outcome::kUnknownItem);
        EXPECT_EQ(w.outcome(passed_on), Outcome::kUnknownItem);
    }
    EXPECT_EQ(w.deliveries_to("east").size(), 0U);
}

TEST(NodeMisuse, NobodyFilesInTheNodesName) {
    NodeWorld w;
    begin_two_shores(w);
    const auto alert = accord::testing::alert("a1").in("salient").seen_by("north").ahead("07:10");
    const auto raised = w.says("south", accord::PutAlert{alert.alert}, "a1");
    const auto spooled = w.says("south",
                                accord::PutSpooled{.spool_number = 1,
                                                   .left_at = clock("07:00"),
                                                   .alert = alert.alert,
                                                   .told = accord::testing::parties_of({"north"})},
                                "a1");
    const auto party = w.says("south", accord::PutParty{}, "east");
    w.turn();
    EXPECT_EQ(w.outcome(raised), Outcome::kNodeOnly);
    EXPECT_EQ(w.outcome(spooled), Outcome::kNodeOnly);
    EXPECT_EQ(w.outcome(party), Outcome::kNodeOnly);
    EXPECT_EQ(w.node().state().alerts().size(), 0U);
}

// A party that names a spooled warning in a request of its own does not keep it from being filed.
TEST(NodeMisuse, NoPartyKeepsASpooledWarningFromBeingFiled) {
    NodeWorld w;
    begin_two_shores(w);
    const auto alert = accord::testing::alert("a1").in("salient").seen_by("north").ahead("07:10");
    (void)w.says("south",
                 accord::PutSpooled{.spool_number = 1,
                                    .left_at = clock("07:00:02"),
                                    .alert = alert.alert,
                                    .told = accord::testing::parties_of({"north"})},
                 "a1");
    w.at("07:00:01");
    w.sees("north-radar", approaching("T1"));
    w.ledger_disk().fail_call(1, base::DiskError::kNoSpace);
    w.at("07:00:02");
    ASSERT_EQ(w.spool()->pending().size(), 1U);
    ASSERT_EQ(w.spool()->pending().front().entry.left_at, clock("07:00:02"));
    w.crash();
    w.restart();
    ASSERT_TRUE(w.is_running());
    EXPECT_THAT(w, delivered("south", "warning/").recorded());
}

// All that leaves for a party and what becomes of its requests. The numbers of records in answers
// are not in it: they count what others file, and so do differ.
struct Observed {
    std::string left;
    std::string answers;
};

Observed observe(std::uint64_t seed, bool has_hidden) {
    base::testing::SplitMix64 random(seed);
    NodeWorld w({.seed = seed});
    begin_two_shores(w);
    w.party("east");
    std::vector<std::optional<Ticket>> of_north;
    for (int step = 0; step < 25; ++step) {
        const std::uint64_t what = random.below(5);
        const std::string id = std::to_string(random.below(4));
        const double size = 1.0 + static_cast<double>(random.below(5));
        // East has agreed nothing with anybody; its intent follows the same aircraft.
        if (has_hidden) {
            (void)w.says("east", intent("E" + id)
                                     .circle(37.2, 36.5, size)
                                     .aircraft("T1")
                                     .from("07:00")
                                     .to("09:00")
                                     .route({{.position = accord::testing::place(36.9, 36.5),
                                              .time = clock("07:00")},
                                             {.position = accord::testing::place(37.5, 36.5),
                                              .time = clock("08:30")}}));
        }
        if (what == 0) (void)w.says("south", intent("S" + id).circle(36.5, 36.5, size));
        if (what == 1) {
            of_north.push_back(w.says("north", accord::Received{.version = 1}, "intent/S" + id));
        }
        if (what == 2) of_north.push_back(w.says("north", area("N" + id).square(39, 36, size)));
        if (what == 3) w.sees("north-radar", approaching("T1"));
        if (what == 4) w.sees("north-radar", inside("T1"));
        w.at(w.now() + std::chrono::seconds(1 + random.below(40)));
    }
    Observed observed;
    for (const Delivery& one : w.deliveries_to("north")) {
        observed.left += accord::testing::clock_text(one.time) + " " + std::to_string(one.number) +
                         " " + one.bytes + "\n";
    }
    for (const auto& ticket : of_north) {
        observed.answers += std::string(name_of(*w.outcome(ticket))) + "\n";
    }
    return observed;
}

TEST(NodeMisuse, WhatIsHiddenChangesNothingThatLeaves) {
    std::size_t warnings = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Observed without = observe(seed, false);
        const Observed with = observe(seed, true);
        EXPECT_EQ(without.left, with.left);
        EXPECT_EQ(without.answers, with.answers);
        warnings += without.left.find("predicted") != std::string::npos;
    }
    EXPECT_GT(warnings, 3U);
}

}  // namespace
}  // namespace comity::node
