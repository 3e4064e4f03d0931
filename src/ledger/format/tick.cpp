// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/tick.hpp"

#include "codec.hpp"

#include "comity/ledger/slot_root.hpp"

#include <algorithm>
#include <bit>
#include <compare>
#include <string>

namespace comity::ledger {
namespace {

constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kLeastSlots = 16;
constexpr std::string_view kHolderDomain{"comity/party/v1\0", 16};

// `Self` is const for a writer and not for a reader.
template <typename Codec, typename Self>
void tick_layout(Codec& c, Self& tick) {
    c.u64(tick.second);
    c.hash(tick.slots);
}

template <typename Codec, typename Self>
void slot_layout(Codec& c, Self& slot) {
    c.hash(slot.salt);
    c.choice8(slot.kind, SlotKind::kPadding, SlotKind::kRecords);
    c.hash(slot.holder);
    c.u64(slot.filed.size);
    c.hash(slot.filed.root);
    c.u64(slot.delivered.size);
    c.hash(slot.delivered.root);
}

// Writes into an array of just the right size: slots are many, and made each second.
template <std::size_t kSize>
class FixedEncoder {
  public:
    void u8(const std::uint8_t& value) {
        out_[static_cast<std::size_t>(at_++)] = static_cast<std::byte>(value);
    }
    void u16(const std::uint16_t& value) { number<2>(value); }
    void u64(const std::uint64_t& value) { number<8>(value); }
    template <typename Enum>
    void choice8(const Enum& value, Enum, Enum) {
        u8(static_cast<std::uint8_t>(value));
    }
    void hash(const Hash& value) {
        std::copy(value.bytes.begin(), value.bytes.end(), out_.begin() + at_);
        at_ += static_cast<std::ptrdiff_t>(Hash::kSize);
    }
    std::array<std::byte, kSize> finish() const {
        COMITY_CHECK(at_ == static_cast<std::ptrdiff_t>(kSize));
        return out_;
    }

  private:
    template <std::size_t kBytes>
    void number(std::uint64_t value) {
        std::array<std::byte, kBytes> bytes{};
        for (std::size_t i = bytes.size(); i > 0; --i, value >>= 8U) {
            bytes[i - 1] = static_cast<std::byte>(value);
        }
        std::copy(bytes.begin(), bytes.end(), out_.begin() + at_);
        at_ += static_cast<std::ptrdiff_t>(kBytes);
    }

    std::array<std::byte, kSize> out_;
    std::ptrdiff_t at_ = 0;
};

void read_version(Decoder& decoder) {
    std::uint16_t version = 0;
    decoder.u16(version);
    if (!decoder.failed() && version != kVersion) decoder.fail(FormatFault::kUnknownVersion, 0);
}

// A slot's leaf and place, in the order of the leaves: their first eight bytes, as a number, say
// nearly always which of two comes first, and soon.
struct Placed {
    std::uint64_t first = 0;
    Hash leaf;
    std::size_t index = 0;
    friend auto operator<=>(const Placed&, const Placed&) = default;
};

std::uint64_t first_of(const Hash& hash) {
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < sizeof first; ++i) {
        first = first << 8U | std::to_integer<std::uint64_t>(hash.bytes[i]);
    }
    return first;
}

bool says_no_more_than_its_kind(const Slot& slot) {
    const TreeHead none;
    switch (slot.kind) {
        case SlotKind::kParty:
            return true;
        case SlotKind::kRecords:
            return slot.holder == Hash{} && slot.delivered == none;
        case SlotKind::kPadding:
            return slot.holder == Hash{} && slot.filed == none && slot.delivered == none;
    }
    return false;
}

}  // namespace

Hash holder_of(std::string_view party) {
    seal::Sha256 sha256;
    return sha256.update(std::as_bytes(std::span(kHolderDomain)))
        .update(std::as_bytes(std::span(party)))
        .finish();
}

std::array<std::byte, Tick::kBytes> encode(const Tick& tick) {
    FixedEncoder<Tick::kBytes> encoder;
    encoder.u16(kVersion);
    tick_layout(encoder, tick);
    return encoder.finish();
}

base::Expected<Tick, FormatError> decode_tick(std::span<const std::byte> bytes) {
    Decoder decoder(bytes);
    read_version(decoder);
    Tick tick;
    tick_layout(decoder, tick);
    if (auto finished = decoder.finish(); !finished) return base::Unexpected(finished.error());
    return tick;
}

std::array<std::byte, Slot::kBytes> encode(const Slot& slot) {
    COMITY_CHECK(says_no_more_than_its_kind(slot));
    FixedEncoder<Slot::kBytes> encoder;
    encoder.u16(kVersion);
    slot_layout(encoder, slot);
    return encoder.finish();
}

base::Expected<Slot, FormatError> decode_slot(std::span<const std::byte> bytes) {
    Decoder decoder(bytes);
    read_version(decoder);
    Slot slot;
    slot_layout(decoder, slot);
    constexpr std::size_t kKindOffset = 2 + Hash::kSize;
    if (!says_no_more_than_its_kind(slot)) decoder.fail(FormatFault::kValueRange, kKindOffset);
    if (auto finished = decoder.finish(); !finished) return base::Unexpected(finished.error());
    return slot;
}

std::size_t padded_slot_count(std::size_t used) {
    return std::bit_ceil(std::max(used, kLeastSlots));
}

SlotTree::SlotTree(TreeHasher& hasher, std::span<const Slot> slots) {
    COMITY_CHECK(slots.size() >= kLeastSlots && std::has_single_bit(slots.size()));
    std::vector<Placed> order;
    order.reserve(slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const Hash leaf = hasher.leaf(encode(slots[i]));
        order.push_back({.first = first_of(leaf), .leaf = leaf, .index = i});
    }
    std::sort(order.begin(), order.end());
    slots_.reserve(slots.size());
    tree_.reserve(slots.size());
    for (const Placed& placed : order) {
        COMITY_CHECK(slots_.empty() || placed.leaf != order[slots_.size() - 1].leaf);
        slots_.push_back(slots[placed.index]);
        tree_.append(hasher, placed.leaf);
    }
    root_ = *tree_.node({.level = static_cast<unsigned>(std::countr_zero(slots.size()))});
}

Hash slot_root(TreeHasher& hasher, std::span<const Slot> slots) {
    COMITY_CHECK(slots.size() >= kLeastSlots && std::has_single_bit(slots.size()));
    std::vector<Hash> level;
    level.reserve(slots.size());
    for (const Slot& slot : slots) level.push_back(hasher.leaf(encode(slot)));
    std::ranges::sort(level);
    COMITY_CHECK(std::ranges::adjacent_find(level) == level.end());
    for (; level.size() > 1; level.resize(level.size() / 2)) {
        for (std::size_t i = 0; i < level.size() / 2; ++i) {
            level[i] = hasher.node(level[2 * i], level[2 * i + 1]);
        }
    }
    return level.front();
}

Proof SlotTree::prove(TreeHasher& hasher, std::size_t index) const {
    auto proof = prove_inclusion(hasher, tree_, {.index = index, .tree_size = slots_.size()});
    COMITY_CHECK(proof.has_value());
    return *std::move(proof);
}

}  // namespace comity::ledger
