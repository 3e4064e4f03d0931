// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/json_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace comity::base {
namespace {

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20;
}

bool is_escaped(char c) {
    return is_control(c) || c == '"' || c == '\\';
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
        const auto* const stop = std::find_if(text.begin(), text.end(), is_escaped);
        out.append(text.begin(), stop);
        text.remove_prefix(static_cast<std::size_t>(stop - text.begin()));
        if (text.empty()) break;
        const char c = text.front();
        text.remove_prefix(1);
        if (is_control(c)) {
            const auto code = static_cast<unsigned char>(c);
            out += "\\u00";
            out += kDigits[code >> 4U];
            out += kDigits[code & 0xFU];
        } else {
            out += '\\';
            out += c;
        }
    }
    out += '"';
}

}  // namespace comity::base
