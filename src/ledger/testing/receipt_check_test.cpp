// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/receipt_check.hpp"

#include "comity/ledger/bundle.hpp"
#include "comity/ledger/testing/small_ledger.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using testing::request_of;
using testing::SmallLedger;

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

constexpr AttachmentKey kKey{std::byte{7}};

// A ledger of some seconds in which two parties file and are told.
class ReceiptCheck : public ::testing::Test {
  protected:
    void SetUp() override {
        policy_.logs.push_back({.key = ledger_.key()});
        ledger_.add(node::Start{.build = "test"});
        ledger_.close_second();
        Envelope request = request_of("air-unit-a", "r1");
        request.attachments = {{.name = "contact person", .commitment = commit(kKey, name_)},
                               {.name = "note", .commitment = commit(kKey, bytes_of("old"))}};
        signed_ = ledger_.file_signed(request);
        ledger_.file_signed(request_of("air-unit-a", "r2"));
        ledger_.close_second();
        vouched_ = ledger_.file_vouched(request_of("air-unit-b", "r3"));
        delivered_ = ledger_.deliver("air-unit-b", commit(kKey, told_));
        ledger_.deliver("air-unit-b", commit(kKey, told_));
        ledger_.close_second();
        ledger_.close_second();
    }

    Receipt signed_receipt() {
        return ledger_.receipt(
            signed_, EntryTree::kFiled,
            {{.name = "contact person", .opening = {{.key = kKey, .content = name_}}},
             {.name = "note"}});
    }

    ReceiptRefusal refusal_of(const Receipt& receipt) {
        const auto checked = check_receipt(receipt, policy_);
        EXPECT_FALSE(checked.has_value());
        return checked ? ReceiptRefusal::kLogProof : checked.error().refusal;
    }

    SmallLedger ledger_;
    Policy policy_;
    std::vector<std::byte> name_ = bytes_of("a name");
    std::vector<std::byte> told_ = bytes_of("what was told");
    std::size_t signed_ = 0;
    std::size_t vouched_ = 0;
    std::size_t delivered_ = 0;
};

TEST_F(ReceiptCheck, ShowsWhoSignedWhatWhen) {
    const auto found = check_receipt(signed_receipt(), policy_);
    ASSERT_TRUE(found.has_value()) << to_string(found.error().refusal) << found.error().detail;
    EXPECT_EQ(found->attribution, Attribution::kSigned);
    EXPECT_EQ(found->party, "air-unit-a");
    EXPECT_EQ(found->envelope->id, "r1");
    EXPECT_EQ(found->entry_place.index, 0U);
    EXPECT_EQ(found->entry_place.tree_size, 2U);
    EXPECT_EQ(found->slot_place.tree_size, 16U);
    EXPECT_EQ(found->log.checkpoint.tree.size, 4U);
    ASSERT_EQ(found->attachments.size(), 2U);
    EXPECT_EQ(found->attachments[0].state, AttachmentState::State::kOpened);
    EXPECT_EQ(found->attachments[0].size, 6U);
    EXPECT_EQ(found->attachments[1].state, AttachmentState::State::kErased);
}

TEST_F(ReceiptCheck, TellsTheNodesWordFromAParty) {
    const auto vouched = check_receipt(ledger_.receipt(vouched_, EntryTree::kFiled), policy_);
    ASSERT_TRUE(vouched.has_value()) << to_string(vouched.error().refusal);
    EXPECT_EQ(vouched->attribution, Attribution::kVouched);
    const auto told = check_receipt(ledger_.receipt(delivered_, EntryTree::kDelivered), policy_);
    ASSERT_TRUE(told.has_value()) << to_string(told.error().refusal);
    EXPECT_EQ(told->attribution, Attribution::kNode);
    EXPECT_EQ(told->party, "air-unit-b");
    ASSERT_EQ(told->attachments.size(), 1U);
    EXPECT_EQ(told->attachments[0].state, AttachmentState::State::kNotShown);
    const auto start = check_receipt(ledger_.receipt(0, EntryTree::kRecords), policy_);
    ASSERT_TRUE(start.has_value()) << to_string(start.error().refusal);
    EXPECT_EQ(start->party, "");
}

TEST_F(ReceiptCheck, ATextAndBackIsTheSameReceipt) {
    const std::string text = format_receipt(signed_receipt());
    const auto parsed = parse_receipt(text);
    ASSERT_TRUE(parsed.has_value()) << to_string(parsed.error().fault) << parsed.error().line;
    EXPECT_EQ(format_receipt(*parsed), text);
    EXPECT_TRUE(check_receipt(*parsed, policy_).has_value());
}

