// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/bundle.hpp"

#include "test_bytes.hpp"

#include "comity/ledger/receipt_check.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using enum BundleFault;

constexpr std::string_view kLog =
    "node.example/comity+82f90965+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";

/// The lines of a list; each test puts others in their places.
struct Lines {
    std::string first = "comity-bundle v1\n";
    std::string log = "log " + std::string(kLog) + "\n";
    std::string party = "party coast-guard\n";
    std::string deliveries = "deliveries 3 7\n";
    std::string receipts = "receipt 0001.txt " + to_hex(counted_hash(1).span()) +
                           "\nreceipt 0002.txt " + to_hex(counted_hash(2).span()) + "\n";
};

std::string text_of(const Lines& l) {
    return l.first + l.log + l.party + l.deliveries + l.receipts;
}

std::string receipt(std::string_view name) {
    return "receipt " + std::string(name) + " " + std::string(64, 'a') + "\n";
}

TEST(BundleList, IsReadPartByPart) {
    const auto list = parse_bundle_list(text_of({}));
    ASSERT_TRUE(list) << to_string(list.error().fault) << list.error().line;
    EXPECT_EQ(
        *list,
        (BundleList{.log = std::string(kLog),
                    .party = "coast-guard",
                    .first_delivery = 3,
                    .last_delivery = 7,
                    .receipts = {{"0001.txt", counted_hash(1)}, {"0002.txt", counted_hash(2)}}}));
}

TEST(BundleList, IsReadAndWrittenInOneWay) {
    const std::string texts[] = {
        text_of({}),
        text_of({.receipts = ""}),
        text_of({.deliveries = "deliveries 0 0\n"}),
        text_of({.deliveries = "deliveries 1 9223372036854775807\n"}),
        text_of({.party = "party K\u00FCstenwache 7\n"}),
        text_of({.party = "party " + std::string(128, 'p') + "\n"}),
        text_of({.receipts = receipt(std::string(128, 'n'))}),
        text_of({.receipts = receipt("-a_B.9") + receipt("a..b")}),
    };
    for (const std::string& text : texts) {
        const auto list = parse_bundle_list(text);
        ASSERT_TRUE(list) << text << to_string(list.error().fault);
        EXPECT_EQ(format_bundle_list(*list), text);
    }
}

/// A text that is no list, why, and in which line.
struct Row {
    std::string text;
    BundleFault fault;
    std::size_t line;
};

std::string too_many() {
    std::string lines;
    for (std::size_t i = 0; i <= BundleList::kMaxReceipts; ++i) lines += receipt(std::to_string(i));
    return lines;
}

std::vector<Row> rows() {
    const std::string hex(64, 'a');
    return {
        {std::string(BundleList::kMaxBytes + 1, 'a'), kTooLarge, 1},

        {"", kLine, 1},
        {text_of({.first = "comity-bundle v2\n"}), kLine, 1},
        {text_of({.first = "\n"}), kLine, 1},
        {text_of({.log = ""}), kLine, 2},
        {text_of({.log = "log\n"}), kLine, 2},
        {text_of({.party = "Party a\n"}), kLine, 3},
        {"comity-bundle v1\nlog a\nparty a\n", kLine, 4},
        {text_of({.receipts = "\n"}), kLine, 5},
        {text_of({.receipts = receipt("a") + "file a " + hex + "\n"}), kLine, 6},

        {text_of({.party = "party \n"}), kText, 3},
        {text_of({.party = "party " + std::string(129, 'p') + "\n"}), kText, 3},
        {text_of({.party = "party a\x1b[2J\n"}), kText, 3},
        {text_of({.party = "party a\r\n"}), kText, 3},
        {text_of({.party = "party \xff\n"}), kText, 3},

        {text_of({.deliveries = "deliveries 1\n"}), kNumber, 4},
        {text_of({.deliveries = "deliveries 1 2 3\n"}), kNumber, 4},
        {text_of({.deliveries = "deliveries 01 2\n"}), kNumber, 4},
        {text_of({.deliveries = "deliveries 1 -2\n"}), kNumber, 4},
        {text_of({.deliveries = "deliveries 2 1\n"}), kNumber, 4},
        {text_of({.deliveries = "deliveries 0 1\n"}), kNumber, 4},
        {text_of({.deliveries = "deliveries 1 9223372036854775808\n"}), kNumber, 4},
        {text_of({.deliveries = "deliveries 1 18446744073709551615\n"}), kNumber, 4},

        {text_of({.receipts = receipt("a") + receipt("a")}), kFileName, 6},
        {text_of({.receipts = receipt("")}), kFileName, 5},
        {text_of({.receipts = receipt(".")}), kFileName, 5},
        {text_of({.receipts = receipt("..")}), kFileName, 5},
        {text_of({.receipts = receipt("a/b")}), kFileName, 5},
        {text_of({.receipts = receipt("a\\b")}), kFileName, 5},
        {text_of({.receipts = receipt("\xC3\xA9")}), kFileName, 5},
        {text_of({.receipts = receipt(std::string(129, 'n'))}), kFileName, 5},

        {text_of({.receipts = "receipt a\n"}), kHash, 5},
        {text_of({.receipts = "receipt a " + hex + "a\n"}), kHash, 5},
        {text_of({.receipts = "receipt a " + hex.substr(1) + "\n"}), kHash, 5},
        {text_of({.receipts = "receipt a " + hex.substr(1) + "A\n"}), kHash, 5},
        {text_of({.receipts = "receipt a " + hex.substr(1) + "g\n"}), kHash, 5},
        {text_of({.receipts = "receipt a " + hex + " b\n"}), kHash, 5},

        {text_of({.receipts = too_many()}), kTooManyReceipts, 5 + BundleList::kMaxReceipts},

        {"comity-bundle v1", kNoFinalNewline, 1},
        {text_of({.receipts = receipt("a") + "receipt b " + hex}), kNoFinalNewline, 6},
    };
}

