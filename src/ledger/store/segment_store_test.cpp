// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/segment_store.hpp"

#include "mark.hpp"
#include "segment_format.hpp"
#include "test_store.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/ledger/store.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<Entry> texts(std::initializer_list<std::string_view> all) {
    std::vector<Entry> entries;
    for (const std::string_view text : all) entries.push_back(entry_of(text));
    return entries;
}

/// Entries of many sizes, appended in groups; all of them.
std::vector<Entry> fill(SegmentStore& store, std::uint64_t groups) {
    std::vector<Entry> all;
    for (std::uint64_t i = 0; i < groups; ++i) {
        std::vector<Entry> group;
        for (std::uint64_t j = 0; j <= i % 3; ++j) {
            group.push_back(numbered_entry(all.size() + j, (i * 131 + j * 57) % 900));
        }
        EXPECT_TRUE(append(store, group));
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

TEST(SegmentStore, KeepsEntriesInTheirOrder) {
    MemoryDisk disk(1);
    auto store = create_small(disk);
    EXPECT_EQ(store->size(), 0U);
    EXPECT_EQ(store->identity(), test_identity());
    EXPECT_THAT(scanned(*store).value(), IsEmpty());
    EXPECT_TRUE(append(*store, {})) << "no entries, no group";
    EXPECT_TRUE(append(*store, texts({"one", "two"})));
    EXPECT_TRUE(append(*store, std::vector{entry_of("", EntryKind::kTick)}));
    EXPECT_EQ(store->size(), 3U);
    EXPECT_EQ(store->read(0), entry_of("one"));
    EXPECT_EQ(store->read(1), entry_of("two"));
    EXPECT_EQ(store->read(2), entry_of("", EntryKind::kTick));
    EXPECT_EQ(scanned(*store, 1).value(),
              (std::vector{entry_of("two"), entry_of("", EntryKind::kTick)}));
}

TEST(SegmentStore, KeepsThemOverManySegmentsAndOpenings) {
    MemoryDisk disk(1);
    auto store = create_small(disk);
    const std::vector<Entry> all = fill(*store, 60);
    ASSERT_GT(names_of(disk).size(), 10U);
    for (const OpenMode mode : {OpenMode::kReadWrite, OpenMode::kReadOnly}) {
        EXPECT_EQ(store->size(), all.size());
        EXPECT_EQ(scanned(*store).value(), all);
        EXPECT_TRUE(scrub_all(*store));
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::size_t index = i * 37 % all.size();
            ASSERT_EQ(store->read(index), all[index]) << index;
            ASSERT_EQ(scanned(*store, index).value().size(), all.size() - index);
        }
        EXPECT_TRUE(store->close());
        store.reset();
        auto opened = open_small(disk, mode).value();
        EXPECT_FALSE(opened.dropped || opened.damage);
        EXPECT_EQ(opened.store->identity(), test_identity());
        store = std::move(opened.store);
    }
}

TEST(SegmentStore, EndsAScanWhereItsVisitorSaysSo) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    ASSERT_TRUE(append(*store, texts({"a", "b", "c"})));
    std::vector<std::uint64_t> seen;
    EXPECT_TRUE(store->scan(1, [&](std::uint64_t index, EntryView) {
        seen.push_back(index);
        return false;
    }));
    EXPECT_THAT(seen, ElementsAre(1));
    EXPECT_THAT(scanned(*store, 3).value(), IsEmpty());
}

TEST(SegmentStore, LetsAVisitorReadAndAppend) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    const std::vector<Entry> all = fill(*store, 9);
    std::uint64_t visited = 0;
    EXPECT_TRUE(store->scan(0, [&](std::uint64_t index, EntryView entry) {
        EXPECT_EQ(store->read(all.size() - 1 - index), all[all.size() - 1 - index]);
        EXPECT_TRUE(append(*store, texts({"more"})));
        EXPECT_TRUE(std::ranges::equal(entry.bytes, all[index].bytes));
        ++visited;
        return true;
    }));
    EXPECT_EQ(visited, all.size()) << "what was there when it began";
    EXPECT_EQ(store->size(), 2 * all.size());
}

