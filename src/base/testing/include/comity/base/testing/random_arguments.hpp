// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>

namespace comity::base::testing {

/// Random arguments for tests, the same on every machine (no `std::*_distribution`).
class RandomArguments {
  public:
    explicit RandomArguments(std::uint64_t seed) : engine_(seed) {}

    /// In [low, high).
    double between(double low, double high) {
        return low + (high - low) * (static_cast<double>(engine_() >> 11) * 0x1p-53);
    }
    /// In [low, high], all equally likely to far below anything a test can see.
    std::int64_t integer(std::int64_t low, std::int64_t high) {
        return low +
               static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool coin() { return (engine_() & 1) != 0; }
    /// True once in `n` times.
    bool once_in(std::int64_t n) { return integer(1, n) == 1; }

  private:
    std::mt19937_64 engine_;
};

}  // namespace comity::base::testing
