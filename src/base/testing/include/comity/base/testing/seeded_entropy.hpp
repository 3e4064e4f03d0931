// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/entropy.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::base::testing {

/// The SplitMix64 generator (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom
/// number generators", OOPSLA 2014): the same numbers from the same seed, everywhere. A value.
class SplitMix64 {
  public:
    constexpr explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// 0 to limit - 1, 0 < limit; evenly enough for a choice among few.
    constexpr std::uint64_t below(std::uint64_t limit) { return next() % limit; }

  private:
    std::uint64_t state_;
};

/// Entropy that anybody can foretell: the same bytes from the same seed, however they are divided
/// into calls. From one thread.
class SeededEntropy final : public Entropy {
  public:
    explicit SeededEntropy(std::uint64_t seed) : generator_(seed) {}

    void fill(std::span<std::byte> bytes) override;

  private:
    SplitMix64 generator_;
    std::uint64_t word_ = 0;
    int bytes_left_ = 0;
};

}  // namespace comity::base::testing
