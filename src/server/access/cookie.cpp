// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/cookie.hpp"

#include "secret_text.hpp"

#include "comity/base/check.hpp"

#include <algorithm>

namespace comity::server {
namespace {

constexpr std::string_view kPlainName = "comity_session";
constexpr std::string_view kTlsName = "__Host-comity_session";

std::string set_cookie(std::string_view value, bool is_tls) {
    return std::string(session_cookie_name(is_tls)) + "=" + std::string(value) +
           "; Path=/; HttpOnly; SameSite=Strict" + (is_tls ? "; Secure" : "");
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string_view session_cookie_name(bool is_tls) {
    return is_tls ? kTlsName : kPlainName;
}

std::string session_cookie(std::string_view token, bool is_tls) {
    COMITY_CHECK(is_token(token));
    return set_cookie(token, is_tls);
}

std::string ended_session_cookie(bool is_tls) {
    return set_cookie("", is_tls) + "; Max-Age=0";
}

std::optional<std::string_view> session_token(std::string_view cookie_header, bool is_tls) {
    std::optional<std::string_view> token;
    for (std::size_t begin = 0; begin < cookie_header.size();) {
        const std::size_t end = std::min(cookie_header.find(';', begin), cookie_header.size());
        const std::string_view pair = cookie_header.substr(begin, end - begin);
        begin = end + 1;
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        if (trimmed(pair.substr(0, equals)) != session_cookie_name(is_tls)) continue;
        if (token) return std::nullopt;
        token = trimmed(pair.substr(equals + 1));
    }
    if (token && !is_token(*token)) return std::nullopt;
    return token;
}

}  // namespace comity::server
