// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/policy.hpp"

#include "test_notes.hpp"

#include "comity/seal/verifier_key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

/// The verifier key of a name, for a key of 32 bytes of this value; 1,312 for ML-DSA-44.
std::string vkey(std::string_view name, std::uint8_t type, unsigned char value) {
    const std::vector<std::byte> key(type == 0x06 ? 1312 : 32, std::byte{value});
    return to_string(*seal::make_verifier_key(name, type, key));
}

std::string witness(const std::string& name, unsigned char value) {
    return "witness " + name + ' ' + vkey(name + ".example", 0x04, value) + '\n';
}

const std::string kLog = "log " + vkey("log.example", 0x01, 1) + '\n';
const std::string kThree = witness("a", 1) + witness("b", 2) + witness("c", 3);

TEST(Policy, IsReadAndWrittenInOneWay) {
    const std::string rows[] = {
        "quorum none\n",
        kLog + "quorum none\n",
        "log " + vkey("log.example", 0x01, 1) + " https://log.example/\n" + kThree + "quorum b\n",
        kThree + "group g 2 a b c\nquorum g\n",
        kThree + "group g 1 a b\ngroup h 2 g c\nquorum h\n",
        example::kPolicy.substr(0, example::kPolicy.find("group")) + "quorum none\n",
    };
    for (const std::string& text : rows) {
        const auto policy = parse_policy(text);
        ASSERT_TRUE(policy) << text;
        EXPECT_EQ(format_policy(*policy), text);
    }
}

TEST(Policy, MayBeLaidOutFreely) {
    const std::string text = "# who we trust\n\n \t\n" + kThree +
                             "\t# h\xc3\xa9\n  group\tg \t any  c a  \n" + "quorum g\n" + kLog +
                             "#\n";
    const auto policy = parse_policy(text);
    ASSERT_TRUE(policy);
    EXPECT_EQ(format_policy(*policy), kLog + kThree + "group g 1 c a\nquorum g\n");
    EXPECT_EQ(parse_policy(format_policy(*policy)), policy);
}

TEST(Policy, TakesNamesAsBytes) {
    // "all" is a name like another; K and the Kelvin sign are two.
    const auto policy =
        parse_policy(witness("all", 1) + witness("K", 2) + witness("\xe2\x84\xaa", 3) +
                     "group any all all K \xe2\x84\xaa\nquorum any\n");
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->groups.front().threshold, 3U);
}

TEST(Policy, KeepsKeysOfTypesThatAreNotVerified) {
    const auto policy = parse_policy("log " + vkey("log.example", 0x06, 1) + "\nwitness a " +
                                     vkey("a.example", 0x06, 2) + "\nwitness b " +
                                     vkey("b.example", 0x77, 3) + "\nquorum a\n");
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->witnesses.at(1).key.type, 0x77);
}

TEST(Policy, MayHaveManyMembers) {
    std::string text;
    std::string group = "group all-of-them all";
    for (int i = 0; i < 500; ++i) {
        const std::string name = "w" + std::to_string(i);
        const std::array<std::byte, 32> key = {static_cast<std::byte>(i),
                                               static_cast<std::byte>(i >> 8)};
        text +=
            "witness " + name + ' ' + to_string(*seal::make_verifier_key(name, 0x04, key)) + '\n';
        group += ' ' + name;
    }
    const auto policy = parse_policy(text + group + "\nquorum all-of-them\n");
    ASSERT_TRUE(policy);
    std::vector<bool> cosigned(500, true);
    EXPECT_TRUE(quorum_met(*policy, cosigned));
    cosigned[499] = false;
    EXPECT_FALSE(quorum_met(*policy, cosigned));
}

/// A text that is no policy, why, and in which line.
struct Row {
    std::string text;
    PolicyFault fault;
    std::size_t line;
};

