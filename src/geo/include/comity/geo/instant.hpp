// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace comity::geo {

using Milliseconds = std::chrono::milliseconds;

/// A moment in UTC, to the millisecond. Points and differences are different types (`std::chrono`).
/// Leap seconds do not exist in it (POSIX time). Readers accept years 1970 to 9999.
using Instant = std::chrono::sys_time<Milliseconds>;

/// From `begin` to `end`, both closed; `begin <= end`.
struct Interval {
    Instant begin;
    Instant end;
    friend constexpr bool operator==(const Interval&, const Interval&) = default;
};

enum class [[nodiscard]] InstantError{
    kEmpty,       ///< no characters
    kSyntax,      ///< neither RFC 3339 nor Unix seconds
    kOutOfRange,  ///< a field is outside its range (month 13, 30 February), or the year 1970-9999
};

/// Words for a person: what was expected.
const char* to_string(InstantError error);

/// Reads `2015-11-24T07:24:05.123Z` (RFC 3339; a blank for the T and an offset such as `+00:00` are
/// accepted, a lower-case t or z too) or Unix seconds (`1448349845`, `1448349845.123`). Digits
/// beyond the millisecond are rounded to the nearest, halves upward. Second 60 is out of range. The
/// years count in UTC, after the offset. Allocates nothing.
base::Expected<Instant, InstantError> parse_instant(std::string_view text);

/// RFC 3339 with Z: `2015-11-24T07:24:05Z` where the milliseconds are zero, else with three digits.
/// A year outside 0 to 9999 fails a check.
std::string to_string(Instant instant);

/// RFC 3339 with Z and always three digits of milliseconds. A year outside 0 to 9999 fails a check.
std::string to_string_ms(Instant instant);

}  // namespace comity::geo
