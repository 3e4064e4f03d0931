// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/witness.hpp"

#include "test_log.hpp"
#include "witness_state.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/testing/fake_signer.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/ledger/witness_request.hpp"
#include "comity/seal/note.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::DiskError;
using base::testing::MemoryDisk;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr std::uint64_t kTime = 1'448'349'845;
constexpr std::uint64_t kForkAt = 10;

/// A witness of one log, begun.
class WitnessTest : public ::testing::Test {
  public:
    WitnessTest() {
        open();
        EXPECT_TRUE(witness->begin(log.origin()).has_value());
    }

    void open() {
        witness.reset();
        witness = Witness::open(own.name, own.signer, disk, {log.key()}).value();
    }
    WitnessAnswer ask(const std::string& body) { return witness->add_checkpoint(body, kTime); }
    WitnessStatus status(const std::string& body) { return ask(body).status; }
    void expect_size_answer(const WitnessAnswer& answer, std::uint64_t size) {
        EXPECT_EQ(answer.status, WitnessStatus::kConflict);
        EXPECT_EQ(answer.content_type, "text/x.tlog.size");
        EXPECT_EQ(answer.body, std::to_string(size) + "\n");
    }
    std::string file(const std::string& name) {
        const auto opened = disk.open(name).value();
        std::string text(opened->size().value(), '\0');
        (void)opened->read_at(0, std::as_writable_bytes(std::span(text))).value();
        return text;
    }
    void overwrite(const std::string& name, std::size_t at, std::string_view with) {
        const auto opened = disk.open(name).value();
        ASSERT_TRUE(opened->write_at(at, std::as_bytes(std::span(with))).has_value());
    }
    std::vector<std::string> names_with(std::string_view beginning) {
        auto names = disk.list().value();
        std::erase_if(names, [&](const auto& name) { return !name.starts_with(beginning); });
        return names;
    }

    MemoryDisk disk{1};
    TestWitness own{2};
    TestLog log{kForkAt};
    std::unique_ptr<Witness> witness;
};

TEST_F(WitnessTest, CosignsALogThatGrows) {
    std::uint64_t seen = 0;
    for (const std::uint64_t size : {0U, 1U, 2U, 7U, 8U, 8U, 33U, 40U}) {
        const WitnessAnswer answer = ask(log.request(seen, size));
        ASSERT_EQ(answer.status, WitnessStatus::kOk) << seen << " to " << size << answer.body;
        seen = size;
        // As a client reads it: the checkpoint, and the answer behind it.
        const auto note = seal::parse_note(to_string(log.note(size)) + answer.body).value();
        ASSERT_THAT(note.signatures, SizeIs(2));
        EXPECT_EQ(verify_cosignature(witness->key(), note.text, note.signatures.at(1)), kTime);
        EXPECT_EQ(witness->latest(log.origin()), note);
        EXPECT_FALSE(answer.fork);
    }
    EXPECT_EQ(witness->key(), own.key());
}

TEST_F(WitnessTest, TakesTheFirstCheckpointOfAnySizeWithAnEmptyProof) {
    seal::Note note = log.note(13);
    const auto with_proof =
        format_witness_request({.old_size = 0, .proof = {Hash{}}, .note = note});
    EXPECT_EQ(status(with_proof), WitnessStatus::kUnprocessable);
    EXPECT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, RefusesWhatIsNoRequest) {
    const WitnessAnswer answer = ask("old x\n");
    EXPECT_EQ(answer.status, WitnessStatus::kBadRequest);
    EXPECT_THAT(answer.body, StartsWith("expected a first line"));
    EXPECT_EQ(status(""), WitnessStatus::kBadRequest);
    EXPECT_EQ(status("old 0\n\n" + std::string(WitnessRequest::kMaxBytes, 'x')),
              WitnessStatus::kBadRequest);
}

TEST_F(WitnessTest, RefusesAnOldSizeAboveTheCheckpoints) {
    ASSERT_EQ(status(log.request(0, 8)), WitnessStatus::kOk);
    EXPECT_EQ(status(format_witness_request({.old_size = 8, .proof = {}, .note = log.note(7)})),
              WitnessStatus::kBadRequest);
}

