// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A small ledger written by hand, and what a replay finds in it where it is changed.
#include "comity/node/replayer.hpp"

#include "test_node.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

using Records = std::vector<ledger::Record>;

// What the node recorded of a telling and a state, to be changed by a test.
class ReplayerTest : public ::testing::Test {
  protected:
    ReplayerTest() : w_({.node = {.state_every = 5}}) {
        begin_two_shores(w_);
        w_.files("south", intent("S1"));
        records_ = w_.records();
    }

    std::vector<ReplayFault> faults(const Records& records, bool with_secret = true,
                                    bool verifies = true) {
        std::vector<ReplayFault> found;
        accord::State state{std::string(NodeWorld::kOrigin)};
        Replayer replayer(
            state,
            {.verifies_signatures = verifies, .secret = with_secret ? &w_.secret() : nullptr},
            [&](const ReplayFinding& finding) {
                found.push_back(finding.fault);
                at_.push_back(finding.record);
            });
        std::uint64_t number = 0;
        for (const ledger::Record& record : records) replayer.take(number++, record);
        replayer.finish();
        deliveries_ = replayer.deliveries();
        requests_ = replayer.requests();
        accepted_ = replayer.accepted();
        states_ = replayer.states();
        return found;
    }

    template <typename Kind>
    std::size_t last_of() {
        for (std::size_t i = records_.size(); i-- > 0;) {
            const auto* of_node = std::get_if<ledger::NodeRecord>(&records_[i].content);
            if (of_node != nullptr && std::holds_alternative<Kind>(*of_node)) return i;
        }
        ADD_FAILURE() << "no such record";
        return 0;
    }
    std::size_t last_request() {
        for (std::size_t i = records_.size(); i-- > 0;) {
            if (std::holds_alternative<ledger::SignedRequest>(records_[i].content)) return i;
        }
        return 0;
    }
    ledger::node::Delivery& last_delivery() {
        return std::get<ledger::node::Delivery>(
            std::get<ledger::NodeRecord>(records_[last_of<ledger::node::Delivery>()].content));
    }

    NodeWorld w_;
    Records records_;
    std::vector<std::uint64_t> at_;
    std::uint64_t deliveries_ = 0;
    std::uint64_t requests_ = 0;
    std::uint64_t accepted_ = 0;
    std::uint64_t states_ = 0;
};

using Faults = std::vector<ReplayFault>;

TEST_F(ReplayerTest, WhatFollowsIsFoundWithoutFault) {
    EXPECT_EQ(faults(records_), Faults{});
    EXPECT_EQ(deliveries_, w_.deliveries().size());
    EXPECT_EQ(requests_, 6U);  // two parties, an agreement and its acceptance, an area, an intent
    EXPECT_EQ(accepted_, 6U);
    EXPECT_GE(states_, 1U);
}

TEST_F(ReplayerTest, OtherRules) {
    records_[last_request()].rules = "comity-9";
    const auto found = faults(records_);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front(), ReplayFault::kOtherRules);
    EXPECT_EQ(at_.front(), last_request());
}

TEST_F(ReplayerTest, ARequestThatNobodySigned) {
    auto& dsse = std::get<ledger::SignedRequest>(records_[last_request()].content).dsse;
    ledger::Envelope said = w_.envelope("south", intent("S1").put(), "S1");
    said.key = testing::key_of("south");
    dsse = testing::signed_by("north", ledger::write_envelope(said).value());
    auto found = faults(records_);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front(), ReplayFault::kUnattributed);
    // Only who looks at signatures finds it.
    found = faults(records_, true, false);
    EXPECT_EQ(std::ranges::count(found, ReplayFault::kUnattributed), 0);
}

TEST_F(ReplayerTest, AnotherOutcome) {
    records_[last_request()].outcome = static_cast<std::uint16_t>(Outcome::kOver);
    EXPECT_EQ(faults(records_), Faults{ReplayFault::kOutcome});
    EXPECT_EQ(at_.front(), last_request());
    records_[last_request()].outcome = 999;  // no outcome at all
    EXPECT_EQ(faults(records_), Faults{ReplayFault::kOutcome});
}

TEST_F(ReplayerTest, ADeliveryThatSaysSomethingElse) {
    const std::vector<std::function<void(ledger::node::Delivery&)>> changes{
        [](auto& one) { one.addressee = "south"; },
        [](auto& one) { one.item = "intent/S2"; },
        [](auto& one) { one.version += 1; },
        [](auto& one) { one.level = ledger::node::Level::kFull; },
        [](auto& one) { one.content.bytes[0] ^= std::byte{1}; },
        [](auto& one) { one.number += 1; },
    };
    const Records good = records_;
    for (const auto& change : changes) {
        records_ = good;
        change(last_delivery());
        EXPECT_EQ(faults(records_), Faults{ReplayFault::kDelivery});
        EXPECT_EQ(at_.back(), last_of<ledger::node::Delivery>());
    }
    // The last two are in the bytes, which nobody makes again without the secret.
    EXPECT_EQ(faults(records_, false), Faults{});
}

TEST_F(ReplayerTest, ADeliveryTooMany) {
    const std::size_t place = last_of<ledger::node::Delivery>();
    const ledger::Record again = records_[place];
    records_.insert(records_.begin() + static_cast<std::ptrdiff_t>(place) + 1, again);
    EXPECT_EQ(faults(records_), Faults{ReplayFault::kDelivery});
}

TEST_F(ReplayerTest, ADeliveryMissing) {
    records_.erase(records_.begin() +
                   static_cast<std::ptrdiff_t>(last_of<ledger::node::Delivery>()));
    EXPECT_EQ(faults(records_), Faults{ReplayFault::kMissing});
    EXPECT_EQ(at_.front(), last_request());
}

TEST_F(ReplayerTest, ADeliveryThatDoesNotStandBehindItsCause) {
    const std::size_t place = last_of<ledger::node::Delivery>();
    const ledger::Record between = records_[last_of<ledger::node::Start>()];
    records_.insert(records_.begin() + static_cast<std::ptrdiff_t>(place), between);
    EXPECT_EQ(faults(records_), (Faults{ReplayFault::kMissing, ReplayFault::kDelivery}));
}

TEST_F(ReplayerTest, AnotherState) {
    auto& record = records_[last_of<ledger::node::State>()];
    auto& state = std::get<ledger::node::State>(std::get<ledger::NodeRecord>(record.content));
    state.content.bytes[31] ^= std::byte{1};
    EXPECT_EQ(faults(records_), Faults{ReplayFault::kState});
    state.name = "other";  // of something else: not looked at
    EXPECT_EQ(faults(records_), Faults{});
}

TEST_F(ReplayerTest, ANodeDoesNotOpenOnWhatDoesNotFollow) {
    // Written by hand, as a program with other rules would.
    const auto payload =
        ledger::write_envelope(w_.envelope("south", intent("S2").put(), "S2")).value();
    const ledger::Draft draft{.outcome = static_cast<std::uint16_t>(Outcome::kOver),
                              .rules = std::string(kRules),
                              .content = ledger::VouchedRequest{testing::bytes_of(payload)},
                              .party = "south"};
    ASSERT_TRUE(w_.ledger().stage(draft, w_.clock().now()));
    ASSERT_TRUE(w_.ledger().commit());
    w_.restart();
    EXPECT_FALSE(w_.is_running());
    ASSERT_TRUE(w_.refused());
    EXPECT_EQ(w_.refused()->fault, ledger::LedgerFault::kRecord);
}

}  // namespace
}  // namespace comity::node
