// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/proof.hpp"

#include "test_notes.hpp"
#include "test_trees.hpp"

#include "comity/ledger/policy.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

constexpr std::string_view kHash = "qxq38Hx8j+Dv9LpvqlPH5EEukaWZFT6KpOAb7s5beCU=";

Policy met() {
    return *parse_policy(example::kPolicyMet);
}

TEST(LogProof, IsReadAndWrittenInOneWay) {
    const auto proof = parse_proof(example::kProof);
    ASSERT_TRUE(proof);
    EXPECT_EQ(proof->index, 0U);
    EXPECT_EQ(proof->extra, std::nullopt);
    EXPECT_EQ(proof->inclusion.size(), 2U);
    EXPECT_EQ(proof->checkpoint, example::kCheckpoint);
    EXPECT_EQ(format_proof(*proof), example::kProof);

    LogProof other = *proof;
    other.index = kTreeSizeEnd - 1;
    other.extra = std::vector<std::byte>{std::byte{1}, std::byte{2}};
    other.inclusion.assign(63, empty_root());
    EXPECT_EQ(parse_proof(format_proof(other)), other);
    other.extra->clear();
    other.inclusion.clear();
    EXPECT_EQ(parse_proof(format_proof(other)), other);
}

/// A text that is no proof, and why.
struct Row {
    std::string text;
    LogProofError error;
};

