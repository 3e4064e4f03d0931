// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>

namespace comity::server {
namespace {

constexpr std::size_t kMaxName = 253;  // RFC 1035, 2.3.4, as text

bool is_letter(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

bool is_host_name(std::string_view text) {
    const auto is_allowed = [](char c) {
        return is_letter(c) || ('0' <= c && c <= '9') || c == '.' || c == '-';
    };
    // Without a letter it would be an address that is misspelt.
    return !text.empty() && text.size() <= kMaxName && std::ranges::all_of(text, is_allowed) &&
           std::ranges::any_of(text, is_letter) && text.front() != '.' && text.front() != '-';
}

// No sign, no blanks, no zeros in front.
std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    return port;
}

std::optional<Endpoint> host_of(std::string_view text) {
    const bool is_bracketed = text.starts_with('[') && text.ends_with(']');
    if (is_bracketed) text = text.substr(1, text.size() - 2);
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(text, error);
    if (!error && address.is_v6() == is_bracketed) {
        return Endpoint{
            .host = address.to_string(), .is_address = true, .is_loopback = address.is_loopback()};
    }
    if (is_bracketed || !is_host_name(text)) return std::nullopt;
    return Endpoint{.host = std::string(text)};
}

}  // namespace

std::optional<Endpoint> parse_endpoint(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto endpoint = host_of(text.substr(0, colon));
    const auto port = parse_port(text.substr(colon + 1));
    if (!endpoint || !port) return std::nullopt;
    endpoint->port = *port;
    return endpoint;
}

bool is_web_origin(std::string_view text) {
    constexpr std::pair<std::string_view, std::string_view> kSchemes[] = {{"https://", ":443"},
                                                                          {"http://", ":80"}};
    for (const auto& [scheme, own_port] : kSchemes) {
        if (!text.starts_with(scheme) || text.ends_with(own_port)) continue;
        const std::string_view rest = text.substr(scheme.size());
        if (std::ranges::any_of(rest, [](char c) { return 'A' <= c && c <= 'Z'; })) return false;
        // A colon outside of brackets is the port's.
        const std::size_t colon = rest.rfind(':');
        const bool has_port = colon != std::string_view::npos && !rest.ends_with(']');
        if (!has_port) return host_of(rest).has_value();
        const auto endpoint = parse_endpoint(rest);
        return endpoint && endpoint->port != 0;
    }
    return false;
}

}  // namespace comity::server
