// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/tick.hpp"
#include "comity/seal/hash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace comity::ledger {

/// The secret of one ledger: what a node must invent and be able to say again comes from it. Who
/// has it, and no record, can try out what a slot says. A resource.
class LedgerSecret {
  public:
    using Bytes = std::array<std::byte, 32>;

    explicit LedgerSecret(const Bytes& secret) : hmac_(secret) {}

    /// The name of the ledger in each of its files:
    /// HMAC(secret, "comity/ledger/v1" || 0 || origin || 0 || key).
    seal::Hash ledger_id(std::string_view origin, const seal::Hash& key);

    /// The salt of a slot: HMAC(secret, "comity/slot/v1" || 0 || second || kind || holder ||
    /// ordinal). `ordinal` counts padding slots and is 0 for others.
    seal::Hash slot_salt(std::uint64_t second, SlotKind kind, const seal::Hash& holder,
                         std::uint32_t ordinal);

    /// What the node invents for a record and must be able to say again:
    /// HMAC(secret, "comity/invented/v1" || 0 || purpose || 0 || the record's salt).
    seal::Hash invented(std::string_view purpose, const seal::Hash& record_salt);

  private:
    seal::HmacSha256 hmac_;
};

}  // namespace comity::ledger
