// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/receipt_check.hpp"

#include "comity/ledger/bundle.hpp"
#include "comity/ledger/proof.hpp"
#include "comity/ledger/testing/example_ledger.hpp"
#include "comity/ledger/testing/small_ledger.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/dsse.hpp"
#include "comity/seal/note.hpp"

#include <chrono>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using testing::ExampleLedger;
using testing::request_of;
using testing::SmallLedger;

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

class ReceiptCheck : public ::testing::Test {
  protected:
    Receipt signed_receipt() { return example_.signed_receipt(); }

    ReceiptRefusal refusal_of(const Receipt& receipt) {
        const auto checked = check_receipt(receipt, policy_);
        EXPECT_FALSE(checked.has_value());
        return checked ? ReceiptRefusal::kLogProof : checked.error().refusal;
    }

    ExampleLedger example_;
    SmallLedger& ledger_ = example_.ledger();
    Policy policy_ = example_.policy();
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
    const auto vouched = check_receipt(example_.vouched_receipt(), policy_);
    ASSERT_TRUE(vouched.has_value()) << to_string(vouched.error().refusal);
    EXPECT_EQ(vouched->attribution, Attribution::kVouched);
    Receipt delivery = example_.delivery_receipt();
    delivery.attachments.clear();
    const auto told = check_receipt(delivery, policy_);
    ASSERT_TRUE(told.has_value()) << to_string(told.error().refusal);
    EXPECT_EQ(told->attribution, Attribution::kNode);
    EXPECT_EQ(told->party, "air-unit-b");
    ASSERT_EQ(told->attachments.size(), 1U);
    EXPECT_EQ(told->attachments[0].state, AttachmentState::State::kNotShown);
    const auto start = check_receipt(example_.start_receipt(), policy_);
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
        format_receipt(signed_receipt()),           format_receipt(example_.erased_receipt()),
        format_receipt(example_.vouched_receipt()), format_receipt(example_.delivery_receipt()),
        format_receipt(example_.start_receipt()),
    };
    for (const std::string& text : texts) {
        ASSERT_TRUE(check_receipt(*parse_receipt(text), policy_).has_value());
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

// What the first part can have in it, whoever made it: each refused for its own reason, told in the
// detail.
class BadLogProof : public ReceiptCheck {
  protected:
    // The refusal's detail where this checkpoint, signed by the log, and `more` lines are in place
    // of the receipt's own.
    std::string detail_of(std::string_view size, const std::string& more = "") {
        const std::string text =
            std::string(SmallLedger::kOrigin) + "\n" + std::string(size) + "\n" + root_ + "\n";
        const auto signer = testing::signer_of(SmallLedger::kOrigin);
        const auto line = *seal::sign_note(*signer, SmallLedger::kOrigin, text);
        Receipt receipt = example_.start_receipt();
        const std::size_t note = receipt.log_proof.find("\n\n") + 2;
        receipt.log_proof.replace(note, std::string::npos,
                                  to_string(seal::Note{.text = text, .signatures = {line}}) + more);
        const auto checked = check_receipt(receipt, policy_);
        EXPECT_FALSE(checked.has_value());
        if (checked) return "holds";
        EXPECT_EQ(checked.error().refusal, ReceiptRefusal::kLog);
        return checked.error().detail;
    }

    std::string root_ = seal::encode_base64(empty_root().span());
};

TEST_F(BadLogProof, IsRefusedWithItsCause) {
    EXPECT_EQ(detail_of("0"), to_string(ProofError::kEmptyTree));
    EXPECT_EQ(detail_of("3"), to_string(ProofError::kIndexOutside));
    EXPECT_EQ(detail_of("4"), to_string(ProofError::kRootMismatch));
    EXPECT_EQ(detail_of("5"), to_string(ProofError::kTooShort));
    EXPECT_EQ(detail_of("04"), to_string(TrustError::kNotACheckpoint));
    EXPECT_EQ(detail_of("9223372036854775808"), to_string(TrustError::kNotACheckpoint));
    // Lines of others mean nothing, but for a line that says it is of the log's key.
    const std::string other = "\u2014 other.test/log AAAAAQI=\n";
    EXPECT_EQ(detail_of("0", other), to_string(ProofError::kEmptyTree));
    const auto lines = [&other](std::size_t count) {
        std::string all;
        for (std::size_t i = 0; i < count; ++i) all += other;
        return all;
    };
    EXPECT_EQ(detail_of("0", lines(63)), to_string(ProofError::kEmptyTree));
    EXPECT_EQ(detail_of("0", lines(64)), to_string(seal::NoteError::kTooManySignatures));
    EXPECT_EQ(detail_of("0", lines(1'000)), to_string(seal::NoteError::kTooManySignatures));
    seal::NoteSignature forged{.name = std::string(SmallLedger::kOrigin),
                               .key_id = policy_.logs.front().key.id,
                               .bytes = std::vector<std::byte>(64)};
    const std::string note = to_string(seal::Note{.text = "a\n", .signatures = {forged}});
    EXPECT_EQ(detail_of("0", note.substr(3)), to_string(TrustError::kLogSignature));
}

TEST_F(BadLogProof, HasNoMoreHashesThanItNeeds) {
    Receipt receipt = example_.start_receipt();
    const std::string line = "\n" + seal::encode_base64(Hash{}.span());
    receipt.log_proof.insert(receipt.log_proof.find("\n\n"), line);
    auto checked = check_receipt(receipt, policy_);
    ASSERT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().refusal, ReceiptRefusal::kLog);
    EXPECT_EQ(checked.error().detail, to_string(ProofError::kTooLong));
    for (int i = 0; i < 63; ++i) receipt.log_proof.insert(receipt.log_proof.find("\n\n"), line);
    checked = check_receipt(receipt, policy_);
    ASSERT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().refusal, ReceiptRefusal::kLogProof);
    EXPECT_EQ(checked.error().detail, to_string(LogProofError::kTooManyHashes));
}

// --- What only a dishonest node could commit to: the ledger itself is wrong ----------------------

class DishonestLedger : public ReceiptCheck {
  protected:
    // The refusal of a receipt of these bytes in a tree of air-unit-a.
    ReceiptRefusal refusal_with(std::vector<std::byte> record, EntryTree tree) {
        const std::size_t number = ledger_.put(std::move(record), "air-unit-a", tree);
        ledger_.close_second();
        return refusal_of(ledger_.receipt(number, tree));
    }

    std::vector<std::byte> record_of(decltype(Record::content) content) {
        Record record = ledger_.head();
        record.content = std::move(content);
        return encode(record);
    }

    // A request in DSSE, signed by `signer`.
    std::vector<std::byte> signed_by(std::string_view signer, std::string_view payload,
                                     std::string_view type = kEnvelopeType) {
        seal::DsseEnvelope dsse{.payload_type = std::string(type), .payload = bytes_of(payload)};
        dsse.signatures.push_back(*seal::sign_dsse(*testing::signer_of(signer), dsse, ""));
        return record_of(SignedRequest{.dsse = bytes_of(to_string(dsse))});
    }

    static Envelope with_key(std::string_view party) {
        Envelope envelope = request_of(party, "r9");
        envelope.key = seal::Hash{.bytes = testing::signer_of(party)->key_id().value()};
        return envelope;
    }
};

TEST_F(DishonestLedger, ATickThatIsNone) {
    ledger_.close_second_as(bytes_of("any bytes"));
    EXPECT_EQ(refusal_of(example_.start_receipt()), ReceiptRefusal::kTick);
}

TEST_F(DishonestLedger, ARecordThatIsNone) {
    EXPECT_EQ(refusal_with(bytes_of("any bytes"), EntryTree::kFiled), ReceiptRefusal::kRecord);
    EXPECT_EQ(refusal_with({}, EntryTree::kRecords), ReceiptRefusal::kRecord);
}

TEST_F(DishonestLedger, ARecordInTheWrongTree) {
    const auto request = signed_by("air-unit-a", *write_envelope(with_key("air-unit-a")));
    EXPECT_EQ(refusal_with(request, EntryTree::kDelivered), ReceiptRefusal::kNotADelivery);
    const auto stop = record_of(NodeRecord(node::Stop{}));
    EXPECT_EQ(refusal_with(stop, EntryTree::kDelivered), ReceiptRefusal::kNotADelivery);
    EXPECT_EQ(refusal_with(stop, EntryTree::kFiled), ReceiptRefusal::kNotARequest);
}

TEST_F(DishonestLedger, ARecordInTheSlotOfAnotherParty) {
    const auto request = signed_by("air-unit-b", *write_envelope(with_key("air-unit-b")));
    EXPECT_EQ(refusal_with(request, EntryTree::kFiled), ReceiptRefusal::kOtherParty);
    const auto delivery = record_of(NodeRecord(node::Delivery{.addressee = "air-unit-b"}));
    EXPECT_EQ(refusal_with(delivery, EntryTree::kDelivered), ReceiptRefusal::kOtherParty);
    // A Cyrillic letter in place of the first one: it looks the same and is another party.
    const auto look_alike = record_of(NodeRecord(node::Delivery{.addressee = "\u0430ir-unit-a"}));
    EXPECT_EQ(refusal_with(look_alike, EntryTree::kDelivered), ReceiptRefusal::kOtherParty);
}

TEST_F(DishonestLedger, ADeliveryThatIsNotInItsPlace) {
    const node::Delivery late{.addressee = "air-unit-a", .number = 99};
    EXPECT_EQ(refusal_with(record_of(NodeRecord(late)), EntryTree::kDelivered),
              ReceiptRefusal::kDeliveryNumber);
}

TEST_F(DishonestLedger, ARequestThatIsNoEnvelope) {
    using enum ReceiptRefusal;
    const std::string good = *write_envelope(with_key("air-unit-a"));
    EXPECT_EQ(refusal_with(record_of(SignedRequest{bytes_of("{}")}), EntryTree::kFiled), kEnvelope);
    EXPECT_EQ(refusal_with(signed_by("air-unit-a", "{}"), EntryTree::kFiled), kEnvelope);
    EXPECT_EQ(refusal_with(signed_by("air-unit-a", good, "text/plain"), EntryTree::kFiled),
              kEnvelope);
    EXPECT_EQ(refusal_with(record_of(VouchedRequest{bytes_of("{}")}), EntryTree::kFiled),
              kEnvelope);
}

TEST_F(DishonestLedger, ARequestThatItsAuthorDidNotSign) {
    using enum ReceiptRefusal;
    const std::string keyed = *write_envelope(with_key("air-unit-a"));
    EXPECT_EQ(refusal_with(signed_by("air-unit-b", keyed), EntryTree::kFiled), kSignature);
    const std::string keyless = *write_envelope(request_of("air-unit-a", "r9"));
    EXPECT_EQ(refusal_with(signed_by("air-unit-a", keyless), EntryTree::kFiled), kSignature);
    EXPECT_EQ(refusal_with(record_of(VouchedRequest{bytes_of(keyed)}), EntryTree::kFiled),
              kVouchedKey);
}

TEST_F(DishonestLedger, ARequestThatWasMeantForAnotherLog) {
    Envelope elsewhere = with_key("air-unit-a");
    elsewhere.to = "other.test/log";
    EXPECT_EQ(refusal_with(signed_by("air-unit-a", *write_envelope(elsewhere)), EntryTree::kFiled),
              ReceiptRefusal::kOtherLog);
    // U+2024 in place of the full stop: origins are compared by their bytes.
    elsewhere.to = "ledger\u2024test/log";
    EXPECT_EQ(refusal_with(signed_by("air-unit-a", *write_envelope(elsewhere)), EntryTree::kFiled),
              ReceiptRefusal::kOtherLog);
}

TEST_F(DishonestLedger, ARecordOfALaterTimeThanItsTick) {
    Record record = ledger_.head();
    record.content = NodeRecord(node::Stop{});
    record.time += std::chrono::milliseconds(999);
    const std::size_t in_time = ledger_.put(encode(record), "", EntryTree::kRecords);
    ledger_.close_second();
    EXPECT_TRUE(check_receipt(ledger_.receipt(in_time, EntryTree::kRecords), policy_).has_value());
    record.time = ledger_.head().time + std::chrono::seconds(1);
    EXPECT_EQ(refusal_with(encode(record), EntryTree::kRecords), ReceiptRefusal::kTime);
}

TEST(ReceiptRefusal, EachHasWordsOfItsOwn) {
    constexpr auto kLast = static_cast<unsigned>(ReceiptRefusal::kAttachment);
    std::set<std::string_view> words;
    for (unsigned refusal = 0; refusal <= kLast; ++refusal) {
        words.insert(to_string(static_cast<ReceiptRefusal>(refusal)));
    }
    EXPECT_EQ(words.size(), kLast + 1);
    EXPECT_FALSE(words.contains("unknown refusal"));
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
    found.push_back(*check_receipt(example_.delivery_receipt(), policy_));
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
