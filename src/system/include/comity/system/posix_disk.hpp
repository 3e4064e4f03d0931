// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace comity::system {

/// What may be done to a directory.
enum class Access : std::uint8_t {
    kReadOnly,   ///< files open for reading alone; every call that changes or syncs gives kRefused
    kReadWrite,  ///< the directory exists
    kCreate,     ///< as kReadWrite, and made where it does not exist; its parent does
};

/// A directory of a local file system. New directories and files are their owner's alone (modes
/// 0700, 0600). Names that are no regular file are listed, and give kRefused when they are opened:
/// a symbolic link is never followed. The directory's own path may go through links.
///
/// An error that base::DiskError has no word for (too many open files, a path that is too long) is
/// kIo. A file that grows over the limit that the process has set for itself (RLIMIT_FSIZE) gives
/// kNoSpace where the program ignores SIGXFSZ; where it does not, that signal ends it.
class PosixDisk final : public base::Disk {
  public:
    /// kNotFound where there is no such directory, or for kCreate no parent.
    static base::Expected<std::unique_ptr<PosixDisk>, base::DiskError> open(
        const std::string& directory, Access access);

    ~PosixDisk() override;

    base::Expected<std::unique_ptr<base::File>, base::DiskError> create(
        std::string_view name) override;
    base::Expected<std::unique_ptr<base::File>, base::DiskError> open(
        std::string_view name) override;
    base::Expected<void, base::DiskError> remove(std::string_view name) override;
    base::Expected<void, base::DiskError> rename(std::string_view from,
                                                 std::string_view to) override;
    base::Expected<std::vector<std::string>, base::DiskError> list() override;
    base::Expected<void, base::DiskError> sync_directory() override;

    /// Also with kReadOnly. A lock on the directory itself (flock), so that no file is left behind
    /// and none can be removed under its holder; two objects of one process exclude each other as
    /// well. A child process shares the lock until it ends or starts another program. On a network
    /// file system that cannot lock a directory it gives kIo.
    base::Expected<std::unique_ptr<base::DiskLock>, base::DiskError> lock() override;

  private:
    class Lock;

    PosixDisk(int directory, Access access) : directory_(directory), access_(access) {}

    bool read_only() const { return access_ == Access::kReadOnly; }
    base::Expected<std::unique_ptr<base::File>, base::DiskError> open_file(std::string_view name,
                                                                           int flags);

    int directory_;
    Access access_;
};

}  // namespace comity::system
