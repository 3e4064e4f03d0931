// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/ed25519.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <tuple>

#include <sodium.h>

namespace comity::seal {
namespace {

static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);
static_assert(SeedSigner::kSeedSize == crypto_sign_SEEDBYTES);

/// The library picks its code for this processor once, before its first use.
void need_sodium() {
    static const bool ready = sodium_init() >= 0;
    COMITY_CHECK(ready);
}

const unsigned char* raw(std::span<const std::byte> bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw_to(std::span<std::byte> bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

bool verify(const PublicKey& key, std::span<const std::byte> message, const Signature& signature) {
    need_sodium();
    return crypto_sign_verify_detached(raw(signature), raw(message), message.size(),
                                       raw(key.value())) == 0;
}

SeedSigner::SeedSigner(std::span<const std::byte, kSeedSize> seed) : public_key_({}) {
    need_sodium();
    static_assert(std::tuple_size_v<decltype(secret_)> == crypto_sign_SECRETKEYBYTES);
    std::array<std::byte, crypto_sign_PUBLICKEYBYTES> key{};
    COMITY_CHECK(crypto_sign_seed_keypair(raw_to(key), raw_to(secret_), raw(seed)) == 0);
    public_key_ = base::SigningKeyId(key);
}

SeedSigner::~SeedSigner() {
    sodium_memzero(secret_.data(), secret_.size());
}

base::Expected<base::Ed25519Signature, base::SignerError> SeedSigner::sign(
    std::span<const std::byte> message) {
    base::Ed25519Signature signature{};
    COMITY_CHECK(crypto_sign_detached(raw_to(signature), nullptr, raw(message), message.size(),
                                      raw(secret_)) == 0);
    return signature;
}

}  // namespace comity::seal
