// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A closed store whose bytes change afterwards.
#include "mark.hpp"
#include "segment_format.hpp"
#include "test_store.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

// Four blocks a segment: two groups.
constexpr StoreOptions kTiny{.segment_size = 4 * kBlock};

/// A closed store of four segments, the last with room in it.
struct TinyStore {
    explicit TinyStore(const StoreIdentity& identity = test_identity(), std::uint64_t salt = 0) {
        MemoryDisk disk(1);
        auto store = SegmentStore::create(disk, identity, kTiny).value();
        for (std::uint64_t i = 0; i < 7; ++i) {
            std::vector<Entry> group{numbered_entry(100 * i + salt, i % 2 == 0 ? 60 : 500)};
            if (i % 2 == 0) group.push_back(numbered_entry(100 * i + 50 + salt, 20));
            COMITY_CHECK(append(*store, group));
            entries.insert(entries.end(), group.begin(), group.end());
        }
        COMITY_CHECK(store->close());
        files = files_of(disk);
        COMITY_CHECK(files.size() == 5 && files.back().first == kMarkName);
    }

    Files files;
    std::vector<Entry> entries;
};

const TinyStore& tiny() {
    static const TinyStore store;
    return store;
}

enum class Seen { kNothing, kDropped, kDamage, kRefused, kLater };

// What the first entries of a damaged store are.
void expect_good_entries(SegmentStore& store, const StoreDamage& damage) {
    const std::vector<Entry>& entries = tiny().entries;
    ASSERT_LE(damage.good_entries, entries.size());
    ASSERT_EQ(store.size(), damage.good_entries);
    for (std::uint64_t i = 0; i < damage.good_entries; ++i) ASSERT_EQ(store.read(i), entries[i]);
    ASSERT_EQ(store.read(damage.good_entries).error(), damage.error);
    ASSERT_EQ(append(store, std::vector{entry_of("x")}).error().fault, StoreFault::kReadOnly);
}

// What opening, reading, scrubbing and going on show of files that are not what they were. Where
// they show nothing, nothing is other than it was.
Seen what_is_seen(const Files& files) {
    const auto disk = disk_with(files);
    auto opened = SegmentStore::open(*disk, OpenMode::kReadWrite, kTiny);
    if (!opened) return Seen::kRefused;
    SegmentStore& store = *opened->store;
    if (opened->damage) {
        expect_good_entries(store, *opened->damage);
        return Seen::kDamage;
    }
    bool later = false;
    const std::vector<Entry>& entries = tiny().entries;
    EXPECT_EQ(store.size(), entries.size());
    for (std::uint64_t i = 0; i < entries.size(); ++i) {
        const auto entry = store.read(i);
        if (!entry)
            later = true;
        else
            EXPECT_EQ(*entry, entries[i]);
    }
    const auto all = scanned(store);
    if (!all)
        later = true;
    else
        EXPECT_EQ(*all, entries);
    if (!scrub_all(store)) later = true;
    if (later) {
        EXPECT_TRUE(store.damage());
        return Seen::kLater;
    }
    std::vector<Entry> more = entries;
    for (int i = 0; i < 3; ++i) {
        more.push_back(numbered_entry(1000 + static_cast<std::uint64_t>(i), 300));
        EXPECT_TRUE(append(store, std::vector{more.back()}));
    }
    disk->crash();
    auto again = SegmentStore::open(*disk, OpenMode::kReadWrite, kTiny).value();
    EXPECT_FALSE(again.dropped || again.damage);
    EXPECT_TRUE(scanned(*again.store) == more);
    EXPECT_TRUE(scrub_all(*again.store));
    return opened->dropped ? Seen::kDropped : Seen::kNothing;
}

// --- Bits ---

TEST(SegmentDamage, NoTurnedBitGoesUnseenAndChangesAnything) {
    std::uint64_t unseen = 0;
    std::uint64_t found = 0;
    Files files = tiny().files;
    ASSERT_EQ(what_is_seen(files), Seen::kNothing);
    for (auto& [name, bytes] : files) {
        std::uint64_t unseen_here = 0;
        for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
            bytes[bit / 8] ^= std::byte{1} << (bit % 8);
            const Seen seen = what_is_seen(files);
            bytes[bit / 8] ^= std::byte{1} << (bit % 8);
            seen == Seen::kNothing ? ++unseen_here : ++found;
            ASSERT_FALSE(::testing::Test::HasFailure()) << name << ": bit " << bit;
        }
        // Of the two halves of the mark one is enough, until the next append writes it again.
        ASSERT_EQ(unseen_here, name == kMarkName ? 8 * bytes.size() : 0U) << name;
        unseen += unseen_here;
    }
    std::cout << found << " bits found, " << unseen << " change nothing that anybody can see\n";
    EXPECT_EQ(found, 8 * 4 * kTiny.segment_size);
}

// --- Lengths ---

TEST(SegmentDamage, FindsEveryTruncation) {
    for (std::size_t i = 0; i < tiny().files.size(); ++i) {
        Files files = tiny().files;
        auto& [name, bytes] = files[i];
        while (!bytes.empty()) {
            bytes.pop_back();
            const Seen seen = what_is_seen(files);
            ASSERT_EQ(seen, Seen::kDamage) << name << " of " << bytes.size();
        }
    }
}

