// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What base::Disk and base::File promise, of the disk of this machine, of the one in memory, and of
// the forgetful one that tests use: a test of a store on that says something about the others.
#include "test_directory.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/memory_disk.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/system/posix_disk.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::system {
namespace {

using base::Disk;
using base::DiskError;
using base::File;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct InMemory {
    base::MemoryDisk disk;
    Disk& get() { return disk; }
};

struct Forgetful {
    base::testing::MemoryDisk disk{1};
    Disk& get() { return disk; }
};

struct OnThisMachine {
    TestDirectory directory;
    std::unique_ptr<PosixDisk> disk = PosixDisk::open(directory.path(), Access::kReadWrite).value();
    Disk& get() { return *disk; }
};

template <typename Place>
class DiskContract : public ::testing::Test {
  protected:
    Disk& disk() { return place_.get(); }

  private:
    Place place_;
};

using Places = ::testing::Types<InMemory, Forgetful, OnThisMachine>;
TYPED_TEST_SUITE(DiskContract, Places);

void write(File& file, std::uint64_t offset, std::string_view text) {
    ASSERT_TRUE(file.write_at(offset, std::as_bytes(std::span(text))).has_value());
}

std::string contents(File& file) {
    std::string text(file.size().value(), '?');
    EXPECT_EQ(file.read_at(0, std::as_writable_bytes(std::span(text))), text.size());
    return text;
}

std::string contents(Disk& disk, std::string_view name) {
    return contents(*disk.open(name).value());
}

TYPED_TEST(DiskContract, CreatesAFileOnce) {
    Disk& disk = this->disk();
    const auto file = disk.create("f").value();
    EXPECT_EQ(file->size(), 0U);
    write(*file, 0, "text");
    EXPECT_EQ(disk.create("f").error(), DiskError::kExists);
    EXPECT_EQ(contents(disk, "f"), "text");
}

TYPED_TEST(DiskContract, ReadsWhatWasWritten) {
    const auto file = this->disk().create("f").value();
    write(*file, 2, "abc");
    EXPECT_EQ(contents(*file), std::string("\0\0abc", 5)) << "a gap reads as 0";
    write(*file, 1, "xy");
    write(*file, 9, "");
    EXPECT_EQ(contents(*file), std::string("\0xybc", 5)) << "no bytes, no growth";
    EXPECT_TRUE(file->sync().has_value());
    EXPECT_EQ(contents(*file), std::string("\0xybc", 5));
}

TYPED_TEST(DiskContract, ReadsAsFarAsTheFileGoes) {
    const auto file = this->disk().create("f").value();
    write(*file, 0, "abcde");
    std::array<std::byte, 3> part{};
    EXPECT_EQ(file->read_at(0, part), 3U);
    EXPECT_EQ(file->read_at(3, part), 2U);
    EXPECT_EQ(part, (std::array{std::byte{'d'}, std::byte{'e'}, std::byte{'c'}}));
    EXPECT_EQ(file->read_at(5, part), 0U);
    EXPECT_EQ(file->read_at(1'000, part), 0U);
    EXPECT_EQ(file->read_at(UINT64_MAX, part), 0U);
    EXPECT_EQ(file->read_at(0, {}), 0U);
}

TYPED_TEST(DiskContract, ShowsAWriteAtOnceThroughAnotherOpening) {
    Disk& disk = this->disk();
    const auto one = disk.create("f").value();
    const auto two = disk.open("f").value();
    write(*one, 0, "one");
    EXPECT_EQ(contents(*two), "one");
    write(*two, 1, "wo");
    EXPECT_EQ(contents(*one), "owo");
}

TYPED_TEST(DiskContract, PreallocatesZerosAndNeverShrinks) {
    const auto file = this->disk().create("f").value();
    EXPECT_TRUE(file->preallocate(0).has_value());
    EXPECT_EQ(file->size(), 0U);
    write(*file, 0, "ab");
    write(*file, 5, "c");
    // More than one piece of zeros, and a rest.
    const std::size_t size = (std::size_t{2} << 20) + 777;
    EXPECT_TRUE(file->preallocate(size).has_value());
    std::string expected(size, '\0');
    expected.replace(0, 6, std::string("ab\0\0\0c", 6));
    EXPECT_TRUE(contents(*file) == expected);
    EXPECT_TRUE(file->preallocate(3).has_value());
    EXPECT_TRUE(file->preallocate(size).has_value());
    EXPECT_TRUE(contents(*file) == expected);
    write(*file, size, "d");
    EXPECT_EQ(file->size(), size + 1);
}

TYPED_TEST(DiskContract, RenamesAndReplacesInOneStep) {
    Disk& disk = this->disk();
    const auto b = disk.create("b").value();
    write(*b, 0, "was b");
    write(*disk.create("a").value(), 0, "was a");
    EXPECT_TRUE(disk.rename("a", "b").has_value());
    EXPECT_THAT(disk.list().value(), ElementsAre("b"));
    EXPECT_EQ(contents(disk, "b"), "was a");
    EXPECT_EQ(contents(*b), "was b") << "an open file stays usable without its name";
    EXPECT_TRUE(disk.rename("b", "b").has_value());
    EXPECT_EQ(contents(disk, "b"), "was a");
    EXPECT_EQ(disk.rename("a", "b").error(), DiskError::kNotFound);
    EXPECT_TRUE(disk.sync_directory().has_value());
}

TYPED_TEST(DiskContract, RemovesANameAndNotTheOpenFile) {
    Disk& disk = this->disk();
    const auto file = disk.create("f").value();
    EXPECT_TRUE(disk.remove("f").has_value());
    EXPECT_EQ(disk.remove("f").error(), DiskError::kNotFound);
    EXPECT_EQ(disk.open("f").error(), DiskError::kNotFound);
    write(*file, 0, "still");
    EXPECT_EQ(contents(*file), "still");
    EXPECT_TRUE(disk.create("f").has_value());
    EXPECT_EQ(contents(disk, "f"), "");
}

TYPED_TEST(DiskContract, ListsNamesByTheirBytes) {
    Disk& disk = this->disk();
    EXPECT_THAT(disk.list().value(), IsEmpty());
    const std::string longest(255, 'x');
    for (const std::string& name :
         {std::string("b"), std::string("a"), std::string("B"), std::string("..."),
          std::string("\xC3\xA4"), longest, std::string(" ")}) {
        ASSERT_TRUE(disk.create(name).has_value()) << name;
    }
    EXPECT_THAT(disk.list().value(), ElementsAre(" ", "...", "B", "a", "b", longest, "\xC3\xA4"));
    EXPECT_THAT(disk.list().value(), ElementsAre(" ", "...", "B", "a", "b", longest, "\xC3\xA4"));
}

TYPED_TEST(DiskContract, HasOneHolderOfItsLock) {
    Disk& disk = this->disk();
    auto held = disk.lock().value();
    EXPECT_EQ(disk.lock().error(), DiskError::kBusy);
    EXPECT_TRUE(disk.create("f").has_value()) << "it keeps only those out who ask";
    EXPECT_THAT(disk.list().value(), ElementsAre("f")) << "and leaves no file";
    held.reset();
    EXPECT_TRUE(disk.lock().has_value());
}

template <typename Place>
using DiskContractDeathTest = DiskContract<Place>;
TYPED_TEST_SUITE(DiskContractDeathTest, Places);

TYPED_TEST(DiskContractDeathTest, RefusesWhatIsNoName) {
    Disk& disk = this->disk();
    for (const std::string& name : {std::string(), std::string(".."), std::string("a/b")}) {
        EXPECT_DEATH((void)disk.create(name), "check failed");
        EXPECT_DEATH((void)disk.open(name), "check failed");
        EXPECT_DEATH((void)disk.remove(name), "check failed");
        EXPECT_DEATH((void)disk.rename(name, "a"), "check failed");
        EXPECT_DEATH((void)disk.rename("a", name), "check failed");
    }
}

}  // namespace
}  // namespace comity::system
