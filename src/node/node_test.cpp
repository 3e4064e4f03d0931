// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The slow loop: who says it, what is recorded, who hears of it and when.
#include "test_node.hpp"

#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/ledger/attachment.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

using testing::bytes_of;
using testing::key_of;
using testing::signed_by;

std::string payload_of(const ledger::Envelope& envelope) {
    return ledger::write_envelope(envelope).value();
}

// One row for each cause: what is submitted, and why it can be attributed to nobody.
class UnattributedTest : public ::testing::Test {
  protected:
    UnattributedTest() {
        w_.party("north");
        w_.party("south");
        records_ = w_.records().size();
    }

    ledger::Envelope envelope(std::string_view by, std::string_view key) {
        ledger::Envelope said = w_.envelope(by, intent("S1").put(), "S1");
        if (!key.empty()) said.key = key_of(key);
        return said;
    }

    void expect(std::optional<Ticket> ticket, Unattributed why) {
        const std::uint64_t before = count(why);
        w_.turn();
        ASSERT_TRUE(w_.answers().contains(*ticket));
        const auto* said = std::get_if<Unattributed>(&w_.answers().at(*ticket));
        ASSERT_NE(said, nullptr);
        EXPECT_EQ(*said, why);
        EXPECT_EQ(count(why), before + 1);
        EXPECT_EQ(w_.records().size(), records_);
        EXPECT_EQ(w_.ledger().state().record_count(), records_);
        EXPECT_EQ(w_.node().state().intent("S1"), nullptr);
    }

    std::uint64_t count(Unattributed why) {
        const auto& counts = w_.node().unattributed();
        return counts.contains(why) ? counts.at(why) : 0;
    }

    NodeWorld w_;
    std::size_t records_ = 0;
};

TEST_F(UnattributedTest, NotDsse) {
    expect(w_.node().submit_signed(bytes_of("{}")), Unattributed::kNotDsse);
}

TEST_F(UnattributedTest, MoreBytesThanARecordHoldsAreNotDsse) {
    auto dsse = signed_by("north", payload_of(envelope("north", "north")));
    dsse.resize(ledger::SignedRequest::kMaxBytes + 1, std::byte{' '});
    expect(w_.node().submit_signed(std::move(dsse)), Unattributed::kNotDsse);
}

TEST_F(UnattributedTest, SignedAsSomethingElse) {
    const auto dsse = signed_by("north", payload_of(envelope("north", "north")), "text/plain");
    expect(w_.node().submit_signed(dsse), Unattributed::kPayloadType);
}

TEST_F(UnattributedTest, NoEnvelope) {
    expect(w_.node().submit_signed(signed_by("north", "{}")), Unattributed::kNotEnvelope);
    expect(w_.node().submit_vouched("{}"), Unattributed::kNotEnvelope);
}

TEST_F(UnattributedTest, UnknownParty) {
    expect(w_.node().submit_signed(signed_by("east", payload_of(envelope("east", "east")))),
           Unattributed::kUnknownParty);
    expect(w_.node().submit_vouched(payload_of(envelope("east", ""))), Unattributed::kUnknownParty);
}

TEST_F(UnattributedTest, NoSignatureSpeaksForTheNode) {
    expect(w_.node().submit_signed(signed_by("north", payload_of(envelope("node", "north")))),
           Unattributed::kUnknownParty);
}

TEST_F(UnattributedTest, AKeyOfAnotherParty) {
    expect(w_.node().submit_signed(signed_by("south", payload_of(envelope("north", "south")))),
           Unattributed::kUnknownKey);
    expect(w_.node().submit_signed(signed_by("north", payload_of(envelope("north", "")))),
           Unattributed::kUnknownKey);
}

TEST_F(UnattributedTest, NotSignedByTheKeyThatItNames) {
    expect(w_.node().submit_signed(signed_by("south", payload_of(envelope("north", "north")))),
           Unattributed::kBadSignature);
}

