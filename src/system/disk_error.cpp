// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "disk_error.hpp"

#include "comity/base/disk.hpp"

#include <cerrno>

namespace comity::system {

using base::DiskError;

DiskError disk_error(int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            return DiskError::kNotFound;
        case EEXIST:
            return DiskError::kExists;
        case ENOSPC:
        case EDQUOT:  // NOLINT(misc-include-cleaner): <cerrno> has it, the tool's table has not
        case EFBIG:
            return DiskError::kNoSpace;
        case EACCES:
        case EPERM:
        case EROFS:
        case EISDIR:
        case ELOOP:
            return DiskError::kRefused;
        case EWOULDBLOCK:
            return DiskError::kBusy;
        default:
            return DiskError::kIo;
    }
}

}  // namespace comity::system