// Each length around the ends of blocks.
TEST(SegmentStore, KeepsEntriesOfEverySize) {
    MemoryDisk disk(1);
    const auto store = SegmentStore::create(disk, test_identity()).value();
    std::vector<Entry> all;
    for (std::size_t size = 0; size < 1600; ++size) {
        all.push_back(numbered_entry(size, size));
        ASSERT_TRUE(append(*store, std::vector{all.back()}));
        ASSERT_EQ(store->read(size), all.back());
    }
    EXPECT_EQ(scanned(*store).value(), all);
}

TEST(SegmentStore, GivesALargeGroupASegmentOfItsSize) {
    MemoryDisk disk(1);
    auto store = create_small(disk);
    std::vector<Entry> all{numbered_entry(0, 50'000), numbered_entry(1, 10)};
    ASSERT_TRUE(append(*store, all)) << "the first segment grows";
    EXPECT_EQ(names_of(disk).size(), 2U);
    all.push_back(numbered_entry(2, 60'000));
    ASSERT_TRUE(append(*store, std::vector{all.back()}));
    EXPECT_EQ(names_of(disk).size(), 3U);
    ASSERT_TRUE(store->close());
    store = std::move(open_small(disk).value().store);
    EXPECT_EQ(scanned(*store).value(), all);
}

TEST(SegmentStore, TakesOneSyncForAGroup) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    const std::uint64_t before = disk.call_count();
    ASSERT_TRUE(append(*store, texts({"a", "b", "c"})));
    EXPECT_EQ(disk.call_count() - before, 3U) << "group, sync, mark";
}

// --- Opening ---

TEST(SegmentStore, WritesNotAByteWhereItIsOpenedForReading) {
    MemoryDisk disk(1);
    auto writer = create_small(disk);
    const std::vector<Entry> all = fill(*writer, 20);
    const Files files = files_of(disk);
    auto reader = open_small(disk, OpenMode::kReadOnly).value();
    EXPECT_EQ(scanned(*reader.store).value(), all) << "beside the writer, without its lock";
    EXPECT_TRUE(scrub_all(*reader.store));
    EXPECT_EQ(append(*reader.store, texts({"x"})).error().fault, StoreFault::kReadOnly);
    EXPECT_TRUE(reader.store->close());
    EXPECT_TRUE(files_of(disk) == files);
    EXPECT_TRUE(append(*writer, texts({"x"}))) << "nor is the writer disturbed";
}

TEST(SegmentStore, RemovesWhatAnInterruptedCreateLeft) {
    MemoryDisk whole(1);
    const std::uint64_t before = whole.call_count();
    ASSERT_TRUE(create_small(whole));
    const std::uint64_t calls = whole.call_count() - before;
    std::uint64_t existed = 0;
    for (std::uint64_t n = 1; n <= calls; ++n) {
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            MemoryDisk disk(seed);
            disk.fail_call(n, base::DiskError::kIo);
            EXPECT_FALSE(SegmentStore::create(disk, test_identity(), kSmallSegments)) << n;
            if (seed % 2 == 0) disk.crash();
            auto opened = open_small(disk);
            if (opened) {
                ++existed;
                EXPECT_FALSE(opened->damage) << n << " " << opened->damage->error.where;
            } else {
                ASSERT_EQ(opened.error().fault, StoreFault::kNotFound) << n;
                // Another one: of the first nothing is left.
                auto created = SegmentStore::create(disk, test_identity(0x77), kSmallSegments);
                ASSERT_TRUE(created) << n << " " << created.error().where;
                EXPECT_TRUE(append(**created, texts({"a"})));
            }
        }
    }
    EXPECT_GT(existed, 0U);
}

// Three entries kept and synced; then a group of three blocks of which some are lost.
struct TornStore {
    explicit TornStore(std::uint64_t seed) : disk(seed) {
        auto store = create_small(disk);
        COMITY_CHECK(append(*store, texts({"a", "b", "c"})));
        disk.fail_call(2, base::DiskError::kIo);  // the sync
        COMITY_CHECK(!append(*store, std::vector{numbered_entry(9, 1200)}));
        store.reset();
        disk.crash();
    }
    MemoryDisk disk;
};

TEST(SegmentStore, ReportsRemainsUntilAGroupFollowedThem) {
    std::uint64_t found = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        TornStore torn(seed);
        MemoryDisk& disk = torn.disk;
        auto first = open_small(disk, OpenMode::kReadOnly).value();
        if (!first.dropped) continue;
        ++found;
        EXPECT_FALSE(first.damage);
        EXPECT_EQ(first.dropped->after, 3U);
        const auto bytes = contents_of(disk, segment_name(0));
        for (int i = 0; i < 2; ++i) {
            EXPECT_EQ(open_small(disk).value().dropped, first.dropped) << "also once opened";
            disk.crash();
        }
        EXPECT_TRUE(contents_of(disk, segment_name(0)) == bytes);
        auto store = open_small(disk).value().store;
        ASSERT_TRUE(append(*store, texts({"of what was dropped"})));
        disk.crash();
        auto last = open_small(disk).value();
        EXPECT_FALSE(last.dropped || last.damage);
        EXPECT_EQ(scanned(*last.store).value(), texts({"a", "b", "c", "of what was dropped"}));
    }
    EXPECT_GT(found, 50U);
}

// The group that is to record the drop is lost in its turn.
TEST(SegmentStore, FindsRemainsAgainWhereTheGroupOverThemIsNotDurable) {
    std::uint64_t found = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        for (std::uint64_t n = 1; n <= 5; ++n) {  // group, sync, zeros, sync, mark
            TornStore torn(seed);
            auto opened = open_small(torn.disk).value();
            if (!opened.dropped) continue;
            torn.disk.fail_call(n, base::DiskError::kIo);
            EXPECT_FALSE(append(*opened.store, texts({"of what was dropped"})));
            torn.disk.crash();
            const auto again = open_small(torn.disk).value();
            ASSERT_FALSE(again.damage);
            ASSERT_TRUE(again.dropped || again.store->size() == 4) << seed << " " << n;
            ASSERT_TRUE(n <= 2 || again.store->size() == 4) << seed << " " << n;
            ++found;
        }
    }
    EXPECT_GT(found, 200U);
}