TEST_F(WitnessTest, KnowsNoOtherLog) {
    TestLog other(TestLog::kEntries, "other.example/l");
    EXPECT_EQ(status(other.request(0, 3)), WitnessStatus::kNotFound);
    EXPECT_EQ(witness->condition(other.origin()), std::nullopt);
    EXPECT_EQ(witness->latest(other.origin()), std::nullopt);
    EXPECT_EQ(witness->begin(other.origin()).error(), DiskError::kNotFound);
}

TEST_F(WitnessTest, RefusesWhatTheLogHasNotSigned) {
    // The same name and another key; the right key and a wrong signature; and both lines.
    TestLog thief(TestLog::kEntries, log.origin(), 9);
    EXPECT_EQ(status(thief.request(0, 3)), WitnessStatus::kForbidden);
    seal::Note wrong = log.note(3);
    wrong.signatures.at(0).bytes.at(5) ^= std::byte{1};
    EXPECT_EQ(status(format_witness_request({.old_size = 0, .proof = {}, .note = wrong})),
              WitnessStatus::kForbidden);
    wrong.signatures.push_back(log.note(3).signatures.at(0));
    EXPECT_EQ(status(format_witness_request({.old_size = 0, .proof = {}, .note = wrong})),
              WitnessStatus::kForbidden);
    seal::Note both = log.note(3);
    both.signatures.push_back(thief.note(3).signatures.at(0));
    EXPECT_EQ(status(format_witness_request({.old_size = 0, .proof = {}, .note = both})),
              WitnessStatus::kOk);
}

TEST_F(WitnessTest, SaysTheLatestSizeWhereTheOldOneIsAnother) {
    expect_size_answer(ask(log.request(3, 8)), 0);
    ASSERT_EQ(status(log.request(0, 8)), WitnessStatus::kOk);
    expect_size_answer(ask(log.request(0, 12)), 8);
    expect_size_answer(ask(log.request(7, 12)), 8);
    expect_size_answer(ask(log.request(9, 12)), 8);
    expect_size_answer(ask(log.request(0, 7)), 8);
    EXPECT_EQ(parse_size_answer(ask(log.request(7, 7)).body), 8U);
}

