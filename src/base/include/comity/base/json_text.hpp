// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace comity::base {

/// Appends the text as a JSON string (RFC 8259, 7), in quotes. Only what must be escaped is: the
/// quote and the backslash by a backslash, characters below U+0020 as \u00XX. Text is UTF-8.
void append_json_text(std::string& out, std::string_view text);

}  // namespace comity::base
