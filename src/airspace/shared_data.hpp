// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace comity::airspace {

/// A file of the data that tests use where it is present (it is not part of the project): below
/// COMITY_DATA, else beside the source folder.
inline std::filesystem::path shared_data(const std::string& name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): tests have one thread
    const char* const stated = std::getenv("COMITY_DATA");
    const std::filesystem::path beside =
        std::filesystem::path(COMITY_SOURCE_DIR) / "../shared/data";
    return (stated != nullptr ? std::filesystem::path(stated) : beside) / name;
}

/// Why a test is skipped without it.
inline std::string missing_data(const std::string& name) {
    return name + " is not there: set COMITY_DATA to the folder of shared data";
}

inline std::optional<std::string> file_content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// The rows of a simple CSV (no quotes) as column -> cell. Lines that begin with # are left out.
inline std::vector<std::map<std::string, std::string>> simple_csv(const std::string& text) {
    const auto cells_of = [](const std::string& line) {
        std::vector<std::string> cells(1);
        for (const char c : line) {
            if (c == ',') {
                cells.emplace_back();
            } else if (c != '\r') {
                cells.back() += c;
            }
        }
        return cells;
    };
    std::vector<std::map<std::string, std::string>> rows;
    std::vector<std::string> header;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() == '#') continue;
        const std::vector<std::string> row = cells_of(line);
        if (header.empty()) {
            header = row;
            continue;
        }
        rows.emplace_back();
        for (std::size_t i = 0; i < header.size(); ++i) rows.back()[header[i]] = row.at(i);
    }
    return rows;
}

}  // namespace comity::airspace
