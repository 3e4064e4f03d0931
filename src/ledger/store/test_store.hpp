// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "block_codec.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {

using base::testing::MemoryDisk;
using base::testing::SplitMix64;

/// The store of everybody here.
inline StoreIdentity test_identity(int first = 0x10) {
    StoreIdentity identity;
    for (std::byte& byte : identity.ledger.bytes) byte = static_cast<std::byte>(first++);
    return identity;
}

inline Entry entry_of(std::string_view text, EntryKind kind = EntryKind::kRecord) {
    const auto bytes = std::as_bytes(std::span(text));
    return {.kind = kind, .bytes = {bytes.begin(), bytes.end()}};
}

/// Bytes that any two numbers and sizes have differently.
inline Entry numbered_entry(std::uint64_t number, std::size_t size) {
    SplitMix64 random(number * 1'000'003 + size);
    Entry entry{.kind = number % 7 == 6 ? EntryKind::kTick : EntryKind::kRecord,
                .bytes = std::vector<std::byte>(size)};
    for (std::byte& byte : entry.bytes) byte = static_cast<std::byte>(random.next());
    return entry;
}

inline std::vector<EntryView> views_of(std::span<const Entry> entries) {
    std::vector<EntryView> views;
    for (const Entry& entry : entries) views.push_back({.kind = entry.kind, .bytes = entry.bytes});
    return views;
}

inline base::Expected<void, StoreError> append(Store& store, std::span<const Entry> entries) {
    return store.append(views_of(entries));
}

/// All entries from `first` on, by scan.
inline base::Expected<std::vector<Entry>, StoreError> scanned(Store& store,
                                                              std::uint64_t first = 0) {
    std::vector<Entry> entries;
    const auto done = store.scan(first, [&](std::uint64_t index, EntryView entry) {
        EXPECT_EQ(index, first + entries.size());
        entries.push_back({.kind = entry.kind, .bytes = {entry.bytes.begin(), entry.bytes.end()}});
        return true;
    });
    if (!done) return base::Unexpected(done.error());
    return entries;
}

/// A whole scrub in steps.
inline base::Expected<void, StoreError> scrub_all(SegmentStore& store, std::uint64_t step = 2048) {
    std::uint64_t before = 0;
    for (;;) {
        const auto progress = store.scrub(step);
        if (!progress) return base::Unexpected(progress.error());
        EXPECT_GE(progress->checked, before);
        if (progress->done) {
            EXPECT_EQ(progress->checked, progress->total);
            return {};
        }
        before = progress->checked;
    }
}

/// Two or three groups to a segment.
inline constexpr StoreOptions kSmallSegments{.segment_size = 3072};

inline std::unique_ptr<SegmentStore> create_small(base::Disk& disk) {
    auto store = SegmentStore::create(disk, test_identity(), kSmallSegments);
    COMITY_CHECK(store.has_value());
    return *std::move(store);
}

inline base::Expected<OpenedStore, StoreError> open_small(base::Disk& disk,
                                                          OpenMode mode = OpenMode::kReadWrite) {
    return SegmentStore::open(disk, mode, kSmallSegments);
}

/// Makes the checksum right again, of a half of a mark that was changed.
inline void resign_mark_half(std::span<std::byte> half) {
    constexpr std::size_t kBefore = 8 + 2 + 32 + 8 + 8 + 32;
    BlockWriter(half.subspan(kBefore)).u32(crc32c(half.first(kBefore)));
}

// --- Files ---

inline std::vector<std::string> names_of(base::Disk& disk) {
    return disk.list().value();
}

inline std::vector<std::byte> contents_of(base::Disk& disk, std::string_view name) {
    auto file = disk.open(name).value();
    std::vector<std::byte> bytes(file->size().value());
    COMITY_CHECK(file->read_at(0, bytes).value() == bytes.size());
    return bytes;
}

/// A file of these bytes, in the place of any of this name; durable.
inline void put_file(base::Disk& disk, std::string_view name, std::span<const std::byte> bytes) {
    (void)disk.remove(name);
    auto file = disk.create(name).value();
    COMITY_CHECK(file->write_at(0, bytes) && file->sync() && disk.sync_directory());
}

/// What is on a disk, by name.
using Files = std::vector<std::pair<std::string, std::vector<std::byte>>>;

inline Files files_of(base::Disk& disk) {
    Files files;
    for (const std::string& name : names_of(disk)) {
        files.emplace_back(name, contents_of(disk, name));
    }
    return files;
}

inline std::unique_ptr<MemoryDisk> disk_with(const Files& files, std::uint64_t seed = 1) {
    auto disk = std::make_unique<MemoryDisk>(seed);
    for (const auto& [name, bytes] : files) put_file(*disk, name, bytes);
    return disk;
}

}  // namespace comity::ledger
