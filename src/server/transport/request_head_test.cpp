// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "request_head.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using enum RequestFault;
using namespace std::string_view_literals;
using State = HeadSearch::State;

TEST(RequestHead, ReadsAHead) {
    const auto head = parse_request_head(
        "PUT /a%20b?c=d HTTP/1.1\r\nHost: example.org:8480\r\nX-Note:\t two words \t\r\n"
        "Empty:\r\nContent-Length: 007\r\nExpect: 100-Continue\r\nx-caf\x65: \xC3\xA9\r\n\r\n");
    ASSERT_TRUE(head);
    EXPECT_EQ(head->request.method, "PUT");
    EXPECT_EQ(head->request.path, "/a b");
    EXPECT_EQ(head->request.query, "c=d");
    EXPECT_EQ(head->request.header("host"), "example.org:8480");
    EXPECT_EQ(head->request.header("x-note"), "two words");
    EXPECT_EQ(head->request.headers.size(), 6U);
    EXPECT_EQ(head->request.header("x-cafe"), "\xC3\xA9");
    EXPECT_EQ(head->content_length, 7U);
    EXPECT_TRUE(head->has_body());
    EXPECT_TRUE(head->keeps_alive);
    EXPECT_TRUE(head->expects_continue);
    EXPECT_FALSE(head->is_chunked);
}

TEST(RequestHead, ReadsHowItIsFramed) {
    const auto chunked =
        parse_request_head("POST / HTTP/1.1\r\nHost:\r\nTransfer-Encoding: CHUNKED\r\n\r\n");
    ASSERT_TRUE(chunked);
    EXPECT_TRUE(chunked->is_chunked);
    EXPECT_TRUE(chunked->has_body());
    const auto none = parse_request_head("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    ASSERT_TRUE(none);
    EXPECT_FALSE(none->has_body());
    for (const std::string_view text :
         {"GET / HTTP/1.0\r\n\r\n"sv, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"sv,
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: a, Close\r\n\r\n"sv,
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: a\r\n"
          "Connection: close\r\n\r\n"sv}) {
        const auto head = parse_request_head(text);
        ASSERT_TRUE(head) << text;
        EXPECT_FALSE(head->keeps_alive) << text;
    }
}

TEST(RequestHead, RefusesWhatHasTwoReadings) {
    struct Row {
        std::string_view head;
        RequestFault fault;
    };
    const std::string long_method(33, 'A');
    const std::string long_line = long_method + " / HTTP/1.1\r\nHost: a\r\n\r\n";
    const Row rows[] = {
        {"\r\n", kLine},
        {"GET\r\n\r\n", kLine},
        {"GET /\r\n\r\n", kLine},
        {" GET / HTTP/1.1\r\nHost: a\r\n\r\n", kLine},
        {"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", kLine},
        {"GET /  HTTP/1.1\r\nHost: a\r\n\r\n", kLine},
        {"GET / HTTP/1.1 \r\nHost: a\r\n\r\n", kLine},
        {"GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", kLine},
        {"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", kLine},
        {"GET / http/1.1\r\nHost: a\r\n\r\n", kLine},
        {"GET / HTTP/1.10\r\nHost: a\r\n\r\n", kLine},
        {long_line, kLine},
        {"GET / HTTP/1.2\r\nHost: a\r\n\r\n", kVersion},
        {"GET / HTTP/0.9\r\nHost: a\r\n\r\n", kVersion},
        {"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", kTarget},
        {"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", kTarget},
        {"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", kTarget},
        {"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", kTarget},
        {"GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n", kHeader},
        {"GET / HTTP/1.1\r\nHost: a\r\n\tfolded: b\r\n\r\n", kHeader},
        {"GET / HTTP/1.1\r\n Host: a\r\n\r\n", kHeader},
        {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", kHeader},
        {"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding\t: chunked\r\n\r\n", kHeader},
        {"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", kHeader},
        {"GET / HTTP/1.1\r\nHost: a\r\n: no name\r\n\r\n", kHeader},
        {"GET / HTTP/1.1\r\nHost: a\r\nna\xC3\xAFve: b\r\n\r\n", kHeader},
        {"GET / HTTP/1.1\r\n\r\n", kHost},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", kHost},
        {"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", kHost},
        {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", kHost},
        {"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", kHost},
        {"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", kHost},
        {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", kHost},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 0\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1234567890123456789\r\n\r\n", kLength},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
         kEncoding},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
         kEncoding},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
         "Transfer-Encoding: chunked\r\n\r\n",
         kEncoding},
        {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", kEncoding},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
         kEncodingUnknown},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
         kEncodingUnknown},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n\r\n", kEncodingUnknown},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n", kEncodingUnknown},
        {"POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n", kExpectation},
    };
    for (const Row& row : rows) {
        const auto head = parse_request_head(row.head);
        ASSERT_FALSE(head) << row.head;
        EXPECT_EQ(head.error(), row.fault) << row.head;
    }
}

