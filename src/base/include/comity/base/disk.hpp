// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::base {

enum class [[nodiscard]] DiskError{
    kNotFound,  ///< no file of this name
    kExists,    ///< a file of this name is there already
    kNoSpace,   ///< no room on the medium, or a quota is used up
    kRefused,   ///< not allowed: permissions, or a medium that is read-only
    kIo,        ///< the medium failed
    kBroken,    ///< a sync of this open file failed before; see File::sync
    kBusy,      ///< somebody else holds the lock
};

/// Words for a person: what went wrong.
const char* to_string(DiskError error);

/// One open file: an array of bytes that can grow. A resource, closed by its destructor, which
/// syncs nothing.
///
/// Durability. What was written is visible to reads at once, and survives a crash only from a
/// `sync` on that succeeded after it. Of what was written since, each block of `kBlock` bytes holds
/// after a crash what it held at the last sync or after any write since, each block for itself; and
/// the size is one of those that it has had since.
///
/// Threads. A file is used by one thread at a time, different files by different ones.
class File {
  public:
    /// What a medium writes whole, in bytes, at multiples of itself.
    static constexpr std::size_t kBlock = 512;

    File() = default;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    virtual ~File() = default;

    /// In bytes.
    virtual Expected<std::uint64_t, DiskError> size() = 0;

    /// Makes the file at least this long, the new bytes 0, and reserves room for all of it: a write
    /// within it then neither fails with kNoSpace nor changes the size, which spares each sync a
    /// second write.
    virtual Expected<void, DiskError> preallocate(std::uint64_t size) = 0;

    /// Writes all of `bytes` at `offset`; the file grows where they end behind its end, and a gap
    /// reads as 0. After an error any part of them may be written.
    virtual Expected<void, DiskError> write_at(std::uint64_t offset,
                                               std::span<const std::byte> bytes) = 0;

    /// Reads into `bytes` from `offset` and says how many bytes it read: fewer than asked for only
    /// where the file ends before.
    virtual Expected<std::size_t, DiskError> read_at(std::uint64_t offset,
                                                     std::span<std::byte> bytes) = 0;

    /// Returns when the contents and the size are durable. After an error it is never tried again:
    /// the system may have dropped the writes that it could not make, and a second sync would
    /// succeed without them. From then on every write, preallocation and sync through this object
    /// gives kBroken. Nothing that was written since the last sync that succeeded counts as
    /// durable, even where a file opened anew shows it, until it is written and synced again
    /// through that.
    virtual Expected<void, DiskError> sync() = 0;
};

/// Held from `Disk::lock` until it is destroyed, or its process ends in any way. A resource.
class DiskLock {
  public:
    DiskLock() = default;
    DiskLock(const DiskLock&) = delete;
    DiskLock& operator=(const DiskLock&) = delete;
    virtual ~DiskLock() = default;
};

/// Whether this can name a file: 1 to 255 bytes, without '/' and 0, and not "." or "..".
bool is_file_name(std::string_view name);

/// One directory with files in it. A name that is none (is_file_name) fails a check. A resource; it
/// outlives its files.
///
/// Durability. Names that were created, renamed or removed since the last `sync_directory` are
/// after a crash as some number of these steps, from the first on, left them. A new file whose name
/// is not durable is lost, synced or not.
///
/// Threads. Any thread; a step on names is seen by all of them or by none.
class Disk {
  public:
    Disk() = default;
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
    virtual ~Disk() = default;

    /// A new, empty file, to read and write. kExists where there is one.
    virtual Expected<std::unique_ptr<File>, DiskError> create(std::string_view name) = 0;

    /// The file of this name, to read and write. kNotFound where there is none.
    virtual Expected<std::unique_ptr<File>, DiskError> open(std::string_view name) = 0;

    /// A file that is open stays usable without its name. kNotFound where there is none.
    virtual Expected<void, DiskError> remove(std::string_view name) = 0;

    /// In one step, also where `to` exists and is replaced. kNotFound where there is no `from`.
    virtual Expected<void, DiskError> rename(std::string_view from, std::string_view to) = 0;

    /// All names, sorted by their bytes.
    virtual Expected<std::vector<std::string>, DiskError> list() = 0;

    /// Returns when all names are durable. After an error it is not known which are, and a second
    /// call tells no more: the program ends and recovers.
    virtual Expected<void, DiskError> sync_directory() = 0;

    /// The one writer of this directory: of all processes and objects that ask, one holds it.
    /// kBusy, at once, where another does. It keeps only those out who ask.
    virtual Expected<std::unique_ptr<DiskLock>, DiskError> lock() = 0;
};

}  // namespace comity::base
