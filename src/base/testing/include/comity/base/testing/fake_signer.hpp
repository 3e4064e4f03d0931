// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/signer.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::base::testing {

/// Signatures that depend on the seed and on every byte of the message, and prove nothing: no
/// verifier accepts them. From one thread.
class FakeSigner final : public Signer {
  public:
    explicit FakeSigner(std::uint64_t seed) : seed_(seed) {}

    SigningKeyId key_id() const override;
    Expected<Ed25519Signature, SignerError> sign(std::span<const std::byte> message) override;

    /// While set, each call of `sign` fails.
    void set_unavailable(bool unavailable) { unavailable_ = unavailable; }

  private:
    std::uint64_t seed_;
    bool unavailable_ = false;
};

}  // namespace comity::base::testing
