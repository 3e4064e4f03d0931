// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/password.hpp"

#include "comity/base/check.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <system_error>

#include <sodium.h>

namespace comity::server {
namespace {

constexpr std::uint64_t kMaxPasses = 8;
constexpr std::uint64_t kMaxMemoryKib = std::uint64_t{256} << 10U;

// Of a password that nobody knows, at the usual cost.
constexpr std::string_view kNobody =
    "$argon2id$v=19$m=65536,t=2,p=1$CjH1KaEe1Q5UGYS2lhTHug$Rqb93VJk+"
    "OMolyZ2B0cectq3jqIHcM7oWe8cvddG+X8";

// The number behind this text, which it is moved behind.
std::optional<std::uint64_t> number_after(std::string_view& text, std::string_view before) {
    if (!text.starts_with(before)) return std::nullopt;
    text.remove_prefix(before.size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

}  // namespace

std::string hash_password(std::string_view password, const PasswordCost& cost) {
    COMITY_CHECK(password.size() <= kMaxPassword);
    COMITY_CHECK(sodium_init() >= 0);
    std::array<char, crypto_pwhash_STRBYTES> text{};
    COMITY_CHECK(crypto_pwhash_str(text.data(), password.data(), password.size(), cost.passes,
                                   cost.memory_bytes) == 0);
    return text.data();
}

bool is_password_hash(std::string_view text) {
    std::string_view rest = text;
    const auto memory = number_after(rest, "$argon2id$v=19$m=");
    const auto passes = memory ? number_after(rest, ",t=") : std::nullopt;
    if (!passes || *memory > kMaxMemoryKib || *passes > kMaxPasses) return false;
    if (text.find('\0') != std::string_view::npos) return false;
    // Whether its parts are what they should be the library says in passing.
    return crypto_pwhash_str_needs_rehash(std::string(text).c_str(), *passes,
                                          static_cast<std::size_t>(*memory) * 1024) >= 0;
}

bool verify_password(std::string_view hash, std::string_view password) {
    COMITY_CHECK(sodium_init() >= 0);
    if (password.size() > kMaxPassword) return false;
    const std::string text(hash.empty() ? kNobody : hash);
    const bool holds =
        crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
    return holds && !hash.empty();
}

}  // namespace comity::server
