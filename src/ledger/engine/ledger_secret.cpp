// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_secret.hpp"

#include "format/codec.hpp"

#include "comity/seal/stream.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace comity::ledger {
namespace {

constexpr std::string_view kLedgerDomain{"comity/ledger/v1\0", 17};
constexpr std::string_view kSlotDomain{"comity/slot/v1\0", 15};
constexpr std::string_view kSlotsDomain{"comity/slots/v2\0", 16};
constexpr std::string_view kInventedDomain{"comity/invented/v1\0", 19};

constexpr std::size_t kSlotFields = 8 + 1 + seal::Hash::kSize + 4;

// With room for so many bytes behind the domain.
Bytes beginning(std::string_view domain, std::size_t room) {
    const auto bytes = std::as_bytes(std::span(domain));
    Bytes message;
    message.reserve(bytes.size() + room);
    message.assign(bytes.begin(), bytes.end());
    return message;
}

}  // namespace

seal::Hash LedgerSecret::ledger_id(std::string_view origin, const seal::Hash& key) {
    ledger::Bytes message = beginning(kLedgerDomain, origin.size() + 1 + key.bytes.size());
    const auto name = std::as_bytes(std::span(origin));
    message.insert(message.end(), name.begin(), name.end());
    message.push_back(std::byte{0});
    message.insert(message.end(), key.bytes.begin(), key.bytes.end());
    return hmac_.of(message);
}

void LedgerSecret::salt(std::uint64_t second, std::span<Slot> slots) {
    if (version_ == SecretVersion::kV1) {
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const bool is_padding = slots[i].kind == SlotKind::kPadding;
            slots[i].salt =
                slot_salt(second, slots[i], is_padding ? static_cast<std::uint32_t>(i) : 0);
        }
        return;
    }
    ledger::Bytes message = beginning(kSlotsDomain, sizeof second);
    Encoder(message).u64(second);
    std::vector<std::byte> stream(slots.size() * seal::Hash::kSize);
    seal::fill_from_key(hmac_.of(message), stream);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        std::ranges::copy(std::span(stream).subspan(i * seal::Hash::kSize, seal::Hash::kSize),
                          slots[i].salt.bytes.begin());
    }
}

seal::Hash LedgerSecret::slot_salt(std::uint64_t second, const Slot& slot, std::uint32_t ordinal) {
    ledger::Bytes message = beginning(kSlotDomain, kSlotFields);
    Encoder encoder(message);
    encoder.u64(second);
    encoder.u8(static_cast<std::uint8_t>(slot.kind));
    encoder.hash(slot.holder);
    encoder.u32(ordinal);
    return hmac_.of(message);
}

seal::Hash LedgerSecret::invented(std::string_view purpose, const seal::Hash& record_salt) {
    ledger::Bytes message =
        beginning(kInventedDomain, purpose.size() + 1 + record_salt.bytes.size());
    const auto name = std::as_bytes(std::span(purpose));
    message.insert(message.end(), name.begin(), name.end());
    message.push_back(std::byte{0});
    message.insert(message.end(), record_salt.bytes.begin(), record_salt.bytes.end());
    return hmac_.of(message);
}

}  // namespace comity::ledger