TEST_F(UnattributedTest, VouchedWithAKey) {
    expect(w_.node().submit_vouched(payload_of(envelope("north", "north"))), Unattributed::kHasKey);
}

TEST(Node, WhatIsNotSaidRightIsRefusedAndRecorded) {
    NodeWorld w;
    w.party("north");
    const std::size_t before = w.records().size();
    ledger::Envelope said = w.envelope("north", intent("S1").put(), "S1");
    said.key = key_of("north");
    said.body = "{}";
    const auto ticket = w.node().submit_signed(signed_by("north", payload_of(said)));
    w.turn();
    EXPECT_EQ(w.outcome(ticket), Outcome::kBadBody);
    EXPECT_EQ(w.records().size(), before + 1);
    EXPECT_EQ(w.records().back().outcome, static_cast<std::uint16_t>(Outcome::kBadBody));
}

TEST(Node, AFullQueueTakesNothing) {
    NodeWorld w({.node = {.max_queue = 2}});
    w.party("north");
    const std::size_t before = w.records().size();
    EXPECT_TRUE(w.says("north", intent("S1")));
    EXPECT_TRUE(w.vouches("north", intent("S2").put(), "S2"));
    EXPECT_FALSE(w.says("north", intent("S3")));
    EXPECT_FALSE(w.vouches("north", intent("S3").put(), "S3"));
    w.turn();
    EXPECT_EQ(w.records().size(), before + 2);
    EXPECT_EQ(w.node().state().intent("S3"), nullptr);
    EXPECT_TRUE(w.says("north", intent("S3")));
}

TEST(Node, NobodyHearsOfItBeforeItIsDurable) {
    NodeWorld w;
    begin_two_shores(w);
    std::size_t left_before = 0;
    std::size_t appends = 0;
    w.before_append = [&] { left_before = w.left(); };
    w.after_append = [&] {
        ++appends;
        EXPECT_EQ(w.left(), left_before);
    };
    const std::size_t before = w.left();
    const auto ticket = w.says("south", intent("S1"));
    EXPECT_FALSE(w.outcome(ticket));
    w.turn();
    EXPECT_EQ(appends, 1U);
    EXPECT_EQ(left_before, before);
    EXPECT_EQ(w.outcome(ticket), Outcome::kAccepted);
    EXPECT_THAT(w, delivered("north", "intent/S1").recorded());
}

TEST(Node, WhereTheDiskFailsNobodyHearsThatItWasRecorded) {
    NodeWorld w;
    begin_two_shores(w);
    const auto ticket = w.says("south", intent("S1"));
    w.ledger_disk().fail_call(1, base::DiskError::kIo);
    w.turn();
    EXPECT_TRUE(w.is_not_recorded(ticket));
    EXPECT_EQ(w.node().mode(), Mode::kWarnOnly);
    ASSERT_TRUE(w.node().failure());
    EXPECT_EQ(w.node().failure()->fault, ledger::LedgerFault::kStore);
    EXPECT_THAT(w, never_delivered("north", "intent/S1"));
    const auto later = w.says("south", intent("S2"));
    w.turn();
    EXPECT_TRUE(w.is_not_recorded(later));
}