TEST(SegmentStore, GrowsTheSegmentWhereTheGroupBehindRemainsIsTooLargeForIt) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        TornStore torn(seed);
        auto opened = open_small(torn.disk).value();
        if (!opened.dropped) continue;
        ASSERT_TRUE(append(*opened.store, std::vector{numbered_entry(1, 5000)}));
        ASSERT_TRUE(append(*opened.store, std::vector{numbered_entry(2, 5000)}));
        torn.disk.crash();
        const auto again = open_small(torn.disk).value();
        EXPECT_FALSE(again.dropped || again.damage);
        EXPECT_EQ(again.store->read(4), numbered_entry(2, 5000));
    }
}

// --- Faults: one test each ---

StoreFault fault_of(const base::Expected<void, StoreError>& result) {
    return result.error().fault;
}

TEST(SegmentStoreFaults, TooLarge) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    const std::vector<std::byte> large(Store::kMaxEntry + 1);
    const EntryView too_large{.bytes = large};
    const EntryView largest{.bytes = std::span(large).first(Store::kMaxEntry)};
    const std::uint64_t before = disk.call_count();
    EXPECT_EQ(fault_of(store->append({&too_large, 1})), StoreFault::kTooLarge);
    const std::array three{largest, largest, EntryView{.bytes = std::span(large).first(1)}};
    EXPECT_EQ(fault_of(store->append(three)), StoreFault::kTooLarge);
    const std::vector<EntryView> many(Store::kMaxGroupEntries + 1);
    EXPECT_EQ(fault_of(store->append(many)), StoreFault::kTooLarge);
    EXPECT_EQ(disk.call_count(), before) << "nothing was written";
    EXPECT_TRUE(store->append(std::span(three).first(2)));
    EXPECT_TRUE(store->append(std::span(many).first(Store::kMaxGroupEntries)));
    EXPECT_EQ(store->read(1).value().bytes.size(), Store::kMaxEntry);
    EXPECT_EQ(store->size(), 2 + Store::kMaxGroupEntries);
    EXPECT_TRUE(scrub_all(*store));
}

TEST(SegmentStoreFaults, Outside) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    EXPECT_EQ(store->read(0).error().fault, StoreFault::kOutside);
    ASSERT_TRUE(append(*store, texts({"a"})));
    EXPECT_TRUE(store->read(0));
    EXPECT_EQ(store->read(1).error(), (StoreError{StoreFault::kOutside, "entry 1 of 1"}));
    EXPECT_EQ(store->read(UINT64_MAX).error().fault, StoreFault::kOutside);
}

