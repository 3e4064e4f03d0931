// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/verify/write_bundle.hpp"

#include "example_bundle.hpp"
#include "zip_archive.hpp"

#include "comity/ledger/bundle.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::verify {
namespace {

using testing::Example;
using ::testing::HasSubstr;

BundleWriteFault fault_of(const BundleContent& content) {
    const auto files = write_bundle(content);
    EXPECT_FALSE(files.has_value());
    return files ? BundleWriteFault::kTooMany : files.error().fault;
}

TEST(WriteBundle, ListsItsReceiptsInOrder) {
    const auto files = write_bundle(Example().content());
    ASSERT_TRUE(files.has_value()) << files.error().text;
    ASSERT_EQ(files->size(), 9U);
    EXPECT_EQ(files->at(0).name, "report.html");
    EXPECT_EQ(files->at(1).name, "bundle.txt");
    EXPECT_EQ(files->at(2).name, "receipts/0001-agreement.propose.txt");
    EXPECT_EQ(files->at(5).name, "receipts/0004-delivery-1.txt");
    const auto list = ledger::parse_bundle_list(files->at(1).content);
    ASSERT_TRUE(list.has_value());
    EXPECT_EQ(list->party, "air-unit-b");
    EXPECT_EQ(list->first_delivery, 1U);
    EXPECT_EQ(list->last_delivery, 3U);
    EXPECT_EQ(list->receipts.size(), 7U);
}

TEST(WriteBundle, TheSameContentMakesTheSameBytes) {
    const auto first = write_bundle(Example().content()).value();
    const auto second = write_bundle(Example().content()).value();
    EXPECT_EQ(first, second);
    EXPECT_EQ(zip_bundle(first), zip_bundle(second));
    const auto zipped = read_zip(zip_bundle(first)).value();
    ASSERT_EQ(zipped.size(), first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(zipped[i].name, first[i].name);
        EXPECT_EQ(zipped[i].content, first[i].content);
    }
}

TEST(WriteBundle, OnlyDeliveriesToThePartyAreCounted) {
    Example example;
    BundleContent content = example.content();
    content.party = "air-unit-a";
    const auto files = write_bundle(content).value();
    EXPECT_THAT(files[1].content, HasSubstr("\ndeliveries 0 0\n"));
    content.party = "air-unit-b";
    content.receipts = {example.delivery(3), example.delivery(2)};
    EXPECT_THAT(write_bundle(content).value()[1].content, HasSubstr("\ndeliveries 2 3\n"));
    content.receipts = {};
    EXPECT_EQ(write_bundle(content).value().size(), 2U);
}

TEST(WriteBundle, RefusesWhatIsNoBundle) {
    using enum BundleWriteFault;
    const BundleContent good = Example().content();
    BundleContent content = good;
    for (const std::string& party : {std::string(), std::string(129, 'a'), std::string("a\nb")}) {
        content.party = party;
        EXPECT_EQ(fault_of(content), kParty);
    }
    content = good;
    content.receipts.resize(100'001);
    EXPECT_EQ(fault_of(content), kTooMany);
    content = good;
    content.receipts[1] = "none\n";
    EXPECT_EQ(fault_of(content), kNoReceipt);
    EXPECT_THAT(write_bundle(content).error().text, HasSubstr("receipt 2:1: no receipt"));
    content = good;
    std::string& text = content.receipts[2];
    const std::size_t at = text.find("\nrecord ") + 20;
    text[at] = text[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(fault_of(content), kDoesNotHold);
    EXPECT_THAT(write_bundle(content).error().text, HasSubstr("receipt 3: "));
    content = good;
    content.log = seal::make_verifier_key("ledger.test/log", seal::kEd25519Type,
                                          std::vector<std::byte>(32, std::byte{1}))
                      .value();
    EXPECT_EQ(fault_of(content), kDoesNotHold);
}

}  // namespace
}  // namespace comity::verify