TEST(Node, DeliveriesAreNumberedAndCommittedTo) {
    NodeWorld w;
    begin_two_shores(w);
    for (const char* id : {"S1", "S2", "S3"}) w.files("south", intent(id));
    w.files("north", area("north-2").square(39.0, 36.0, 1.0));
    w.files("south", intent("S2").circle(36.3, 36.3, 3));
    std::map<std::string, std::uint64_t> numbers;
    const auto records = w.records();
    std::size_t next = 0;
    for (std::size_t number = 0; number < records.size(); ++number) {
        const auto* of_node = std::get_if<ledger::NodeRecord>(&records[number].content);
        const auto* kept =
            of_node == nullptr ? nullptr : std::get_if<ledger::node::Delivery>(of_node);
        if (kept == nullptr) continue;
        ASSERT_LT(next, w.deliveries().size());
        const Delivery& left = w.deliveries()[next++];
        EXPECT_EQ(left.record, number);
        EXPECT_EQ(left.time, records[number].time);
        EXPECT_EQ(left.to.value(), kept->addressee);
        EXPECT_EQ(left.number, ++numbers[kept->addressee]);
        EXPECT_EQ(left.number, kept->number);
        EXPECT_EQ(to_string(left.item), kept->item);
        EXPECT_EQ(left.version, kept->version);
        const ledger::AttachmentKey key =
            w.secret().invented("delivery", records[number].salt).bytes;
        EXPECT_TRUE(ledger::opens(kept->content, key, bytes_of(left.bytes)));
        EXPECT_FALSE(ledger::opens(kept->content, key, bytes_of(left.bytes + " ")));
    }
    EXPECT_EQ(next, w.deliveries().size());
    EXPECT_GE(numbers["north"], 5U);
    EXPECT_GE(numbers["south"], 3U);
}

TEST(Node, AClockThatStepsBackMovesNoRecordBack) {
    NodeWorld w;
    w.party("north");
    w.at("07:00:10");
    w.set_clock("07:00:02");
    w.files("north", intent("S1"));
    w.set_clock("07:00:12.500");
    w.files("north", intent("S2"));
    const auto records = w.records();
    geo::Instant last{};
    for (const ledger::Record& record : records) {
        EXPECT_LE(last, record.time);
        last = record.time;
    }
    EXPECT_EQ(w.node().state().time(), clock("07:00:12.500"));
    std::vector<geo::Instant> requests;
    for (const ledger::Record& record : records) {
        if (std::holds_alternative<ledger::SignedRequest>(record.content)) {
            requests.push_back(record.time);
        }
    }
    EXPECT_EQ(requests, (std::vector{clock("07:00:10"), clock("07:00:12.500")}));
}

std::uint64_t second_of(std::string_view time) {
    return static_cast<std::uint64_t>(
        std::chrono::floor<std::chrono::seconds>(clock(time)).time_since_epoch().count());
}

TEST(Node, ALeafForEachSecondThatItRanAndNoneForTheOthers) {
    NodeWorld w;
    w.at("07:00:03");
    w.set_clock("07:00:07.300");  // it had no turn for a while
    w.turn();
    std::vector<std::uint64_t> expected;
    for (std::uint64_t s = second_of("07:00:00"); s < second_of("07:00:07"); ++s) {
        expected.push_back(s);
    }
    EXPECT_EQ(w.tick_seconds(), expected);
    w.stop();
    w.set_clock("07:10:00.500");
    w.restart();
    w.at("07:10:03.100");
    expected.push_back(second_of("07:00:07"));  // that in which it stopped
    for (const char* s : {"07:10:00", "07:10:01", "07:10:02"}) expected.push_back(second_of(s));
    EXPECT_EQ(w.tick_seconds(), expected);
    ASSERT_EQ(records_of<ledger::node::Start>(w).size(), 2U);
    EXPECT_EQ(records_of<ledger::node::Stop>(w).size(), 1U);
}

TEST(Node, TheClocksQualityEachMinute) {
    NodeWorld w({.node = {.clock_source = "gps", .is_synchronised = false}});
    w.at("07:02:30");
    std::vector<geo::Instant> times;
    for (const ledger::Record& record : records_of<ledger::node::TimeQuality>(w)) {
        times.push_back(record.time);
        const auto& quality = body_of_record<ledger::node::TimeQuality>(record);
        EXPECT_EQ(quality.source, "gps");
        EXPECT_EQ(quality.error_bound_ms, 20U);
        EXPECT_FALSE(quality.synchronised);
    }
    EXPECT_EQ(times, (std::vector{clock("07:00:01"), clock("07:01:00"), clock("07:02:00")}));
    w.clock().set({.time = clock("07:03:00"), .error_bound = std::chrono::milliseconds(-1)});
    w.turn();
    w.node().flush();
    EXPECT_EQ(
        body_of_record<ledger::node::TimeQuality>(records_of<ledger::node::TimeQuality>(w).back())
            .error_bound_ms,
        ledger::kUnknownClockError);
}

