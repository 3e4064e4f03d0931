// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace comity::base {

/// Prints "comity: FILE:LINE: check failed: EXPRESSION" on standard error and aborts.
[[noreturn]] void check_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace comity::base

/// Stops the program where `expression` is false: a bug, never bad input. On in every build.
#define COMITY_CHECK(expression)         \
    ((expression) ? static_cast<void>(0) \
                  : ::comity::base::check_failed(#expression, __FILE__, __LINE__))
