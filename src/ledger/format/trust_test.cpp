// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_notes.hpp"

#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

Policy met() {
    return *parse_policy(example::kPolicyMet);
}

std::optional<TrustError> error_of(const Policy& policy, const seal::Note& note) {
    const auto trusted = trust_checkpoint(policy, note);
    if (trusted) return std::nullopt;
    EXPECT_NE(std::string_view(to_string(trusted.error())), "unknown error");
    return trusted.error();
}

TEST(TrustCheckpoint, SaysWhoSigned) {
    const auto trusted = trust_checkpoint(met(), example::note());
    ASSERT_TRUE(trusted);
    EXPECT_EQ(trusted->log, 0U);
    EXPECT_EQ(trusted->witnessed,
              (std::vector<TrustedCheckpoint::Witnessed>{{1, example::kWitnessTime}}));
}

TEST(TrustCheckpoint, PassesOverLinesOfOthers) {
    seal::SeedSigner other(example::seed(example::kOtherSeed));
    seal::Note note = example::note();
    note.signatures.push_back(*seal::sign_note(other, "someone.example", note.text));
    note.signatures.push_back(*cosign(other, "someone.example", note.text, 1));
    // The log's name with another key, and an id of the log with another name.
    note.signatures.push_back(*seal::sign_note(other, "node.example/comity", note.text));
    note.signatures.push_back(note.signatures.front());
    note.signatures.back().name = "someone.example";
    EXPECT_EQ(error_of(met(), note), std::nullopt);
}

TEST(TrustCheckpoint, TakesOneOfSeveralLogs) {
    seal::SeedSigner other(example::seed(example::kOtherSeed));
    const auto next =
        seal::make_verifier_key("node.example/comity", seal::kEd25519Type, other.key_id().value());
    Policy policy = met();
    policy.logs.insert(policy.logs.begin(), {.key = *next, .url = ""});
    EXPECT_EQ(trust_checkpoint(policy, example::note())->log, 1U);
    seal::Note note = example::note();
    note.signatures.push_back(*seal::sign_note(other, "node.example/comity", note.text));
    EXPECT_EQ(trust_checkpoint(policy, note)->log, 0U);
}

TEST(TrustCheckpoint, CountsAWitnessOnce) {
    seal::SeedSigner witness(example::seed(example::kWitnessSeed));
    seal::Note note = example::note();
    note.signatures.push_back(*cosign(witness, "party-b.example/witness", note.text, 9));
    const auto trusted = trust_checkpoint(met(), note);
    ASSERT_TRUE(trusted);
    EXPECT_EQ(trusted->witnessed.size(), 1U);
}

TEST(TrustCheckpoint, DoesNotCountAWitnessOfAnotherType) {
    Policy policy = met();
    policy.witnesses.at(1).key =
        *seal::make_verifier_key("party-b.example/witness", 0x06, std::vector<std::byte>(1312));
    EXPECT_EQ(error_of(policy, example::note()), TrustError::kQuorum);
    seal::Note note = example::note();
    note.signatures.at(1).key_id = policy.witnesses.at(1).key.id;
    EXPECT_EQ(error_of(policy, note), TrustError::kQuorum);
}

TEST(TrustError, NotACheckpoint) {
    seal::SeedSigner log(example::seed(example::kLogSeed));
    seal::Note note{.text = "node.example/comity\nhello\n", .signatures = {}};
    note.signatures.push_back(*seal::sign_note(log, "node.example/comity", note.text));
    EXPECT_EQ(error_of(met(), note), TrustError::kNotACheckpoint);
}

TEST(TrustError, UnknownLog) {
    Policy policy = met();
    policy.logs.clear();
    EXPECT_EQ(error_of(policy, example::note()), TrustError::kUnknownLog);
    // A known log signs a checkpoint under the name of another.
    seal::SeedSigner log(example::seed(example::kLogSeed));
    seal::Note note{.text = "other" + example::kText, .signatures = {}};
    note.signatures.push_back(*seal::sign_note(log, "node.example/comity", note.text));
    EXPECT_EQ(error_of(met(), note), TrustError::kUnknownLog);
}

TEST(TrustError, NotSigned) {
    seal::Note note = example::note();
    note.signatures.erase(note.signatures.begin());
    EXPECT_EQ(error_of(met(), note), TrustError::kNotSigned);
    Policy policy = met();
    policy.logs.front().key =
        *seal::make_verifier_key("node.example/comity", 0x06, std::vector<std::byte>(1312));
    EXPECT_EQ(error_of(policy, example::note()), TrustError::kNotSigned);
}

TEST(TrustError, LogSignature) {
    seal::Note note = example::note();
    note.signatures.front().bytes.front() ^= std::byte{1};
    EXPECT_EQ(error_of(met(), note), TrustError::kLogSignature);
}

TEST(TrustError, WitnessSignature) {
    // Also of a witness that the quorum does not need.
    const Policy policy = *parse_policy(
        example::kPolicy.substr(0, example::kPolicy.find("quorum")) + "quorum none\n");
    seal::Note note = example::note();
    EXPECT_EQ(error_of(policy, note), std::nullopt);
    note.signatures.at(1).bytes.back() ^= std::byte{1};
    EXPECT_EQ(error_of(policy, note), TrustError::kWitnessSignature);
}

// Another key of the same id is made in seconds. A line that says it is of both would have to
// verify under both, so that the id never chooses.
TEST(TrustError, TwoKeysOfOneNameAndIdBothHaveToVerify) {
    Policy policy = met();
    seal::VerifierKey other = policy.witnesses.at(1).key;
    other.key.front() ^= std::byte{1};
    policy.witnesses.at(0).key = other;
    EXPECT_EQ(error_of(policy, example::note()), TrustError::kWitnessSignature);
    policy = met();
    other = policy.logs.front().key;
    other.key.front() ^= std::byte{1};
    policy.logs.push_back({.key = other, .url = ""});
    EXPECT_EQ(error_of(policy, example::note()), TrustError::kLogSignature);
}

TEST(TrustError, NamesThatLookAlikeAreOthers) {
    // A Cyrillic letter in place of the first o of node.
    const std::string name =
        "n\xD0\xBE"
        "de.example/comity";
    Policy policy = met();
    seal::VerifierKey& log = policy.logs.front().key;
    log = *seal::make_verifier_key(name, log.type, log.key);
    EXPECT_EQ(error_of(policy, example::note()), TrustError::kUnknownLog);
}

TEST(TrustError, Quorum) {
    EXPECT_EQ(error_of(*parse_policy(example::kPolicy), example::note()), TrustError::kQuorum);
    seal::Note note = example::note();
    note.signatures.pop_back();
    EXPECT_EQ(error_of(met(), note), TrustError::kQuorum);
}

}  // namespace
}  // namespace comity::ledger
