// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "shown_text.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/core.h>

namespace comity::verify {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// From the Unicode Character Database: general categories Cc, Cf, Zl, Zp, Co, blanks (Zs) other
// than U+0020, the property Default_Ignorable_Code_Point, and a letter and a pattern without ink.
constexpr Range kUnseen[] = {
    {0x0000, 0x001F},    {0x007F, 0x00A0},   {0x00AD, 0x00AD},   {0x034F, 0x034F},
    {0x0600, 0x0605},    {0x061C, 0x061C},   {0x06DD, 0x06DD},   {0x070F, 0x070F},
    {0x0890, 0x0891},    {0x08E2, 0x08E2},   {0x115F, 0x1160},   {0x1680, 0x1680},
    {0x17B4, 0x17B5},    {0x180B, 0x180F},   {0x2000, 0x200F},   {0x2028, 0x202F},
    {0x205F, 0x206F},    {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},
    {0xE000, 0xF8FF},    {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB},    {0xFFFE, 0xFFFF},   {0x110BD, 0x110BD}, {0x110CD, 0x110CD},
    {0x13430, 0x1343F},  {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    {0xF0000, 0x10FFFF},
};

struct Character {
    char32_t code = 0;
    std::size_t size = 0;
};

constexpr bool is_continuation(char byte) {
    return (static_cast<std::uint8_t>(byte) & 0xC0U) == 0x80U;
}

// The first character; absent where the first byte begins none (RFC 3629).
std::optional<Character> first_of(std::string_view text) {
    const auto lead = static_cast<std::uint8_t>(text.front());
    if (lead < 0x80) return Character{.code = lead, .size = 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return std::nullopt;
    char32_t code = lead & (0x7FU >> size);
    for (const char byte : text.substr(1, size - 1)) {
        if (!is_continuation(byte)) return std::nullopt;
        code = (code << 6U) | (static_cast<std::uint8_t>(byte) & 0x3FU);
    }
    constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = 0xD800 <= code && code <= 0xDFFF;
    if (code < kLeast[size] || code > 0x10FFFF || is_surrogate) return std::nullopt;
    return Character{.code = code, .size = size};
}

// Calls seen(bytes) and unseen(name) for each character in turn.
template <typename Seen, typename Unseen>
void each_character(std::string_view text, const Seen& seen, const Unseen& unseen) {
    while (!text.empty()) {
        const std::optional<Character> character = first_of(text);
        const std::size_t size = character ? character->size : 1;
        if (!character) {
            unseen(fmt::format("0x{:02X}", static_cast<std::uint8_t>(text.front())));
        } else if (is_unseen(character->code)) {
            unseen(fmt::format("U+{:04X}", static_cast<std::uint32_t>(character->code)));
        } else {
            seen(text.substr(0, size));
        }
        text.remove_prefix(size);
    }
}

}  // namespace

bool is_unseen(char32_t character) {
    return std::any_of(std::begin(kUnseen), std::end(kUnseen), [character](const Range& range) {
        return range.first <= character && character <= range.last;
    });
}

std::string shown(std::string_view text) {
    std::string out;
    each_character(
        text, [&](std::string_view bytes) { out += bytes; },
        [&](const std::string& name) { out += "<" + name + ">"; });
    return out;
}

std::string shown_html(std::string_view text) {
    std::string out;
    const auto seen = [&](std::string_view bytes) {
        if (bytes == "&") {
            out += "&amp;";
        } else if (bytes == "<") {
            out += "&lt;";
        } else if (bytes == ">") {
            out += "&gt;";
        } else if (bytes == "\"") {
            out += "&quot;";
        } else if (bytes == "'") {
            out += "&#39;";
        } else {
            out += bytes;
        }
    };
    const auto unseen = [&](const std::string& name) {
        out += name == "U+000A" ? "\n" : "<span class=\"unseen\">" + name + "</span>";
    };
    each_character(text, seen, unseen);
    return out;
}

std::string_view beginning(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && is_continuation(text[limit])) --limit;
    return text.substr(0, limit);
}

}  // namespace comity::verify
