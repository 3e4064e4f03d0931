// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/testing/fake_signer.hpp"

#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/base/testing/seeded_entropy.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace comity::base::testing {

SigningKeyId FakeSigner::key_id() const {
    std::array<std::byte, 32> key{};
    SeededEntropy(seed_).fill(key);
    return SigningKeyId(key);
}

Expected<Ed25519Signature, SignerError> FakeSigner::sign(std::span<const std::byte> message) {
    if (unavailable_) return Unexpected(SignerError::kUnavailable);
    std::uint64_t state = seed_;
    for (const std::byte byte : message) {
        state = SplitMix64(state ^ std::to_integer<std::uint64_t>(byte)).next();
    }
    Ed25519Signature signature{};
    SeededEntropy(state).fill(signature);
    return signature;
}

}  // namespace comity::base::testing
