// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace comity::server {

/// What a "+" stands for: itself, or, in a form's parameters, a space.
enum class Plus : std::uint8_t { kItself, kSpace };

/// The text behind its percent-escapes (RFC 3986, 2.1); absent where an escape is not whole, or the
/// text is not UTF-8 without control characters.
std::optional<std::string> decode_percent(std::string_view text, Plus plus);

struct Target {
    std::string path;   ///< decoded
    std::string query;  ///< behind the "?", as it came; its escapes are whole
};

/// A request target in origin form (RFC 9112, 3.2.1). Absent for any other, for characters that
/// must be escaped, for "." and ".." segments, and for an escaped slash or backslash: a path has
/// one reading.
std::optional<Target> parse_target(std::string_view target);

}  // namespace comity::server
