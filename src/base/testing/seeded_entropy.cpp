// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/testing/seeded_entropy.hpp"

#include <cstddef>
#include <span>

namespace comity::base::testing {

void SeededEntropy::fill(std::span<std::byte> bytes) {
    for (std::byte& byte : bytes) {
        if (bytes_left_ == 0) {
            word_ = generator_.next();
            bytes_left_ = 8;
        }
        byte = static_cast<std::byte>(word_ & 0xff);
        word_ >>= 8;
        --bytes_left_;
    }
}

}  // namespace comity::base::testing
