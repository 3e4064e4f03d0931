// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "clock_error.hpp"

#include "comity/system/system_clock.hpp"

#include <chrono>

#include <gtest/gtest.h>
#include <sys/timex.h>

namespace comity::system {
namespace {

using std::chrono::milliseconds;

TEST(ClockError, IsWhatTheKernelSaysAndTheCutToMilliseconds) {
    EXPECT_EQ(error_bound({.state = TIME_OK, .max_error_us = 0}), milliseconds{1});
    EXPECT_EQ(error_bound({.state = TIME_OK, .max_error_us = 1}), milliseconds{2});
    EXPECT_EQ(error_bound({.state = TIME_OK, .max_error_us = 12'000}), milliseconds{13});
    EXPECT_EQ(error_bound({.state = TIME_OK, .max_error_us = 12'001}), milliseconds{14});
    for (const int state : {TIME_INS, TIME_DEL, TIME_WAIT}) {
        EXPECT_EQ(error_bound({.state = state, .max_error_us = 5'000}), milliseconds{6});
    }
}

TEST(ClockError, IsASecondMoreInALeapSecond) {
    EXPECT_EQ(error_bound({.state = TIME_OOP, .max_error_us = 5'000}), milliseconds{1'006});
}

TEST(ClockError, IsUnknownWhereNobodyVouchesForTheClock) {
    EXPECT_EQ(error_bound({.state = TIME_ERROR, .max_error_us = 5'000}),
              SystemClock::kUnknownError);
    EXPECT_EQ(error_bound({.state = TIME_OK, .max_error_us = -1}), SystemClock::kUnknownError);
    EXPECT_EQ(SystemClock::kUnknownError.count(), 0xFFFFFFFF);
}

}  // namespace
}  // namespace comity::system
