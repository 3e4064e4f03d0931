// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace comity::server {

/// One end of a connection. A value.
struct Endpoint {
    std::string host;  ///< a name, or an IP address in its usual form, v6 without brackets
    std::uint16_t port = 0;
    bool is_address = false;  ///< an IP address
    bool is_loopback = false;
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// "127.0.0.1:8480", "[::1]:8480", "radar.example:30003"; absent where it is none. Names are of
/// `A-Z a-z 0-9 . -`, at most 253 bytes, and hold a letter; no name is looked up.
std::optional<Endpoint> parse_endpoint(std::string_view text);

/// Whether it is an origin as browsers write it (RFC 6454, 6.2): "https://comity.example", without
/// a path, in lower case, and without the port that its scheme has by itself.
bool is_web_origin(std::string_view text);

}  // namespace comity::server