TEST(SegmentStoreFaults, ReadOnly) {
    MemoryDisk disk(1);
    ASSERT_TRUE(create_small(disk));
    const auto store = open_small(disk, OpenMode::kReadOnly).value().store;
    EXPECT_EQ(append(*store, texts({"a"})).error().fault, StoreFault::kReadOnly);
    put_file(disk, kMarkName, {});
    const auto damaged = open_small(disk).value();
    ASSERT_TRUE(damaged.damage);
    EXPECT_EQ(append(*damaged.store, texts({"a"})).error().fault, StoreFault::kReadOnly);
}

TEST(SegmentStoreFaults, Stopped) {
    MemoryDisk disk(1);
    auto store = create_small(disk);
    disk.fail_call(2, base::DiskError::kIo);
    EXPECT_EQ(append(*store, texts({"a"})).error().fault, StoreFault::kMedium);
    const std::uint64_t before = disk.call_count();
    EXPECT_EQ(append(*store, texts({"b"})).error().fault, StoreFault::kStopped);
    EXPECT_EQ(fault_of(store->close()), StoreFault::kStopped);
    EXPECT_EQ(disk.call_count(), before) << "never tried again";
    store.reset();
    store = open_small(disk).value().store;
    EXPECT_TRUE(append(*store, texts({"b"})));
    EXPECT_TRUE(store->close());
    EXPECT_EQ(append(*store, texts({"c"})).error().fault, StoreFault::kStopped);
}

