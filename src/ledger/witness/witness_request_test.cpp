// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/witness_request.hpp"

#include "test_log.hpp"

#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

const std::string kHashLine = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";

std::string note_text() {
    TestLog log;
    return to_string(log.note(5));
}

TEST(WitnessRequest, IsReadAsItIsWritten) {
    TestLog log;
    for (const std::uint64_t old_size : {0U, 1U, 3U, 5U}) {
        const WitnessRequest request{
            .old_size = old_size, .proof = log.proof(old_size, 5), .note = log.note(5)};
        const std::string body = format_witness_request(request);
        EXPECT_EQ(parse_witness_request(body), request);
    }
    std::string most = "old 9223372036854775807\n";
    for (int i = 0; i < 63; ++i) most += kHashLine;
    most += '\n' + note_text();
    const auto request = parse_witness_request(most);
    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(format_witness_request(*request), most);
}

TEST(WitnessRequest, GivesEachError) {
    std::string many = "old 1\n";
    for (int i = 0; i < 64; ++i) many += kHashLine;
    const std::string note = note_text();
    many.append("\n").append(note);
    struct Case {
        std::string body;
        WitnessRequestError error;
    };
    using enum WitnessRequestError;
    for (const auto& [body, error] : {
             Case{std::string(WitnessRequest::kMaxBytes + 1, 'x'), kTooLarge},
             Case{"", kOldSize},
             Case{"old 1", kOldSize},
             Case{"old\n\n" + note, kOldSize},
             Case{"old 01\n\n" + note, kOldSize},
             Case{"old -1\n\n" + note, kOldSize},
             Case{"old  1\n\n" + note, kOldSize},
             Case{"Old 1\n\n" + note, kOldSize},
             Case{"old 9223372036854775808\n\n" + note, kOldSize},
             Case{"old 1\r\n\n" + note, kOldSize},
             Case{"old 1\nx\n\n" + note, kHash},
             Case{"old 1\nAAAA\n\n" + note, kHash},
             Case{"old 1\n" + note, kHash},
             Case{many, kTooManyHashes},
             Case{"old 1\n", kTruncated},
             Case{"old 1\n" + kHashLine, kTruncated},
             Case{"old 1\n\n", kNote},
             Case{"old 1\n\n" + note + "x", kNote},
             Case{"old 1\n\n\n" + note, kCheckpoint},
             Case{"old 1\n\n" + note.substr(note.find('\n') + 1), kCheckpoint},
         }) {
        const auto request = parse_witness_request(body);
        ASSERT_FALSE(request.has_value()) << body;
        EXPECT_EQ(request.error(), error) << body << to_string(request.error());
        EXPECT_NE(std::string_view(to_string(error)), "unknown error");
    }
}

TEST(SizeAnswer, IsADecimalAndANewline) {
    EXPECT_EQ(parse_size_answer("0\n"), 0U);
    EXPECT_EQ(parse_size_answer("20852014\n"), 20'852'014U);
    for (const char* body : {"", "1", "1\n\n", "01\n", "1 \n", "x\n", "9223372036854775808\n"}) {
        EXPECT_EQ(parse_size_answer(body), std::nullopt) << body;
    }
}

TEST(WitnessRequestDeathTest, IsNotWrittenWhereItCannotBeRead) {
    TestLog log;
    EXPECT_DEATH(
        (void)format_witness_request({.old_size = kTreeSizeEnd, .proof = {}, .note = log.note(1)}),
        "check failed");
    EXPECT_DEATH(
        (void)format_witness_request({.old_size = 1, .proof = Proof(64), .note = log.note(1)}),
        "check failed");
}

}  // namespace
}  // namespace comity::ledger
