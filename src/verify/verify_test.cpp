// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/verify/verify.hpp"

#include "comity/ledger/bundle.hpp"
#include "comity/ledger/testing/small_ledger.hpp"
#include "comity/seal/hash.hpp"

#include <filesystem>
#include <fstream>
#include <span>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::verify {
namespace {

namespace fs = std::filesystem;
using ledger::EntryTree;
using ledger::testing::request_of;
using ledger::testing::SmallLedger;
using ::testing::HasSubstr;
using ::testing::Not;

void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

class Verify : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::temp_directory_path() / (std::string("comity_verify_") + info->name());
        fs::remove_all(folder_);
        request_ = ledger_.file_signed(request_of("air-unit-a", "r1"));
        first_ = ledger_.deliver("air-unit-b", seal::Hash{});
        ledger_.deliver("air-unit-b", seal::Hash{});
        ledger_.close_second();
        key_ = to_string(ledger_.key());
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string receipt(std::size_t record, EntryTree tree) {
        return format_receipt(ledger_.receipt(record, tree));
    }

    // With the request, the first of two deliveries, and what the list says of them.
    void write_bundle() {
        ledger::BundleList list{
            .log = key_, .party = "air-unit-b", .first_delivery = 1, .last_delivery = 2};
        const std::pair<const char*, std::string> files[] = {
            {"1-request.txt", receipt(request_, EntryTree::kFiled)},
            {"2-delivery.txt", receipt(first_, EntryTree::kDelivered)}};
        for (const auto& [name, text] : files) {
            write(folder_ / "receipts" / name, text);
            list.receipts.push_back(
                {.name = name, .content = seal::sha256(std::as_bytes(std::span(text)))});
        }
        write(folder_ / "bundle.txt", format_bundle_list(list));
    }

    SmallLedger ledger_;
    fs::path folder_;
    std::string key_;
    std::size_t request_ = 0;
    std::size_t first_ = 0;
};

TEST_F(Verify, SaysInPlainWordsWhatAReceiptShows) {
    write(folder_ / "r.txt", receipt(request_, EntryTree::kFiled));
    const Result result = verify({.path = (folder_ / "r.txt").string(), .key = key_});
    EXPECT_EQ(result.answer, Answer::kHolds) << result.error;
    EXPECT_THAT(result.page, HasSubstr("The receipt holds."));
    EXPECT_THAT(result.page, HasSubstr("What is proved"));
    EXPECT_THAT(result.page, HasSubstr("What air-unit-a states under its own key"));
    EXPECT_THAT(result.page, HasSubstr("What only the node states"));
    EXPECT_THAT(result.page, HasSubstr("What is not shown"));
    EXPECT_THAT(result.page, HasSubstr("2015-11-24T07:24:00Z"));
    EXPECT_EQ(result.error, "");
}

TEST_F(Verify, TakesTheKeyFromAFileOrAPolicy) {
    write(folder_ / "r.txt", receipt(request_, EntryTree::kFiled));
    write(folder_ / "key", key_ + "\n");
    write(folder_ / "policy", "log " + key_ + "\nquorum none\n");
    for (const char* file : {"key", "policy"}) {
        const Result result =
            verify({.path = (folder_ / "r.txt").string(), .key = (folder_ / file).string()});
        EXPECT_EQ(result.answer, Answer::kHolds) << file << result.error << result.page;
    }
}

TEST_F(Verify, RefusesWhatDoesNotHold) {
    std::string text = receipt(request_, EntryTree::kFiled);
    const std::size_t record = text.find("\nrecord ") + 20;
    text[record] = text[record] == 'A' ? 'B' : 'A';
    write(folder_ / "r.txt", text);
    const Result result = verify({.path = (folder_ / "r.txt").string(), .key = key_});
    EXPECT_EQ(result.answer, Answer::kDoesNotHold);
    EXPECT_THAT(result.page, HasSubstr("REFUSED"));
    EXPECT_THAT(result.page, HasSubstr("the record is not in the slot"));
    EXPECT_THAT(result.page, Not(HasSubstr("What is proved")));
}

TEST_F(Verify, BadInputIsToldWithItsPlace) {
    write(folder_ / "r.txt", "nothing of the kind\n");
    EXPECT_THAT(verify({.path = (folder_ / "r.txt").string(), .key = key_}).error,
                HasSubstr("r.txt:1: no receipt"));
    EXPECT_THAT(verify({.path = (folder_ / "r.txt").string()}).error, HasSubstr("--key"));
    EXPECT_THAT(verify({.path = (folder_ / "none.txt").string(), .key = key_}).error,
                HasSubstr("No such file"));
    EXPECT_THAT(verify({.path = (folder_ / "r.txt").string(), .key = "no key"}).error,
                HasSubstr("neither a verifier key"));
    EXPECT_EQ(verify({.path = (folder_ / "r.txt").string(), .key = key_}).answer,
              Answer::kBadInput);
}

TEST_F(Verify, ABundleSaysWhatItLeavesOut) {
    write_bundle();
    const Result result = verify({.path = folder_.string()});
    EXPECT_EQ(result.answer, Answer::kHolds) << result.error << result.page;
    EXPECT_THAT(result.page, HasSubstr("2 receipts"));
    EXPECT_THAT(result.page, HasSubstr("from number 1 to 2: 1 left out: 2"));
    EXPECT_THAT(result.page, HasSubstr("key was taken from the bundle itself"));
    EXPECT_THAT(verify({.path = folder_.string(), .key = key_}).page,
                Not(HasSubstr("taken from the bundle")));
}

TEST_F(Verify, ABundleWithAnotherFileInItIsRefused) {
    write_bundle();
    write(folder_ / "receipts" / "2-delivery.txt", receipt(first_ + 1, EntryTree::kDelivered));
    EXPECT_EQ(verify({.path = folder_.string()}).answer, Answer::kDoesNotHold);
    fs::remove(folder_ / "receipts" / "2-delivery.txt");
    EXPECT_EQ(verify({.path = folder_.string()}).answer, Answer::kBadInput);
}

}  // namespace
}  // namespace comity::verify
