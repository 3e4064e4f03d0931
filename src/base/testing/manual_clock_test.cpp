// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/testing/manual_clock.hpp"

#include "comity/base/clock.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace comity::base::testing {
namespace {

using std::chrono::milliseconds;

TEST(ManualClock, StandsUntilItIsSet) {
    const TimeReading start{.time = std::chrono::sys_time<milliseconds>(milliseconds{1000}),
                            .error_bound = milliseconds{5}};
    ManualClock clock(start);
    Clock& seen = clock;
    EXPECT_EQ(seen.now(), start);
    EXPECT_EQ(seen.now(), start);
    clock.advance(milliseconds{250});
    EXPECT_EQ(seen.now().time - start.time, milliseconds{250});
    EXPECT_EQ(seen.now().error_bound, milliseconds{5});
    clock.advance(milliseconds{-500});
    EXPECT_EQ(seen.now().time - start.time, milliseconds{-250});
    clock.set(start);
    EXPECT_EQ(seen.now(), start);
}

}  // namespace
}  // namespace comity::base::testing
