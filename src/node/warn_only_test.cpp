// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The one exception, for lives: an urgent warning does not wait for a ledger that cannot write.
#include "test_node.hpp"

#include "comity/base/testing/seeded_entropy.hpp"

#include <chrono>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

using base::DiskError;

constexpr std::uint64_t kNever = std::uint64_t{1} << 40;

TEST(WarnOnly, WhereTheLedgerCannotWriteTheWarningLeavesAndNothingElse) {
    NodeWorld w;
    begin_two_shores(w);
    const std::size_t before = w.deliveries().size();
    const auto ticket = w.says("south", intent("S1"));
    w.sees("north-radar", approaching("T1"));
    w.ledger_disk().fail_call(1, DiskError::kNoSpace);
    w.at("07:00:01");
    EXPECT_EQ(w.node().mode(), Mode::kWarnOnly);
    EXPECT_TRUE(w.is_not_recorded(ticket));
    EXPECT_THAT(w, delivered("south", "warning/").spooled().at("07:00:01").saying("predicted"));
    EXPECT_THAT(w, delivered("north", "warning/").spooled().at("07:00:01"));
    EXPECT_EQ(w.deliveries().size(), before + 2);
    ASSERT_EQ(w.spool()->pending().size(), 1U);
    const SpoolEntry& entry = w.spool()->pending().front().entry;
    EXPECT_EQ(entry.left_at, clock("07:00:01"));
    EXPECT_EQ(entry.addressees, accord::testing::parties_of({"north", "south"}));
}

TEST(WarnOnly, WatchingGoesOn) {
    NodeWorld w;
    begin_two_shores(w);
    w.ledger_disk().fail_call(1, DiskError::kIo);
    w.at("07:00:01");
    ASSERT_EQ(w.node().mode(), Mode::kWarnOnly);
    w.at("07:05");
    w.sees("north-radar", approaching("T1"));
    w.at("07:05:30");
    w.sees("north-radar", inside("T1"));
    w.at("07:05:31");
    EXPECT_THAT(w, delivered("south", "warning/").spooled().saying("predicted"));
    EXPECT_THAT(w, delivered("south", "warning/").spooled().at("07:05:31").saying("inside"));
    EXPECT_EQ(w.spool()->pending().size(), 2U);
}

TEST(WarnOnly, AfterTheRestartTheSpoolIsFiledFirstWithBothTimes) {
    NodeWorld w;
    begin_two_shores(w);
    w.sees("north-radar", approaching("T1"));
    w.ledger_disk().fail_call(1, DiskError::kNoSpace);
    w.at("07:00:01");
    const std::string id = open_alert(w);
    ASSERT_NE(id, "");
    w.crash();
    w.set_clock("07:20");
    w.restart();
    ASSERT_TRUE(w.is_running());
    EXPECT_EQ(w.node().mode(), Mode::kRecording);
    EXPECT_THAT(w, delivered("south", "warning/" + id).recorded().at("07:20"));
    const accord::Notice* notice = w.node().state().notice(
        accord::PartyId("south"), {.kind = accord::ItemKind::kWarning, .id = id});
    ASSERT_NE(notice, nullptr);
    EXPECT_EQ(notice->left_at, clock("07:00:01"));
    EXPECT_EQ(notice->first.at, clock("07:20"));
    EXPECT_TRUE(w.spool()->pending().empty());
    // Right behind the start, before what closes the alerts of before.
    const auto records = w.records();
    std::size_t start = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto* of_node = std::get_if<ledger::NodeRecord>(&records[i].content);
        if (of_node && std::holds_alternative<ledger::node::Start>(*of_node)) start = i;
    }
    ASSERT_LT(start + 1, records.size());
    const auto* first = std::get_if<ledger::VouchedRequest>(&records[start + 1].content);
    ASSERT_NE(first, nullptr);
    const std::string payload(reinterpret_cast<const char*>(first->payload.data()),
                              first->payload.size());
    EXPECT_NE(payload.find("spool"), std::string::npos);
    EXPECT_EQ(records[start + 1].outcome, 0);
}

TEST(WarnOnly, WhatCannotBeSpooledLeavesWithoutANumber) {
    for (const bool is_full : {false, true}) {
        SCOPED_TRACE(is_full ? "full" : "failing");
        NodeWorld w({.spool = {.bytes = kMinSpool}});
        begin_two_shores(w);
        if (is_full) {
            SpoolEntry entry{.addressees = accord::testing::parties_of({"north"})};
            entry.payload.resize(700);
            ASSERT_TRUE(w.spool()->append(entry));
        } else {
            w.spool_disk().fail_call(1, DiskError::kIo);
        }
        w.sees("north-radar", approaching("T1"));
        w.ledger_disk().fail_call(1, DiskError::kNoSpace);
        w.at("07:00:01");
        EXPECT_THAT(w, delivered("south", "warning/").unrecorded().saying("predicted"));
        EXPECT_THAT(w, ::testing::Not(delivered("south", "warning/").spooled()));
    }
}

