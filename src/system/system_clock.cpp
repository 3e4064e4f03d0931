// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/system/system_clock.hpp"

#include "clock_error.hpp"

#include "comity/base/check.hpp"
#include "comity/base/clock.hpp"

#include <chrono>
#include <ctime>

#include <sys/timex.h>

namespace comity::system {

base::TimeReading SystemClock::now() {
    using std::chrono::milliseconds;
    // A call that changes nothing, which anybody may make; where even that is forbidden (a
    // sandbox), nobody vouches for the clock.
    timex status{};
    const int state = ::clock_adjtime(CLOCK_REALTIME, &status);
    timespec time{};
    COMITY_CHECK(::clock_gettime(CLOCK_REALTIME, &time) == 0);
    const auto since_1970 =
        std::chrono::seconds{time.tv_sec} +
        std::chrono::floor<milliseconds>(std::chrono::nanoseconds{time.tv_nsec});
    return {.time = std::chrono::sys_time<milliseconds>{since_1970},
            .error_bound = state < 0
                               ? kUnknownError
                               : error_bound({.state = state, .max_error_us = status.maxerror})};
}

}  // namespace comity::system
