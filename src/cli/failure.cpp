// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "failure.hpp"

#include <fmt/core.h>

namespace comity::cli {

void say(std::string_view message) {
    fmt::print(stderr, "comity: {}\n", message);
}

}  // namespace comity::cli
