// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "response_head.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace comity::server {
namespace {

struct Reason {
    unsigned status;
    std::string_view words;
};
constexpr Reason kReasons[] = {
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

// The phrase is for people alone and may be empty (RFC 9112, 4).
std::string_view reason_of(unsigned status) {
    const auto* const found = std::ranges::find(kReasons, status, &Reason::status);
    return found == std::end(kReasons) ? std::string_view() : found->words;
}

bool is_own(std::string_view name) {
    return name == "content-length" || name == "transfer-encoding" || name == "date" ||
           name == "connection";
}

bool is_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool is_value(std::string_view value) {
    return std::ranges::all_of(value, [](char c) {
        return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) || c == '\t';
    });
}

// The key that shows that we read the handshake: base64(SHA-1(key + the protocol's own number)).
std::string accept_key(std::string_view key) {
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, 20> digest{};
    COMITY_CHECK(
        EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr) == 1);
    std::array<unsigned char, 29> encoded{};
    const int size = EVP_EncodeBlock(encoded.data(), digest.data(), digest.size());
    return std::string(encoded.begin(), encoded.begin() + size);
}

}  // namespace

std::string http_date(std::chrono::sys_seconds time) {
    constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
        static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
        clock.seconds().count());
}

bool is_sendable(const HttpResponse& response) {
    return response.status >= 200 && response.status <= 599 &&
           std::ranges::all_of(response.headers, [](const Header& header) {
               return is_name(header.name) && is_value(header.value);
           });
}

bool may_have_body(unsigned status) {
    return status >= 200 && status != 204 && status != 304;
}

std::string response_head(const HttpResponse& response, bool closes, std::string_view date) {
    std::string head;
    head.reserve(256);
    auto out = std::back_inserter(head);
    fmt::format_to(out, "HTTP/1.1 {} {}\r\ndate: {}\r\n", response.status,
                   reason_of(response.status), date);
    for (const Header& header : response.headers) {
        if (!is_own(header.name)) fmt::format_to(out, "{}: {}\r\n", header.name, header.value);
    }
    if (may_have_body(response.status)) {
        fmt::format_to(out, "content-length: {}\r\n", response.body ? response.body->size() : 0);
    }
    if (closes) head += "connection: close\r\n";
    head += "\r\n";
    return head;
}

std::string upgrade_head(std::string_view key, std::string_view protocol, std::string_view date) {
    std::string head = fmt::format(
        "HTTP/1.1 101 Switching Protocols\r\ndate: {}\r\nupgrade: websocket\r\n"
        "connection: upgrade\r\nsec-websocket-accept: {}\r\n",
        date, accept_key(key));
    if (!protocol.empty()) {
        fmt::format_to(std::back_inserter(head), "sec-websocket-protocol: {}\r\n", protocol);
    }
    head += "\r\n";
    return head;
}

}  // namespace comity::server
