// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/tick.hpp"
#include "comity/seal/hash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace comity::ledger {

/// How the salts of slots follow from a secret.
enum class SecretVersion : std::uint8_t {
    kV1,  ///< one HMAC for each slot: read, and never begun any more
    kV2,  ///< one HMAC for each second
};

/// The secret of one ledger: what a node must invent and be able to say again comes from it. Who
/// has it, and no record, can try out what a slot says. A resource.
class LedgerSecret {
  public:
    using Bytes = std::array<std::byte, 32>;

    explicit LedgerSecret(const Bytes& secret, SecretVersion version = SecretVersion::kV2)
        : hmac_(secret), version_(version) {}

    SecretVersion version() const { return version_; }

    /// The name of the ledger in each of its files:
    /// HMAC(secret, "comity/ledger/v1" || 0 || origin || 0 || key).
    seal::Hash ledger_id(std::string_view origin, const seal::Hash& key);

    /// Gives all slots of the tick of one second their salts, in the order in which they stand: 32
    /// bytes each of the ChaCha20 stream under HMAC(secret, "comity/slots/v2" || 0 || second). In
    /// kV1 each is HMAC(secret, "comity/slot/v1" || 0 || second || kind || holder || ordinal),
    /// where `ordinal` is the place of a padding slot and 0 of others.
    void salt(std::uint64_t second, std::span<Slot> slots);

    /// What the node invents for a record and must be able to say again:
    /// HMAC(secret, "comity/invented/v1" || 0 || purpose || 0 || the record's salt).
    seal::Hash invented(std::string_view purpose, const seal::Hash& record_salt);

  private:
    seal::Hash slot_salt(std::uint64_t second, const Slot& slot, std::uint32_t ordinal);

    seal::HmacSha256 hmac_;
    SecretVersion version_;
};

}  // namespace comity::ledger
