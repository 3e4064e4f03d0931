// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Written out, since no library at hand reads base64 strictly: OpenSSL takes blanks and bits set
// behind the end, libsodium takes bytes above 0x7F for digits.
#include "comity/seal/base64.hpp"

#include "comity/base/expected.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::seal {
namespace {

constexpr std::string_view kStandardDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafeDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::uint32_t kNoDigit = 0x80000000;

/// What each byte stands for.
using Values = std::array<std::uint32_t, 256>;

constexpr Values values_of(std::string_view digits) {
    Values values{};
    values.fill(kNoDigit);
    for (std::uint32_t i = 0; i < digits.size(); ++i) {
        values[static_cast<unsigned char>(digits[i])] = i;
    }
    return values;
}

constexpr Values kStandardValues = values_of(kStandardDigits);
constexpr Values kUrlSafeValues = values_of(kUrlSafeDigits);

/// The number that four digits write; `fault` has the bit kNoDigit where one of them is none.
std::uint32_t read_group(const Values& values, std::string_view digits, std::uint32_t& fault) {
    const auto value = [&](std::size_t i) { return values[static_cast<unsigned char>(digits[i])]; };
    fault |= value(0) | value(1) | value(2) | value(3);
    return value(0) << 18U | value(1) << 12U | value(2) << 6U | value(3);
}

std::byte byte_of(std::uint32_t group, unsigned index) {
    return static_cast<std::byte>(group >> (16 - 8 * index) & 0xFFU);
}

}  // namespace

const char* to_string(Base64Error error) {
    switch (error) {
        case Base64Error::kTooLong:
            return "too long, expected fewer bytes as base64";
        case Base64Error::kIncomplete:
            return "expected base64, four characters for each three bytes";
        case Base64Error::kNotBase64:
            return "expected base64 of RFC 4648 with padding, in its one form";
    }
    return "unknown error";
}

std::string encode_base64(std::span<const std::byte> bytes) {
    std::string text;
    text.reserve(base64_size(bytes.size()));
    for (; !bytes.empty(); bytes = bytes.subspan(std::min<std::size_t>(3, bytes.size()))) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            const auto byte = i < bytes.size() ? bytes[i] : std::byte{0};
            group = group << 8U | std::to_integer<std::uint32_t>(byte);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= bytes.size() ? kStandardDigits[group >> (18 - 6 * i) & 0x3FU] : '=';
        }
    }
    return text;
}

base::Expected<std::vector<std::byte>, Base64Error> decode_base64(std::string_view text,
                                                                  std::size_t max_bytes,
                                                                  Base64Alphabet alphabet) {
    const unsigned padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    const std::size_t most = text.size() / 4 * 3;
    if (most > padding && most - padding > max_bytes) {
        return base::Unexpected(Base64Error::kTooLong);
    }
    if (text.size() % 4 != 0) return base::Unexpected(Base64Error::kIncomplete);
    const Values& values = alphabet == Base64Alphabet::kUrlSafe ? kUrlSafeValues : kStandardValues;
    std::vector<std::byte> bytes(most - std::min<std::size_t>(most, padding));
    std::uint32_t fault = 0;
    std::size_t at = 0;
    for (; text.size() > 4; text.remove_prefix(4), at += 3) {
        const std::uint32_t group = read_group(values, text, fault);
        for (unsigned i = 0; i < 3; ++i) bytes[at + i] = byte_of(group, i);
    }
    if (!text.empty()) {
        std::array<char, 4> last{'A', 'A', 'A', 'A'};
        std::ranges::copy(text.substr(0, 4 - padding), last.begin());
        const std::uint32_t group = read_group(values, {last.data(), last.size()}, fault);
        for (unsigned i = 0; i < 3 - padding; ++i) bytes[at + i] = byte_of(group, i);
        // RFC 4648, section 3.5: bits behind the last byte are zero.
        const std::uint32_t unused = (std::uint32_t{1} << 8 * padding) - 1;
        if ((group & unused) != 0) fault |= kNoDigit;
    }
    if ((fault & kNoDigit) != 0) return base::Unexpected(Base64Error::kNotBase64);
    return bytes;
}

}  // namespace comity::seal
