// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "secret_text.hpp"

#include "comity/base/bytes.hpp"
#include "comity/seal/base64.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

namespace comity::server {
namespace {

constexpr std::size_t kTokenBytes = 32;

}  // namespace

std::string make_token(base::Entropy& entropy) {
    std::array<std::byte, kTokenBytes> bytes{};
    entropy.fill(bytes);
    std::string text = seal::encode_base64(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.resize(kTokenSize);
    return text;
}

bool is_token(std::string_view text) {
    if (text.size() != kTokenSize) return false;
    const auto bytes =
        seal::decode_base64(std::string(text) + "=", kTokenBytes, seal::Base64Alphabet::kUrlSafe);
    return bytes.has_value();
}

std::string make_api_key(base::Entropy& entropy) {
    return std::string(kApiKeyPrefix) + make_token(entropy);
}

bool is_api_key(std::string_view text) {
    return text.starts_with(kApiKeyPrefix) && is_token(text.substr(kApiKeyPrefix.size()));
}

std::string make_password(base::Entropy& entropy) {
    constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    static_assert(kLetters.size() == 32);
    constexpr std::size_t kGroup = 5;
    std::array<std::byte, 4 * kGroup> bytes{};
    entropy.fill(bytes);
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i != 0 && i % kGroup == 0) text += '-';
        text += kLetters[std::to_integer<std::size_t>(bytes[i]) % kLetters.size()];
    }
    sodium_memzero(bytes.data(), bytes.size());
    return text;
}

seal::Hash hash_of(std::string_view text) {
    return seal::sha256(base::bytes_of(text));
}

bool is_same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace comity::server
