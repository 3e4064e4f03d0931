// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What the contract of a disk promises of it is in src/system/disk_contract_test.cpp.
#include "comity/base/memory_disk.hpp"

#include "comity/base/disk.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::base {
namespace {

std::vector<std::byte> counted(std::size_t size, unsigned first) {
    std::vector<std::byte> bytes(size);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(first++ % 251);
    return bytes;
}

std::vector<std::byte> contents(File& file) {
    std::vector<std::byte> bytes(file.size().value(), std::byte{0xFF});
    EXPECT_EQ(file.read_at(0, bytes), bytes.size());
    return bytes;
}

// Writes of many sizes at many places, against one array.
TEST(MemoryDisk, HoldsWhatAnArrayWouldHold) {
    MemoryDisk disk;
    const auto file = disk.create("f").value();
    std::vector<std::byte> expected;
    std::uint64_t at = 1;
    for (unsigned i = 0; i < 200; ++i) {
        at = (at * 7'919 + 13) % 700'001;
        const std::vector<std::byte> bytes = counted(1 + i * 811 % 150'000, i);
        ASSERT_TRUE(file->write_at(at, bytes).has_value());
        if (expected.size() < at + bytes.size()) expected.resize(at + bytes.size());
        std::copy(bytes.begin(), bytes.end(), expected.begin() + static_cast<std::ptrdiff_t>(at));
    }
    EXPECT_TRUE(contents(*file) == expected);
    std::vector<std::byte> part(100'000);
    EXPECT_EQ(file->read_at(expected.size() - 70'000, part), 70'000U);
    EXPECT_TRUE(std::equal(part.begin(), part.begin() + 70'000, expected.end() - 70'000));
}

TEST(MemoryDisk, HasSoMuchRoomAndGivesItBack) {
    MemoryDisk disk(10);
    auto file = disk.create("f").value();
    EXPECT_EQ(file->preallocate(11).error(), DiskError::kNoSpace);
    EXPECT_TRUE(file->preallocate(9).has_value());
    EXPECT_TRUE(file->write_at(8, counted(2, 0)).has_value());
    EXPECT_EQ(file->write_at(9, counted(2, 0)).error(), DiskError::kNoSpace);
    EXPECT_EQ(file->write_at(UINT64_MAX, counted(2, 0)).error(), DiskError::kNoSpace);
    EXPECT_EQ(file->size(), 10U);
    const auto other = disk.create("g").value();
    ASSERT_TRUE(disk.remove("f").has_value());
    EXPECT_EQ(other->preallocate(1).error(), DiskError::kNoSpace) << "it is still open";
    file.reset();
    EXPECT_TRUE(other->preallocate(10).has_value());
    ASSERT_TRUE(disk.create("h").has_value());
    ASSERT_TRUE(disk.rename("h", "g").has_value());
    EXPECT_EQ(disk.open("g").value()->size(), 0U);
}

TEST(MemoryDisk, TakesNoMemoryForRoomThatIsNotWritten) {
    MemoryDisk disk;
    const auto file = disk.create("f").value();
    constexpr std::uint64_t kSize = MemoryDisk::kCapacity / 16;
    ASSERT_TRUE(file->preallocate(kSize).has_value());
    std::vector<std::byte> part = counted(3, 1);
    EXPECT_EQ(file->read_at(kSize - 2, part), 2U);
    EXPECT_EQ(part, (std::vector{std::byte{0}, std::byte{0}, std::byte{3}}));
}

}  // namespace
}  // namespace comity::base
