// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/verify/verify.hpp"

#include "example_bundle.hpp"
#include "zip_archive.hpp"

#include "comity/ledger/bundle.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/seal/hash.hpp"
#include "comity/seal/note.hpp"

#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::verify {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using testing::Example;
using ::testing::HasSubstr;
using ::testing::Not;

class Verify : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::temp_directory_path() / (std::string("comity_verify_") + info->name());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string write(const std::string& name, const std::string& text) const {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return (folder_ / name).string();
    }

    std::string write_files(const std::vector<BundleFile>& files) const {
        for (const BundleFile& file : files) write("bundle/" + file.name, file.content);
        return (folder_ / "bundle").string();
    }

    // A bundle of these receipts and no other file.
    std::string write_bundle_of(const std::vector<std::string>& receipts, const std::string& key,
                                std::uint64_t first = 0, std::uint64_t last = 0) const {
        fs::remove_all(folder_ / "bundle");
        ledger::BundleList list{
            .log = key, .party = "air-unit-b", .first_delivery = first, .last_delivery = last};
        for (const std::string& text : receipts) {
            const std::string name = std::to_string(list.receipts.size() + 1) + ".txt";
            write("bundle/receipts/" + name, text);
            list.receipts.push_back(
                {.name = name, .content = seal::sha256(std::as_bytes(std::span(text)))});
        }
        write("bundle/bundle.txt", format_bundle_list(list));
        return (folder_ / "bundle").string();
    }

    Example example_;
    fs::path folder_;
};

std::string spoiled(std::string receipt) {
    const std::size_t at = receipt.find("\nrecord ") + 20;
    receipt[at] = receipt[at] == 'A' ? 'B' : 'A';
    return receipt;
}

void expect_bad_input(const Result& result, const std::string& words) {
    EXPECT_EQ(result.answer, Answer::kBadInput) << result.page;
    EXPECT_EQ(result.page, "");
    EXPECT_THAT(result.error, AllOf(HasSubstr(words), HasSubstr("expected")));
    EXPECT_THAT(result.error, Not(HasSubstr("\n")));
}

void expect_refused(const Result& result, const std::string& words) {
    EXPECT_EQ(result.answer, Answer::kDoesNotHold) << result.error;
    EXPECT_EQ(result.error, "");
    EXPECT_THAT(result.page, AllOf(HasSubstr("REFUSED"), HasSubstr(words)));
    EXPECT_THAT(result.page, Not(HasSubstr("What is proved")));
}

TEST_F(Verify, SaysInPlainWordsWhatAReceiptShows) {
    const std::string path = write("r.txt", example_.intent());
    const Result result = verify({.path = path, .key = example_.key()});
    EXPECT_EQ(result.answer, Answer::kHolds) << result.error;
    EXPECT_EQ(result.error, "");
    for (const char* words :
         {"The receipt holds.", "What is proved to anyone who trusts the log's key",
          "one of the 3 ticks\n    that its checkpoint covers.",
          "It is request 2 of the 2 that air-unit-a had filed by then.",
          "What air-unit-a states under its own key ", "2015-11-24T07:24:00.800Z, valid until",
          "body        {\"volumes\":[", "1 attachment erased; the receipt holds",
          "What only the node states", "accepted, by rules 1", "What is not shown"}) {
        EXPECT_THAT(result.page, HasSubstr(words));
    }
}

TEST_F(Verify, ADeliveryAndAVouchedRequestAreTheNodesWord) {
    const Result told =
        verify({.path = write("r.txt", example_.delivery(1)), .key = example_.key()});
    EXPECT_THAT(told.page, HasSubstr("It is delivery 1 of the 3 made to air-unit-b by then."));
    EXPECT_THAT(told.page, HasSubstr("That the addressee received or read it"));
    EXPECT_THAT(told.page, Not(HasSubstr("own key")));
    const Result vouched =
        verify({.path = write("r.txt", example_.vouched()), .key = example_.key()});
    EXPECT_THAT(vouched.page, HasSubstr("What only the node states that drone-service-c asked"));
}

TEST_F(Verify, TakesTheKeyFromAFileOrAPolicy) {
    const std::string path = write("r.txt", example_.intent());
    for (const std::string& file : {write("key", example_.key() + "\n"),
                                    write("policy", "log " + example_.key() + "\nquorum none\n")}) {
        const Result result = verify({.path = path, .key = file});
        EXPECT_EQ(result.answer, Answer::kHolds) << file << result.error << result.page;
    }
    expect_bad_input(verify({.path = path, .key = "no key"}), "is no verifier key (");
    expect_bad_input(verify({.path = path, .key = write("none", "x\n")}),
                     "none:1: neither a verifier key nor a policy");
    expect_bad_input(verify({.path = path, .key = write("no_log", "quorum none\n")}), "no log");
}