TEST(SegmentDamage, FindsWhatWasAddedToAFile) {
    for (std::size_t i = 0; i < tiny().files.size(); ++i) {
        Files files = tiny().files;
        auto& [name, bytes] = files[i];
        const std::vector<std::byte> copy = bytes;
        bytes.push_back(std::byte{1});
        const bool last = i == 3;  // it may have been a group
        EXPECT_EQ(what_is_seen(files), last    ? Seen::kDropped
                                       : i < 2 ? Seen::kLater
                                               : Seen::kDamage)
            << name;
        bytes = copy;
        bytes.insert(bytes.end(), copy.begin(), copy.end());
        EXPECT_EQ(what_is_seen(files), i < 2 ? Seen::kLater : Seen::kDamage) << name;
    }
}

// --- Files ---

TEST(SegmentDamage, FindsAMissingFile) {
    for (std::size_t i = 0; i < tiny().files.size(); ++i) {
        Files files = tiny().files;
        files.erase(files.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_EQ(what_is_seen(files), Seen::kDamage) << tiny().files[i].first;
    }
    const Files mark_only{tiny().files.back()};
    const auto disk = disk_with(mark_only);
    EXPECT_EQ(open_small(*disk).error(),
              (StoreError{StoreFault::kDamaged, "there is a mark and no segment"}));
}

TEST(SegmentDamage, FindsSwappedFiles) {
    for (std::size_t i = 0; i < 5; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            Files files = tiny().files;
            std::swap(files[i].second, files[j].second);
            EXPECT_EQ(what_is_seen(files), Seen::kDamage) << i << " " << j;
        }
    }
}

TEST(SegmentDamage, FindsADoubledFile) {
    for (std::size_t i = 0; i < 4; ++i) {
        for (const std::uint64_t index : {1U, 4U, 1000U}) {
            Files files = tiny().files;
            files.emplace_back(segment_name(index), files[i].second);
            EXPECT_EQ(what_is_seen(files), Seen::kDamage) << i << " " << index;
        }
        for (std::size_t j = 0; j < 4; ++j) {
            Files files = tiny().files;
            files[i].second = files[j].second;
            EXPECT_EQ(what_is_seen(files), i == j ? Seen::kNothing : Seen::kDamage) << i << j;
        }
    }
}

TEST(SegmentDamage, FindsARenamedFile) {
    for (std::size_t i = 0; i < 4; ++i) {
        for (const std::string& name : {std::string("x.segment"), segment_name(999)}) {
            Files files = tiny().files;
            files[i].first = name;
            EXPECT_EQ(what_is_seen(files), Seen::kDamage) << i << " " << name;
        }
    }
}

TEST(SegmentDamage, FindsAFileFromAnotherStore) {
    const TinyStore other(test_identity(0x44));
    for (std::size_t i = 0; i < 5; ++i) {
        Files files = tiny().files;
        files[i].second = other.files[i].second;
        EXPECT_EQ(what_is_seen(files), Seen::kDamage) << i;
        const auto disk = disk_with(files);
        const auto opened =
            SegmentStore::open(*disk, OpenMode::kReadOnly, {.expected = test_identity()});
        ASSERT_TRUE(opened && opened->damage) << i;
        EXPECT_EQ(opened->damage->error.fault, StoreFault::kOtherStore) << i;
        EXPECT_EQ(opened->damage->error.where, files[i].first) << i;
        const std::uint64_t good = i == 4 ? tiny().entries.size() : *first_entry_of(files[i].first);
        EXPECT_EQ(opened->damage->good_entries, good) << i;
    }
}

TEST(SegmentDamage, FindsAFileThatIsExchangedUnderAnOpenStore) {
    const TinyStore other(test_identity(0x44));
    for (std::size_t i = 0; i < 4; ++i) {
        const auto disk = disk_with(tiny().files);
        const auto store = SegmentStore::open(*disk, OpenMode::kReadOnly).value().store;
        const std::string& name = tiny().files[i].first;
        put_file(*disk, name, other.files[i].second);
        const auto read = store->read(*first_entry_of(name));
        EXPECT_EQ(read.error(), (StoreError{StoreFault::kDamaged,
                                            name + " at 0: the header is no longer what it was"}));
        ASSERT_TRUE(disk->remove(name));
        EXPECT_EQ(store->read(*first_entry_of(name)).error(),
                  (StoreError{StoreFault::kDamaged, name + ": missing"}));
    }
}

// Of the same ledger with other entries, whole in itself: only the chain shows that it is another.
TEST(SegmentDamage, FindsAFileFromAnotherHistory) {
    const TinyStore fork(test_identity(), 7);
    for (std::size_t i = 0; i < 5; ++i) {
        Files files = tiny().files;
        files[i].second = fork.files[i].second;
        const auto disk = disk_with(files);
        const auto opened = SegmentStore::open(*disk, OpenMode::kReadOnly).value();
        EXPECT_EQ(opened.damage.has_value(), i >= 2) << i;
        EXPECT_EQ(scanned(*opened.store).error().fault, StoreFault::kDamaged) << i;
        EXPECT_FALSE(scrub_all(*opened.store) && i < 2) << i;
    }
}

