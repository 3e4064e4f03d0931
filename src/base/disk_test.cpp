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

TEST(FileName, IsOneNameInADirectory) {
    for (const std::string& name : {std::string("a"), std::string("..."), std::string(255, 'a')}) {
        EXPECT_TRUE(is_file_name(name)) << name;
    }
    for (const std::string& name :
         {std::string(), std::string("."), std::string(".."), std::string("a/b"),
          std::string("a\0b", 3), std::string(256, 'a')}) {
        EXPECT_FALSE(is_file_name(name)) << name;
    }
}

}  // namespace
}  // namespace comity::base