TEST(WarnOnly, WithoutASpoolTheWarningLeavesToo) {
    NodeWorld w({.has_spool = false});
    begin_two_shores(w);
    w.sees("north-radar", approaching("T1"));
    w.ledger_disk().fail_call(1, DiskError::kNoSpace);
    w.at("07:00:01");
    EXPECT_THAT(w, delivered("south", "warning/").unrecorded());
}

// A bit flips in the middle of what was kept.
void damage(base::Disk& disk) {
    const std::vector<std::string> names = disk.list().value();
    for (const std::string& name : names) {
        if (name.find("000") == std::string::npos && name.find("segment") == std::string::npos) {
            continue;
        }
        auto file = disk.open(name).value();
        const std::uint64_t place = 9 * file->size().value() / 10;
        std::vector<std::byte> byte(1);
        (void)file->read_at(place, byte).value();
        byte.front() ^= std::byte{1};
        ASSERT_TRUE(file->write_at(place, byte));
        ASSERT_TRUE(file->sync());
        return;
    }
    FAIL() << "no segment";
}

TEST(WarnOnly, ADamagedLedgerIsWarnedFromAsFarAsItVerifies) {
    NodeWorld w;
    begin_two_shores(w);
    const std::size_t good = w.records().size();
    for (int i = 0; i < 400; ++i) w.files("south", intent("S" + std::to_string(i % 40)));
    w.stop();
    damage(w.ledger_disk());
    w.restart();
    ASSERT_TRUE(w.is_running());
    EXPECT_EQ(w.node().mode(), Mode::kWarnOnly);
    EXPECT_GT(w.node().state().parties().size(), 1U);
    EXPECT_GT(w.node().state().intents().size(), 0U);
    const std::size_t before = w.deliveries().size();
    const auto ticket = w.says("south", intent("S1"));
    w.sees("north-radar", approaching("T1"));
    w.at(w.now() + std::chrono::seconds(1));
    EXPECT_TRUE(w.is_not_recorded(ticket));
    EXPECT_THAT(w, delivered("south", "warning/").spooled());
    EXPECT_THAT(w, delivered("north", "warning/").spooled());
    EXPECT_EQ(w.deliveries().size(), before + 2);
    EXPECT_GT(good, 8U);
}

TEST(WarnOnly, BehindASlowCommitTheNextWarningLeavesFirst) {
    NodeWorld w;
    begin_two_shores(w);
    const auto slow = [&] { w.clock().advance(std::chrono::milliseconds(501)); };
    w.after_append = slow;
    w.at("07:00:01");
    w.sees("north-radar", approaching("T1"));
    std::size_t unrecorded = 0;
    w.before_append = [&] { unrecorded = delivered("south", "warning/").spooled().count_in(w); };
    w.at("07:00:03");
    EXPECT_EQ(unrecorded, 1U);
    EXPECT_EQ(w.node().mode(), Mode::kRecording);
    EXPECT_THAT(w, delivered("south", "warning/").recorded());
    // With the record comes what says when it had left.
    w.after_append = nullptr;
    w.before_append = nullptr;
    w.at("07:00:06");
    EXPECT_TRUE(w.spool()->pending().empty());
    const std::string id = open_alert(w);
    ASSERT_NE(id, "");
    const accord::Notice* notice = w.node().state().notice(
        accord::PartyId("south"), {.kind = accord::ItemKind::kWarning, .id = id});
    ASSERT_NE(notice, nullptr);
    ASSERT_TRUE(notice->left_at);
    EXPECT_LE(*notice->left_at, clock("07:00:03"));
    EXPECT_EQ(delivered("south", "warning/").recorded().count_in(w), 1U);
}

TEST(WarnOnly, ACommitThatIsQuickMakesNothingLeaveFirst) {
    NodeWorld w;
    begin_two_shores(w);
    w.after_append = [&] { w.clock().advance(std::chrono::milliseconds(500)); };
    w.at("07:00:01");
    w.sees("north-radar", approaching("T1"));
    w.at("07:00:03");
    EXPECT_THAT(w, delivered("south", "warning/").recorded());
    EXPECT_THAT(w, ::testing::Not(delivered("south", "warning/").unrecorded()));
}

