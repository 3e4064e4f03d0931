// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/system/system_entropy.hpp"

#include "comity/base/check.hpp"

#include <cerrno>
#include <cstddef>
#include <span>

#include <sys/random.h>
#include <sys/types.h>

namespace comity::system {

void SystemEntropy::fill(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        // A signal may cut a long answer short, or interrupt the wait for the seed.
        const ssize_t count = ::getrandom(bytes.data(), bytes.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        COMITY_CHECK(count > 0);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

}  // namespace comity::system
