// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/tick.hpp"

#include "golden_records.hpp"
#include "naive_tree.hpp"
#include "test_bytes.hpp"
#include "test_trees.hpp"

#include "comity/ledger/tree_proof.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

// --- Bytes ---------------------------------------------------------------------------------------

TEST(Tick, Has42Bytes) {
    EXPECT_EQ(encode(Tick{}).size(), 42U);
    EXPECT_EQ(to_hex(encode(Tick{.second = 0x0102030405060708, .slots = counted_hash(0x10)})),
              "0001"
              "0102030405060708"
              "101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f");
}

TEST(Slot, Has147Bytes) {
    EXPECT_EQ(encode(Slot{}).size(), 147U);
    const Slot slot{.salt = counted_hash(0x10),
                    .kind = SlotKind::kParty,
                    .holder = counted_hash(0x30),
                    .filed = {.size = 0x0102030405060708, .root = counted_hash(0x50)},
                    .delivered = {.size = 0x1112131415161718, .root = counted_hash(0x70)}};
    EXPECT_EQ(to_hex(encode(slot)),
              "0001"
              "101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
              "01"
              "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f"
              "0102030405060708"
              "505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f"
              "1112131415161718"
              "707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f");
}

// sha256(b'comity/party/v1\0' + b'coast-guard'), by Python 3.11.
TEST(Slot, HoldersAreHashesOfTheParty) {
    EXPECT_EQ(to_hex(holder_of("coast-guard").span()),
              "5a7bdee624ef6d15929ad6d0e187fff7822cf92ead79bc04965e9c8bb6ea4bc6");
}

// One letter and two of it; Latin and Cyrillic; a joiner without width; a mark of direction.
TEST(Slot, HoldersOfNamesThatLookAlikeAreOthers) {
    const std::string_view names[] = {"\u00e9a", "e\u0301a", "e\u0301\u0430", "e\u0301\u200ba",
                                      "\u202ee\u0301a"};
    std::set<Hash> holders;
    for (const std::string_view name : names) holders.insert(holder_of(name));
    EXPECT_EQ(holders.size(), std::size(names));
}

template <typename Decode>
void expect_only_whole(std::vector<std::byte> bytes, const Decode& decode) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto decoded = decode(std::span(bytes).first(size));
        ASSERT_FALSE(decoded) << size;
        EXPECT_EQ(decoded.error().fault, FormatFault::kTruncated) << size;
    }
    bytes.push_back(std::byte{0});
    EXPECT_EQ(decode(bytes).error(), (FormatError{FormatFault::kTrailing, bytes.size() - 1}));
    bytes.pop_back();
    for (const unsigned version : {0U, 2U, 255U}) {
        bytes[1] = static_cast<std::byte>(version);
        EXPECT_EQ(decode(bytes).error(), (FormatError{FormatFault::kUnknownVersion, 0}));
    }
}

TEST(Tick, IsRefusedUnlessWholeAndOfVersion1) {
    expect_only_whole(golden::bytes("tick"), decode_tick);
}

TEST(Slot, IsRefusedUnlessWholeAndOfVersion1) {
    for (const char* name : {"slot_party", "slot_records", "slot_padding"}) {
        expect_only_whole(golden::bytes(name), decode_slot);
    }
}

