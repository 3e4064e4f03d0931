// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/clock.hpp"
#include "comity/base/entropy.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// Where a scenario's keys, salts and times come from: all of them follow from its seed, so that
/// each run of it is the same to the bit.
namespace comity::node {

/// HMAC-SHA-256(seed, purpose): a key of the scenario.
seal::Hash derived_key(std::uint64_t seed, std::string_view purpose);

/// HMAC-SHA-256(key, 0), HMAC-SHA-256(key, 1) ...: anybody who knows the seed can foretell it. A
/// resource.
class DerivedEntropy final : public base::Entropy {
  public:
    explicit DerivedEntropy(const seal::Hash& key) : hmac_(key.span()) {}

    void fill(std::span<std::byte> bytes) override;

  private:
    seal::HmacSha256 hmac_;
    std::uint64_t next_ = 0;
    seal::Hash block_;
    std::size_t left_ = 0;  // of the block, at its end
};

/// A clock that stands until it is set. A resource.
class ScenarioClock final : public base::Clock {
  public:
    explicit ScenarioClock(base::TimeReading reading) : reading_(reading) {}

    base::TimeReading now() override { return reading_; }
    void set(std::chrono::sys_time<std::chrono::milliseconds> time) { reading_.time = time; }

  private:
    base::TimeReading reading_;
};

}  // namespace comity::node
