// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace comity::base {

/// UTC as a clock gives it, to the millisecond (POSIX time), and how far it may be from the truth.
struct TimeReading {
    std::chrono::sys_time<std::chrono::milliseconds> time;
    std::chrono::milliseconds error_bound;
    friend constexpr bool operator==(const TimeReading&, const TimeReading&) = default;
};

/// Where the shell gets the time; pure code gets times as arguments. A resource.
class Clock {
  public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// The time now. May step back, or forward by any amount, where the system's clock is set. From
    /// any thread.
    virtual TimeReading now() = 0;
};

}  // namespace comity::base