TEST(RequestHead, TakesHeadersUpToTheLimit) {
    std::string text = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (std::size_t i = 1; i < kMaxHeaders; ++i) text += "a: b\r\n";
    EXPECT_TRUE(parse_request_head(text + "\r\n"));
    EXPECT_EQ(parse_request_head(text + "a: b\r\n\r\n").error(), kTooManyHeaders);
}

TEST(RequestHead, FindsItsEndWhereverTheBytesAreCut) {
    const std::string_view text = "GET / HTTP/1.1\r\nHost:\ta\xFF\r\n\r\nGET / HTTP";
    const std::size_t end = text.find("\r\n\r\n") + 4;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        HeadSearch search = find_head_end(text.substr(0, cut), 0);
        EXPECT_EQ(search.state, cut < end ? State::kMore : State::kEnd);
        if (search.state == State::kMore) search = find_head_end(text, search.position);
        EXPECT_EQ(search.state, State::kEnd);
        EXPECT_EQ(search.position, end);
    }
}

TEST(RequestHead, IsBrokenAtTheFirstByteThatItMayNotHave) {
    for (const std::string_view text :
         {"GET /\n"sv, "\n"sv, "GET /\ra"sv, "GET /\r\r\n"sv, "GET / HTTP/1.1\r\na: b\n"sv,
          "GET / HTTP/1.1\r\na: \0"sv, "GET / HTTP/1.1\r\na: \x7F"sv, "\x16\x03"sv, "a: \x1B["sv}) {
        EXPECT_EQ(find_head_end(text, 0).state, State::kBroken) << text;
    }
}

TEST(RequestHead, KnowsAHandshake) {
    const std::string begin =
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n";
    const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const std::string version = "Sec-WebSocket-Version: 13\r\n";
    const auto fault_of = [&](const std::string& headers) {
        const auto head = parse_request_head(begin + headers + "\r\n");
        EXPECT_TRUE(head && wants_stream(head->request));
        return handshake_fault(*head);
    };
    EXPECT_EQ(fault_of(key + version), std::nullopt);
    EXPECT_EQ(fault_of(key), kUpgradeVersion);
    EXPECT_EQ(fault_of(key + "Sec-WebSocket-Version: 12\r\n"), kUpgradeVersion);
    EXPECT_EQ(fault_of(version), kUpgrade);
    EXPECT_EQ(fault_of(version + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=\r\n"), kUpgrade);
    EXPECT_EQ(fault_of(version + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ!==\r\n"), kUpgrade);
    EXPECT_EQ(fault_of(key + version + "Content-Length: 1\r\n"), kUpgrade);
    for (const std::string_view other :
         {"POST / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"sv,
          "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"sv,
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"sv}) {
        EXPECT_FALSE(wants_stream(parse_request_head(other)->request)) << other;
    }
}

}  // namespace
}  // namespace comity::server
