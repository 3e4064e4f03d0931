// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace comity::system {

/// A new, empty directory, removed with all that is in it at the end.
class TestDirectory {
  public:
    TestDirectory() {
        std::string path = ::testing::TempDir() + "comity_XXXXXX";
        EXPECT_NE(::mkdtemp(path.data()), nullptr);
        path_ = path;
    }
    TestDirectory(const TestDirectory&) = delete;
    TestDirectory& operator=(const TestDirectory&) = delete;
    ~TestDirectory() { std::filesystem::remove_all(path_); }

    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace comity::system
