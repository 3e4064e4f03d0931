// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/system/system_clock.hpp"

#include "comity/base/clock.hpp"

#include <chrono>

#include <gtest/gtest.h>
#include <sys/timex.h>

namespace comity::system {
namespace {

using std::chrono::milliseconds;

TEST(SystemClock, GivesTheTimeOfTheSystemInUtc) {
    SystemClock clock;
    const auto before = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    const base::TimeReading reading = clock.now();
    const auto after = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    EXPECT_LE(before, reading.time);
    EXPECT_LE(reading.time, after);
}

TEST(SystemClock, StatesABoundThatFitsTheKernelsState) {
    timex status{};
    const int state = ::adjtimex(&status);
    SystemClock clock;
    const auto bound = clock.now().error_bound;
    if (state < 0 || state == TIME_ERROR) {
        EXPECT_EQ(bound, SystemClock::kUnknownError);
    } else {
        // It grows by itself up to 16 s, and then counts as unknown.
        EXPECT_GE(bound, milliseconds{1});
        EXPECT_TRUE(bound <= milliseconds{17'002} || bound == SystemClock::kUnknownError);
    }
}

}  // namespace
}  // namespace comity::system
