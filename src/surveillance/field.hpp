// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace comity::surveillance {

/// What the text formats have in common: cells of characters that mean numbers, flags and codes.

enum class FieldFault : std::uint8_t {
    kSyntax,     ///< not a decimal number
    kNotFinite,  ///< infinity, not-a-number, or beyond what a double can hold
    kRange,      ///< outside what an aircraft can do
};

/// The closed range of a quantity that is believed; beyond it a value is a fault of the source.
struct NumberRange {
    double least;
    double greatest;
    const char* expected;  ///< in words, for a message
};

inline constexpr NumberRange kAltitudeFeet{-10'000.0, 1'000'000.0, "-10,000 to 1,000,000 ft"};
inline constexpr NumberRange kSpeedKnots{0.0, 10'000.0, "0 to 10,000 kt"};
inline constexpr NumberRange kTrackDegrees{-360.0, 360.0, "-360 to 360 degrees"};
inline constexpr NumberRange kVerticalFeetPerMinute{-1e6, 1e6, "-1,000,000 to 1,000,000 ft/min"};
inline constexpr NumberRange kAccuracyMetres{0.0, 2e7, "0 to 20,000,000 m"};

/// How many bytes an id, and any other text, may have.
inline constexpr std::size_t kMaxIdBytes = 64;
inline constexpr std::size_t kMaxTextBytes = 256;

/// Without blanks (space, tab) at both ends.
std::string_view trimmed(std::string_view text);

enum class TextFault : std::uint8_t {
    kInvalidUtf8,       ///< not UTF-8 (RFC 3629)
    kControlCharacter,  ///< a byte below 32 other than tab, or 127
};

/// What makes a line unfit to be read; absent: nothing.
std::optional<TextFault> text_fault(std::string_view line);

/// A decimal number, a leading plus sign allowed. Never a quantity of its own: the caller checks
/// its range and gives it a unit.
base::Expected<double, FieldFault> parse_number(std::string_view text);
base::Expected<double, FieldFault> parse_number(std::string_view text, const NumberRange& range);

/// 0, 1, -1 (BaseStation's true), true, false in any case.
std::optional<bool> parse_flag(std::string_view text);

/// A transponder code: one to four octal digits, which spreadsheets may have cut at the left or
/// given a ".0"; written as four digits into `code`. False where it is none.
bool parse_squawk(std::string_view text, std::string& code);

/// A cell as it may stand in a message: at most 40 bytes, only printable ASCII.
std::string shown(std::string_view text);

}  // namespace comity::surveillance
