// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "target.hpp"

#include <algorithm>
#include <cstddef>

#include <simdjson.h>

namespace comity::server {
namespace {

std::optional<unsigned> digit_of(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    return std::nullopt;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

// What a path or a query may hold unescaped (RFC 3986, 3.3 and 3.4). Browsers also leave a few
// others in a query.
bool is_path_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~!$&'()*+,;=:@/%").find(c) != std::string_view::npos;
}
bool is_query_character(char c) {
    return is_path_character(c) || std::string_view("?[]|^`{}").find(c) != std::string_view::npos;
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return false;
}

}  // namespace

std::optional<std::string> decode_percent(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (text.size() - i < 3) return std::nullopt;
            const auto high = digit_of(text[i + 1]);
            const auto low = digit_of(text[i + 2]);
            if (!high || !low) return std::nullopt;
            c = static_cast<char>(*high * 16 + *low);
            i += 2;
        } else if (c == '+' && plus == Plus::kSpace) {
            c = ' ';
        }
        if (is_control(c)) return std::nullopt;
        decoded += c;
    }
    if (!simdjson::validate_utf8(decoded.data(), decoded.size())) return std::nullopt;
    return decoded;
}

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) return std::nullopt;
    const std::size_t mark = std::min(target.find('?'), target.size());
    const std::string_view raw_path = target.substr(0, mark);
    const std::string_view query = target.substr(std::min(mark + 1, target.size()));
    if (!std::ranges::all_of(raw_path, is_path_character) ||
        !std::ranges::all_of(query, is_query_character) || !decode_percent(query, Plus::kSpace)) {
        return std::nullopt;
    }
    auto path = decode_percent(raw_path, Plus::kItself);
    if (!path || has_dot_segment(*path) || path->find('\\') != std::string::npos ||
        std::ranges::count(*path, '/') != std::ranges::count(raw_path, '/')) {
        return std::nullopt;
    }
    return Target{.path = *std::move(path), .query = std::string(query)};
}

}  // namespace comity::server
