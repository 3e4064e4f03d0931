// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/testing/memory_disk.hpp"

#include "comity/base/disk.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::base::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kBlock = File::kBlock;

std::vector<std::byte> bytes(std::string_view text) {
    std::vector<std::byte> result;
    for (const char c : text) result.push_back(static_cast<std::byte>(c));
    return result;
}

// A whole block of one letter.
std::string block(char letter) {
    return std::string(kBlock, letter);
}

void write(File& file, std::uint64_t offset, std::string_view text) {
    ASSERT_TRUE(file.write_at(offset, bytes(text)).has_value());
}

std::string contents(File& file) {
    std::vector<std::byte> read(file.size().value());
    EXPECT_EQ(file.read_at(0, read), read.size());
    std::string text;
    for (const std::byte b : read) text.push_back(static_cast<char>(b));
    return text;
}

std::string contents(Disk& disk, std::string_view name) {
    return contents(*disk.open(name).value());
}

// A whole block of one letter but for the first.
std::string begun(char first, char letter) {
    std::string text = block(letter);
    text.front() = first;
    return text;
}

// A disk with one durable file "f" that holds `text`.
std::unique_ptr<File> durable_file(Disk& disk, std::string_view text) {
    auto file = disk.create("f").value();
    write(*file, 0, text);
    EXPECT_TRUE(file->sync().has_value());
    EXPECT_TRUE(disk.sync_directory().has_value());
    return file;
}

// What `f` holds after a crash behind `steps`, over many seeds.
std::set<std::string> after_crash(std::string_view before,
                                  const std::function<void(File&)>& steps) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        MemoryDisk disk(seed);
        const auto file = durable_file(disk, before);
        steps(*file);
        disk.crash();
        seen.insert(contents(disk, "f"));
    }
    return seen;
}