// Every bit of what a padding slot or the record sequence's must leave zero.
TEST(Slot, SaysNoMoreThanItsKind) {
    constexpr std::size_t kKindAt = 34;
    constexpr std::size_t kHolderAt = 35;
    constexpr std::size_t kFiledAt = 67;
    constexpr std::size_t kDeliveredAt = 107;
    const FormatError value_range{FormatFault::kValueRange, kKindAt};
    struct Row {
        const char* name;
        std::vector<std::size_t> zeros;  // first bytes of fields of 32 or 40 bytes
    };
    for (const Row& row : {Row{"slot_padding", {kHolderAt, kFiledAt, kDeliveredAt}},
                           Row{"slot_records", {kHolderAt, kDeliveredAt}}, Row{"slot_party", {}}}) {
        std::vector<std::byte> bytes = golden::bytes(row.name);
        for (std::size_t bit = 8 * (kKindAt + 1); bit < 8 * bytes.size(); ++bit) {
            const std::size_t at = bit / 8;
            const bool is_zero =
                std::any_of(row.zeros.begin(), row.zeros.end(), [&](std::size_t begin) {
                    return begin <= at && at < begin + (begin == kHolderAt ? 32 : 40);
                });
            bytes[at] ^= std::byte{1} << (bit % 8);
            const auto decoded = decode_slot(bytes);
            ASSERT_EQ(decoded.has_value(), !is_zero) << row.name << " " << bit;
            if (decoded) {
                ASSERT_EQ(copied(encode(*decoded)), bytes) << row.name << " " << bit;
            } else {
                ASSERT_EQ(decoded.error(), value_range) << row.name << " " << bit;
            }
            bytes[at] ^= std::byte{1} << (bit % 8);
        }
        bytes[kKindAt] = std::byte{3};
        EXPECT_EQ(decode_slot(bytes).error(), value_range);
    }
}

TEST(SlotDeathTest, SayingMoreThanItsKindIsABug) {
    Slot padding;
    padding.filed.size = 1;
    EXPECT_DEATH((void)encode(padding), "check failed");
    Slot records{.kind = SlotKind::kRecords, .holder = counted_hash(1)};
    EXPECT_DEATH((void)encode(records), "check failed");
    Slot none;
    none.kind = static_cast<SlotKind>(3);
    EXPECT_DEATH((void)encode(none), "check failed");
}

// --- Trees ---------------------------------------------------------------------------------------

/// Slots of so many parties and of the record sequence, padded.
std::vector<Slot> slots_of(std::size_t parties) {
    std::mt19937_64 random(parties);
    const auto random_hash = [&] {
        Hash hash;
        for (std::byte& byte : hash.bytes) byte = static_cast<std::byte>(random());
        return hash;
    };
    std::vector<Slot> slots;
    for (std::size_t i = 0; i < parties; ++i) {
        slots.push_back({.salt = random_hash(),
                         .kind = SlotKind::kParty,
                         .holder = holder_of("party " + std::to_string(i)),
                         .filed = {.size = random() % 1000, .root = random_hash()},
                         .delivered = {.size = random() % 1000, .root = random_hash()}});
    }
    slots.push_back({.salt = random_hash(),
                     .kind = SlotKind::kRecords,
                     .filed = {.size = random(), .root = random_hash()}});
    const std::size_t padded = padded_slot_count(slots.size());
    while (slots.size() < padded) slots.push_back({.salt = random_hash()});
    return slots;
}

TEST(PaddedSlotCount, IsAPowerOfTwoOfAtLeast16) {
    EXPECT_EQ(padded_slot_count(0), 16U);
    EXPECT_EQ(padded_slot_count(1), 16U);
    EXPECT_EQ(padded_slot_count(16), 16U);
    EXPECT_EQ(padded_slot_count(17), 32U);
    EXPECT_EQ(padded_slot_count(32), 32U);
    EXPECT_EQ(padded_slot_count(33), 64U);
    EXPECT_EQ(padded_slot_count(202), 256U);
    EXPECT_EQ(padded_slot_count(256), 256U);
}

TEST(SlotTree, IsTheTreeOfRfc6962OverSlotsInTheOrderOfTheirLeafHashes) {
    TreeHasher hasher;
    for (const std::size_t parties : {1U, 15U, 16U, 200U}) {
        const std::vector<Slot> slots = slots_of(parties);
        std::vector<Hash> leaves;
        for (const Slot& slot : slots) leaves.push_back(hasher.leaf(encode(slot)));
        std::sort(leaves.begin(), leaves.end());
        const SlotTree tree(hasher, slots);
        EXPECT_EQ(tree.size(), slots.size());
        EXPECT_EQ(tree.root(), naive::root(leaves));
        for (std::size_t i = 0; i < tree.size(); ++i) {
            EXPECT_EQ(hasher.leaf(encode(tree.slot(i))), leaves[i]);
        }
    }
}

