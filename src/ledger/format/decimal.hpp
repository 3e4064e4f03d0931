// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <cstdint>
#include <string_view>

namespace comity::ledger {

enum class [[nodiscard]] DecimalError{
    kSyntax,    ///< not digits alone, or a leading zero
    kTooLarge,  ///< 2^63 or more
};

/// A number in the one way that all C2SP formats write numbers: ASCII digits, no leading zeros, `0`
/// for zero. Below 2^63.
inline base::Expected<std::uint64_t, DecimalError> parse_decimal(std::string_view text) {
    constexpr std::uint64_t kEnd = std::uint64_t{1} << 63U;
    if (text.empty() || (text.size() > 1 && text.front() == '0')) {
        return base::Unexpected(DecimalError::kSyntax);
    }
    std::uint64_t value = 0;
    bool too_large = false;
    for (const char c : text) {
        if (c < '0' || c > '9') return base::Unexpected(DecimalError::kSyntax);
        const auto digit = static_cast<std::uint64_t>(c - '0');
        // Below 2^63 / 10 the next value is below 2^63 + 10 and does not wrap.
        too_large = too_large || value > kEnd / 10;
        if (!too_large) value = 10 * value + digit;
        too_large = too_large || value >= kEnd;
    }
    if (too_large) return base::Unexpected(DecimalError::kTooLarge);
    return value;
}

}  // namespace comity::ledger
