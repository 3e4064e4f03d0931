// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/hash.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace comity::seal {

std::optional<Hash> Hash::from(std::span<const std::byte> bytes) {
    if (bytes.size() != kSize) return std::nullopt;
    Hash hash;
    std::ranges::copy(bytes, hash.bytes.begin());
    return hash;
}

void Sha256::FreeAlgorithm::operator()(evp_md_st* algorithm) const {
    EVP_MD_free(algorithm);
}
void Sha256::FreeContext::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256()
    : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    COMITY_CHECK(algorithm_ != nullptr);
    COMITY_CHECK(context_ != nullptr);
    COMITY_CHECK(EVP_MD_get_size(algorithm_.get()) == int{Hash::kSize});
    begin();
}

Sha256::~Sha256() = default;

void Sha256::begin() {
    COMITY_CHECK(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1);
    in_message_ = false;
}

Sha256& Sha256::update(std::span<const std::byte> bytes) {
    COMITY_CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
    in_message_ = true;
    return *this;
}

Hash Sha256::finish() {
    Hash hash;
    unsigned int written = 0;
    auto* const to = reinterpret_cast<unsigned char*>(hash.bytes.data());
    COMITY_CHECK(EVP_DigestFinal_ex(context_.get(), to, &written) == 1);
    COMITY_CHECK(written == Hash::kSize);
    begin();
    return hash;
}

Hash Sha256::of(std::span<const std::byte> message) {
    COMITY_CHECK(!in_message_);
    return update(message).finish();
}

Hash Sha256::of(std::initializer_list<std::span<const std::byte>> parts) {
    COMITY_CHECK(!in_message_);
    for (const auto part : parts) update(part);
    return finish();
}

Hash sha256(std::span<const std::byte> message) {
    return Sha256().of(message);
}

HmacSha256::HmacSha256(std::span<const std::byte> key) {
    if (key.size() > kBlock) {
        std::ranges::copy(hasher_.of(key).bytes, inner_.begin());
    } else {
        std::ranges::copy(key, inner_.begin());
    }
    // RFC 2104, section 2: the key, filled up with zeros, with ipad and with opad.
    std::ranges::transform(inner_, outer_.begin(), [](std::byte b) { return b ^ std::byte{0x5C}; });
    std::ranges::transform(inner_, inner_.begin(), [](std::byte b) { return b ^ std::byte{0x36}; });
}

HmacSha256::~HmacSha256() {
    OPENSSL_cleanse(inner_.data(), inner_.size());
    OPENSSL_cleanse(outer_.data(), outer_.size());
}

Hash HmacSha256::of(std::span<const std::byte> message) {
    const Hash inside = hasher_.of({inner_, message});
    return hasher_.of({outer_, inside.span()});
}

Hash hmac_sha256(std::span<const std::byte> key, std::span<const std::byte> message) {
    return HmacSha256(key).of(message);
}

}  // namespace comity::seal
