// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace comity::seal {

/// An Ed25519 public key (RFC 8032, 5.1.5): 32 bytes, of which nothing is checked before `verify`.
using PublicKey = base::SigningKeyId;

/// R and S (RFC 8032, 5.1.6).
using Signature = base::Ed25519Signature;

/// Whether the signature is the key's of exactly these bytes, by the one strict rule: libsodium's
/// `crypto_sign_verify_detached`, unchanged. It refuses keys and R of low order, encodings that are
/// not canonical, S of the group's order and more, and compares R without the cofactor; other
/// libraries differ (docs/decisions/0007-one-signature-rule.md). From any thread.
[[nodiscard]] bool verify(const PublicKey& key, std::span<const std::byte> message,
                          const Signature& signature);

/// Signs with the key pair of a seed (RFC 8032's private key), which it holds in memory and wipes
/// at the end. `sign` never fails. A resource.
class SeedSigner final : public base::Signer {
  public:
    static constexpr std::size_t kSeedSize = 32;

    /// The caller wipes its own copy of the seed.
    explicit SeedSigner(std::span<const std::byte, kSeedSize> seed);
    ~SeedSigner() override;

    base::SigningKeyId key_id() const override { return public_key_; }
    base::Expected<base::Ed25519Signature, base::SignerError> sign(
        std::span<const std::byte> message) override;

  private:
    base::SigningKeyId public_key_;
    std::array<std::byte, 64> secret_{};  ///< the seed, then the public key
};

}  // namespace comity::seal
