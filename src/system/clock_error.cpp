// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "clock_error.hpp"

#include "comity/system/system_clock.hpp"

#include <chrono>

#include <sys/timex.h>

namespace comity::system {

std::chrono::milliseconds error_bound(ClockState clock) {
    using std::chrono::microseconds;
    using std::chrono::milliseconds;
    if (clock.state == TIME_ERROR || clock.max_error_us < 0) return SystemClock::kUnknownError;
    const auto stated = std::chrono::ceil<milliseconds>(microseconds{clock.max_error_us});
    const auto cut = milliseconds{1};
    const auto leap = milliseconds{clock.state == TIME_OOP ? 1'000 : 0};
    return stated + cut + leap;
}

}  // namespace comity::system
