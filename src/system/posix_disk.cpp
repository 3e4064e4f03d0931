// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/system/posix_disk.hpp"

#include "disk_error.hpp"
#include "posix_file.hpp"

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace comity::system {

using base::Disk;
using base::DiskError;
using base::DiskLock;
using base::Expected;
using base::File;
using base::is_file_name;
using base::Unexpected;

namespace {

constexpr mode_t kDirectoryMode = 0700;
constexpr mode_t kFileMode = 0600;
constexpr int kDirectoryFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
// A name that waits for somebody at its other end (a FIFO) does not hold up its opening.
constexpr int kFileFlags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

// A descriptor that is closed where nobody takes it.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    bool is_open() const { return number_ >= 0; }
    int get() const { return number_; }
    int take() { return std::exchange(number_, -1); }

  private:
    int number_;
};

int open_directory(int at, const char* path) {
    return retried([&] { return ::openat(at, path, kDirectoryFlags); });
}

// Makes the directory where it does not exist, and its name durable: also one that is there, since
// whoever made it may have ended before.
Expected<void, DiskError> make_directory(const std::string& path) {
    if (::mkdir(path.c_str(), kDirectoryMode) != 0 && errno != EEXIST) return failed();
    const Descriptor made(open_directory(AT_FDCWD, path.c_str()));
    if (!made.is_open()) return failed();
    const Descriptor parent(open_directory(made.get(), ".."));
    if (!parent.is_open() || ::fsync(parent.get()) != 0) return failed();
    return {};
}

}  // namespace

Expected<std::unique_ptr<PosixDisk>, DiskError> PosixDisk::open(const std::string& directory,
                                                                Access access) {
    if (access == Access::kCreate) {
        if (const auto made = make_directory(directory); !made) return Unexpected(made.error());
    }
    const int descriptor = open_directory(AT_FDCWD, directory.c_str());
    if (descriptor < 0) return failed();
    return std::unique_ptr<PosixDisk>(new PosixDisk(descriptor, access));
}

PosixDisk::~PosixDisk() {
    ::close(directory_);
}

Expected<std::unique_ptr<File>, DiskError> PosixDisk::create(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    if (read_only()) return Unexpected(DiskError::kRefused);
    return open_file(name, O_RDWR | O_CREAT | O_EXCL);
}

Expected<std::unique_ptr<File>, DiskError> PosixDisk::open(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    return open_file(name, read_only() ? O_RDONLY : O_RDWR);
}

Expected<std::unique_ptr<File>, DiskError> PosixDisk::open_file(std::string_view name, int flags) {
    const std::string path(name);
    Descriptor file(
        retried([&] { return ::openat(directory_, path.c_str(), flags | kFileFlags, kFileMode); }));
    if (!file.is_open()) return failed();
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return failed();
    if (!S_ISREG(status.st_mode)) return Unexpected(DiskError::kRefused);
    return std::make_unique<PosixFile>(file.take(), read_only());
}

Expected<void, DiskError> PosixDisk::remove(std::string_view name) {
    COMITY_CHECK(is_file_name(name));
    if (read_only()) return Unexpected(DiskError::kRefused);
    if (::unlinkat(directory_, std::string(name).c_str(), 0) != 0) return failed();
    return {};
}

Expected<void, DiskError> PosixDisk::rename(std::string_view from, std::string_view to) {
    COMITY_CHECK(is_file_name(from) && is_file_name(to));
    if (read_only()) return Unexpected(DiskError::kRefused);
    const std::string was(from);
    const std::string becomes(to);
    // NOLINTNEXTLINE(misc-include-cleaner): POSIX has it in <stdio.h>, which is C's
    if (::renameat(directory_, was.c_str(), directory_, becomes.c_str()) != 0) return failed();
    return {};
}

Expected<std::vector<std::string>, DiskError> PosixDisk::list() {
    // Opened anew: the place in a listing belongs to the open directory, which threads share.
    Descriptor own(open_directory(directory_, "."));
    if (!own.is_open()) return failed();
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(own.get()), ::closedir);
    if (entries == nullptr) return failed();
    (void)own.take();
    std::vector<std::string> names;
    errno = 0;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the open listing is this call's own
    while (const dirent* entry = ::readdir(entries.get())) {
        const std::string_view name(entry->d_name);
        if (name != "." && name != "..") names.emplace_back(name);
        errno = 0;
    }
    if (errno != 0) return failed();
    std::sort(names.begin(), names.end());
    return names;
}

Expected<void, DiskError> PosixDisk::sync_directory() {
    if (read_only()) return Unexpected(DiskError::kRefused);
    // Called once, as for a file: a second call tells nothing.
    if (::fsync(directory_) != 0) return failed();
    return {};
}

class PosixDisk::Lock final : public DiskLock {
  public:
    explicit Lock(int descriptor) : descriptor_(descriptor) {}
    ~Lock() override { ::close(descriptor_); }

  private:
    int descriptor_;
};

Expected<std::unique_ptr<DiskLock>, DiskError> PosixDisk::lock() {
    // The lock belongs to one opening of the directory, so each holder has its own.
    Descriptor own(open_directory(directory_, "."));
    if (!own.is_open()) return failed();
    if (retried([&] { return ::flock(own.get(), LOCK_EX | LOCK_NB); }) != 0) return failed();
    return std::make_unique<Lock>(own.take());
}

}  // namespace comity::system
