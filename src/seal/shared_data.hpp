// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace comity {

/// The whole of a file; absent where it cannot be opened. For tests.
inline std::optional<std::string> file_content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Where a file of the data is that tests use where it is present (it is not part of the project):
/// below COMITY_DATA, else beside the source folder.
inline std::filesystem::path shared_data_path(const std::string& name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): tests have one thread
    const char* const stated = std::getenv("COMITY_DATA");
    const std::filesystem::path beside =
        std::filesystem::path(COMITY_SOURCE_DIR) / "../shared/data";
    return (stated != nullptr ? std::filesystem::path(stated) : beside) / name;
}

inline std::optional<std::string> shared_data(const std::string& name) {
    return file_content(shared_data_path(name));
}

/// Why a test is skipped without it.
inline std::string missing_data(const std::string& name) {
    return name + " is not there: set COMITY_DATA to the folder of shared data";
}

}  // namespace comity
