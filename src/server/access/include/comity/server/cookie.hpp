// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The cookie that carries a session (RFC 6265). Over TLS its name begins with "__Host-", by which
/// browsers take it from this host alone and only over TLS.
namespace comity::server {

/// "__Host-comity_session" over TLS, else "comity_session".
std::string_view session_cookie_name(bool is_tls);

/// The value of Set-Cookie: for this host, unseen by scripts, never sent along from another site,
/// gone when the browser closes. The token is one of Sessions.
std::string session_cookie(std::string_view token, bool is_tls);
/// The value of Set-Cookie that removes it.
std::string ended_session_cookie(bool is_tls);

/// The token in the value of Cookie, as a view of it. Absent where there is none, or more than one
/// cookie of the name: then another host or path has set one.
std::optional<std::string_view> session_token(std::string_view cookie_header, bool is_tls);

}  // namespace comity::server
