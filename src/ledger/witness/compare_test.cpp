// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/compare.hpp"

#include "test_log.hpp"

#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

constexpr std::uint64_t kForkAt = 10;

class CompareTest : public ::testing::Test {
  public:
    Comparison compared(const seal::Note& a, const seal::Note& b,
                        const std::optional<Proof>& proof = std::nullopt) {
        Comparison outcome = compare(log.hasher(), log.key(), a, b, proof);
        // In either order the same.
        EXPECT_EQ(outcome, compare(log.hasher(), log.key(), b, a, proof));
        return outcome;
    }
    void expect_fork(const Comparison& outcome) {
        const auto* fork = std::get_if<ForkEvidence>(&outcome);
        ASSERT_NE(fork, nullptr);
        EXPECT_TRUE(verify_fork(log.hasher(), *fork, log.key()).has_value());
        EXPECT_EQ(parse_fork(format_fork(*fork)), *fork);
    }

    TestLog log{kForkAt};
    TestWitness one{2, "one.example/w"};
    TestWitness two{3, "two.example/w"};
};

TEST_F(CompareTest, FindsOneHistoryOrTwoOfAnyTwoSizes) {
    for (std::uint64_t old_size = 1; old_size <= 24; ++old_size) {
        for (std::uint64_t size = old_size; size <= 24; ++size) {
            const seal::Note older = log.note(old_size);
            ASSERT_EQ(compared(older, log.note(size), log.proof(old_size, size)),
                      Comparison(OneHistory{log.head(size)}));
            const Comparison other =
                compared(older, log.note(size, true), log.proof(old_size, size, true));
            const bool is_power = (old_size & (old_size - 1)) == 0;
            if (old_size <= kForkAt) {
                ASSERT_EQ(other, Comparison(OneHistory{log.head(size, true)}));
            } else if (old_size < size && is_power) {
                ASSERT_EQ(other, Comparison(Undecided::kWrongProof));
            } else {
                expect_fork(other);
            }
        }
    }
}

TEST_F(CompareTest, NeedsNoProofForTreesOfOneSize) {
    EXPECT_EQ(compared(log.note(13), log.note(13)), Comparison(OneHistory{log.head(13)}));
    expect_fork(compared(log.note(13), log.note(13, true)));
}

TEST_F(CompareTest, BeginsEveryHistoryWithTheEmptyTree) {
    EXPECT_EQ(compared(log.note(0), log.note(5)), Comparison(OneHistory{log.head(5)}));
    const seal::Note wrong =
        log.sign({.origin = log.origin(), .tree = {.size = 0, .root = Hash{}}, .extensions = {}});
    EXPECT_EQ(compared(wrong, log.note(5)), Comparison(Undecided::kEmptyRoot));
    expect_fork(compared(wrong, log.note(0)));
}

TEST_F(CompareTest, DoesNotTakeAWrongProofForAFork) {
    EXPECT_EQ(compared(log.note(13), log.note(21)), Comparison(Undecided::kNoProof));
    Proof wrong = log.proof(13, 21);
    wrong.at(1).bytes.at(0) ^= std::byte{1};
    EXPECT_EQ(compared(log.note(13), log.note(21), wrong), Comparison(Undecided::kWrongProof));
    EXPECT_EQ(compared(log.note(13), log.note(21), Proof{}), Comparison(Undecided::kWrongProof));
    // Of another history than the larger tree's, too.
    EXPECT_EQ(compared(log.note(13), log.note(21), log.proof(13, 21, true)),
              Comparison(Undecided::kWrongProof));
}

TEST_F(CompareTest, LooksAtNothingThatTheLogHasNotSigned) {
    TestLog thief(kForkAt, log.origin(), 9);
    EXPECT_EQ(compared(log.note(13), thief.note(13, true)), Comparison(Undecided::kNotOfTheLog));
    TestLog other(kForkAt, "other.example/l");
    EXPECT_EQ(compared(log.note(13), other.note(13, true)), Comparison(Undecided::kNotOfTheLog));
}

TEST_F(CompareTest, CollectsFromTwoWitnesses) {
    std::uint64_t asked = 0;
    bool of_other = false;
    const AskForProof ask = [&](Growth growth) {
        ++asked;
        return std::optional(log.proof(growth.old_size, growth.size, of_other));
    };
    const auto collected = [&](const seal::Note& a, const seal::Note& b) {
        return collect(log.hasher(), log.key(), {.witness = one.key(), .note = one.cosigned(a)},
                       {.witness = two.key(), .note = two.cosigned(b)}, ask);
    };
    EXPECT_EQ(collected(log.note(13), log.note(13)), Comparison(OneHistory{log.head(13)}));
    expect_fork(collected(log.note(13), log.note(13, true)));
    EXPECT_EQ(collected(log.note(0), log.note(13)), Comparison(OneHistory{log.head(13)}));
    EXPECT_EQ(asked, 0U) << "nothing to ask for";
    EXPECT_EQ(collected(log.note(21), log.note(13)), Comparison(OneHistory{log.head(21)}));
    of_other = true;
    expect_fork(collected(log.note(21, true), log.note(13)));
    EXPECT_EQ(asked, 2U);
}

TEST_F(CompareTest, CollectsOnlyWhatTheWitnessesCosigned) {
    const AskForProof ask = [](Growth) { return std::optional<Proof>(); };
    const WitnessedNote good{.witness = one.key(), .note = one.cosigned(log.note(13))};
    const auto with = [&](const WitnessedNote& other) {
        return collect(log.hasher(), log.key(), good, other, ask);
    };
    EXPECT_EQ(with({.witness = two.key(), .note = log.note(13, true)}),
              Comparison(Undecided::kNotCosigned));
    EXPECT_EQ(with({.witness = two.key(), .note = one.cosigned(log.note(13, true))}),
              Comparison(Undecided::kNotCosigned));
    TestLog thief(kForkAt, log.origin(), 9);
    EXPECT_EQ(with({.witness = two.key(), .note = two.cosigned(thief.note(13))}),
              Comparison(Undecided::kNotOfTheLog));
    EXPECT_EQ(with({.witness = two.key(), .note = two.cosigned(log.note(21))}),
              Comparison(Undecided::kNoProof));
}

TEST(Undecided, HasWordsForEach) {
    using enum Undecided;
    for (const auto reason : {kNotOfTheLog, kNotCosigned, kEmptyRoot, kNoProof, kWrongProof}) {
        EXPECT_NE(std::string_view(to_string(reason)), "unknown reason");
    }
}

}  // namespace
}  // namespace comity::ledger
