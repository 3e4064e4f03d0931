// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "disk_error.hpp"

#include "comity/base/disk.hpp"

#include <cerrno>

#include <gtest/gtest.h>

namespace comity::system {
namespace {

using base::DiskError;

TEST(DiskErrorOfErrno, HasAWordForEach) {
    for (const int error : {ENOENT, ENOTDIR}) EXPECT_EQ(disk_error(error), DiskError::kNotFound);
    EXPECT_EQ(disk_error(EEXIST), DiskError::kExists);
    // NOLINTNEXTLINE(misc-include-cleaner): <cerrno> has EDQUOT, the tool's table has not
    for (const int error : {ENOSPC, EDQUOT, EFBIG}) {
        EXPECT_EQ(disk_error(error), DiskError::kNoSpace);
    }
    for (const int error : {EACCES, EPERM, EROFS, EISDIR, ELOOP}) {
        EXPECT_EQ(disk_error(error), DiskError::kRefused);
    }
    EXPECT_EQ(disk_error(EWOULDBLOCK), DiskError::kBusy);
    for (const int error : {EIO, EMFILE, ENOLCK, EINVAL}) {
        EXPECT_EQ(disk_error(error), DiskError::kIo);
    }
}

TEST(Retried, CallsAgainWhereASignalCameBetween) {
    int calls = 0;
    const int result = retried([&calls] {
        errno = EINTR;
        return ++calls < 3 ? -1 : 7;
    });
    EXPECT_EQ(result, 7);
    EXPECT_EQ(calls, 3);
    EXPECT_EQ(retried([] {
                  errno = EIO;
                  return -1;
              }),
              -1);
}

}  // namespace
}  // namespace comity::system
