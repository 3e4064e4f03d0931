// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::seal {

/// Which two characters stand for 62 and 63.
enum class Base64Alphabet {
    kStandard,  ///< + and / (RFC 4648, section 4)
    kUrlSafe,   ///< - and _ (RFC 4648, section 5)
};

enum class [[nodiscard]] Base64Error{
    kTooLong,     ///< it would give more bytes than allowed; found before anything is decoded
    kIncomplete,  ///< the characters are no multiple of four
    kNotBase64,  ///< a character of no or of another alphabet, padding that is not the end, or bits
                 ///< set that stand for nothing
};

/// Words for a person: what was expected.
const char* to_string(Base64Error error);

/// With padding, without line breaks.
std::string encode_base64(std::span<const std::byte> bytes);

/// The characters that encode so many bytes.
constexpr std::size_t base64_size(std::size_t bytes) {
    return (bytes + 2) / 3 * 4;
}

/// Reads what `encode_base64` writes, or the same in the other alphabet, and nothing else: each
/// sequence of bytes has one text. No text, no bytes.
base::Expected<std::vector<std::byte>, Base64Error> decode_base64(
    std::string_view text, std::size_t max_bytes,
    Base64Alphabet alphabet = Base64Alphabet::kStandard);

}  // namespace comity::seal