TEST(MemoryDisk, ReadsWhatWasWritten) {
    MemoryDisk disk(1);
    const auto file = disk.create("f").value();
    EXPECT_EQ(file->size(), 0U);
    write(*file, 2, "abc");
    EXPECT_EQ(contents(*file), std::string("\0\0abc", 5));
    write(*file, 1, "xy");
    write(*file, 9, "");
    EXPECT_EQ(contents(*file), std::string("\0xybc", 5));
    std::array<std::byte, 3> part{};
    EXPECT_EQ(file->read_at(3, part), 2U);
    EXPECT_EQ(file->read_at(1'000, part), 0U);
    EXPECT_EQ(contents(disk, "f"), contents(*file));
}

TEST(MemoryDisk, PreallocatesZerosAndNeverShrinks) {
    MemoryDisk disk(1);
    const auto file = disk.create("f").value();
    write(*file, 0, "ab");
    EXPECT_TRUE(file->preallocate(4).has_value());
    EXPECT_EQ(contents(*file), std::string("ab\0\0", 4));
    EXPECT_TRUE(file->preallocate(3).has_value());
    EXPECT_EQ(file->size(), 4U);
}

TEST(MemoryDisk, KeepsNames) {
    MemoryDisk disk(1);
    const auto b = disk.create("b").value();
    write(*b, 0, "was b");
    write(*disk.create("a").value(), 0, "was a");
    EXPECT_THAT(disk.list().value(), ElementsAre("a", "b"));
    EXPECT_TRUE(disk.rename("a", "b").has_value());
    EXPECT_THAT(disk.list().value(), ElementsAre("b"));
    EXPECT_EQ(contents(disk, "b"), "was a");
    // Open, without a name.
    EXPECT_EQ(contents(*b), "was b");
    EXPECT_TRUE(disk.rename("b", "b") && disk.remove("b"));
    EXPECT_THAT(disk.list().value(), IsEmpty());
}

TEST(MemoryDisk, KeepsWhatWasSynced) {
    EXPECT_THAT(after_crash("synced", [](File&) {}), ElementsAre("synced"));
    EXPECT_THAT(after_crash("synced",
                            [](File& file) {
                                write(file, 0, "SYN");
                                ASSERT_TRUE(file.sync().has_value());
                            }),
                ElementsAre("SYNced"));
}

TEST(MemoryDisk, ForgetsWhatWasNotSyncedBlockByBlock) {
    const std::string before = block('a') + block('b');
    // Each block for itself, and each of its versions.
    EXPECT_THAT(after_crash(before,
                            [](File& file) {
                                write(file, 0, "X");
                                write(file, 0, "Y");
                                write(file, kBlock, "Z");
                            }),
                ::testing::UnorderedElementsAre(
                    begun('a', 'a') + begun('b', 'b'), begun('a', 'a') + begun('Z', 'b'),
                    begun('X', 'a') + begun('b', 'b'), begun('X', 'a') + begun('Z', 'b'),
                    begun('Y', 'a') + begun('b', 'b'), begun('Y', 'a') + begun('Z', 'b')));
}

TEST(MemoryDisk, ForgetsASizeThatWasNotSynced) {
    EXPECT_THAT(after_crash("ab", [](File& file) { write(file, 2, "cd"); }),
                ::testing::UnorderedElementsAre("ab", "abcd", std::string("ab\0\0", 4)));
    EXPECT_THAT(after_crash("ab", [](File& file) { ASSERT_TRUE(file.preallocate(3).has_value()); }),
                ::testing::UnorderedElementsAre("ab", std::string("ab\0", 3)));
}

TEST(MemoryDisk, ForgetsNamesThatWereNotSyncedFromTheLastOn) {
    std::set<std::vector<std::string>> seen;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        MemoryDisk disk(seed);
        ASSERT_TRUE(disk.create("a").has_value());
        ASSERT_TRUE(disk.sync_directory().has_value());
        ASSERT_TRUE(disk.create("b").has_value());
        ASSERT_TRUE(disk.rename("b", "c").has_value());
        ASSERT_TRUE(disk.remove("a").has_value());
        disk.crash();
        seen.insert(disk.list().value());
    }
    using Names = std::vector<std::string>;
    EXPECT_THAT(seen, ::testing::UnorderedElementsAre(Names{"a"}, Names{"a", "b"}, Names{"a", "c"},
                                                      Names{"c"}));
}

TEST(MemoryDisk, DoesTheSameFromTheSameSeed) {
    const auto run = [](std::uint64_t seed) {
        MemoryDisk disk(seed);
        const auto file = durable_file(disk, block('a') + block('b'));
        for (char letter = 'c'; letter < 'z'; ++letter) {
            write(*file, kBlock / 2, block(letter));
        }
        disk.crash();
        return contents(disk, "f");
    };
    for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_EQ(run(seed), run(seed));
    EXPECT_NE(run(1), run(2));
}

TEST(MemoryDisk, LetsFilesOfBeforeACrashFail) {
    MemoryDisk disk(1);
    const auto file = durable_file(disk, "text");
    disk.crash();
    EXPECT_EQ(file->size().error(), DiskError::kIo);
    EXPECT_EQ(file->write_at(0, bytes("x")).error(), DiskError::kIo);
    EXPECT_EQ(file->sync().error(), DiskError::kIo);
    EXPECT_EQ(contents(disk, "f"), "text");
}

TEST(MemoryDisk, GivesEachError) {
    MemoryDisk disk(1, 10);
    const auto file = disk.create("f").value();
    EXPECT_EQ(disk.create("f").error(), DiskError::kExists);
    EXPECT_EQ(disk.open("g").error(), DiskError::kNotFound);
    EXPECT_EQ(disk.remove("g").error(), DiskError::kNotFound);
    EXPECT_EQ(disk.rename("g", "f").error(), DiskError::kNotFound);

    EXPECT_EQ(file->preallocate(11).error(), DiskError::kNoSpace);
    EXPECT_TRUE(file->preallocate(9).has_value());
    EXPECT_TRUE(file->write_at(8, bytes("xy")).has_value());
    EXPECT_EQ(file->write_at(9, bytes("xy")).error(), DiskError::kNoSpace);
    EXPECT_EQ(disk.create("g").value()->write_at(0, bytes("x")).error(), DiskError::kNoSpace);

    disk.fail_call(1, DiskError::kRefused);
    EXPECT_EQ(disk.create("h").error(), DiskError::kRefused);
    disk.fail_call(2, DiskError::kIo);
    EXPECT_TRUE(disk.list().has_value());
    EXPECT_EQ(disk.list().error(), DiskError::kIo);
    EXPECT_THAT(disk.list().value(), ElementsAre("f", "g"));

    disk.fail_call(1, DiskError::kIo);
    EXPECT_EQ(file->sync().error(), DiskError::kIo);
    EXPECT_EQ(file->sync().error(), DiskError::kBroken);
    EXPECT_EQ(file->write_at(0, bytes("x")).error(), DiskError::kBroken);
    EXPECT_EQ(file->preallocate(1).error(), DiskError::kBroken);
    EXPECT_EQ(file->size(), 10U);
}

TEST(MemoryDisk, GivesRoomBackWhenAFileIsGone) {
    MemoryDisk disk(1, 10);
    ASSERT_TRUE(disk.create("f").value()->preallocate(10).has_value());
    ASSERT_TRUE(disk.remove("f").has_value());
    const auto file = disk.create("g").value();
    EXPECT_EQ(file->preallocate(1).error(), DiskError::kNoSpace);
    ASSERT_TRUE(disk.sync_directory().has_value());
    EXPECT_TRUE(file->preallocate(10).has_value());
}

TEST(MemoryDisk, LetsEachCallFailInTurn) {
    const auto steps = [](MemoryDisk& disk) {
        auto file = disk.create("f");
        return file && (*file)->preallocate(8) && (*file)->write_at(0, bytes("x")) &&
               (*file)->sync() && disk.sync_directory() && disk.rename("f", "g") &&
               disk.open("g") && (*file)->size() && disk.list() && disk.remove("g");
    };
    MemoryDisk whole(1);
    ASSERT_TRUE(steps(whole));
    ASSERT_EQ(whole.call_count(), 10U);
    for (std::uint64_t n = 1; n <= whole.call_count(); ++n) {
        MemoryDisk disk(1);
        disk.fail_call(n, DiskError::kIo);
        EXPECT_FALSE(steps(disk)) << n;
        EXPECT_EQ(disk.call_count(), n);
    }
}

TEST(MemoryDisk, WritesAPartWhereAWriteFails) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        MemoryDisk disk(seed);
        const auto file = durable_file(disk, "abc");
        disk.fail_call(1, DiskError::kIo);
        EXPECT_FALSE(file->write_at(0, bytes("XYZ")).has_value());
        seen.insert(contents(*file));
    }
    EXPECT_THAT(seen, ElementsAre("XYZ", "XYc", "Xbc", "abc"));
}