TEST(Policy, IsRefusedWithItsCauseAndLine) {
    const std::string key = vkey("a.example", 0x04, 1);
    const Row rows[] = {
        {std::string(Policy::kMaxBytes, '\n') + "quorum none\n", PolicyFault::kTooLarge, 1},
        {"quorum none", PolicyFault::kNoFinalNewline, 1},
        {"quorum none\n#", PolicyFault::kNoFinalNewline, 2},

        {"quorum none\r\n", PolicyFault::kOctet, 1},
        {"# \x7f\nquorum none\n", PolicyFault::kOctet, 1},
        {"\n# \x1b[0m\nquorum none\n", PolicyFault::kOctet, 2},
        {std::string("#\0\n", 3) + "quorum none\n", PolicyFault::kOctet, 1},

        {"Quorum none\n", PolicyFault::kKeyword, 1},
        {"quorumnone\n", PolicyFault::kKeyword, 1},
        {"\xef\xbb\xbfquorum none\n", PolicyFault::kKeyword, 1},
        {kLog + "witnesses\nquorum none\n", PolicyFault::kKeyword, 2},

        {"log\nquorum none\n", PolicyFault::kItemCount, 1},
        {"log " + key + " url more\nquorum none\n", PolicyFault::kItemCount, 1},
        {"witness a\nquorum none\n", PolicyFault::kItemCount, 1},
        {"witness a " + key + " url more\nquorum none\n", PolicyFault::kItemCount, 1},
        {kThree + "group g\nquorum none\n", PolicyFault::kItemCount, 4},
        {kThree + "group g any\nquorum none\n", PolicyFault::kItemCount, 4},
        {"quorum\n", PolicyFault::kItemCount, 1},
        {kThree + "quorum a b\n", PolicyFault::kItemCount, 4},

        {"log a.example+00000000\nquorum none\n", PolicyFault::kKey, 1},
        {"witness " + key + " a\nquorum none\n", PolicyFault::kKey, 1},
        {"witness a " + key.substr(1) + "\nquorum none\n", PolicyFault::kKey, 1},

        {"witness a " + vkey("a", 0x01, 1) + "\nquorum a\n", PolicyFault::kKeyType, 1},
        {"witness a " + vkey("a", 0x02, 1) + "\nquorum a\n", PolicyFault::kKeyType, 1},
        {"witness a " + vkey("a", 0x05, 1) + "\nquorum a\n", PolicyFault::kKeyType, 1},

        {kLog + "log " + vkey("other.example", 0x01, 1) + "\nquorum none\n",
         PolicyFault::kDuplicateKey, 2},
        {kLog + "log " + vkey("log.example", 0x04, 1) + "\nquorum none\n",
         PolicyFault::kDuplicateKey, 2},
        {kThree + "witness d " + vkey("d.example", 0x04, 2) + "\nquorum none\n",
         PolicyFault::kDuplicateKey, 4},

        {kThree + "witness a " + vkey("d.example", 0x04, 4) + "\nquorum none\n",
         PolicyFault::kNameTaken, 4},
        {kThree + "group c any a\nquorum none\n", PolicyFault::kNameTaken, 4},
        {kThree + "group g any a\ngroup g any b\nquorum none\n", PolicyFault::kNameTaken, 5},

        {"witness none " + key + "\nquorum none\n", PolicyFault::kNameNone, 1},
        {kThree + "group none any a\nquorum none\n", PolicyFault::kNameNone, 4},
        {kThree + "group g any none\nquorum g\n", PolicyFault::kNameNone, 4},

        {kThree + "group g any d\nquorum g\n", PolicyFault::kUnknownName, 4},
        {kThree + "group g any a g\nquorum g\n", PolicyFault::kUnknownName, 4},
        {kThree + "group g any h\ngroup h any a\nquorum g\n", PolicyFault::kUnknownName, 4},
        {"quorum a\n" + kThree, PolicyFault::kUnknownName, 1},

        {kThree + "group g any a a\nquorum g\n", PolicyFault::kMemberTwice, 4},
        {kThree + "group g any a\ngroup h any b a\nquorum g\n", PolicyFault::kMemberTwice, 5},

        {kThree + "group g 0 a b\nquorum g\n", PolicyFault::kThreshold, 4},
        {kThree + "group g 3 a b\nquorum g\n", PolicyFault::kThreshold, 4},
        {kThree + "group g 01 a b\nquorum g\n", PolicyFault::kThreshold, 4},
        {kThree + "group g -1 a b\nquorum g\n", PolicyFault::kThreshold, 4},
        {kThree + "group g ALL a b\nquorum g\n", PolicyFault::kThreshold, 4},
        {kThree + "group g 18446744073709551617 a b\nquorum g\n", PolicyFault::kThreshold, 4},

        {"quorum none\nquorum none\n", PolicyFault::kQuorumTwice, 2},
        {kThree + "quorum a\nquorum b\n", PolicyFault::kQuorumTwice, 5},
        {"", PolicyFault::kQuorumMissing, 1},
        {kLog + kThree, PolicyFault::kQuorumMissing, 5},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text.substr(0, 400));
        const auto policy = parse_policy(row.text);
        ASSERT_FALSE(policy);
        EXPECT_EQ(policy.error(), (PolicyError{row.fault, row.line})) << to_string(row.fault);
        EXPECT_NE(std::string_view(to_string(row.fault)), "unknown error");
    }
}

// --- Quorums ---

/// Which of the eight sets of the witnesses a, b and c meet the quorum, as binary numbers cba.
std::vector<unsigned> sets_that_meet(const std::string& rules) {
    const auto policy = parse_policy(kThree + rules);
    EXPECT_TRUE(policy) << rules;
    std::vector<unsigned> sets;
    for (unsigned set = 0; set < 8; ++set) {
        const bool met = quorum_met(*policy, {(set & 1U) != 0, (set & 2U) != 0, (set & 4U) != 0});
        if (met) sets.push_back(set);
    }
    return sets;
}

TEST(QuorumMet, CountsWhoHasCosigned) {
    using Sets = std::vector<unsigned>;
    EXPECT_EQ(sets_that_meet("quorum none\n"), (Sets{0, 1, 2, 3, 4, 5, 6, 7}));
    EXPECT_EQ(sets_that_meet("quorum b\n"), (Sets{2, 3, 6, 7}));
    EXPECT_EQ(sets_that_meet("group g any a b c\nquorum g\n"), (Sets{1, 2, 3, 4, 5, 6, 7}));
    EXPECT_EQ(sets_that_meet("group g 2 a b c\nquorum g\n"), (Sets{3, 5, 6, 7}));
    EXPECT_EQ(sets_that_meet("group g all a b c\nquorum g\n"), (Sets{7}));
    EXPECT_EQ(sets_that_meet("group g any a b\ngroup h all g c\nquorum h\n"), (Sets{5, 6, 7}));
    EXPECT_EQ(sets_that_meet("group g all a b\ngroup h any g c\nquorum h\n"),
              (Sets{3, 4, 5, 6, 7}));
    // A group that is not the quorum does not matter.
    EXPECT_EQ(sets_that_meet("group g all a b c\nquorum none\n"), (Sets{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(QuorumMetDeathTest, RefusesAnotherNumberOfWitnesses) {
    const auto policy = parse_policy(kThree + "quorum a\n");
    EXPECT_DEATH((void)quorum_met(*policy, {true}), "check failed");
}

}  // namespace
}  // namespace comity::ledger
