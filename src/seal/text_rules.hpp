// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace comity::seal {

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// Has a character of Unicode's property White_Space; for text in UTF-8.
bool has_space(std::string_view text);

/// Has a character below U+0020 other than those of `allowed`.
bool has_control(std::string_view text, std::string_view allowed);

}  // namespace comity::seal
