// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace comity::base {

void check_failed(const char* expression, const char* file, int line) noexcept {
    std::fprintf(stderr, "comity: %s:%d: check failed: %s\n", file, line, expression);
    std::abort();
}

}  // namespace comity::base
