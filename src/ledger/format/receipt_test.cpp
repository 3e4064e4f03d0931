// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/receipt.hpp"

#include "test_bytes.hpp"
#include "test_trees.hpp"

#include "comity/seal/base64.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using enum ReceiptFault;

std::string base64(std::string_view bytes) {
    return seal::encode_base64(bytes_of(bytes));
}

const std::string kHash = seal::encode_base64(counted_hash(1).span());
const std::string kKey = seal::encode_base64(counted_hash(2).span());

/// The lines of a small receipt; each test puts others in their places. Nothing in it holds.
struct Lines {
    std::string proof = "any proof\n";
    std::string first = "comity-receipt v1\n";
    std::string tick = "tick " + base64("a tick") + "\n";
    std::string slot = "slot 5 16 " + base64("a slot") + "\n";
    std::string slot_proof = kHash + "\n";
    std::string entry = "entry filed 0 2\n";
    std::string entry_proof = kHash + "\n";
    std::string record = "record " + base64("a record") + "\n";
    std::string attachments =
        "attachment a%20name " + kKey + " " + base64("content") + "\nattachment 100%25 erased\n";
};

std::string text_of(const Lines& l) {
    return l.proof + l.first + l.tick + l.slot + l.slot_proof + l.entry + l.entry_proof + l.record +
           l.attachments;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST(Receipt, IsReadPartByPart) {
    const auto receipt = parse_receipt(text_of({}));
    ASSERT_TRUE(receipt) << to_string(receipt.error().fault);
    EXPECT_EQ(receipt->log_proof, "any proof\n");
    EXPECT_EQ(receipt->tick, copied(bytes_of("a tick")));
    EXPECT_EQ(receipt->slot, copied(bytes_of("a slot")));
    EXPECT_EQ(receipt->slot_place.index, 5U);
    EXPECT_EQ(receipt->slot_place.tree_size, 16U);
    EXPECT_EQ(receipt->slot_proof, Proof{counted_hash(1)});
    EXPECT_EQ(receipt->tree, EntryTree::kFiled);
    EXPECT_EQ(receipt->entry_place.index, 0U);
    EXPECT_EQ(receipt->entry_place.tree_size, 2U);
    EXPECT_EQ(receipt->entry_proof, Proof{counted_hash(1)});
    EXPECT_EQ(receipt->record, copied(bytes_of("a record")));
    const ShownAttachment::Opening opening{.key = counted_hash(2).bytes,
                                           .content = copied(bytes_of("content"))};
    EXPECT_EQ(receipt->attachments, (std::vector<ShownAttachment>{
                                        {.name = "a name", .opening = opening}, {.name = "100%"}}));
}

TEST(Receipt, IsReadAndWrittenInOneWay) {
    const std::string texts[] = {
        text_of({}),
        text_of({.attachments = ""}),
        text_of({.slot_proof = "", .entry_proof = ""}),
        text_of({.entry = "entry delivered 9223372036854775807 0\n"}),
        text_of({.entry = "entry records 0 1\n"}),
        text_of({.tick = "tick \n", .slot = "slot 0 0 \n", .record = "record \n"}),
        text_of({.attachments = "attachment a " + kKey + " \n"}),
        text_of({.attachments = "attachment erased erased\n"}),
        text_of({.proof = "\n"}),
        text_of({.slot_proof = repeated(kHash + "\n", 63)}),
    };
    for (const std::string& text : texts) {
        const auto receipt = parse_receipt(text);
        ASSERT_TRUE(receipt) << text << to_string(receipt.error().fault);
        EXPECT_EQ(format_receipt(*receipt), text);
    }
}

/// A text that is no receipt, why, and in which line.
struct Row {
    std::string text;
    ReceiptFault fault;
    std::size_t line;
};

std::vector<Row> rows_of_lines() {
    return {
        {"", kNoReceipt, 1},
        {"any proof\n", kNoReceipt, 1},
        {text_of({.proof = ""}), kNoReceipt, 1},
        {text_of({.first = "comity-receipt v2\n"}), kNoReceipt, 1},
        {text_of({.first = "comity-receipt v1 \n"}), kNoReceipt, 1},
        {std::string(Receipt::kMaxBytes + 1, 'A'), kTooLarge, 1},
        {std::string(100'000'000, 'A'), kTooLarge, 1},

        {"any proof\ncomity-receipt v1\n", kLine, 2},
        {text_of({.tick = ""}), kLine, 3},
        {text_of({.tick = "Tick AAAA\n"}), kLine, 3},
        {text_of({.tick = "tick\n"}), kLine, 3},
        {text_of({.tick = "tick AAAA AAAA\n"}), kLine, 3},
        {text_of({.tick = "tick  AAAA\n"}), kLine, 3},
        {text_of({.tick = "tick" + std::string(Receipt::kMaxBytes / 2, ' ') + "\n"}), kLine, 3},
        {text_of({.slot = "slot 5 16\n"}), kLine, 4},
        {text_of({.slot = "slot 5 16 AAAA AAAA\n"}), kLine, 4},
        {text_of({.entry = "entry filed 0\n"}), kLine, 6},
        {text_of({.record = ""}), kLine, 8},
        {text_of({.record = "record\n", .attachments = ""}), kBase64, 8},
        {text_of({.attachments = "attachment a\n"}), kLine, 9},
        {text_of({.attachments = "attachment a hidden\n"}), kLine, 9},
        {text_of({.attachments = "Attachment a erased\n"}), kLine, 9},
        {text_of({.attachments = "attachment a erased \n"}), kBase64, 9},
        {text_of({.attachments = "attachment a " + kKey + " AAAA AAAA\n"}), kLine, 9},
        {text_of({}) + "\n", kLine, 11},
        {text_of({}) + kHash + "\n", kLine, 11},
        {text_of({}) + "comity-receipt v1\n", kLine, 11},

        {text_of({}) + "attachment b erased", kNoFinalNewline, 11},
        {text_of({.record = "record AAAA", .attachments = ""}), kNoFinalNewline, 8},
    };
}

std::vector<Row> rows_of_values() {
    const std::string name(65, 'n');
    const std::string line = "attachment a erased\n";
    std::string many;
    for (int i = 0; i < 65; ++i) many += "attachment a" + std::to_string(i) + " erased\n";
    return {
        {text_of({.slot = "slot 05 16 AAAA\n"}), kNumber, 4},
        {text_of({.slot = "slot +5 16 AAAA\n"}), kNumber, 4},
        {text_of({.slot = "slot -5 16 AAAA\n"}), kNumber, 4},
        {text_of({.slot = "slot 5 0x10 AAAA\n"}), kNumber, 4},
        {text_of({.slot = "slot 5  AAAA\n"}), kNumber, 4},
        {text_of({.entry = "entry filed 0 9223372036854775808\n"}), kNumber, 6},
        {text_of({.entry = "entry filed 18446744073709551616 1\n"}), kNumber, 6},
        {text_of({.entry = "entry filed 00 1\n"}), kNumber, 6},

        {text_of({.tick = "tick AAA\n"}), kBase64, 3},
        {text_of({.tick = "tick AA-_\n"}), kBase64, 3},
        {text_of({.slot = "slot 5 16 A\n"}), kBase64, 4},
        {text_of({.slot_proof = "\n"}), kBase64, 5},
        {text_of({.slot_proof = "AAAA\n"}), kBase64, 5},
        {text_of({.slot_proof = kHash + "AAAA\n"}), kBase64, 5},
        {text_of({.slot_proof = std::string(10'000'000, 'A') + "\n"}), kBase64, 5},
        {text_of({.entry_proof = kHash + "\r\n"}), kBase64, 7},
        {text_of({.record = "record AB==\n"}), kBase64, 8},
        {text_of({.attachments = "attachment a AAAA AAAA\n"}), kBase64, 9},
        {text_of({.attachments = "attachment a " + kKey + " A\n"}), kBase64, 9},

        {text_of({.slot_proof = repeated(kHash + "\n", 64)}), kTooManyHashes, 68},
        {text_of({.entry_proof = repeated(kHash + "\n", 100'000)}), kTooManyHashes, 70},

        {text_of({.entry = "entry Filed 0 2\n"}), kTree, 6},
        {text_of({.entry = "entry  0 2\n"}), kTree, 6},
        {text_of({.entry = "entry record 0 2\n"}), kTree, 6},

        {text_of({.attachments = line + line}), kAttachmentName, 10},
        {text_of({.attachments = "attachment  erased\n"}), kAttachmentName, 9},
        {text_of({.attachments = "attachment " + name + " erased\n"}), kAttachmentName, 9},
        {text_of({.attachments = "attachment a% erased\n"}), kAttachmentName, 9},
        {text_of({.attachments = "attachment %41 erased\n"}), kAttachmentName, 9},
        {text_of({.attachments = "attachment %2 erased\n"}), kAttachmentName, 9},
        {text_of({.attachments = "attachment a\x1b[2J erased\n"}), kAttachmentName, 9},
        {text_of({.attachments = "attachment a\r erased\n"}), kAttachmentName, 9},
        {text_of({.attachments = "attachment \xff erased\n"}), kAttachmentName, 9},
        {text_of({.attachments = many}), kTooManyAttachments, 73},
    };
}

TEST(Receipt, IsRefusedWithItsCauseAndLine) {
    std::set<ReceiptFault> provoked;
    for (const auto& rows : {rows_of_lines(), rows_of_values()}) {
        for (const Row& row : rows) {
            SCOPED_TRACE(row.text.substr(0, 400));
            const auto receipt = parse_receipt(row.text);
            ASSERT_FALSE(receipt);
            EXPECT_EQ(receipt.error(), (ReceiptError{row.fault, row.line}))
                << to_string(receipt.error().fault) << " in line " << receipt.error().line;
            provoked.insert(row.fault);
        }
    }
    EXPECT_EQ(provoked.size(), 10U);  // every one of them
}

TEST(ReceiptFault, EachHasWordsOfItsOwn) {
    std::set<std::string_view> words;
    for (unsigned fault = 0; fault <= static_cast<unsigned>(kNoFinalNewline); ++fault) {
        words.insert(to_string(static_cast<ReceiptFault>(fault)));
    }
    EXPECT_EQ(words.size(), static_cast<unsigned>(kNoFinalNewline) + 1);
    EXPECT_FALSE(words.contains("unknown fault"));
}

}  // namespace
}  // namespace comity::ledger
