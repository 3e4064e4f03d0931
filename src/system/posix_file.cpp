// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "posix_file.hpp"

#include "disk_error.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace comity::system {

using base::DiskError;
using base::Expected;
using base::Unexpected;

namespace {

// Bytes of zeros that preallocate writes at once.
constexpr std::size_t kZeros = std::size_t{1} << 20;
// No file is longer: what the system counts in.
constexpr auto kMaxOffset = static_cast<std::uint64_t>(std::numeric_limits<off_t>::max());

// posix_fallocate gives its error back and leaves errno alone.
int reserve(int descriptor, std::uint64_t size) {
    int error = EINTR;
    while (error == EINTR) error = ::posix_fallocate(descriptor, 0, static_cast<off_t>(size));
    return error;
}

}  // namespace

PosixFile::~PosixFile() {
    ::close(descriptor_);
}

Expected<std::uint64_t, DiskError> PosixFile::size() {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) return failed();
    return static_cast<std::uint64_t>(status.st_size);
}

Expected<void, DiskError> PosixFile::preallocate(std::uint64_t size) {
    if (const auto may = changeable(); !may) return may;
    if (size > kMaxOffset) return Unexpected(DiskError::kNoSpace);
    const auto before = this->size();
    if (!before) return Unexpected(before.error());
    if (size == 0) return {};
    // First the room, so that a full medium answers before anything is written; also for gaps.
    if (const int error = reserve(descriptor_, size); error != 0) {
        return Unexpected(disk_error(error));
    }
    if (size <= *before) return {};
    if (const auto zeros = write_zeros(*before, size); !zeros) return zeros;
    return sync();
}

Expected<void, DiskError> PosixFile::write_at(std::uint64_t offset,
                                              std::span<const std::byte> bytes) {
    if (const auto may = changeable(); !may) return may;
    if (offset > kMaxOffset || bytes.size() > kMaxOffset - offset) {
        return Unexpected(DiskError::kNoSpace);
    }
    while (!bytes.empty()) {
        const ssize_t count = retried([&] {
            return ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        });
        if (count < 0) return failed();
        if (count == 0) return Unexpected(DiskError::kIo);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

Expected<std::size_t, DiskError> PosixFile::read_at(std::uint64_t offset,
                                                    std::span<std::byte> bytes) {
    std::size_t done = 0;
    while (done < bytes.size() && offset + done <= kMaxOffset) {
        const auto rest = bytes.subspan(done);
        const ssize_t count = retried([&] {
            return ::pread(descriptor_, rest.data(), rest.size(),
                           static_cast<off_t>(offset + done));
        });
        if (count < 0) return failed();
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

Expected<void, DiskError> PosixFile::sync() {
    if (const auto may = changeable(); !may) return may;
    // Called once, whatever stopped it: a second call may succeed without the writes.
    if (::fdatasync(descriptor_) != 0) {
        broken_ = true;
        return failed();
    }
    return {};
}

Expected<void, DiskError> PosixFile::changeable() const {
    if (read_only_) return Unexpected(DiskError::kRefused);
    if (broken_) return Unexpected(DiskError::kBroken);
    return {};
}

Expected<void, DiskError> PosixFile::write_zeros(std::uint64_t begin, std::uint64_t end) {
    const std::vector<std::byte> zeros(std::min<std::uint64_t>(kZeros, end - begin));
    while (begin < end) {
        const auto part =
            std::span(zeros).first(std::min<std::uint64_t>(zeros.size(), end - begin));
        if (const auto written = write_at(begin, part); !written) return written;
        begin += part.size();
    }
    return {};
}

}  // namespace comity::system