// An old copy of the last segment, put back: what was durable is missing.
TEST(SegmentDamage, FindsAnOldCopy) {
    MemoryDisk disk(1);
    auto store = create_small(disk);
    ASSERT_TRUE(append(*store, std::vector{entry_of("a")}));
    const auto old = contents_of(disk, segment_name(0));
    ASSERT_TRUE(append(*store, std::vector{entry_of("b")}));
    ASSERT_TRUE(store->close());
    put_file(disk, segment_name(0), old);
    const auto opened = open_small(disk).value();
    ASSERT_TRUE(opened.damage);
    EXPECT_EQ(opened.damage->good_entries, 1U);
    EXPECT_EQ(opened.damage->error.where,
              segment_name(0) + " at 1024: a group that was durable is not here");
}

// --- What may be dropped, and what not ---

constexpr StoreOptions kRoomy{.segment_size = 16 * kBlock};
constexpr StoreOptions kLarge{.segment_size = 1024 * kBlock};

/// A store whose mark is behind by one group, as a crash of the machine may leave it.
struct BehindMark {
    BehindMark() : disk(1) {
        auto store = SegmentStore::create(disk, test_identity(), kRoomy).value();
        for (int i = 0; i < 4; ++i) {
            if (i == 3) mark = contents_of(disk, kMarkName);
            COMITY_CHECK(append(*store, std::vector{numbered_entry(0, 1000)}));
        }
        COMITY_CHECK(store->close());
        bytes = contents_of(disk, segment_name(0));
    }

    OpenedStore open_with(std::size_t flipped) {
        bytes.at(flipped) ^= std::byte{1};
        put_file(disk, segment_name(0), bytes);
        bytes.at(flipped) ^= std::byte{1};
        put_file(disk, kMarkName, mark);
        return open_small(disk).value();
    }

    MemoryDisk disk;
    std::vector<std::byte> mark;
    std::vector<std::byte> bytes;
};

constexpr std::size_t kGroup = 3 * kBlock;  // an entry of 1000 bytes

TEST(SegmentDrop, TakesTheLastGroupWhereTheMarkIsBehind) {
    BehindMark store;
    const std::size_t last = kBlock + 3 * kGroup;
    for (const std::size_t at : {last, last + 100, last + 600, last + kGroup - 1}) {
        const OpenedStore opened = store.open_with(at);
        ASSERT_TRUE(opened.dropped && !opened.damage) << at;
        EXPECT_EQ(opened.dropped->after, 3U);
        EXPECT_EQ(opened.dropped->bytes, kGroup);
    }
}

TEST(SegmentDrop, TakesNoGroupThatTheMarkCovers) {
    BehindMark store;
    store.mark = contents_of(store.disk, kMarkName);
    const OpenedStore opened = store.open_with(kBlock + 3 * kGroup + 600);
    EXPECT_FALSE(opened.dropped);
    ASSERT_TRUE(opened.damage);
    EXPECT_EQ(opened.damage->good_entries, 3U);
}

TEST(SegmentDrop, TakesNoGroupThatAnotherFollows) {
    BehindMark store;
    store.mark = {};
    const Block genesis =
        encode_mark_file({.identity = test_identity(), .durable = genesis_of(test_identity())});
    store.mark.assign(genesis.begin(), genesis.end());
    for (std::size_t group = 0; group < 3; ++group) {
        for (const std::size_t at : {std::size_t{0}, std::size_t{600}, kGroup - 1}) {
            const OpenedStore opened = store.open_with(kBlock + group * kGroup + at);
            EXPECT_FALSE(opened.dropped);
            ASSERT_TRUE(opened.damage) << group << " " << at;
            EXPECT_EQ(opened.damage->good_entries, group);
        }
    }
}

// An entry that holds what the header of a group looks like, in every place of a block, is no group
// that follows: each further block of a group says so itself.
TEST(SegmentDrop, TakesNoEntryForAGroup) {
    std::vector<std::byte> group;
    seal::Sha256 sha256;
    const Entry small = entry_of("x");
    encode_group(sha256, {.groups = 9, .entries = 9, .last = {}}, views_of({&small, 1}), group);
    Entry entry;
    while (entry.bytes.size() < 600 * kBlock) {
        entry.bytes.insert(entry.bytes.end(), group.begin(), group.begin() + 100);
        entry.bytes.push_back(std::byte{});
    }
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        MemoryDisk disk(seed);
        auto store = SegmentStore::create(disk, test_identity(), kLarge).value();
        disk.fail_call(2, base::DiskError::kIo);
        ASSERT_FALSE(append(*store, std::vector{entry}));
        disk.crash();
        const auto opened = open_small(disk).value();
        EXPECT_TRUE(opened.dropped);
        EXPECT_FALSE(opened.damage) << opened.damage->error.where;
    }
}

}  // namespace
}  // namespace comity::ledger
