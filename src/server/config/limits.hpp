// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/config.hpp"

#include <cstdint>

namespace comity::server {

/// One key of `limits`, and what it may be.
struct LimitRow {
    const char* key;
    std::uint64_t Config::Limits::*member;
    std::uint64_t least;
    std::uint64_t most;
    const char* unit;
};

/// All of them, in the order of the page. The greatest body is that of an envelope (23 MiB).
inline constexpr LimitRow kLimitRows[] = {
    {"body_bytes", &Config::Limits::body_bytes, 4'096, 24'117'248, "bytes"},
    {"requests_per_second", &Config::Limits::requests_per_second, 1, 100'000, ""},
    {"burst", &Config::Limits::burst, 1, 100'000, ""},
    {"connections", &Config::Limits::connections, 1, 100'000, ""},
    {"connections_per_address", &Config::Limits::connections_per_address, 1, 100'000, ""},
    {"streams_per_party", &Config::Limits::streams_per_party, 1, 10'000, ""},
    {"queue", &Config::Limits::queue, 16, 1'000'000, ""},
    {"header_seconds", &Config::Limits::header_seconds, 1, 300, "s"},
    {"body_seconds", &Config::Limits::body_seconds, 1, 3'600, "s"},
    {"idle_seconds", &Config::Limits::idle_seconds, 1, 3'600, "s"},
    {"write_seconds", &Config::Limits::write_seconds, 1, 3'600, "s"},
    {"session_minutes", &Config::Limits::session_minutes, 5, 10'080, "min"},
    {"session_idle_minutes", &Config::Limits::session_idle_minutes, 1, 10'080, "min"},
    {"sign_in_per_minute", &Config::Limits::sign_in_per_minute, 1, 1'000, ""},
};

}  // namespace comity::server
