// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "geojson/json_faults.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <simdjson.h>

namespace comity::chart {
namespace {

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) {
    // A line's end is never inside a character.
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size() - 1);
        if (!simdjson::validate_utf8(text.substr(begin, end + 1 - begin))) return begin;
        begin = end + 1;
    }
    return text.size();
}

std::size_t find_string_fault(std::string_view text) {
    for (std::size_t open = text.find('"'); open != std::string_view::npos;) {
        std::size_t at = open + 1;
        while (at < text.size() && text[at] != '"') {
            if (static_cast<unsigned char>(text[at]) < 0x20) return at;
            at += text[at] == '\\' ? std::size_t{2} : 1;
        }
        if (at >= text.size()) return open;
        open = text.find('"', at + 1);
    }
    return text.size();
}

std::size_t find_trailing_content(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        switch (text[at]) {
            case '"':
                at += raw_string(text.substr(at)).size() + 1;
                break;
            case '{':
            case '[':
                ++depth;
                break;
            case '}':
            case ']':
                if (depth > 1) {
                    --depth;
                    break;
                }
                return std::min(text.find_first_not_of(" \t\r\n", at + 1), text.size());
            default:
                break;
        }
    }
    return text.size();
}

std::size_t line_at(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

std::string_view raw_string(std::string_view text) {
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? std::size_t{2} : 1;
    return text.substr(1, std::min(at, text.size()) - 1);
}

bool has_good_escapes(std::string_view raw) {
    for (std::size_t at = raw.find('\\'); at != std::string_view::npos; at = raw.find('\\', at)) {
        if (at + 1 == raw.size()) return false;
        const char kind = raw[at + 1];
        at += 2;
        if (kind == 'u') {
            const std::string_view digits = raw.substr(at, 4);
            if (digits.size() != 4 || !std::all_of(digits.begin(), digits.end(), is_hex)) {
                return false;
            }
        } else if (std::string_view("\"\\/bfnrt").find(kind) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

}  // namespace comity::chart
