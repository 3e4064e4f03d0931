// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/server/http.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace comity::server {

/// As in the header "date" (RFC 9110, 5.6.7).
std::string http_date(std::chrono::sys_seconds time);

/// A status of three digits, names that are tokens, values without control characters: what can
/// neither end a header line early nor begin another one.
bool is_sendable(const HttpResponse& response);

/// A response of this status has a body (RFC 9112, 6.3); what another one holds is not sent.
bool may_have_body(unsigned status);

/// The bytes before the body. What the transport says itself (content-length, transfer-encoding,
/// date, connection) is left out of the response's own headers.
std::string response_head(const HttpResponse& response, bool closes, std::string_view date);

/// The answer that turns a connection into a WebSocket (RFC 6455, 4.2.2).
std::string upgrade_head(std::string_view key, std::string_view protocol, std::string_view date);

}  // namespace comity::server
