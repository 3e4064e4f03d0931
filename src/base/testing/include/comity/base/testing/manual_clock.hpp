// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/clock.hpp"

#include <chrono>

namespace comity::base::testing {

/// A clock that stands until it is set. From one thread.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(TimeReading reading) : reading_(reading) {}

    TimeReading now() override { return reading_; }

    void set(TimeReading reading) { reading_ = reading; }
    /// Forward, or back by a negative step.
    void advance(std::chrono::milliseconds step) { reading_.time += step; }

  private:
    TimeReading reading_;
};

}  // namespace comity::base::testing
