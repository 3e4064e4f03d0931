// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/system/posix_disk.hpp"

#include "posix_file.hpp"
#include "test_directory.hpp"

#include "comity/base/disk.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace comity::system {
namespace {

using base::DiskError;
using ::testing::ElementsAre;

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::unique_ptr<PosixDisk> opened(const std::string& path, Access access = Access::kReadWrite) {
    return PosixDisk::open(path, access).value();
}

mode_t mode_of(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
}

// What `step` returns in a process of its own, which it may change as it likes.
int in_child(const std::function<int()>& step) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(step());
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    // NOLINTBEGIN(misc-include-cleaner): <sys/wait.h> has them, the tool's table names <stdlib.h>
    EXPECT_TRUE(WIFEXITED(status)) << "ended by a signal";
    return WEXITSTATUS(status);
    // NOLINTEND(misc-include-cleaner)
}

constexpr int kAsExpected = 0;
constexpr int kCannotTry = 77;

TEST(PosixDisk, MakesADirectoryThatIsItsOwnersAlone) {
    const TestDirectory place;
    const std::string path = place.path() + "/data";
    EXPECT_EQ(PosixDisk::open(path, Access::kReadWrite).error(), DiskError::kNotFound);
    EXPECT_EQ(PosixDisk::open(path, Access::kReadOnly).error(), DiskError::kNotFound);
    EXPECT_EQ(PosixDisk::open(path + "/deeper", Access::kCreate).error(), DiskError::kNotFound);

    ASSERT_TRUE(opened(path, Access::kCreate)->create("f").has_value());
    EXPECT_EQ(mode_of(path), 0700U);
    EXPECT_EQ(mode_of(path + "/f"), 0600U);
    EXPECT_THAT(opened(path, Access::kCreate)->list().value(), ElementsAre("f"));
    EXPECT_EQ(PosixDisk::open(path + "/f", Access::kReadWrite).error(), DiskError::kNotFound);
    EXPECT_EQ(PosixDisk::open(std::string(5'000, 'a'), Access::kReadWrite).error(), DiskError::kIo);
}

TEST(PosixDisk, ChangesNothingWhereItIsReadOnly) {
    const TestDirectory place;
    ASSERT_TRUE(opened(place.path())->create("f").value()->write_at(0, bytes("text")).has_value());
    const auto disk = opened(place.path(), Access::kReadOnly);
    EXPECT_EQ(disk->create("g").error(), DiskError::kRefused);
    EXPECT_EQ(disk->create("f").error(), DiskError::kRefused);
    EXPECT_EQ(disk->remove("f").error(), DiskError::kRefused);
    EXPECT_EQ(disk->rename("f", "g").error(), DiskError::kRefused);
    EXPECT_EQ(disk->sync_directory().error(), DiskError::kRefused);
    EXPECT_EQ(disk->open("g").error(), DiskError::kNotFound);

    const auto file = disk->open("f").value();
    EXPECT_EQ(file->write_at(0, bytes("x")).error(), DiskError::kRefused);
    EXPECT_EQ(file->preallocate(8).error(), DiskError::kRefused);
    EXPECT_EQ(file->sync().error(), DiskError::kRefused);
    std::array<std::byte, 8> read{};
    EXPECT_EQ(file->read_at(0, read), 4U);
    EXPECT_EQ(file->size(), 4U);
    EXPECT_THAT(disk->list().value(), ElementsAre("f"));
    EXPECT_TRUE(disk->lock().has_value());
}

TEST(PosixDisk, OpensNoLinkAndNoDevice) {
    const TestDirectory place;
    const auto disk = opened(place.path());
    ASSERT_TRUE(disk->create("f").has_value());
    std::filesystem::create_symlink("f", place.path() + "/link");
    std::filesystem::create_directory(place.path() + "/folder");
    ASSERT_EQ(::mkfifo((place.path() + "/pipe").c_str(), 0600), 0);
    EXPECT_THAT(disk->list().value(), ElementsAre("f", "folder", "link", "pipe"));
    for (const Access access : {Access::kReadWrite, Access::kReadOnly}) {
        const auto other = opened(place.path(), access);
        for (const char* name : {"folder", "link", "pipe"}) {
            EXPECT_EQ(other->open(name).error(), DiskError::kRefused) << name;
        }
    }
    EXPECT_EQ(disk->create("link").error(), DiskError::kExists);
    EXPECT_EQ(disk->remove("folder").error(), DiskError::kRefused);

    std::filesystem::create_directory_symlink(place.path(), place.path() + "/link_to_itself");
    EXPECT_TRUE(PosixDisk::open(place.path() + "/link_to_itself", Access::kReadWrite).has_value());
}

TEST(PosixDisk, SaysWhereItIsNotPermitted) {
    const TestDirectory place;
    ASSERT_TRUE(opened(place.path())->create("f").has_value());
    ASSERT_EQ(::chmod(place.path().c_str(), 0555), 0);
    const int result = in_child([&place] {
        if (::geteuid() == 0 && ::setuid(65'534) != 0) return kCannotTry;
        const auto disk = opened(place.path());
        const bool refused = disk->create("g").error() == DiskError::kRefused &&
                             disk->remove("f").error() == DiskError::kRefused;
        return refused ? kAsExpected : 1;
    });
    ASSERT_EQ(::chmod(place.path().c_str(), 0700), 0);
    if (result == kCannotTry) GTEST_SKIP() << "root cannot become another user here";
    EXPECT_EQ(result, kAsExpected);
}

TEST(PosixDisk, SaysWhereTheLimitOfFileSizesIs) {
    const TestDirectory place;
    EXPECT_EQ(in_child([&place] {
                  const auto file = opened(place.path())->create("f").value();
                  const rlimit limit{.rlim_cur = 1'000, .rlim_max = 1'000};
                  if (::signal(SIGXFSZ, SIG_IGN) == SIG_ERR) return 1;
                  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
                  const std::vector<std::byte> much(1'001);
                  if (file->preallocate(1'001).error() != DiskError::kNoSpace) return 3;
                  if (file->write_at(0, much).error() != DiskError::kNoSpace) return 4;
                  if (!file->preallocate(1'000)) return 5;
                  return kAsExpected;
              }),
              kAsExpected);
}

TEST(PosixDisk, SaysWhereTheMediumIsFull) {
    const TestDirectory place;
    const int result = in_child([&place] {
        if (::unshare(CLONE_NEWNS) != 0 ||
            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("none", place.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
            return kCannotTry;
        }
        const auto disk = opened(place.path());
        const auto file = disk->create("f").value();
        if (file->preallocate(1 << 20).error() != DiskError::kNoSpace) return 1;
        if (file->size() != 0U) return 2;
        if (!file->preallocate(std::uint64_t{48} << 10)) return 3;
        const std::vector<std::byte> much(std::size_t{128} << 10);
        const auto other = disk->create("g").value();
        if (other->write_at(0, much).error() != DiskError::kNoSpace) return 4;
        // What was reserved is there all the same.
        if (!file->write_at(0, std::span(much).first(std::size_t{48} << 10))) return 5;
        return kAsExpected;
    });
    if (result == kCannotTry) GTEST_SKIP() << "no file system of its own can be mounted here";
    EXPECT_EQ(result, kAsExpected);
}

TEST(PosixDisk, SaysWhereAFileWouldBeTooLong) {
    const TestDirectory place;
    const auto file = opened(place.path())->create("f").value();
    EXPECT_EQ(file->preallocate(UINT64_MAX).error(), DiskError::kNoSpace);
    EXPECT_EQ(file->write_at(UINT64_MAX, bytes("ab")).error(), DiskError::kNoSpace);
    EXPECT_EQ(file->write_at(INT64_MAX, bytes("ab")).error(), DiskError::kNoSpace);
    EXPECT_EQ(file->size(), 0U);
}

TEST(PosixFile, IsBrokenForEverWhereASyncFailed) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    // No medium lies behind a pipe, so that its sync fails.
    PosixFile file(pipe[1], false);
    EXPECT_EQ(file.sync().error(), DiskError::kIo);
    EXPECT_EQ(file.sync().error(), DiskError::kBroken);
    EXPECT_EQ(file.write_at(0, bytes("x")).error(), DiskError::kBroken);
    EXPECT_EQ(file.preallocate(1).error(), DiskError::kBroken);
    EXPECT_TRUE(file.size().has_value());
    ::close(pipe[0]);
}

TEST(PosixFile, SaysWhereThereIsNoRoomOrNoMedium) {
    PosixFile full(::open("/dev/full", O_RDWR | O_CLOEXEC), false);
    EXPECT_EQ(full.write_at(0, bytes("x")).error(), DiskError::kNoSpace);
    PosixFile none(-1, false);
    std::array<std::byte, 1> read{};
    EXPECT_EQ(none.size().error(), DiskError::kIo);
    EXPECT_EQ(none.read_at(0, read).error(), DiskError::kIo);
    EXPECT_EQ(none.preallocate(1).error(), DiskError::kIo);
}

// Whether each byte of the file has a place on the medium that needs no more than the byte itself;
// nothing where the file system does not tell.
std::optional<bool> is_written_through(const std::string& path) {
    constexpr unsigned kExtents = 64;
    fiemap head;
    std::memset(&head, 0, sizeof(head));
    head.fm_length = FIEMAP_MAX_OFFSET;
    head.fm_extent_count = kExtents;
    std::vector<std::byte> map(sizeof(head) + kExtents * sizeof(fiemap_extent));
    std::memcpy(map.data(), &head, sizeof(head));
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const int result = ::ioctl(descriptor, FS_IOC_FIEMAP, map.data());
    ::close(descriptor);
    if (result != 0) return std::nullopt;
    std::memcpy(&head, map.data(), sizeof(head));
    bool written = head.fm_mapped_extents > 0;
    for (unsigned i = 0; i < head.fm_mapped_extents; ++i) {
        constexpr unsigned kLater = FIEMAP_EXTENT_UNWRITTEN | FIEMAP_EXTENT_DELALLOC;
        fiemap_extent extent{};
        std::memcpy(&extent, &map.at(sizeof(head) + i * sizeof(extent)), sizeof(extent));
        written = written && (extent.fe_flags & kLater) == 0;
    }
    return written;
}

TEST(PosixFile, PreallocatesRoomThatASyncNeedNotChange) {
    const TestDirectory place;
    const auto file = opened(place.path())->create("f").value();
    ASSERT_TRUE(file->preallocate(std::uint64_t{3} << 20).has_value());
    const auto written = is_written_through(place.path() + "/f");
    if (!written) GTEST_SKIP() << "the file system here does not tell where a file lies";
    EXPECT_TRUE(*written);
}

TEST(PosixDisk, LocksOutOtherObjectsAndProcesses) {
    const TestDirectory place;
    const auto one = opened(place.path());
    const auto two = opened(place.path());
    auto held = one->lock().value();
    EXPECT_EQ(two->lock().error(), DiskError::kBusy);
    const auto busy_in_child = [&place] {
        const auto lock = opened(place.path())->lock();
        return !lock && lock.error() == DiskError::kBusy ? 1 : 0;
    };
    EXPECT_EQ(in_child(busy_in_child), 1);
    held.reset();
    EXPECT_EQ(in_child(busy_in_child), 0);
    EXPECT_TRUE(two->lock().has_value());
}

TEST(PosixDisk, LosesTheLockWithItsProcessInAnyWay) {
    const TestDirectory place;
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto held = opened(place.path())->lock();
        (void)!::write(pipe[1], "x", 1);
        while (true) ::pause();
    }
    char ready = 0;
    ASSERT_EQ(::read(pipe[0], &ready, 1), 1);
    const auto disk = opened(place.path());
    EXPECT_EQ(disk->lock().error(), DiskError::kBusy);
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_TRUE(disk->lock().has_value());
    for (const int end : pipe) ::close(end);
}

}  // namespace
}  // namespace comity::system
