// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The worked examples of docs/formats/receipt.md and bundle.md are what the code makes.
#include "comity/ledger/bundle.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/ledger/receipt_check.hpp"
#include "comity/ledger/testing/example_ledger.hpp"
#include "comity/seal/hash.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using testing::ExampleLedger;
using ::testing::HasSubstr;

std::string document(const std::string& name) {
    std::ifstream stream(std::filesystem::path(COMITY_SOURCE_DIR) / "docs/formats" / name,
                         std::ios::binary);
    EXPECT_TRUE(stream) << name;
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

/// As the documents show lines: each four blanks in, an empty one bare.
std::string shown(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n') + 1);
        if (line != "\n") out += "    ";
        out += line;
        text.remove_prefix(line.size());
    }
    return out;
}

TEST(ReceiptExample, IsThatOfTheDocument) {
    ExampleLedger example;
    const Receipt receipt = example.delivery_receipt();
    const std::string text = document("receipt.md");
    EXPECT_THAT(text, HasSubstr(shown(format_receipt(receipt))));
    EXPECT_THAT(text, HasSubstr("`" + to_string(example.ledger().key()) + "`"));
    // What the page says of it.
    const auto found = check_receipt(receipt, example.policy());
    ASSERT_TRUE(found) << to_string(found.error().refusal);
    EXPECT_THAT(text, HasSubstr("closes second " + std::to_string(found->tick.second) + " "));
    EXPECT_EQ(found->record.time, Instant(std::chrono::seconds(found->tick.second - 1)));
    const auto slot = decode_slot(receipt.slot);
    ASSERT_TRUE(slot);
    EXPECT_EQ(slot->filed.size, 1U);
    EXPECT_EQ(slot->delivered.size, 2U);
    EXPECT_EQ(receipt.slot_place.index, 5U);
    EXPECT_EQ(receipt.slot_place.tree_size, 16U);
}

TEST(BundleExample, IsThatOfTheDocument) {
    ExampleLedger example;
    const std::string receipt = format_receipt(example.delivery_receipt());
    const BundleList list{
        .log = to_string(example.ledger().key()),
        .party = "air-unit-b",
        .first_delivery = 1,
        .last_delivery = 2,
        .receipts = {
            {.name = "0001.txt", .content = seal::sha256(std::as_bytes(std::span(receipt)))}}};
    EXPECT_THAT(document("bundle.md"), HasSubstr(shown(format_bundle_list(list))));
    std::vector<ReceiptFindings> found;
    found.push_back(*check_receipt(*parse_receipt(receipt), example.policy()));
    EXPECT_EQ(omitted_deliveries(list, found), std::vector<std::uint64_t>{2});
}

}  // namespace
}  // namespace comity::ledger
