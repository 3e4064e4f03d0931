// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/chart/file_buffer.hpp"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

/// Files that are not part of the project; a benchmark that lacks one says so and is skipped.
namespace comity::bench {

inline std::string data_folder() {
    const char* set = std::getenv("COMITY_DATA");
    return set != nullptr ? set : "../shared/data";
}

inline std::optional<std::string> text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// The world's borders as ./dev run hatay-2015 fetches them.
inline constexpr const char* kWorldFile = "build/borders/osm.geojson";

}  // namespace comity::bench