TEST_F(WitnessTest, RefusesAProofThatDoesNotVerify) {
    ASSERT_EQ(status(log.request(0, 8)), WitnessStatus::kOk);
    const Proof good = log.proof(8, 13);
    Proof wrong = good;
    wrong.at(0).bytes.at(0) ^= std::byte{1};
    Proof longer = good;
    longer.push_back(Hash{});
    for (const Proof& proof : {Proof{}, wrong, longer}) {
        EXPECT_EQ(
            status(format_witness_request({.old_size = 8, .proof = proof, .note = log.note(13)})),
            WitnessStatus::kUnprocessable);
    }
    EXPECT_EQ(
        status(format_witness_request({.old_size = 8, .proof = {Hash{}}, .note = log.note(8)})),
        WitnessStatus::kUnprocessable);
    EXPECT_EQ(status(log.request(8, 13)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, TakesAProofOfSixtyThreeHashesAndNoMore) {
    ASSERT_EQ(status(log.request(0, 8)), WitnessStatus::kOk);
    const WitnessRequest most{.old_size = 8, .proof = Proof(63), .note = log.note(13)};
    const std::string body = format_witness_request(most);
    EXPECT_EQ(status(body), WitnessStatus::kUnprocessable);
    const std::string hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    EXPECT_EQ(status(std::string(body).insert(body.find('\n') + 1, hash)),
              WitnessStatus::kBadRequest);
}

TEST_F(WitnessTest, TakesACheckpointWithAsManySignaturesAsANoteHas) {
    seal::Note note = log.note(5);
    while (note.signatures.size() < seal::Note::kMaxSignatures) {
        TestWitness other(static_cast<std::uint8_t>(note.signatures.size() + 10));
        note.signatures.push_back(other.cosign(note));
    }
    const WitnessAnswer answer =
        ask(format_witness_request({.old_size = 0, .proof = {}, .note = note}));
    EXPECT_EQ(answer.status, WitnessStatus::kOk);
    EXPECT_THAT(witness->latest(log.origin())->signatures, SizeIs(2)) << "the log's and its own";
}

TEST_F(WitnessTest, HoldsALogToOneRootOfTheEmptyTree) {
    const seal::Note wrong =
        log.sign({.origin = log.origin(), .tree = {.size = 0, .root = Hash{}}, .extensions = {}});
    expect_size_answer(ask(format_witness_request({.old_size = 0, .proof = {}, .note = wrong})), 0);
    EXPECT_EQ(status(log.request(0, 0)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, KeepsEvidenceOfTwoRootsOfOneSize) {
    ASSERT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
    // With any old size: what the log signed speaks for itself.
    for (const std::uint64_t old_size : {13U, 0U, 5U}) {
        const WitnessAnswer answer = ask(format_witness_request(
            {.old_size = old_size, .proof = {}, .note = log.note(13, true)}));
        expect_size_answer(answer, 13);
        ASSERT_TRUE(answer.fork);
        EXPECT_TRUE(answer.fork_is_kept);
        const auto names = names_with("fork-");
        ASSERT_THAT(names, SizeIs(1)) << "the same evidence is kept once";
        const auto kept = parse_fork(file(names.front())).value();
        const auto fork = verify_fork(log.hasher(), kept, log.key());
        ASSERT_TRUE(fork.has_value());
        EXPECT_EQ(fork->older.tree.size, 13U);
        EXPECT_EQ(fork->newer.tree.size, 13U);
    }
    EXPECT_EQ(status(log.request(13, 14)), WitnessStatus::kOk) << "its own history goes on";
}

TEST_F(WitnessTest, KeepsEvidenceOfAProofFromAnotherPast) {
    ASSERT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
    const WitnessAnswer answer = ask(log.request(13, 21, true));
    EXPECT_EQ(answer.status, WitnessStatus::kUnprocessable);
    ASSERT_TRUE(answer.fork && answer.fork_is_kept);
    const auto kept = parse_fork(file(names_with("fork-").at(0))).value();
    const auto fork = verify_fork(log.hasher(), kept, log.key());
    ASSERT_TRUE(fork.has_value());
    EXPECT_EQ(fork->older.tree, log.head(13));
    EXPECT_EQ(fork->newer.tree, log.head(21, true));
    EXPECT_EQ(kept.prefix->root, log.head(13, true).root);
}

TEST_F(WitnessTest, KeepsNoEvidenceOfWhatShowsNothing) {
    ASSERT_EQ(status(log.request(0, 16)), WitnessStatus::kOk);
    // A larger tree of another past, whose proof has no part of the old one; a wrong proof; a stale
    // checkpoint of another past, which this witness cannot compare any more.
    EXPECT_EQ(status(log.request(16, 21, true)), WitnessStatus::kUnprocessable);
    EXPECT_EQ(
        status(format_witness_request({.old_size = 16, .proof = Proof(5), .note = log.note(21)})),
        WitnessStatus::kUnprocessable);
    expect_size_answer(ask(log.request(0, 15, true)), 16);
    EXPECT_THAT(names_with("fork-"), SizeIs(0));
}

TEST_F(WitnessTest, KeepsABoundedNumberOfFilesOfEvidence) {
    ASSERT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
    for (std::size_t i = 0; i < Witness::kMaxForks + 3; ++i) {
        const seal::Note note = log.sign({.origin = log.origin(),
                                          .tree = log.head(13, true),
                                          .extensions = {std::to_string(i)}});
        const auto answer =
            ask(format_witness_request({.old_size = 13, .proof = {}, .note = note}));
        EXPECT_TRUE(answer.fork);
        EXPECT_EQ(answer.fork_is_kept, i < Witness::kMaxForks);
    }
    EXPECT_THAT(names_with("fork-"), SizeIs(Witness::kMaxForks));
}

TEST_F(WitnessTest, RemembersWhenItIsOpenedAgain) {
    ASSERT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
    const auto latest = witness->latest(log.origin());
    open();
    EXPECT_EQ(witness->condition(log.origin()), LogCondition::kCosigning);
    EXPECT_EQ(witness->latest(log.origin()), latest);
    expect_size_answer(ask(log.request(0, 12)), 13);
    EXPECT_EQ(status(log.request(13, 20)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, IsTheOnlyOneOnItsDirectory) {
    const auto second = Witness::open(own.name, own.signer, disk, {log.key()});
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error(), DiskError::kBusy);
}

TEST_F(WitnessTest, NeverBeginsAgainByItself) {
    ASSERT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
    const seal::Note latest = *witness->latest(log.origin());
    EXPECT_EQ(witness->begin(log.origin()).error(), DiskError::kExists);
    ASSERT_TRUE(disk.remove(names_with("log-").at(0)).has_value());
    open();
    EXPECT_EQ(witness->condition(log.origin()), LogCondition::kNotBegun);
    EXPECT_EQ(status(log.request(0, 13)), WitnessStatus::kUnavailable);
    TestLog thief(TestLog::kEntries, log.origin(), 9);
    const seal::Note unsigned_note = thief.note(13);
    EXPECT_EQ(witness->begin(log.origin(), &unsigned_note).error(), DiskError::kRefused);
    EXPECT_TRUE(witness->begin(log.origin(), &latest).has_value());
    expect_size_answer(ask(log.request(0, 13)), 13);
    EXPECT_EQ(status(log.request(13, 20)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, DoesNotCosignFromAStateWithAnyBitTurned) {
    ASSERT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
    const std::string name = names_with("log-").at(0);
    const std::string whole = file(name);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string one(1, static_cast<char>(whole.at(at) ^ 1));
        overwrite(name, at, one);
        open();
        ASSERT_EQ(witness->condition(log.origin()), LogCondition::kDamaged) << at;
        ASSERT_EQ(status(log.request(13, 20)), WitnessStatus::kUnavailable);
        ASSERT_EQ(witness->begin(log.origin()).error(), DiskError::kExists);
        overwrite(name, at, whole.substr(at, 1));
    }
    open();
    EXPECT_EQ(status(log.request(13, 20)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, KeepsLogsApart) {
    TestLog second(kForkAt, "second.example/l", 7);
    witness.reset();
    witness = Witness::open(own.name, own.signer, disk, {log.key(), second.key()}).value();
    EXPECT_EQ(witness->condition(second.origin()), LogCondition::kNotBegun);
    ASSERT_TRUE(witness->begin(second.origin()).has_value());
    ASSERT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
    expect_size_answer(ask(second.request(13, 20)), 0);
    EXPECT_EQ(status(second.request(0, 20)), WitnessStatus::kOk);
    // One state under the other's name does not check.
    const auto names = names_with("log-");
    ASSERT_TRUE(disk.rename(names.at(0), names.at(1)).has_value());
    witness.reset();
    witness = Witness::open(own.name, own.signer, disk, {log.key(), second.key()}).value();
    const std::set seen{*witness->condition(log.origin()), *witness->condition(second.origin())};
    EXPECT_EQ(seen, (std::set{LogCondition::kNotBegun, LogCondition::kDamaged}));
}

TEST_F(WitnessTest, TakesAnyKeyOfALog) {
    TestLog renewed(TestLog::kEntries, log.origin(), 9);
    witness.reset();
    witness = Witness::open(own.name, own.signer, disk, {log.key(), renewed.key()}).value();
    EXPECT_EQ(status(log.request(0, 8)), WitnessStatus::kOk);
    EXPECT_EQ(status(renewed.request(8, 10)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, StopsForALogAfterASyncThatFailed) {
    ASSERT_EQ(status(log.request(0, 8)), WitnessStatus::kOk);
    disk.fail_call(4, DiskError::kIo);  // remove, create, write, sync
    EXPECT_EQ(status(log.request(8, 13)), WitnessStatus::kUnavailable);
    EXPECT_EQ(witness->condition(log.origin()), LogCondition::kStopped);
    EXPECT_EQ(status(log.request(8, 13)), WitnessStatus::kUnavailable);
    open();
    EXPECT_EQ(status(log.request(8, 13)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, StopsForEveryLogAfterTheDirectoryFailed) {
    TestLog second(kForkAt, "second.example/l", 7);
    const auto open_both = [&] {
        witness.reset();
        witness = Witness::open(own.name, own.signer, disk, {log.key(), second.key()}).value();
    };
    open_both();
    ASSERT_EQ(status(log.request(0, 11)), WitnessStatus::kOk);
    ASSERT_EQ(ask(second.request(0, 1)).status, WitnessStatus::kUnavailable);
    ASSERT_TRUE(witness->begin(second.origin()).has_value());
    // A state: remove, create, write, sync, rename, sync of the directory. Evidence: a list before.
    for (const auto& [call, is_evidence] :
         {std::pair{5U, false}, {6U, false}, {6U, true}, {7U, true}}) {
        open_both();
        disk.fail_call(call, DiskError::kIo);
        (void)ask(is_evidence ? log.request(11, 11, true) : second.request(0, 9));
        EXPECT_EQ(witness->condition(log.origin()), LogCondition::kStopped) << call;
        EXPECT_EQ(witness->condition(second.origin()), LogCondition::kStopped) << call;
        EXPECT_EQ(status(log.request(11, 12)), WitnessStatus::kUnavailable) << call;
        for (const auto& name : names_with("fork-")) ASSERT_TRUE(disk.remove(name).has_value());
        for (const auto& name : names_with("log-")) {
            // The second log begins again: nothing of it was answered.
            if (name.starts_with(state_file_name(second.origin()))) {
                ASSERT_TRUE(disk.remove(name).has_value());
            }
        }
        open_both();
        EXPECT_EQ(status(log.request(11, 11)), WitnessStatus::kOk);
        ASSERT_TRUE(witness->begin(second.origin()).has_value());
    }
}

TEST_F(WitnessTest, BeginsNothingOnADirectoryThatFailed) {
    TestLog second(kForkAt, "second.example/l", 7);
    witness.reset();
    witness = Witness::open(own.name, own.signer, disk, {log.key(), second.key()}).value();
    disk.fail_call(6, DiskError::kIo);
    EXPECT_EQ(witness->begin(second.origin()).error(), DiskError::kIo);
    EXPECT_EQ(witness->condition(second.origin()), LogCondition::kNotBegun);
    EXPECT_EQ(witness->begin(second.origin()).error(), DiskError::kIo) << "until opened again";
}

TEST_F(WitnessTest, GoesOnWhereNothingWasChanged) {
    ASSERT_EQ(status(log.request(0, 8)), WitnessStatus::kOk);
    for (const std::uint64_t call : {1U, 2U, 3U}) {
        disk.fail_call(call, DiskError::kNoSpace);
        EXPECT_EQ(status(log.request(8, 13)), WitnessStatus::kUnavailable);
        EXPECT_EQ(witness->condition(log.origin()), LogCondition::kCosigning);
    }
    EXPECT_EQ(status(log.request(8, 13)), WitnessStatus::kOk);
}

TEST_F(WitnessTest, AnswersAsTheProtocolSaysWhereEvidenceCannotBeKept) {
    ASSERT_EQ(status(log.request(0, 13)), WitnessStatus::kOk);
    for (std::uint64_t call = 1; call <= 7; ++call) {
        open();
        disk.fail_call(call, DiskError::kIo);
        const auto answer = ask(log.request(13, 13, true));
        expect_size_answer(answer, 13);
        EXPECT_TRUE(answer.fork);
        EXPECT_FALSE(answer.fork_is_kept) << call;
        for (const auto& name : names_with("fork-")) ASSERT_TRUE(disk.remove(name).has_value());
    }
}

TEST(WitnessSigner, LeavesTheStateWhereItFails) {
    MemoryDisk disk(1);
    base::testing::FakeSigner signer(1);
    TestLog log;
    const auto witness = Witness::open("w.example/w", signer, disk, {log.key()}).value();
    ASSERT_TRUE(witness->begin(log.origin()).has_value());
    signer.set_unavailable(true);
    EXPECT_EQ(witness->add_checkpoint(log.request(0, 5), kTime).status,
              WitnessStatus::kUnavailable);
    signer.set_unavailable(false);
    EXPECT_EQ(witness->add_checkpoint(log.request(0, 5), kTime).status, WitnessStatus::kOk);
}

TEST(LogConditionWords, AreThereForEach) {
    std::set<std::string> words;
    for (const auto condition : {LogCondition::kCosigning, LogCondition::kNotBegun,
                                 LogCondition::kDamaged, LogCondition::kStopped}) {
        words.insert(to_string(condition));
    }
    EXPECT_EQ(words.size(), 4U);
    EXPECT_FALSE(words.contains("unknown condition"));
}

using WitnessDeathTest = WitnessTest;

TEST_F(WitnessDeathTest, ChecksItsConfiguration) {
    MemoryDisk other(1);
    EXPECT_DEATH((void)Witness::open("a b", own.signer, other, {log.key()}), "check failed");
    EXPECT_DEATH((void)Witness::open("w", own.signer, other, {log.key(), log.key()}),
                 "check failed");
    EXPECT_DEATH((void)witness->add_checkpoint(log.request(0, 1), kCosignatureTimeEnd),
                 "check failed");
}

}  // namespace
}  // namespace comity::ledger
