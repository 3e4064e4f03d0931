// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "request_head.hpp"

#include "target.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace comity::server {
namespace {

using enum RequestFault;

constexpr std::string_view kEndOfLine = "\r\n";
constexpr std::size_t kMaxMethod = 32;
constexpr std::size_t kMaxLengthDigits = 18;

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

// A token of RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_alphanumeric(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_words(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

// The text up to the separator, which is taken off `rest` with it.
std::string_view take(std::string_view& rest, std::string_view separator) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(std::min(end + separator.size(), rest.size()));
    return taken;
}

std::optional<RequestFault> read_line(std::string_view line, RequestHead& head) {
    const std::string_view method = take(line, " ");
    const std::string_view target = take(line, " ");
    const std::string_view version = line;
    if (!is_token(method) || method.size() > kMaxMethod || target.empty()) return kLine;
    const bool is_version = version.size() == 8 && version.starts_with("HTTP/") &&
                            is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
    if (!is_version) return kLine;
    head.keeps_alive = version == "HTTP/1.1";
    if (!head.keeps_alive && version != "HTTP/1.0") return kVersion;
    auto parsed = parse_target(target);
    if (!parsed) return kTarget;
    head.request.method = method;
    head.request.path = std::move(parsed->path);
    head.request.query = std::move(parsed->query);
    return std::nullopt;
}

// Lines that begin with a blank (once the way to go on with the line before) have no name here,
// nor has a name that a blank separates from its colon.
std::optional<RequestFault> read_header(std::string_view line, HttpRequest& request) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon))) return kHeader;
    if (request.headers.size() == kMaxHeaders) return kTooManyHeaders;
    Header header{.name = std::string(line.substr(0, colon)),
                  .value = std::string(trimmed(line.substr(colon + 1)))};
    std::ranges::transform(header.name, header.name.begin(), lower);
    request.headers.push_back(std::move(header));
    return std::nullopt;
}

std::size_t count_of(const HttpRequest& request, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::count(request.headers, name, &Header::name));
}

// A host, or one with a port: the characters alone, since no answer depends on it.
bool is_host(std::string_view value) {
    return std::ranges::all_of(value, [](char c) {
        return is_alphanumeric(c) ||
               std::string_view("-._~%!$&'()*+;=:[]").find(c) != std::string_view::npos;
    });
}

std::optional<RequestFault> read_framing(RequestHead& head) {
    const HttpRequest& request = head.request;
    const std::size_t lengths = count_of(request, "content-length");
    const std::size_t encodings = count_of(request, "transfer-encoding");
    if (encodings > 0) {
        if (lengths > 0 || encodings > 1 || !head.keeps_alive) return kEncoding;
        if (!equal_words(request.header("transfer-encoding"), "chunked")) return kEncodingUnknown;
        head.is_chunked = true;
    } else if (lengths > 0) {
        const std::string_view value = request.header("content-length");
        if (lengths > 1 || value.empty() || value.size() > kMaxLengthDigits ||
            !std::ranges::all_of(value, is_digit)) {
            return kLength;
        }
        std::from_chars(value.data(), value.data() + value.size(), head.content_length);
    }
    return std::nullopt;
}

std::optional<RequestFault> read_wishes(RequestHead& head) {
    const HttpRequest& request = head.request;
    const std::size_t hosts = count_of(request, "host");
    if (hosts > 1 || (hosts == 0 && head.keeps_alive) || !is_host(request.header("host"))) {
        return kHost;
    }
    const std::string_view expectation = request.header("expect");
    if (head.keeps_alive && !expectation.empty()) {
        if (!equal_words(expectation, "100-continue")) return kExpectation;
        head.expects_continue = true;
    }
    for (const Header& header : request.headers) {
        if (header.name == "connection" && has_token(header.value, "close")) {
            head.keeps_alive = false;
        }
    }
    return std::nullopt;
}

}  // namespace

HeadSearch find_head_end(std::string_view bytes, std::size_t position) {
    using enum HeadSearch::State;
    for (std::size_t i = position; i < bytes.size(); ++i) {
        const auto c = static_cast<unsigned char>(bytes[i]);
        if (c == '\r') {
            if (i + 1 == bytes.size()) return {.state = kMore, .position = i};
            if (bytes[i + 1] != '\n') return {.state = kBroken};
            if (i >= 2 && bytes.substr(i - 2, 2) == kEndOfLine) {
                return {.state = kEnd, .position = i + 2};
            }
            ++i;
        } else if ((c < 0x20 && c != '\t') || c == 0x7F) {
            return {.state = kBroken};
        }
    }
    return {.state = kMore, .position = bytes.size()};
}

base::Expected<RequestHead, RequestFault> parse_request_head(std::string_view head) {
    RequestHead parsed;
    if (const auto fault = read_line(take(head, kEndOfLine), parsed)) {
        return base::Unexpected(*fault);
    }
    while (!head.empty()) {
        const std::string_view line = take(head, kEndOfLine);
        if (line.empty()) break;
        if (const auto fault = read_header(line, parsed.request)) return base::Unexpected(*fault);
    }
    if (const auto fault = read_framing(parsed)) return base::Unexpected(*fault);
    if (const auto fault = read_wishes(parsed)) return base::Unexpected(*fault);
    return parsed;
}

bool has_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        if (equal_words(trimmed(take(list, ",")), token)) return true;
    }
    return false;
}

bool wants_stream(const HttpRequest& request) {
    return request.method == "GET" && has_token(request.header("connection"), "upgrade") &&
           has_token(request.header("upgrade"), "websocket");
}

std::optional<RequestFault> handshake_fault(const RequestHead& head) {
    if (head.request.header("sec-websocket-version") != "13") return kUpgradeVersion;
    // 16 bytes are 22 digits of base64 and two signs that fill up.
    const std::string_view key = head.request.header("sec-websocket-key");
    const bool is_key = key.size() == 24 && key.ends_with("==") &&
                        std::ranges::all_of(key.substr(0, 22), [](char c) {
                            return is_alphanumeric(c) || c == '+' || c == '/';
                        });
    if (!is_key || head.has_body()) return kUpgrade;
    return std::nullopt;
}

}  // namespace comity::server
