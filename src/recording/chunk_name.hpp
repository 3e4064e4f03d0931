// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/recording/chunk.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Names of files (docs/formats/recording.md). Each says what is in it, so that a directory is
/// listed without reading its files.
namespace comity::recording {

inline constexpr std::string_view kNewSuffix = ".new";

/// Whether it is in the years 1970 to 9999.
bool is_time(Instant instant);

struct ChunkName {
    std::string feed;
    Instant begin{};
    Instant end{};
    std::uint64_t number = 0;
    friend bool operator==(const ChunkName&, const ChunkName&) = default;
};

/// "20151124T072405.123Z-20151124T072459.987Z-0000000001-FEED.chunk".
std::string to_string(const ChunkName& name);
/// Reads what `to_string` writes, and nothing else.
std::optional<ChunkName> chunk_name_from(std::string_view text);

/// The file of an open chunk.
struct OpenName {
    std::string feed;
    std::uint64_t number = 0;
    friend auto operator<=>(const OpenName&, const OpenName&) = default;
};

/// "0000000001-FEED.open".
std::string to_string(const OpenName& name);
std::optional<OpenName> open_name_from(std::string_view text);

}  // namespace comity::recording