TEST(SegmentStoreFaults, NoSpace) {
    MemoryDisk disk(1, 20'000);
    auto store = create_small(disk);
    std::vector<Entry> kept;
    for (;;) {
        const Entry next = numbered_entry(kept.size(), 700);
        const auto appended = append(*store, std::vector{next});
        if (!appended) {
            EXPECT_EQ(appended.error().fault, StoreFault::kNoSpace);
            break;
        }
        kept.push_back(next);
        ASSERT_LT(kept.size(), 100U);
    }
    EXPECT_EQ(append(*store, texts({"x"})).error().fault, StoreFault::kStopped);
    EXPECT_EQ(scanned(*store).value(), kept) << "what was answered stands";
    store.reset();
    auto opened = open_small(disk).value();
    EXPECT_FALSE(opened.dropped || opened.damage);
    EXPECT_EQ(scanned(*opened.store).value(), kept);
}

TEST(SegmentStoreFaults, Medium) {
    for (const auto error : {base::DiskError::kIo, base::DiskError::kRefused}) {
        MemoryDisk disk(1);
        auto store = create_small(disk);
        ASSERT_TRUE(append(*store, texts({"a"})));
        disk.fail_call(2, error);  // the header, then the group
        EXPECT_EQ(store->read(0).error().fault, StoreFault::kMedium);
        EXPECT_FALSE(store->damage()) << "a disk that fails is no damage";
        EXPECT_EQ(store->read(0), entry_of("a"));
        disk.fail_call(1, error);
        EXPECT_EQ(append(*store, texts({"a"})).error().fault, StoreFault::kMedium);
        store.reset();
        disk.fail_call(2, error);
        EXPECT_EQ(open_small(disk).error().fault, StoreFault::kMedium);
    }
}

TEST(SegmentStoreFaults, Damaged) {
    MemoryDisk disk(1);
    auto store = create_small(disk);
    const std::vector<Entry> all = fill(*store, 20);
    const std::string third = names_of(disk).at(2);
    std::vector<std::byte> bytes = contents_of(disk, third);
    bytes.at(kBlock + 100) ^= std::byte{1};
    const std::uint64_t good = *first_entry_of(third);
    put_file(disk, third, bytes);
    EXPECT_EQ(store->read(good - 1), all[good - 1]);
    const auto read = store->read(good);
    EXPECT_EQ(read.error().fault, StoreFault::kDamaged);
    EXPECT_EQ(read.error().where, third + " at 512: the hash of the group is another");
    ASSERT_TRUE(store->damage());
    EXPECT_EQ(*store->damage(), (StoreDamage{.error = read.error(), .good_entries = good}));
    EXPECT_EQ(append(*store, texts({"x"})).error(),
              (StoreError{StoreFault::kReadOnly, read.error().where}));
    EXPECT_EQ(scanned(*store).error(), read.error());
    EXPECT_EQ(scrub_all(*store).error(), read.error());
    // What stands in other groups is as good as before.
    const std::uint64_t later = *first_entry_of(names_of(disk).at(3));
    EXPECT_EQ(scanned(*store, later).value(),
              std::vector<Entry>(all.begin() + static_cast<std::ptrdiff_t>(later), all.end()));
    EXPECT_EQ(store->read(all.size()).error().fault, StoreFault::kOutside);
}

TEST(SegmentStoreFaults, Fenced) {
    MemoryDisk disk(1);
    auto store = create_small(disk);
    EXPECT_EQ(open_small(disk).error().fault, StoreFault::kFenced);
    EXPECT_EQ(SegmentStore::create(disk, test_identity()).error().fault, StoreFault::kFenced);
    ASSERT_TRUE(store->close());
    EXPECT_TRUE(open_small(disk)) << "closed, the lock is free";
    store.reset();
    store = open_small(disk).value().store;
    disk.crash();
    EXPECT_TRUE(open_small(disk)) << "nor does a crash keep it";
    EXPECT_EQ(append(*store, texts({"a"})).error().fault, StoreFault::kMedium);
}

TEST(SegmentStoreFaults, NotFound) {
    MemoryDisk disk(1);
    for (const OpenMode mode : {OpenMode::kReadWrite, OpenMode::kReadOnly}) {
        EXPECT_EQ(open_small(disk, mode).error().fault, StoreFault::kNotFound);
    }
    put_file(disk, "another file", {});
    EXPECT_EQ(open_small(disk).error().fault, StoreFault::kNotFound);
}

TEST(SegmentStoreFaults, Exists) {
    MemoryDisk disk(1);
    ASSERT_TRUE(append(*create_small(disk), texts({"a"})));
    EXPECT_EQ(SegmentStore::create(disk, test_identity()).error().fault, StoreFault::kExists);
    ASSERT_TRUE(disk.remove(segment_name(0)));
    const auto lost = SegmentStore::create(disk, test_identity());
    EXPECT_EQ(lost.error(), (StoreError{StoreFault::kExists, "mark, of a store that is lost"}));
    put_file(disk, kMarkName, {});
    EXPECT_EQ(SegmentStore::create(disk, test_identity()).error().fault, StoreFault::kExists);
}

// The version stands in the same place for ever; what is behind it may change.
TEST(SegmentStoreFaults, Newer) {
    const std::vector<std::string> names{segment_name(0), kMarkName};
    for (const std::string& name : names) {
        MemoryDisk disk(1);
        ASSERT_TRUE(create_small(disk)->close());
        auto half = encode(Mark{.identity = test_identity(), .durable = {}});
        std::vector<std::byte> bytes = contents_of(disk, name);
        bytes.at(9) = std::byte{2};
        if (name == kMarkName) {
            // Of the mark's halves each has its own checksum.
            half.at(9) = std::byte{2};
            resign_mark_half(half);
            std::ranges::copy(half, bytes.begin());
        }
        put_file(disk, name, bytes);
        for (const OpenMode mode : {OpenMode::kReadWrite, OpenMode::kReadOnly}) {
            const StoreError error = open_small(disk, mode).error();
            EXPECT_EQ(error.fault, StoreFault::kNewer);
            EXPECT_EQ(error.where, name + ": format 2; this program knows formats up to 1");
        }
    }
}

TEST(SegmentStoreFaults, OtherStore) {
    MemoryDisk disk(1);
    ASSERT_TRUE(append(*create_small(disk), texts({"a"})));
    const auto opened =
        SegmentStore::open(disk, OpenMode::kReadOnly, {.expected = test_identity(0x20)});
    EXPECT_EQ(opened.error().fault, StoreFault::kOtherStore);
    EXPECT_TRUE(SegmentStore::open(disk, OpenMode::kReadOnly, {.expected = test_identity()}));
}

TEST(StoreFault, HasWordsForEach) {
    std::vector<std::string> seen;
    for (int i = 0; i <= static_cast<int>(StoreFault::kOtherHistory); ++i) {
        const std::string words = to_string(static_cast<StoreFault>(i));
        EXPECT_NE(words, "unknown fault");
        EXPECT_EQ(std::ranges::count(seen, words), 0);
        seen.push_back(words);
    }
}

}  // namespace
}  // namespace comity::ledger
