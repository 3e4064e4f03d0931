// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace comity::base {

/// Where keys and salts come from. A resource.
class Entropy {
  public:
    Entropy() = default;
    Entropy(const Entropy&) = delete;
    Entropy& operator=(const Entropy&) = delete;
    virtual ~Entropy() = default;

    /// Fills all of `bytes` with bytes that nobody can foretell. Waits for a source that is not
    /// ready yet; a source that fails ends the program, since there is no safe way on. From any
    /// thread.
    virtual void fill(std::span<std::byte> bytes) = 0;
};

}  // namespace comity::base
