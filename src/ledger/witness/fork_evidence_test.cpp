// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/fork_evidence.hpp"

#include "test_log.hpp"

#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

constexpr std::uint64_t kForkAt = 10;

/// A log with two histories, and evidence of both kinds.
struct Forked {
    ForkEvidence one_size() {
        seal::Note a = log.note(13);
        seal::Note b = log.note(13, true);
        if (log.head(13).root > log.head(13, true).root) std::swap(a, b);
        return {.older = a, .newer = b, .prefix = std::nullopt};
    }
    ForkEvidence two_sizes(std::uint64_t old_size = 13, std::uint64_t size = 21) {
        return {.older = log.note(old_size),
                .newer = log.note(size, true),
                .prefix = ForkPrefix{.root = log.head(old_size, true).root,
                                     .proof = log.proof(old_size, size, true)}};
    }
    ForkError refusal(const ForkEvidence& evidence) {
        return verify_fork(log.hasher(), evidence, log.key()).error();
    }

    TestLog log{kForkAt};
};

ForkError parse_error(const std::string& text) {
    const auto evidence = parse_fork(text);
    EXPECT_FALSE(evidence.has_value()) << text;
    return evidence.error();
}

TEST(ForkEvidence, IsReadAsItIsWrittenAndHolds) {
    Forked forked;
    // 16 is a power of two: the proof has no part of the older tree, and the prefix is needed.
    for (const ForkEvidence& evidence :
         {forked.one_size(), forked.two_sizes(), forked.two_sizes(16, 40)}) {
        const std::string text = format_fork(evidence);
        EXPECT_EQ(parse_fork(text), evidence);
        const auto fork = verify_fork(forked.log.hasher(), evidence, forked.log.key());
        ASSERT_TRUE(fork.has_value());
        EXPECT_EQ(fork->older, *parse_checkpoint(evidence.older.text));
        EXPECT_EQ(fork->newer, *parse_checkpoint(evidence.newer.text));
    }
}

TEST(ForkEvidence, KeepsTheLinesOfWitnesses) {
    Forked forked;
    TestWitness witness(2);
    ForkEvidence evidence = forked.two_sizes();
    evidence.newer = witness.cosigned(evidence.newer);
    EXPECT_EQ(parse_fork(format_fork(evidence)), evidence);
    EXPECT_TRUE(verify_fork(forked.log.hasher(), evidence, forked.log.key()).has_value());
}

TEST(ForkEvidence, IsNotMadeOfOneHistory) {
    Forked forked;
    for (const auto& [old_size, size] :
         {std::pair{3U, 9U}, {13U, 21U}, {16U, 40U}, {7U, kForkAt}, {12U, 13U}}) {
        ForkEvidence evidence{.older = forked.log.note(old_size),
                              .newer = forked.log.note(size),
                              .prefix = ForkPrefix{.root = forked.log.head(old_size).root,
                                                   .proof = forked.log.proof(old_size, size)}};
        EXPECT_EQ(forked.refusal(evidence), ForkError::kSameRoot);
        // Any other prefix leads elsewhere.
        evidence.prefix->root = forked.log.head(old_size + 1).root;
        EXPECT_EQ(forked.refusal(evidence), ForkError::kProof);
        evidence.prefix->proof.clear();
        EXPECT_EQ(forked.refusal(evidence), ForkError::kProof);
    }
}

TEST(ForkEvidence, HoldsWithNoBitTurned) {
    Forked forked;
    for (const ForkEvidence& evidence : {forked.one_size(), forked.two_sizes()}) {
        const std::string text = format_fork(evidence);
        for (std::size_t at = 0; at < text.size(); ++at) {
            std::string turned = text;
            turned.at(at) = static_cast<char>(turned.at(at) ^ 1);
            const auto read = parse_fork(turned);
            if (!read) continue;
            EXPECT_EQ(format_fork(*read), turned);
            EXPECT_FALSE(verify_fork(forked.log.hasher(), *read, forked.log.key())) << at;
        }
    }
}

TEST(ForkError, OfTheText) {
    Forked forked;
    const std::string one = format_fork(forked.one_size());
    const std::string two = format_fork(forked.two_sizes());
    const std::string hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    const std::string header = "comity-fork v1\n";
    using enum ForkError;
    EXPECT_EQ(parse_error(std::string(ForkEvidence::kMaxBytes + 1, 'x')), kTooLarge);
    EXPECT_EQ(parse_error(""), kHeader);
    EXPECT_EQ(parse_error("comity-fork v2\n" + one.substr(header.size())), kHeader);
    EXPECT_EQ(parse_error(header + hash + one.substr(header.size())), kPrefix);
    EXPECT_EQ(parse_error(header + "prefix x\n" + one.substr(header.size())), kPrefix);
    EXPECT_EQ(parse_error(header + "prefix " + hash + one.substr(header.size())), kPrefix)
        << "a prefix of trees of one size";
    EXPECT_EQ(parse_error(header + two.substr(two.find("\n\n") + 1)), kPrefix)
        << "none of two sizes";
    std::string many = header + "prefix " + hash;
    for (int i = 0; i < 64; ++i) many += hash;
    EXPECT_EQ(parse_error(many + one.substr(header.size())), kTooManyHashes);
    EXPECT_EQ(parse_error(header), kTruncated);
    EXPECT_EQ(parse_error(header + "\n"), kTruncated);
    EXPECT_EQ(parse_error(header + "\n" + to_string(forked.log.note(13))), kTruncated);
    EXPECT_EQ(parse_error(one + "x"), kNote);
}

TEST(ForkError, OfTheCheckpoints) {
    Forked forked;
    using enum ForkError;
    ForkEvidence evidence = forked.one_size();
    std::swap(evidence.older, evidence.newer);
    EXPECT_EQ(forked.refusal(evidence), kOrder);
    evidence = forked.two_sizes();
    std::swap(evidence.older, evidence.newer);
    EXPECT_EQ(forked.refusal(evidence), kOrder);
    evidence = forked.one_size();
    evidence.newer = evidence.older;
    EXPECT_EQ(forked.refusal(evidence), kSameRoot);
    evidence = forked.one_size();
    evidence.older.text = "no checkpoint\n";
    EXPECT_EQ(forked.refusal(evidence), kNote);
    evidence = forked.two_sizes();
    evidence.prefix.reset();
    EXPECT_EQ(forked.refusal(evidence), kPrefix);
    evidence = forked.two_sizes();
    evidence.prefix->proof.at(0).bytes.at(0) ^= std::byte{1};
    EXPECT_EQ(forked.refusal(evidence), kProof);
    evidence = forked.two_sizes();
    evidence.newer.signatures.at(0).bytes.at(9) ^= std::byte{1};
    EXPECT_EQ(forked.refusal(evidence), kNotSigned);
    TestLog thief(kForkAt, forked.log.origin(), 9);
    EXPECT_EQ(verify_fork(thief.hasher(), forked.one_size(), thief.key()).error(), kNotSigned);
}

TEST(ForkError, HasWordsForEach) {
    using enum ForkError;
    for (const auto error : {kTooLarge, kHeader, kPrefix, kTooManyHashes, kTruncated, kNote, kOrder,
                             kNotSigned, kSameRoot, kProof}) {
        EXPECT_NE(std::string_view(to_string(error)), "unknown error");
    }
}

TEST(ForkEvidenceDeathTest, IsNotWrittenWhereItCannotBeRead) {
    Forked forked;
    ForkEvidence evidence = forked.two_sizes();
    evidence.prefix.reset();
    EXPECT_DEATH((void)format_fork(evidence), "check failed");
}

}  // namespace
}  // namespace comity::ledger
