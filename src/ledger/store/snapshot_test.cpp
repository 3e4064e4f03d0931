// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/snapshot.hpp"

#include "test_store.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::byte> state(std::uint64_t entries, std::size_t size = 700) {
    return numbered_entry(entries, size).bytes;
}

base::Expected<seal::Hash, StoreError> write(base::Disk& disk, std::uint64_t entries) {
    return write_snapshot(disk, test_identity(), entries, state(entries));
}

std::optional<std::uint64_t> newest(base::Disk& disk, std::uint64_t at_most = UINT64_MAX) {
    const auto found = newest_snapshot(disk, test_identity(), at_most).value();
    if (!found) return std::nullopt;
    EXPECT_EQ(found->bytes, state(found->entries));
    EXPECT_EQ(found->hash, seal::sha256(found->bytes));
    return found->entries;
}

TEST(Snapshot, GivesBackWhatWasWritten) {
    MemoryDisk disk(1);
    EXPECT_EQ(newest(disk), std::nullopt);
    EXPECT_EQ(write(disk, 1000), seal::sha256(state(1000)));
    disk.crash();
    EXPECT_EQ(read_snapshot(disk, test_identity(), 1000),
              (Snapshot{.entries = 1000, .hash = seal::sha256(state(1000)), .bytes = state(1000)}));
    EXPECT_EQ(newest(disk), 1000U);
    ASSERT_TRUE(write_snapshot(disk, test_identity(), 0, {}));
    EXPECT_EQ(read_snapshot(disk, test_identity(), 0).value().bytes, std::vector<std::byte>());
}

TEST(Snapshot, KeepsTheLastTwo) {
    MemoryDisk disk(1);
    for (const std::uint64_t entries : {5U, 10U, 9'999U, 100'000U}) {
        ASSERT_TRUE(write(disk, entries));
    }
    EXPECT_THAT(list_snapshots(disk).value(), ElementsAre(9'999, 100'000)) << "by number";
    ASSERT_TRUE(write(disk, 100'000)) << "again";
    EXPECT_THAT(list_snapshots(disk).value(), ElementsAre(9'999, 100'000));
    EXPECT_EQ(newest(disk, 99'999), 9'999U) << "none that covers more than there is";
    EXPECT_EQ(newest(disk, 9'998), std::nullopt);
    ASSERT_TRUE(write(disk, 20'000)) << "of a store that was taken back";
    EXPECT_THAT(list_snapshots(disk).value(), ElementsAre(9'999, 20'000));
}

TEST(Snapshot, TakesTheOneBeforeWhereTheLastDoesNotCheck) {
    MemoryDisk disk(1);
    ASSERT_TRUE(write(disk, 7));
    ASSERT_TRUE(write(disk, 8));
    const std::string name = "snapshot-8";
    std::vector<std::byte> bytes = contents_of(disk, name);
    const std::vector<std::byte> whole = bytes;
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        bytes[bit / 8] ^= std::byte{1} << (bit % 8);
        put_file(disk, name, bytes);
        ASSERT_EQ(newest(disk), 7U) << bit;
        bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    }
    while (!bytes.empty()) {
        bytes.pop_back();
        put_file(disk, name, bytes);
        ASSERT_EQ(newest(disk), 7U) << bytes.size();
    }
    bytes = whole;
    bytes.push_back(std::byte{});
    put_file(disk, name, bytes);
    EXPECT_EQ(newest(disk), 7U) << "and one byte more";
    put_file(disk, name, contents_of(disk, "snapshot-7"));
    EXPECT_EQ(newest(disk), 7U) << "under another name";
    put_file(disk, name, whole);
    EXPECT_EQ(newest(disk), 8U);
}

TEST(Snapshot, SaysWhyItIsNotRead) {
    MemoryDisk disk(1);
    EXPECT_EQ(read_snapshot(disk, test_identity(), 7).error().fault, StoreFault::kNotFound);
    ASSERT_TRUE(write(disk, 7));
    EXPECT_EQ(read_snapshot(disk, test_identity(0x44), 7).error(),
              (StoreError{StoreFault::kOtherStore, "snapshot-7"}));
    EXPECT_EQ(newest_snapshot(disk, test_identity(0x44), 7).value(), std::nullopt);
    std::vector<std::byte> bytes = contents_of(disk, "snapshot-7");
    bytes.at(9) = std::byte{2};
    put_file(disk, "snapshot-7", bytes);
    EXPECT_EQ(read_snapshot(disk, test_identity(), 7).error(),
              (StoreError{StoreFault::kNewer,
                          "snapshot-7: format 2; this program knows formats up to 1"}));
    disk.fail_call(2, base::DiskError::kIo);
    EXPECT_EQ(newest_snapshot(disk, test_identity(), 7).error().fault, StoreFault::kMedium);
}

TEST(Snapshot, ListsOnlyWhatHasTheNameOfOne) {
    MemoryDisk disk(1);
    for (const char* name : {"snapshot-", "snapshot-007", "snapshot-7x", "snapshot.new",
                             "snapshot--7", "snapshot-18446744073709551616"}) {
        put_file(disk, name, {});
    }
    EXPECT_THAT(list_snapshots(disk).value(), IsEmpty());
    EXPECT_EQ(newest(disk), std::nullopt);
}

// Each call of a writing fails in turn, then the machine crashes or not: one that checks is left.
TEST(Snapshot, IsThereWholeOrNotAtAll) {
    std::uint64_t failed = 0;
    for (std::uint64_t n = 1; n < 40; ++n) {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            MemoryDisk disk(seed);
            ASSERT_TRUE(write(disk, 6) && write(disk, 7));
            disk.fail_call(n, seed % 3 == 0 ? base::DiskError::kNoSpace : base::DiskError::kIo);
            const auto written = write(disk, 8);
            disk.fail_call(UINT32_MAX, base::DiskError::kIo);
            if (!written) ++failed;
            if (seed % 2 == 0) disk.crash();
            const auto left = newest(disk);
            ASSERT_TRUE(left == 8U || (!written && left == 7U)) << n << " " << seed;
            ASSERT_TRUE(write(disk, 9)) << n;
            ASSERT_EQ(newest(disk), 9U);
        }
    }
    EXPECT_GE(failed, 8U * 20);
}

TEST(Snapshot, DoesNotStopTheStoreWhereThereIsNoRoom) {
    MemoryDisk disk(1, 10'000);
    const auto store = create_small(disk);
    EXPECT_EQ(write_snapshot(disk, test_identity(), 0, state(1, 9'000)).error().fault,
              StoreFault::kNoSpace);
    EXPECT_THAT(names_of(disk), ElementsAre(::testing::EndsWith(".segment"), "mark"));
    EXPECT_TRUE(append(*store, std::vector{entry_of("a")}));
}

}  // namespace
}  // namespace comity::ledger
