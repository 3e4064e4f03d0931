// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "fingerprint.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>

namespace comity::server {

std::optional<seal::Hash> parse_fingerprint(std::string_view text) {
    constexpr std::size_t kBytes = seal::Hash::kSize;
    const bool has_colons = text.size() == 3 * kBytes - 1;
    if (!has_colons && text.size() != 2 * kBytes) return std::nullopt;
    seal::Hash hash;
    const std::size_t step = has_colons ? 3 : 2;
    for (std::size_t i = 0; i < kBytes; ++i) {
        const std::string_view digits = text.substr(i * step, 2);
        std::uint8_t byte = 0;
        const char* const behind = digits.data() + digits.size();
        const auto [end, error] = std::from_chars(digits.data(), behind, byte, 16);
        if (error != std::errc() || end != behind) return std::nullopt;
        if (has_colons && i + 1 < kBytes && text[i * step + 2] != ':') return std::nullopt;
        hash.bytes[i] = std::byte{byte};
    }
    return hash;
}

}  // namespace comity::server