TEST(LogProof, IsRefusedWithItsCause) {
    const std::string header = "c2sp.org/tlog-proof@v1\n";
    const std::string hash = std::string(kHash) + "\n";
    const auto hashes = [&](int count) {
        std::string lines;
        for (int i = 0; i < count; ++i) lines += hash;
        return lines;
    };
    const Row rows[] = {
        {"", LogProofError::kHeader},
        {"c2sp.org/tlog-proof@v1", LogProofError::kHeader},
        {"c2sp.org/tlog-proof@v2\nindex 0\n\na\n", LogProofError::kHeader},
        {" " + example::kProof, LogProofError::kHeader},
        {"\n" + example::kProof, LogProofError::kHeader},
        {"\xef\xbb\xbf" + example::kProof, LogProofError::kHeader},

        {header + "extra AA\nindex 0\n\na\n", LogProofError::kExtra},
        {header + "extra  AAAA\nindex 0\n\na\n", LogProofError::kExtra},

        {header, LogProofError::kIndex},
        {header + "index 0", LogProofError::kIndex},
        {header + "index\n\na\n", LogProofError::kIndex},
        {header + "index \n\na\n", LogProofError::kIndex},
        {header + "index 00\n\na\n", LogProofError::kIndex},
        {header + "index -1\n\na\n", LogProofError::kIndex},
        {header + "index 0 \n\na\n", LogProofError::kIndex},
        {header + "index 0\r\n\na\n", LogProofError::kIndex},
        {header + "index 9223372036854775808\n\na\n", LogProofError::kIndex},
        {header + "Index 0\n\na\n", LogProofError::kIndex},
        {header + hash + "\na\n", LogProofError::kIndex},
        {header + "extra AAAA\n", LogProofError::kIndex},
        {header + "extra AAAA\nextra AAAA\nindex 0\n\na\n", LogProofError::kIndex},
        // Without its blank it is no extra line, and no index either.
        {header + "extra\nindex 0\n\na\n", LogProofError::kIndex},

        {header + "index 0\nextra AAAA\n\na\n", LogProofError::kHash},
        {header + "index 0\nindex 0\n\na\n", LogProofError::kHash},
        {header + "index 0\nAAAA\n\na\n", LogProofError::kHash},
        {header + "index 0\n " + hash + "\na\n", LogProofError::kHash},
        {header + "index 0\n" + std::string(500'000, 'A') + "\n\na\n", LogProofError::kHash},

        {header + "index 0\n" + hashes(64) + "\na\n", LogProofError::kTooManyHashes},
        {header + "index 0\n" + hashes(20'000) + "\na\n", LogProofError::kTooManyHashes},

        {header + "index 0\n", LogProofError::kTruncated},
        {header + "index 0\n" + hash, LogProofError::kTruncated},
        {header + "index 0\n" + std::string(kHash), LogProofError::kTruncated},

        {header + "index 0\n\n", LogProofError::kNoCheckpoint},
        {header + "index 0\n" + hash + "\n", LogProofError::kNoCheckpoint},

        {example::kProof + std::string(LogProof::kMaxBytes, 'A'), LogProofError::kTooLarge},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text.substr(0, 200));
        const auto proof = parse_proof(row.text);
        ASSERT_FALSE(proof);
        EXPECT_EQ(proof.error(), row.error);
        EXPECT_TRUE(std::string_view(to_string(proof.error())).starts_with("expected "));
    }
}

TEST(LogProofDeathTest, RefusesWhatCannotBeRead) {
    LogProof proof = *parse_proof(example::kProof);
    proof.index = kTreeSizeEnd;
    EXPECT_DEATH((void)format_proof(proof), "check failed");
    proof.index = 0;
    proof.inclusion.resize(64);
    EXPECT_DEATH((void)format_proof(proof), "check failed");
    proof.inclusion.clear();
    proof.checkpoint.clear();
    EXPECT_DEATH((void)format_proof(proof), "check failed");
}

// --- Verifying ---

/// The refusal of a proof that something was done to, if it is of this kind.
template <typename Error>
std::optional<Error> refusal(const LogProof& proof, const Policy& policy,
                             std::string_view entry = "one") {
    TreeHasher hasher;
    const auto trusted = verify_proof(hasher, policy, proof, hasher.leaf(bytes_of(entry)));
    if (trusted) return std::nullopt;
    EXPECT_NE(std::string_view(to_string(trusted.error())), "unknown error");
    const auto* const error = std::get_if<Error>(&trusted.error());
    return error == nullptr ? std::nullopt : std::optional(*error);
}

TEST(VerifyProof, GivesTheCheckpointAndWhoSignedIt) {
    TreeHasher hasher;
    const auto trusted =
        verify_proof(hasher, met(), *parse_proof(example::kProof), hasher.leaf(bytes_of("one")));
    ASSERT_TRUE(trusted);
    EXPECT_EQ(trusted->checkpoint.tree.size, 3U);
    EXPECT_EQ(trusted->log, 0U);
    ASSERT_EQ(trusted->witnessed.size(), 1U);
    EXPECT_EQ(trusted->witnessed.front().witness, 1U);
    EXPECT_EQ(trusted->witnessed.front().time, example::kWitnessTime);
}

TEST(VerifyProof, RefusesAnotherEntry) {
    const LogProof proof = *parse_proof(example::kProof);
    EXPECT_EQ(refusal<ProofError>(proof, met(), "two"), ProofError::kRootMismatch);
}

TEST(VerifyProof, RefusesAnotherIndex) {
    LogProof proof = *parse_proof(example::kProof);
    proof.index = 1;
    EXPECT_EQ(refusal<ProofError>(proof, met()), ProofError::kRootMismatch);
    proof.index = 3;
    EXPECT_EQ(refusal<ProofError>(proof, met()), ProofError::kIndexOutside);
}

TEST(VerifyProof, RefusesACheckpointThatIsNoNote) {
    LogProof proof = *parse_proof(example::kProof);
    proof.checkpoint = example::kText;
    EXPECT_EQ(refusal<seal::NoteError>(proof, met()), seal::NoteError::kNoSignatures);
}

TEST(VerifyProof, RefusesWhatThePolicyRefuses) {
    const LogProof proof = *parse_proof(example::kProof);
    EXPECT_EQ(refusal<TrustError>(proof, *parse_policy(example::kPolicy)), TrustError::kQuorum);
    EXPECT_EQ(refusal<TrustError>(proof, *parse_policy("quorum none\n")), TrustError::kUnknownLog);
}

TEST(VerifyProof, RefusesEachBitTurned) {
    TreeHasher hasher;
    const Policy policy = met();
    const Hash leaf = hasher.leaf(bytes_of("one"));
    const auto holds = [&](const std::string& text) {
        const auto proof = parse_proof(text);
        return proof && verify_proof(hasher, policy, *proof, leaf);
    };
    ASSERT_TRUE(holds(example::kProof));
    for (std::size_t bit = 0; bit < 8 * example::kProof.size(); ++bit) {
        std::string turned = example::kProof;
        turned.at(bit / 8) = static_cast<char>(turned.at(bit / 8) ^ (1 << (bit % 8)));
        ASSERT_FALSE(holds(turned)) << "bit " << bit << ": " << turned;
    }
}

TEST(VerifyProof, RefusesEachProofCutShort) {
    TreeHasher hasher;
    const Policy policy = met();
    for (std::size_t size = 0; size < example::kProof.size(); ++size) {
        const auto proof = parse_proof(std::string_view(example::kProof).substr(0, size));
        ASSERT_FALSE(proof && verify_proof(hasher, policy, *proof, hasher.leaf(bytes_of("one"))));
    }
}

}  // namespace
}  // namespace comity::ledger