TEST(SlotTree, DoesNotDependOnTheOrderInWhichSlotsCome) {
    TreeHasher hasher;
    std::vector<Slot> slots = slots_of(20);
    const Hash root = SlotTree(hasher, slots).root();
    std::reverse(slots.begin(), slots.end());
    EXPECT_EQ(SlotTree(hasher, slots).root(), root);
    std::mt19937_64 random(1);
    for (int round = 0; round < 20; ++round) {
        for (std::size_t i = slots.size() - 1; i > 0; --i) {
            std::swap(slots[i], slots[random() % (i + 1)]);
        }
        EXPECT_EQ(SlotTree(hasher, slots).root(), root);
    }
}

TEST(SlotTree, DoesNotShowHowManyPartiesThereAre) {
    TreeHasher hasher;
    for (std::size_t parties = 1; parties <= 15; ++parties) {
        const std::vector<Slot> slots = slots_of(parties);
        const SlotTree tree(hasher, slots);
        EXPECT_EQ(tree.size(), 16U) << parties;
        for (std::size_t i = 0; i < tree.size(); ++i) {
            EXPECT_EQ(tree.prove(hasher, i).size(), 4U) << parties;
        }
        EXPECT_EQ(encode(Tick{.slots = tree.root()}).size(), Tick::kBytes);
    }
}

TEST(SlotTree, ProvesEachSlotAndNoOther) {
    TreeHasher hasher;
    for (const std::size_t parties : {3U, 200U}) {
        const SlotTree tree(hasher, slots_of(parties));
        const TreeHead head{.size = tree.size(), .root = tree.root()};
        for (std::size_t i = 0; i < tree.size(); ++i) {
            const Hash leaf = hasher.leaf(encode(tree.slot(i)));
            const Proof proof = tree.prove(hasher, i);
            ASSERT_TRUE(verify_inclusion(hasher, i, leaf, proof, head)) << i;
            ASSERT_FALSE(verify_inclusion(hasher, i ^ 1, leaf, proof, head)) << i;
        }
    }
}

TEST(SlotTree, RefusesAProofWithAnyBitTurned) {
    TreeHasher hasher;
    const SlotTree tree(hasher, golden::slots());
    const TreeHead head{.size = tree.size(), .root = tree.root()};
    for (std::size_t i = 0; i < tree.size(); ++i) {
        std::vector<std::byte> slot = copied(encode(tree.slot(i)));
        Proof proof = tree.prove(hasher, i);
        const auto holds = [&] {
            return verify_inclusion(hasher, i, hasher.leaf(slot), proof, head).has_value();
        };
        ASSERT_TRUE(holds());
        for (std::size_t bit = 0; bit < 8 * slot.size(); ++bit) {
            slot[bit / 8] ^= std::byte{1} << (bit % 8);
            ASSERT_FALSE(holds()) << "slot " << i << " bit " << bit;
            slot[bit / 8] ^= std::byte{1} << (bit % 8);
        }
        for (Hash& hash : proof) {
            const Hash whole = hash;
            for (std::size_t bit = 0; bit < 256; ++bit) {
                hash = with_bit_turned(whole, bit);
                ASSERT_FALSE(holds()) << "proof of slot " << i << " bit " << bit;
            }
            hash = whole;
        }
    }
}

TEST(SlotTreeDeathTest, OfAnotherNumberOfSlotsOrOfTwoAlikeIsABug) {
    TreeHasher hasher;
    std::vector<Slot> slots = golden::slots();
    EXPECT_DEATH((void)SlotTree(hasher, std::span(slots).first(15)), "check failed");
    EXPECT_DEATH((void)SlotTree(hasher, std::span(slots).first(8)), "check failed");
    EXPECT_DEATH((void)SlotTree(hasher, {}), "check failed");
    slots.back() = slots.front();
    EXPECT_DEATH((void)SlotTree(hasher, slots), "check failed");
}

}  // namespace
}  // namespace comity::ledger
