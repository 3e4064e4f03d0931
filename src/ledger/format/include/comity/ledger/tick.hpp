// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/format_error.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Ticks and slots, version 1 (docs/formats/tick.md): what one leaf of the public log commits to.
namespace comity::ledger {

/// An entry of the public log: one a second.
struct Tick {
    static constexpr std::size_t kBytes = 42;

    std::uint64_t second = 0;  ///< whole seconds since 1970 UTC that it closes
    Hash slots;                ///< root of its slot tree
    friend bool operator==(const Tick&, const Tick&) = default;
};

enum class SlotKind : std::uint8_t { kPadding = 0, kParty = 1, kRecords = 2 };

/// A leaf of a slot tree. A value.
struct Slot {
    static constexpr std::size_t kBytes = 147;

    Hash salt;
    SlotKind kind = SlotKind::kPadding;
    Hash holder;         ///< of a party (`holder_of`); else zeros
    TreeHead filed;      ///< a party: what it filed; the record sequence: all records; else zeros
    TreeHead delivered;  ///< a party: what was delivered to it; else zeros
    friend bool operator==(const Slot&, const Slot&) = default;
};

/// SHA-256("comity/party/v1" || 0 || party): what stands for a party in its slots.
Hash holder_of(std::string_view party);

std::array<std::byte, Tick::kBytes> encode(const Tick& tick);
base::Expected<Tick, FormatError> decode_tick(std::span<const std::byte> bytes);

std::array<std::byte, Slot::kBytes> encode(const Slot& slot);
/// Refuses a padding slot, or the record sequence's, with more than they say (kValueRange).
base::Expected<Slot, FormatError> decode_slot(std::span<const std::byte> bytes);

/// The number of slots for so many that say something: a power of two, at least 16.
std::size_t padded_slot_count(std::size_t used);

/// The slots of one tick, in the order of their leaf hashes, and their tree. A resource.
class SlotTree {
  public:
    /// Slots in any order, padding included; their number is a power of two, at least 16, and no
    /// two are alike: else a check fails.
    SlotTree(TreeHasher& hasher, std::span<const Slot> slots);

    const Hash& root() const { return root_; }
    std::size_t size() const { return slots_.size(); }
    const Slot& slot(std::size_t index) const { return slots_[index]; }

    /// A proof that the slot is in the tree.
    Proof prove(TreeHasher& hasher, std::size_t index) const;

  private:
    std::vector<Slot> slots_;
    StoredTree tree_;
    Hash root_;
};

}  // namespace comity::ledger