TEST_F(ReceiptCheck, EveryBitOfAReceiptMatters) {
    const std::string texts[] = {
        format_receipt(signed_receipt()),
        format_receipt(
            ledger_.receipt(delivered_, EntryTree::kDelivered,
                            {{.name = "content", .opening = {{.key = kKey, .content = told_}}}})),
    };
    for (const std::string& text : texts) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                std::string flipped = text;
                flipped[at] =
                    static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ (1U << bit));
                const auto receipt = parse_receipt(flipped);
                if (!receipt) continue;
                ASSERT_FALSE(check_receipt(*receipt, policy_).has_value())
                    << "byte " << at << " bit " << bit << " near "
                    << text.substr(at < 20 ? 0 : at - 20, 40);
            }
        }
    }
}

// Each step of the check refuses by itself.
TEST_F(ReceiptCheck, EachPartIsRefusedForItsOwnReason) {
    using enum ReceiptRefusal;
    struct Case {
        ReceiptRefusal refusal;
        std::function<void(Receipt&)> spoil;
    };
    const Case cases[] = {
        {kLogProof, [](Receipt& r) { r.log_proof = "no proof\n"; }},
        {kLog, [](Receipt& r) { r.tick[3] ^= std::byte{1}; }},
        {kSlot, [](Receipt& r) { r.slot.pop_back(); }},
        {kSlotCount, [](Receipt& r) { r.slot_place.tree_size = 17; }},
        {kSlotCount, [](Receipt& r) { r.slot_place.tree_size = 8; }},
        {kSlotProof, [](Receipt& r) { r.slot_proof[0].bytes[0] ^= std::byte{1}; }},
        {kSlotProof, [](Receipt& r) { r.slot[2] ^= std::byte{1}; }},
        {kSlotKind, [](Receipt& r) { r.tree = EntryTree::kRecords; }},
        {kCount, [](Receipt& r) { r.entry_place.tree_size = 3; }},
        {kCount, [](Receipt& r) { r.tree = EntryTree::kDelivered; }},
        {kEntryProof, [](Receipt& r) { r.entry_place.index = 1; }},
        {kEntryProof, [](Receipt& r) { r.record[5] ^= std::byte{1}; }},
        {kAttachment, [](Receipt& r) { r.attachments[0].name = "other"; }},
        {kAttachment, [](Receipt& r) { r.attachments[0].opening->content[0] ^= std::byte{1}; }},
        {kAttachment, [](Receipt& r) { r.attachments[0].opening->key[0] ^= std::byte{1}; }},
    };
    for (const Case& c : cases) {
        Receipt receipt = signed_receipt();
        c.spoil(receipt);
        EXPECT_EQ(refusal_of(receipt), c.refusal) << to_string(c.refusal);
    }
}

// Faults that only a dishonest node could commit to: the ledger itself is wrong.
TEST_F(ReceiptCheck, WhatANodeMustNotRecordIsRefused) {
    using enum ReceiptRefusal;
    Envelope elsewhere = request_of("air-unit-a", "r9");
    elsewhere.to = "other.test/log";
    const std::size_t other_log = ledger_.file_signed(elsewhere);
    Envelope keyed = request_of("air-unit-a", "r10");
    keyed.key = seal::Hash{};
    const std::size_t keyed_vouched = ledger_.file_vouched(keyed);
    ledger_.close_second();
    EXPECT_EQ(refusal_of(ledger_.receipt(other_log, EntryTree::kFiled)), kOtherLog);
    EXPECT_EQ(refusal_of(ledger_.receipt(keyed_vouched, EntryTree::kFiled)), kVouchedKey);
}

TEST_F(ReceiptCheck, AnotherLogsKeyIsNoKey) {
    Policy other;
    auto key = seal::make_verifier_key(SmallLedger::kOrigin, seal::kEd25519Type,
                                       testing::signer_of("somebody else")->key_id().value());
    other.logs.push_back({.key = *key});
    const auto checked = check_receipt(signed_receipt(), other);
    ASSERT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().refusal, ReceiptRefusal::kLog);
}

TEST_F(ReceiptCheck, ABundleNamesTheDeliveriesThatItLeavesOut) {
    std::vector<ReceiptFindings> found;
    found.push_back(*check_receipt(ledger_.receipt(delivered_, EntryTree::kDelivered), policy_));
    BundleList list{.log = to_string(ledger_.key()),
                    .party = "air-unit-b",
                    .first_delivery = 1,
                    .last_delivery = 2,
                    .receipts = {{.name = "0001.txt"}}};
    EXPECT_EQ(omitted_deliveries(list, found), std::vector<std::uint64_t>{2});
    list.last_delivery = 1;
    EXPECT_TRUE(omitted_deliveries(list, found).empty());
    list.party = "air-unit-a";
    EXPECT_EQ(omitted_deliveries(list, found), std::vector<std::uint64_t>{1});
    const auto parsed = parse_bundle_list(format_bundle_list(list));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, list);
}

}  // namespace
}  // namespace comity::ledger
