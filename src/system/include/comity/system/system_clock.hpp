// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/clock.hpp"

#include <chrono>
#include <cstdint>

namespace comity::system {

/// The system's clock (CLOCK_REALTIME). While a service disciplines it, the error bound is the one
/// that this service gave to the kernel (maxerror) and that grows since by 500 parts in a million;
/// it is as true as the service is: chrony counts the way to its source in, systemd-timesyncd does
/// not and starts from 0 at each correction. Without such a service, or where it gave up, the bound
/// is kUnknownError. During a leap second, which has no POSIX time of its own, it is a second more.
class SystemClock final : public base::Clock {
  public:
    /// The bound of a clock that nobody vouches for, 49 days: what a record calls unknown, in its
    /// 32 bits (docs/formats/record.md).
    static constexpr std::chrono::milliseconds kUnknownError{UINT32_MAX};

    base::TimeReading now() override;
};

}  // namespace comity::system
