// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/check.hpp"

#include <csignal>

#include <gtest/gtest.h>

namespace comity::base {
namespace {

TEST(Check, LetsWhatIsTruePass) {
    int count = 0;
    COMITY_CHECK(++count == 1);
    EXPECT_EQ(count, 1);
}

TEST(CheckDeathTest, SaysWhereAndWhatAndAborts) {
    const int one = 1;
    EXPECT_EXIT(COMITY_CHECK(one == 2), testing::KilledBySignal(SIGABRT),
                "comity: .*check_test.cpp:[0-9]+: check failed: one == 2\n");
}

// A macro of several statements would take the else.
TEST(Check, IsOneStatement) {
    bool reached = false;
    if (reached)
        COMITY_CHECK(false);
    else
        reached = true;
    EXPECT_TRUE(reached);
}

}  // namespace
}  // namespace comity::base
