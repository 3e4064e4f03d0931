// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"

#include <cerrno>

namespace comity::system {

/// The disk's word for an errno.
base::DiskError disk_error(int error);

/// The disk's word for the errno of the call that has just failed.
inline base::Unexpected<base::DiskError> failed() {
    return base::Unexpected(disk_error(errno));
}

/// The result of a system call, made again as long as a signal interrupts it.
template <typename Call>
auto retried(Call call) {
    auto result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

}  // namespace comity::system
