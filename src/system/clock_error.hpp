// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace comity::system {

/// The kernel's word about its clock (adjtimex(2)).
struct ClockState {
    int state;          ///< what the call returned: TIME_OK ... TIME_ERROR
    long max_error_us;  ///< timex::maxerror
};

/// How far a reading, cut to whole milliseconds, may be from the truth.
std::chrono::milliseconds error_bound(ClockState clock);

}  // namespace comity::system
