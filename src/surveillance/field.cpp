// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "field.hpp"

#include "comity/base/expected.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace comity::surveillance {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

/// The length of the UTF-8 sequence that begins at `at`, 0 where it is not one (RFC 3629, 4).
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const std::uint8_t first = byte_at(text, at);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() - at < length) return 0;
    const std::uint8_t second = byte_at(text, at + 1);
    // The second byte's range excludes overlong forms, surrogates and what lies beyond U+10FFFF.
    const std::uint8_t least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t greatest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > greatest) return 0;
    for (std::size_t i = at + 2; i < at + length; ++i) {
        if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
    }
    return length;
}

bool is_control(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

std::optional<TextFault> text_fault(std::string_view line) {
    // One pass without branches is enough for the usual line.
    unsigned control = 0;
    unsigned beyond_ascii = 0;
    for (const char c : line) {
        control |= static_cast<unsigned>(is_control(c));
        beyond_ascii |= static_cast<std::uint8_t>(c) & 0x80U;
    }
    if (control != 0) return TextFault::kControlCharacter;
    if (beyond_ascii == 0) return std::nullopt;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t length = sequence_length(line, at);
        if (length == 0) return TextFault::kInvalidUtf8;
        at += length;
    }
    return std::nullopt;
}

base::Expected<double, FieldFault> parse_number(std::string_view text) {
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    double value = 0.0;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error == std::errc::result_out_of_range) return base::Unexpected(FieldFault::kNotFinite);
    if (error != std::errc{} || stop != end) return base::Unexpected(FieldFault::kSyntax);
    if (!std::isfinite(value)) return base::Unexpected(FieldFault::kNotFinite);
    return value;
}

base::Expected<double, FieldFault> parse_number(std::string_view text, const NumberRange& range) {
    const auto value = parse_number(text);
    if (value && (*value < range.least || *value > range.greatest)) {
        return base::Unexpected(FieldFault::kRange);
    }
    return value;
}

std::optional<bool> parse_flag(std::string_view text) {
    if (text == "0" || equal_ignoring_case(text, "false")) return false;
    if (text == "1" || text == "-1" || equal_ignoring_case(text, "true")) return true;
    return std::nullopt;
}

bool parse_squawk(std::string_view text, std::string& code) {
    if (text.ends_with(".0")) text.remove_suffix(2);
    if (text.empty() || text.size() > 4) return false;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '7'; })) {
        return false;
    }
    code.assign(4 - text.size(), '0').append(text);
    return true;
}

std::string shown(std::string_view text) {
    constexpr std::size_t kMostBytes = 40;
    std::string result(text.substr(0, kMostBytes));
    for (char& c : result) {
        if (is_control(c) || c == '\t' || (static_cast<std::uint8_t>(c) & 0x80U) != 0) c = '?';
    }
    if (text.size() > kMostBytes) result += "...";
    return result;
}

}  // namespace comity::surveillance