TEST(Node, TheStatesHashEachSoManyRecords) {
    NodeWorld w({.node = {.state_every = 10}});
    begin_two_shores(w);
    for (int i = 0; i < 20; ++i) w.files("south", intent("S" + std::to_string(i)));
    std::uint64_t last = 0;
    std::size_t found = 0;
    const auto records = w.records();
    for (std::uint64_t number = 0; number < records.size(); ++number) {
        const auto* of_node = std::get_if<ledger::NodeRecord>(&records[number].content);
        if (of_node == nullptr || !std::holds_alternative<ledger::node::State>(*of_node)) continue;
        EXPECT_GE(number - last, 10U);
        EXPECT_LE(number - last, 12U);  // behind a request and its deliveries
        last = number;
        ++found;
    }
    EXPECT_GE(found, 4U);
    EXPECT_EQ(NodeOptions{}.state_every, 1000U);
}

TEST(Node, TimeTicksOnlyWhereATimerIsDue) {
    NodeWorld w;
    w.party("north");
    w.party("south");
    w.party("lead");
    w.agree("line", terms({"south", "north", "lead"})
                        .shares("south", "north", Shared::kIntents, Level::kVolume)
                        .within(std::chrono::seconds(30), std::chrono::seconds(60),
                                std::chrono::seconds(60))
                        .escalates_to({"lead"}));
    w.at("07:10");
    w.files("south", intent("S1"));
    const auto before = records_of<ledger::node::TimeTick>(w).size();
    w.at("07:10:29");
    EXPECT_EQ(records_of<ledger::node::TimeTick>(w).size(), before);
    w.at("07:10:31");
    const auto ticks = records_of<ledger::node::TimeTick>(w);
    ASSERT_EQ(ticks.size(), before + 1);
    EXPECT_EQ(ticks.back().time, clock("07:10:30"));
    EXPECT_THAT(w, delivered("lead", "intent/S1").recorded().at("07:10:30"));
}

// The same submissions, however they are grouped, give the same records.
seal::Hash root_of(std::size_t max_group, std::uint64_t max_idle_ticks) {
    NodeWorld w(
        {.node = {.max_group = max_group, .max_idle_ticks = max_idle_ticks, .state_every = 7}});
    begin_two_shores(w);
    base::testing::SplitMix64 random(5);
    std::vector<std::optional<Ticket>> tickets;
    for (int step = 0; step < 40; ++step) {
        w.at(w.now() + std::chrono::milliseconds(300 + random.below(1500)));
        for (std::uint64_t i = random.below(9); i > 0; --i) {
            const std::string id = "S" + std::to_string(random.below(12));
            if (random.below(2) == 0) tickets.push_back(w.says("south", intent(id)));
            if (random.below(3) == 0) {
                tickets.push_back(w.says("north", accord::Received{.version = 1}, "intent/" + id));
            }
        }
        w.sees("north-radar", step % 2 == 0 ? approaching("T1") : inside("T1"));
    }
    w.turn();
    w.node().flush();
    std::size_t accepted = 0;
    for (const auto& ticket : tickets) accepted += w.outcome(ticket) == Outcome::kAccepted;
    EXPECT_GT(accepted, 20U);
    EXPECT_LT(accepted, tickets.size());
    return w.record_root();
}

TEST(Node, NoRecordDependsOnHowRequestsWereGrouped) {
    const seal::Hash root = root_of(256, 1);
    EXPECT_EQ(root_of(1, 1), root);
    EXPECT_EQ(root_of(7, 1), root);
    EXPECT_EQ(root_of(7, 100), root);
    EXPECT_EQ(root_of(256, 100), root);
}

}  // namespace
}  // namespace comity::node