TEST_F(Verify, NamesTheWitnessesThatCosigned) {
    constexpr std::string_view kWitness = "party-c.test/witness";
    const auto signer = ledger::testing::signer_of(kWitness);
    const auto key =
        seal::make_verifier_key(kWitness, seal::kCosignatureV1Type, signer->key_id().value())
            .value();
    ledger::Receipt receipt = ledger::parse_receipt(example_.intent()).value();
    // The checkpoint is the note at the end of the proof.
    const std::size_t begin = receipt.log_proof.find("ledger.test/log\n");
    seal::Note note = seal::parse_note(receipt.log_proof.substr(begin)).value();
    note.signatures.push_back(ledger::cosign(*signer, kWitness, note.text, 1'448'349'845).value());
    receipt.log_proof = receipt.log_proof.substr(0, begin) + to_string(note);
    const std::string policy =
        write("policy", "log " + example_.key() + "\nwitness c " + to_string(key) + "\nquorum c\n");
    const Result result = verify({.path = write("r.txt", format_receipt(receipt)), .key = policy});
    EXPECT_THAT(result.page, HasSubstr("Witness c cosigned that checkpoint, as it says at "
                                       "2015-11-24T07:24:05Z."));
    EXPECT_THAT(result.page, HasSubstr("to others than the witness that cosigned it."));
    expect_refused(verify({.path = write("r.txt", example_.intent()), .key = policy}),
                   "the proof of the public log does not hold");
}

TEST_F(Verify, RefusesAReceiptThatDoesNotHold) {
    const std::string path = write("r.txt", spoiled(example_.intent()));
    expect_refused(verify({.path = path, .key = example_.key()}), "the record is not in the slot");
}

TEST_F(Verify, BadInputIsToldWithItsPlace) {
    const auto error = [&](const std::string& path, const std::string& words) {
        expect_bad_input(verify({.path = path, .key = example_.key()}), words);
    };
    error(write("text.txt", "nothing of the kind\n"), "text.txt:1: no receipt");
    error(write("empty.txt", ""), "empty.txt:1: empty");
    error(write("binary", std::string("\x7F\x45LF\0\xFF\xFE", 7)), "binary:1: no receipt");
    error((folder_ / "none.txt").string(), "none.txt: No such file");
    error(folder_.string(), "no bundle.txt in it");
    error("/dev/null", "/dev/null: no file");
    error(write("PK", "PK\x03\x04"), "PK: expected a whole zip archive");
    fs::resize_file(write("large.txt", "x"), 100'000'000);
    error((folder_ / "large.txt").string(), "large.txt:1: 100000000 bytes");
    expect_bad_input(verify({.path = write("r.txt", example_.intent())}),
                     "a receipt alone names no key");
}

TEST_F(Verify, ABundleSaysWhatItHoldsAndLeavesOut) {
    const std::string path = write_files(write_bundle(example_.content()).value());
    const Result result = verify({.path = path, .key = example_.key()});
    EXPECT_EQ(result.answer, Answer::kHolds) << result.error << result.page;
    for (const char* words :
         {"The bundle holds: 7 receipts, each as bundle.txt lists it.",
          "- 0004-delivery-1.txt: delivery 1 to air-unit-b",
          "Deliveries to air-unit-b, numbers 1 to 3\n  - 1 of 3 is left out: number 2.",
          "What air-unit-a states under its own key", "What only the node states",
          "report.html is not evidence"}) {
        EXPECT_THAT(result.page, HasSubstr(words));
    }
    EXPECT_THAT(result.page, Not(HasSubstr("The log's key is the one named")));
}

TEST_F(Verify, AZipIsTheSameBundle) {
    const auto files = write_bundle(example_.content()).value();
    const std::string folder = write_files(files);
    const std::string zip = write("bundle.zip", zip_bundle(files));
    EXPECT_EQ(verify({.path = zip}).page, verify({.path = folder}).page);
    EXPECT_EQ(verify({.path = zip}).answer, Answer::kHolds);
}

TEST_F(Verify, AZipHoldsNothingButABundle) {
    const auto files = write_bundle(example_.content()).value();
    for (const char* name : {"../bundle.txt", "/etc/passwd", "x.exe", "receipts/../a.txt",
                             "receipts/a.html", "receipts/.a.txt", "bundle/bundle.txt"}) {
        auto more = files;
        more.push_back({.name = name, .content = "x"});
        expect_bad_input(verify({.path = write("bundle.zip", zip_bundle(more))}),
                         std::string(name) + ": no file of a bundle");
    }
    expect_bad_input(verify({.path = write("bundle.zip", zip_bundle({files[0]}))}),
                     "no bundle.txt in it");
    expect_bad_input(verify({.path = write("bundle.zip", zip_bundle({files[0], files[1]}))}),
                     "no receipts/0001-agreement.propose.txt in it");
    expect_bad_input(verify({.path = write("bundle.zip", zip_bundle(files).substr(0, 2000))}),
                     "expected a whole zip archive");
}

TEST_F(Verify, ABundleWithOtherFilesThanItListsIsRefused) {
    const std::string path = write_files(write_bundle(example_.content()).value());
    const std::string name = "bundle/receipts/0004-delivery-1.txt";
    write(name, example_.delivery(2));
    expect_refused(verify({.path = path}), "not the file that bundle.txt names");
    fs::remove(folder_ / name);
    expect_bad_input(verify({.path = path}), "0004-delivery-1.txt: No such file");
    write(name, example_.delivery(1));
    EXPECT_EQ(verify({.path = path}).answer, Answer::kHolds);
    write("bundle/receipts/extra.txt", example_.delivery(2));
    expect_refused(verify({.path = path}), "extra.txt: bundle.txt does not name it");
}

TEST_F(Verify, WithoutAKeyTheOneOfASignedAgreementCounts) {
    const std::string path =
        write_bundle_of({example_.proposal(), example_.intent()}, example_.key());
    const Result result = verify({.path = path});
    EXPECT_EQ(result.answer, Answer::kHolds) << result.error << result.page;
    EXPECT_THAT(result.page, HasSubstr("The log's key is the one named in agreement line-1, signed "
                                       "by air-unit-a under key"));
    EXPECT_THAT(result.page, HasSubstr("(receipts/1.txt)"));
    EXPECT_EQ(verify({.path = write_bundle_of({example_.intent(), example_.acceptance()},
                                              example_.key())})
                  .answer,
              Answer::kHolds);
}

TEST_F(Verify, WithoutAKeyAndWithoutAnAgreementItSaysWhatToDo) {
    const std::string path =
        write_bundle_of({example_.intent(), example_.reading()}, example_.key());
    expect_bad_input(verify({.path = path}),
                     "no signed agreement in it names the log's key, expected --key VKEY|FILE");
    EXPECT_EQ(verify({.path = path, .key = example_.key()}).answer, Answer::kHolds);
}

TEST_F(Verify, AnAgreementCountsOnlyWhereItIsSignedAndAccepted) {
    ledger::testing::SmallLedger ledger;
    ledger::Envelope proposal = ledger::testing::request_of("air-unit-a", "p1");
    proposal.operation = "agreement.propose";
    proposal.body = R"({"log":")" + to_string(ledger.key()) + R"("})";
    const std::size_t vouched = ledger.file_vouched(proposal);
    proposal.operation = "agreement.withdraw";
    const std::size_t other = ledger.file_signed(proposal);
    proposal.operation = "agreement.propose";
    proposal.body = R"({"log":7,"other":{"log":"x"}})";
    const std::size_t number = ledger.file_signed(proposal);
    ledger.close_second();
    for (const std::size_t record : {vouched, other, number}) {
        const std::string path =
            write_bundle_of({format_receipt(ledger.receipt(record, ledger::EntryTree::kFiled))},
                            to_string(ledger.key()));
        expect_bad_input(verify({.path = path}), "no signed agreement");
    }
}

TEST_F(Verify, AgreementsThatNameTwoKeysAreRefused) {
    Example torn({}, "another key");
    const std::vector<std::string> both = {torn.proposal(), torn.acceptance()};
    const Result result = verify({.path = write_bundle_of(both, torn.key())});
    expect_refused(result, "name two keys of the log: " + torn.key() +
                               " (receipts/1.txt), and "
                               "another key (receipts/2.txt)");
    EXPECT_EQ(verify({.path = write_bundle_of(both, torn.key()), .key = torn.key()}).answer,
              Answer::kHolds);
    Example none("no key", "no key");
    expect_refused(verify({.path = write_bundle_of({none.proposal()}, none.key())}),
                   "the agreement's log 'no key' is no verifier key");
}

// The receipts hold under another key than the agreement names, or than bundle.txt does.
TEST_F(Verify, AKeyThatTheReceiptsDoNotHoldUnderIsRefused) {
    const std::string other =
        to_string(seal::make_verifier_key("ledger.test/log", seal::kEd25519Type,
                                          std::vector<std::byte>(32, std::byte{1}))
                      .value());
    Example elsewhere(other, other);
    const std::vector<std::string> receipts = {elsewhere.proposal()};
    expect_refused(verify({.path = write_bundle_of(receipts, other)}),
                   "the proof of the public log does not hold");
    expect_refused(verify({.path = write_bundle_of(receipts, elsewhere.key())}),
                   "the log's key there is " + elsewhere.key());
    expect_refused(verify({.path = write_bundle_of(receipts, other), .key = elsewhere.key()}),
                   "the log's key there is " + other);
    expect_bad_input(verify({.path = write_bundle_of(receipts, "x"), .key = elsewhere.key()}),
                     "bundle.txt:2: no verifier key");
}

TEST_F(Verify, DeliveriesOutsideTheNumbersOfTheListAreRefused) {
    const std::vector<std::string> receipts = {example_.delivery(1), example_.delivery(3)};
    const auto answer = [&](std::uint64_t first, std::uint64_t last) {
        return verify({.path = write_bundle_of(receipts, example_.key(), first, last),
                       .key = example_.key()});
    };
    expect_refused(answer(1, 2), "deliveries 1 to 2, and 2.txt is number 3");
    expect_refused(answer(2, 3), "deliveries 2 to 3, and 1.txt is number 1");
    EXPECT_THAT(answer(1, 9).page, HasSubstr("7 of 9 are left out: numbers 2, 4 to 9."));
    EXPECT_THAT(answer(1, 1'000'000'000).page, HasSubstr("At least 10,000 of 1,000,000,000"));
}

// A node that numbers two deliveries alike hides one of them from the count.
TEST_F(Verify, TwoDeliveriesOfOneNumberAreRefused) {
    using ledger::EntryTree;
    ledger::testing::SmallLedger ledger;
    const std::size_t told = ledger.deliver("air-unit-b", seal::Hash{});
    const std::size_t again = ledger.add(
        ledger::node::Delivery{.addressee = "air-unit-b", .number = 1, .item = "flight-18"});
    ledger.close_second();
    const std::string key = to_string(ledger.key());
    const std::string receipt = format_receipt(ledger.receipt(told, EntryTree::kDelivered));
    const auto answer = [&](std::size_t record) {
        const std::string other = format_receipt(ledger.receipt(record, EntryTree::kRecords));
        return verify({.path = write_bundle_of({receipt, other}, key, 1, 1), .key = key});
    };
    EXPECT_EQ(answer(told).answer, Answer::kHolds);
    expect_refused(answer(again), "two deliveries to air-unit-b of number 1: 1.txt and 2.txt");
}

// A log that signed two trees of one size told two stories: no receipt of it stands by itself.
TEST_F(Verify, TwoHistoriesOfOneSizeAreRefused) {
    Example other("another key", "another key");
    const std::string path = write_bundle_of({example_.intent(), other.intent()}, example_.key());
    expect_refused(verify({.path = path, .key = example_.key()}),
                   "the log signed two histories of 3 ticks: one in 1.txt, another in 2.txt");
}

TEST_F(Verify, WhatCannotBeSeenIsNamed) {
    const std::string hidden = "unit\xE2\x80\xAE\xE2\x80\x8B";
    ledger::testing::SmallLedger ledger;
    const std::size_t record = ledger.file_signed(ledger::testing::request_of(hidden, "r1"));
    ledger.close_second();
    const std::string text = format_receipt(ledger.receipt(record, ledger::EntryTree::kFiled));
    const Result alone = verify({.path = write("r.txt", text), .key = to_string(ledger.key())});
    EXPECT_THAT(alone.page, HasSubstr("What unit<U+202E><U+200B> states under its own key"));
    const Result bundle = verify(
        {.path = write_bundle_of({text}, to_string(ledger.key())), .key = to_string(ledger.key())});
    EXPECT_THAT(bundle.page, HasSubstr("signed by unit<U+202E><U+200B>"));
    EXPECT_THAT(alone.page + bundle.page, Not(HasSubstr("\xE2\x80")));
    EXPECT_THAT(verify({.path = "a\nb", .key = "x"}).error, HasSubstr("a<U+000A>b"));
}

}  // namespace
}  // namespace comity::verify
