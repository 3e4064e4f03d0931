// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/disk.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace comity::base {
namespace {

TEST(DiskError, HasWordsForEach) {
    std::set<std::string> words;
    for (const auto error :
         {DiskError::kNotFound, DiskError::kExists, DiskError::kNoSpace, DiskError::kRefused,
          DiskError::kIo, DiskError::kBroken, DiskError::kBusy}) {
        words.insert(to_string(error));
    }
    EXPECT_EQ(words.size(), 7U);
    EXPECT_FALSE(words.contains("unknown error"));
}

}  // namespace
}  // namespace comity::base