// The trap: after a sync that failed, another succeeds and the writes are lost all the same.
TEST(MemoryDisk, DropsWhatASyncFailedToWrite) {
    std::set<std::string> seen;
    std::set<std::string> written_again;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        for (const bool again : {false, true}) {
            MemoryDisk disk(seed);
            const auto file = durable_file(disk, "a");
            write(*file, 0, "b");
            disk.fail_call(1, DiskError::kIo);
            EXPECT_FALSE(file->sync().has_value());
            const auto anew = disk.open("f").value();
            EXPECT_EQ(contents(*anew), "b");
            if (again) write(*anew, 0, "b");
            EXPECT_TRUE(anew->sync().has_value());
            disk.crash();
            (again ? written_again : seen).insert(contents(disk, "f"));
        }
    }
    EXPECT_THAT(seen, ElementsAre("a", "b"));
    EXPECT_THAT(written_again, ElementsAre("b"));
}

TEST(MemoryDisk, HasOneHolderOfItsLock) {
    MemoryDisk disk(1);
    auto held = disk.lock().value();
    EXPECT_EQ(disk.lock().error(), DiskError::kBusy);
    held.reset();
    held = disk.lock().value();
    disk.crash();
    EXPECT_TRUE(disk.lock().has_value()) << "a crash ends every holder";
}

TEST(MemoryDiskDeathTest, RefusesWhatIsNoName) {
    MemoryDisk disk(1);
    for (const std::string& name :
         {std::string(), std::string("."), std::string(".."), std::string("a/b"),
          std::string("a\0b", 3), std::string(256, 'a')}) {
        EXPECT_DEATH((void)disk.create(name), "check failed");
    }
    EXPECT_TRUE(disk.create(std::string(255, 'a')).has_value());
}

}  // namespace
}  // namespace comity::base::testing
