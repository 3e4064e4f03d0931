// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/id.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace comity::base {

/// An Ed25519 public key (RFC 8032, 5.1.5), which is the id of its key pair.
using SigningKeyId = Id<class SigningKeyTag, std::array<std::byte, 32>>;

/// R and S (RFC 8032, 5.1.6).
using Ed25519Signature = std::array<std::byte, 64>;

enum class [[nodiscard]] SignerError{
    kUnavailable,  ///< the device that holds the key did not answer, or refused
};

/// Words for a person: what went wrong.
const char* to_string(SignerError error);

/// Holds one private key and signs with it; it never gives the key away. A resource.
class Signer {
  public:
    Signer() = default;
    Signer(const Signer&) = delete;
    Signer& operator=(const Signer&) = delete;
    virtual ~Signer() = default;

    virtual SigningKeyId key_id() const = 0;

    /// The Ed25519 signature (pure, no prehash) of exactly these bytes. The same for the same
    /// bytes. After an error it may be tried again. From one thread at a time.
    virtual Expected<Ed25519Signature, SignerError> sign(std::span<const std::byte> message) = 0;
};

}  // namespace comity::base