// What was spooled says an older step of a situation than the ledger has by now.
TEST(WarnOnly, WhatIsFiledLateTakesNoSituationBack) {
    NodeWorld w;
    begin_two_shores(w);
    w.after_append = [&] { w.clock().advance(std::chrono::milliseconds(501)); };
    w.at("07:00:01");
    w.sees("north-radar", approaching("T1"));
    w.at("07:00:02");  // predicted: left first, and was recorded
    w.sees("north-radar", inside("T1"));
    w.at("07:00:04");
    w.at("07:00:08");
    const std::string id = open_alert(w);
    ASSERT_NE(id, "");
    EXPECT_EQ(w.node().state().alert(id)->phase, accord::AlertPhase::kInside);
    std::vector<std::string> said;
    for (const Delivery& one : w.deliveries_to("south")) {
        if (one.item.kind != accord::ItemKind::kWarning || one.number == 0) continue;
        said.push_back(one.bytes.find("\"inside\"") == std::string::npos ? "predicted" : "inside");
    }
    EXPECT_EQ(said, (std::vector<std::string>{"predicted", "inside"}));
}

// Filed, durable, and the mark failed: the next start finds it in the ledger.
TEST(WarnOnly, WhatIsFiledAlreadyIsNotFiledAgain) {
    NodeWorld w;
    begin_two_shores(w);
    w.sees("north-radar", approaching("T1"));
    w.ledger_disk().fail_call(1, DiskError::kNoSpace);
    w.at("07:00:01");
    w.crash();
    bool fails = true;
    w.after_append = [&] {
        if (fails) w.spool_disk().fail_call(1, DiskError::kIo);
        fails = false;
    };
    w.restart();
    ASSERT_TRUE(w.is_running());
    EXPECT_EQ(w.spool()->pending().size(), 1U);
    const std::size_t told = delivered("south", "warning/").count_in(w);
    w.crash();
    w.set_clock("+2 07:00");  // the alert is forgotten by then
    w.restart();
    ASSERT_TRUE(w.is_running());
    EXPECT_TRUE(w.spool()->pending().empty());
    w.turn();
    EXPECT_EQ(delivered("south", "warning/").count_in(w), told);
}

// One life with one fault: which of the warnings that release allowed left, and how.
void live(std::uint64_t seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    base::testing::SplitMix64 random(seed);
    NodeWorld w({.seed = seed});
    begin_two_shores(w);
    w.ledger_disk().fail_call(1 + random.below(60), DiskError::kIo);
    if (random.below(3) == 0) w.spool_disk().fail_call(1 + random.below(12), DiskError::kIo);
    std::set<std::string> raised;
    for (int step = 0; step < 12; ++step) {
        const std::string id = "T" + std::to_string(step / 2);
        w.sees("north-radar", step % 2 == 0 ? approaching(id) : inside(id));
        if (random.below(2) == 0) (void)w.says("south", intent("S" + std::to_string(step)));
        w.at(w.now() + std::chrono::milliseconds(1000 + random.below(1500)));
        for (const auto& [alert, what] : w.node().state().alerts()) raised.insert(alert);
    }
    std::map<std::pair<std::string, std::uint64_t>, std::size_t> unrecorded;
    for (const std::string& alert : raised) {
        for (const char* to : {"north", "south"}) {
            EXPECT_THAT(w, delivered(to, "warning/" + alert));
        }
    }
    for (const Delivery& one : w.deliveries_to("south")) {
        if (one.number != 0) continue;
        EXPECT_EQ(one.item.kind, accord::ItemKind::kWarning);
        ++unrecorded[{one.item.id, one.version}];
    }
    for (const auto& [version, times] : unrecorded) EXPECT_EQ(times, 1U) << version.first;
    std::set<std::string> spooled;
    for (const Delivery& one : w.deliveries()) {
        if (one.spool_number > 0) spooled.insert(one.item.id);
    }
    w.ledger_disk().fail_call(kNever, DiskError::kIo);
    w.spool_disk().fail_call(kNever, DiskError::kIo);
    w.crash();
    w.restart();
    ASSERT_TRUE(w.is_running()) << w.refused()->where;
    EXPECT_EQ(w.node().mode(), Mode::kRecording);
    EXPECT_TRUE(w.spool()->pending().empty());
    for (const std::string& alert : spooled) {
        EXPECT_NE(w.node().state().alert(alert), nullptr);
        const accord::Notice* notice = w.node().state().notice(
            accord::PartyId("south"), {.kind = accord::ItemKind::kWarning, .id = alert});
        ASSERT_NE(notice, nullptr);
        EXPECT_TRUE(notice->left_at);
    }
}

TEST(WarnOnly, NoWarningIsLostWhateverFails) {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) live(seed);
}

}  // namespace
}  // namespace comity::node
