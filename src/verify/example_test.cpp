// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The bundle of docs/examples is what the code makes today. Where it is meant to change, run this
// test with COMITY_WRITE_EXAMPLE=1: it writes the files anew.
#include "example_bundle.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace comity::verify {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(COMITY_SOURCE_DIR) / "docs" / "examples" / "bundle";

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const BundleFile& file) {
    fs::create_directories((kFolder / file.name).parent_path());
    std::ofstream(kFolder / file.name, std::ios::binary) << file.content;
}

TEST(ExampleBundle, IsWhatTheCodeMakes) {
    const auto files = write_bundle(testing::Example().content());
    ASSERT_TRUE(files.has_value()) << files.error().text;
    std::set<fs::path> expected;
    for (const BundleFile& file : *files) {
        if (std::getenv("COMITY_WRITE_EXAMPLE") != nullptr) write(file);
        EXPECT_EQ(read(kFolder / file.name), file.content) << file.name;
        expected.insert(kFolder / file.name);
    }
    std::set<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(kFolder)) {
        if (entry.is_regular_file()) found.insert(entry.path());
    }
    EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace comity::verify