TEST(BundleList, IsRefusedWithItsCauseAndLine) {
    std::set<BundleFault> provoked;
    for (const Row& row : rows()) {
        SCOPED_TRACE(row.text.substr(0, 300));
        const auto list = parse_bundle_list(row.text);
        ASSERT_FALSE(list);
        EXPECT_EQ(list.error(), (BundleError{row.fault, row.line}))
            << to_string(list.error().fault) << " in line " << list.error().line;
        provoked.insert(row.fault);
    }
    EXPECT_EQ(provoked.size(), 8U);  // every one of them
}

TEST(BundleFault, EachHasWordsOfItsOwn) {
    std::set<std::string_view> words;
    for (unsigned fault = 0; fault <= static_cast<unsigned>(kNoFinalNewline); ++fault) {
        words.insert(to_string(static_cast<BundleFault>(fault)));
    }
    EXPECT_EQ(words.size(), static_cast<unsigned>(kNoFinalNewline) + 1);
    EXPECT_FALSE(words.contains("unknown fault"));
}

TEST(BundleList, WithAnyBitTurnedIsRefusedOrIsAnotherOne) {
    const std::string text = text_of({});
    const auto list = parse_bundle_list(text);
    ASSERT_TRUE(list);
    std::size_t refused = 0;
    for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
        std::string turned = text;
        turned[bit / 8] =
            static_cast<char>(static_cast<unsigned char>(turned[bit / 8]) ^ (1U << bit % 8));
        const auto other = parse_bundle_list(turned);
        if (!other) {
            ++refused;
            continue;
        }
        ASSERT_NE(*other, *list) << "bit " << bit;
        ASSERT_EQ(format_bundle_list(*other), turned) << "bit " << bit;
    }
    EXPECT_GT(refused, 2 * text.size());
}

// --- What is left out ----------------------------------------------------------------------------

ReceiptFindings delivery(std::string addressee, std::uint64_t number) {
    ReceiptFindings findings;
    findings.record.content =
        NodeRecord(node::Delivery{.addressee = std::move(addressee), .number = number});
    return findings;
}

TEST(OmittedDeliveries, AreTheNumbersThatNoReceiptShows) {
    const BundleList list{.party = "a", .first_delivery = 3, .last_delivery = 7};
    EXPECT_EQ(omitted_deliveries(list, {}), (std::vector<std::uint64_t>{3, 4, 5, 6, 7}));
    ReceiptFindings request;
    request.record.content = SignedRequest{};
    EXPECT_EQ(omitted_deliveries(list, {delivery("a", 7), delivery("b", 3), delivery("a", 4),
                                        delivery("a", 8), delivery("a", 4), request}),
              (std::vector<std::uint64_t>{3, 5, 6}));
    EXPECT_TRUE(omitted_deliveries({.party = "a"}, {}).empty());
}

TEST(OmittedDeliveries, AreNamedUpToTenThousand) {
    const std::uint64_t last = (std::uint64_t{1} << 63) - 1;
    const auto all = omitted_deliveries({.first_delivery = 1, .last_delivery = last}, {});
    ASSERT_EQ(all.size(), 10'000U);
    EXPECT_EQ(all.front(), 1U);
    EXPECT_EQ(all.back(), 10'000U);
    EXPECT_EQ(omitted_deliveries({.first_delivery = last - 1, .last_delivery = last}, {}),
              (std::vector<std::uint64_t>{last - 1, last}));
}

}  // namespace
}  // namespace comity::ledger
