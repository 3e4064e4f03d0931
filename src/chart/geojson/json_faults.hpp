// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace comity::chart {

/// Slow and simple searches for the place of a fault in a JSON text, once the parser has said that
/// there is one. Each gives an offset into the text; its size where nothing is found.

/// The beginning of the line that is not UTF-8.
std::size_t find_invalid_utf8(std::string_view text);

/// The quote that opens a string which is never closed, or a control character inside a string,
/// whichever is first.
std::size_t find_string_fault(std::string_view text);

/// The first character after the first bracketed value that is neither blank nor a line's end.
std::size_t find_trailing_content(std::string_view text);

/// The number of the line in which the offset lies, counted from 1.
std::size_t line_at(std::string_view text, std::size_t offset);

/// The characters of the string that begins behind the opening quote at `text[0]`, still escaped.
std::string_view raw_string(std::string_view text);

/// Whether each backslash in it begins an escape (RFC 8259, 7).
bool has_good_escapes(std::string_view raw);

}  // namespace comity::chart
