// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "text_rules.hpp"

#include <algorithm>
#include <string_view>

#include <simdjson.h>

namespace comity::seal {

bool is_utf8(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size());
}

bool has_space(std::string_view text) {
    // The table of PropList.txt. A character's bytes stand nowhere else in UTF-8.
    constexpr std::string_view kSpaces[] = {
        "\t",           "\n", "\v", "\f", "\r", " ",
        "\xC2\x85",      // U+0085
        "\xC2\xA0",      // U+00A0
        "\xE1\x9A\x80",  // U+1680
        "\xE2\x80\xA8",  // U+2028
        "\xE2\x80\xA9",  // U+2029
        "\xE2\x80\xAF",  // U+202F
        "\xE2\x81\x9F",  // U+205F
        "\xE3\x80\x80",  // U+3000
    };
    if (std::ranges::any_of(kSpaces, [&](auto space) { return text.find(space) != text.npos; })) {
        return true;
    }
    // U+2000 to U+200A.
    for (auto at = text.find("\xE2\x80"); at != text.npos; at = text.find("\xE2\x80", at + 1)) {
        const std::string_view last = text.substr(at + 2, 1);
        if (!last.empty() && static_cast<unsigned char>(last.front()) <= 0x8A) return true;
    }
    return false;
}

bool has_control(std::string_view text, std::string_view allowed) {
    return std::ranges::any_of(text, [allowed](char c) {
        return static_cast<unsigned char>(c) < 0x20 && allowed.find(c) == allowed.npos;
    });
}

}  // namespace comity::seal
