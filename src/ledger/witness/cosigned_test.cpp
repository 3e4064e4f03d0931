// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/cosigned.hpp"

#include "test_log.hpp"

#include "comity/ledger/policy.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class CosignedTest : public ::testing::Test {
  public:
    /// Two of three.
    CosignedTest() {
        std::string text = "log " + to_string(log.key()) + "\n";
        for (const TestWitness* witness : {&a, &b, &c}) {
            text += "witness " + witness->name + " " + to_string(witness->key()) + "\n";
        }
        text += "group two 2 a.example/w b.example/w c.example/w\nquorum two\n";
        policy = parse_policy(text).value();
        note = log.note(13);
    }

    static std::string answer_of(const seal::Note& signed_note, const seal::NoteSignature& line) {
        return to_string(seal::Note{.text = signed_note.text, .signatures = {line}})
            .substr(signed_note.text.size() + 1);
    }
    std::string answer(TestWitness& witness) { return answer_of(note, witness.cosign(note)); }

    TestLog log;
    TestWitness a{11, "a.example/w"};
    TestWitness b{12, "b.example/w"};
    TestWitness c{13, "c.example/w"};
    TestWitness stranger{14, "s.example/w"};
    Policy policy;
    seal::Note note;
};

TEST_F(CosignedTest, HoldsOnceAQuorumHasAnswered) {
    CosignedCheckpoint checkpoint = add_cosignatures(policy, note, std::vector{answer(b)});
    EXPECT_EQ(checkpoint.trust.error(), TrustError::kQuorum);
    EXPECT_THAT(checkpoint.taken, ElementsAre(1));
    checkpoint = add_cosignatures(policy, checkpoint.note, std::vector{answer(c)});
    ASSERT_TRUE(checkpoint.trust.has_value());
    EXPECT_THAT(checkpoint.trust->witnessed, SizeIs(2));
    EXPECT_THAT(checkpoint.note.signatures, SizeIs(3));
    EXPECT_TRUE(trust_checkpoint(policy, *seal::parse_note(to_string(checkpoint.note))));
}

TEST_F(CosignedTest, CountsAWitnessOnce) {
    const auto checkpoint =
        add_cosignatures(policy, note, std::vector{answer(a), answer(a), answer(a) + answer(a)});
    EXPECT_THAT(checkpoint.taken, ElementsAre(1, 0, 0));
    EXPECT_EQ(checkpoint.trust.error(), TrustError::kQuorum);
}

TEST_F(CosignedTest, PassesOverWhatIsNoCosignatureOfTheCheckpoint) {
    seal::NoteSignature wrong = b.cosign(note);
    wrong.bytes.at(20) ^= std::byte{1};
    const auto checkpoint = add_cosignatures(
        policy, note,
        std::vector<std::string>{answer_of(note, wrong), answer(stranger), "", "no line\n",
                                 answer(a).substr(0, 30), answer_of(note, b.cosign(log.note(12))),
                                 "\nmore text\n\n" + answer(c), answer(stranger) + answer(a)});
    EXPECT_THAT(checkpoint.taken, ElementsAre(0, 0, 0, 0, 0, 0, 0, 1));
    EXPECT_EQ(checkpoint.trust.error(), TrustError::kQuorum)
        << "what one answered wrongly does not spoil what the others did";
    EXPECT_TRUE(
        add_cosignatures(policy, checkpoint.note, std::vector{answer(c)}).trust.has_value());
}

TEST_F(CosignedTest, SaysWhereTheCheckpointItselfDoesNotHold) {
    TestLog other(TestLog::kEntries, "other.example/l");
    const auto checkpoint =
        add_cosignatures(policy, other.note(13), std::vector{answer(a), answer(b)});
    EXPECT_EQ(checkpoint.trust.error(), TrustError::kUnknownLog);
}

TEST_F(CosignedTest, StopsWhereTheNoteIsFull) {
    while (note.signatures.size() < seal::Note::kMaxSignatures - 1) {
        TestWitness other(static_cast<std::uint8_t>(note.signatures.size() + 20));
        note.signatures.push_back(other.cosign(note));
    }
    const auto checkpoint = add_cosignatures(policy, note, std::vector{answer(a), answer(b)});
    EXPECT_THAT(checkpoint.note.signatures, SizeIs(seal::Note::kMaxSignatures));
    EXPECT_THAT(checkpoint.taken, ElementsAre(1, 0));
}

}  // namespace
}  // namespace comity::ledger
