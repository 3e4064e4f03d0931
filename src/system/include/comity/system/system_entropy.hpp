// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/entropy.hpp"

#include <cstddef>
#include <span>

namespace comity::system {

/// The kernel's generator (getrandom), which waits after a start until it is seeded.
class SystemEntropy final : public base::Entropy {
  public:
    void fill(std::span<std::byte> bytes) override;
};

}  // namespace comity::system
