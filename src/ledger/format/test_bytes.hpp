// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/format_error.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace comity::ledger {

/// For messages of tests.
inline std::ostream& operator<<(std::ostream& out, FormatFault fault) {
    return out << to_string(fault);
}
inline std::ostream& operator<<(std::ostream& out, const FormatError& error) {
    return out << error.fault << " at " << error.offset;
}

inline std::string to_hex(std::span<const std::byte> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const std::byte byte : bytes) {
        hex += kDigits[std::to_integer<std::size_t>(byte >> 4)];
        hex += kDigits[std::to_integer<std::size_t>(byte & std::byte{0xF})];
    }
    return hex;
}

/// The bytes of lines of lower-case hex digits. Blanks say nothing, nor what follows a # to the end
/// of its line.
inline std::vector<std::byte> from_hex(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::vector<std::byte> bytes;
    bool in_comment = false;
    bool is_half = false;
    for (const char c : text) {
        in_comment = c == '#' || (in_comment && c != '\n');
        if (in_comment || c == ' ' || c == '\n') continue;
        const std::size_t digit = kDigits.find(c);
        if (digit == std::string_view::npos) throw std::invalid_argument("no hex digit");
        if (!is_half) bytes.push_back(std::byte{0});
        bytes.back() = (bytes.back() << 4) | static_cast<std::byte>(digit);
        is_half = !is_half;
    }
    if (is_half) throw std::invalid_argument("half a byte");
    return bytes;
}

inline std::vector<std::byte> copied(std::span<const std::byte> bytes) {
    return {bytes.begin(), bytes.end()};
}

/// The bytes first, first + 1, first + 2 ...
inline seal::Hash counted_hash(unsigned first) {
    seal::Hash hash;
    for (std::byte& byte : hash.bytes) byte = static_cast<std::byte>(first++);
    return hash;
}

/// Each byte the same.
inline seal::Hash hash_of_bytes(std::uint8_t value) {
    seal::Hash hash;
    hash.bytes.fill(std::byte{value});
    return hash;
}

}  // namespace comity::ledger
