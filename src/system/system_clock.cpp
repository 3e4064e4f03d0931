// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/system/system_clock.hpp"

#include "clock_error.hpp"

#include "comity/base/clock.hpp"

#include <chrono>

#include <sys/timex.h>

namespace comity::system {

base::TimeReading SystemClock::now() {
    using std::chrono::milliseconds;
    // Changes nothing, so that anybody may call it; where even that is forbidden (a sandbox),
    // nobody vouches for the clock.
    timex status{};
    const int state = ::adjtimex(&status);
    const auto now = std::chrono::system_clock::now();
    const auto bound =
        state < 0 ? kUnknownError : error_bound({.state = state, .max_error_us = status.maxerror});
    return {.time = std::chrono::time_point_cast<milliseconds>(now), .error_bound = bound};
}

}  // namespace comity::system
