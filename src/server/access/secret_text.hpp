// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/entropy.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// Secrets as texts: tokens, API keys, passwords.
namespace comity::server {

/// Of a token: 32 bytes in base64url, without padding.
inline constexpr std::size_t kTokenSize = 43;
inline constexpr std::string_view kApiKeyPrefix = "comity_";

std::string make_token(base::Entropy& entropy);
bool is_token(std::string_view text);

/// "comity_" and a token: whoever finds one sees what it is.
std::string make_api_key(base::Entropy& entropy);
bool is_api_key(std::string_view text);

/// Four groups of five, 100 bits, without letters that look alike.
std::string make_password(base::Entropy& entropy);

/// Of the text's bytes.
seal::Hash hash_of(std::string_view text);

/// Whether they are the same, in a time that does not tell where they differ.
bool is_same_secret(std::string_view a, std::string_view b);

}  // namespace comity::server
