// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "witness_state.hpp"

#include "test_log.hpp"

#include "comity/base/disk.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

TEST(WitnessState, IsReadAsItIsWritten) {
    TestLog log;
    const std::vector keys{log.key()};
    const WitnessState nothing;
    EXPECT_EQ(parse_state(format_state(log.origin(), nothing), log.origin(), keys), nothing);
    TestWitness witness(2);
    const WitnessState seen{.latest = log.head(13), .note = witness.cosigned(log.note(13))};
    EXPECT_EQ(parse_state(format_state(log.origin(), seen), log.origin(), keys), seen);
}

TEST(WitnessState, IsOfOneLogAlone) {
    TestLog log;
    const std::string text = format_state(log.origin(), WitnessState{});
    EXPECT_EQ(parse_state(text, "other.example/l", std::vector{log.key()}), std::nullopt);
    TestLog thief(TestLog::kEntries, log.origin(), 9);
    const std::string theirs =
        format_state(log.origin(), {.latest = thief.head(3), .note = thief.note(3)});
    EXPECT_EQ(parse_state(theirs, log.origin(), std::vector{log.key()}), std::nullopt);
}

TEST(WitnessState, IsWhole) {
    TestLog log;
    const std::vector keys{log.key()};
    const std::string text =
        format_state(log.origin(), {.latest = log.head(13), .note = log.note(13)});
    for (std::size_t size = 0; size < text.size(); ++size) {
        ASSERT_EQ(parse_state(text.substr(0, size), log.origin(), keys), std::nullopt) << size;
    }
    EXPECT_EQ(parse_state(text + "x", log.origin(), keys), std::nullopt);
    EXPECT_EQ(parse_state(text + std::string(WitnessState::kMaxBytes, 'x'), log.origin(), keys),
              std::nullopt);
}

TEST(WitnessState, HasNamesThatADiskTakes) {
    TestLog log;
    const std::string name = fork_file_name("any / origin", log.note(1), log.note(2));
    EXPECT_TRUE(base::is_file_name(name + ".new"));
    EXPECT_THAT(name, ::testing::StartsWith(fork_file_prefix("any / origin")));
    EXPECT_NE(name, fork_file_name("any / origin", log.note(1), log.note(3)));
    EXPECT_NE(fork_file_prefix("a"), fork_file_prefix("b"));
    EXPECT_NE(state_file_name("a"), state_file_name("b"));
    EXPECT_TRUE(base::is_file_name(state_file_name("any / origin") + ".new"));
}

}  // namespace
}  // namespace comity::ledger
