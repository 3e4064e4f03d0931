// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "response_head.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST(ResponseHead, WritesDates) {
    EXPECT_EQ(http_date(sys_seconds(seconds(784'111'777))), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(sys_seconds(seconds(0))), "Thu, 01 Jan 1970 00:00:00 GMT");
    EXPECT_EQ(http_date(sys_seconds(seconds(1'709'251'199))), "Thu, 29 Feb 2024 23:59:59 GMT");
}

TEST(ResponseHead, SaysItsOwnPartItself) {
    const HttpResponse response{.status = 201,
                                .headers = {{.name = "etag", .value = "\"1\""},
                                            {.name = "content-length", .value = "99"},
                                            {.name = "transfer-encoding", .value = "chunked"},
                                            {.name = "date", .value = "never"},
                                            {.name = "connection", .value = "close"}},
                                .body = std::make_shared<const std::string>("hello")};
    EXPECT_EQ(response_head(response, false, "today"),
              "HTTP/1.1 201 Created\r\ndate: today\r\netag: \"1\"\r\ncontent-length: 5\r\n\r\n");
    EXPECT_EQ(response_head({.status = 200}, true, "today"),
              "HTTP/1.1 200 OK\r\ndate: today\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    EXPECT_EQ(response_head({.status = 304}, false, "today"),
              "HTTP/1.1 304 Not Modified\r\ndate: today\r\n\r\n");
    EXPECT_EQ(response_head({.status = 299}, false, "today"),
              "HTTP/1.1 299 \r\ndate: today\r\ncontent-length: 0\r\n\r\n");
}

TEST(ResponseHead, KnowsWhatCannotBeSent) {
    const auto is_fine = [](unsigned status, const std::string& name, const std::string& value) {
        return is_sendable({.status = status, .headers = {{.name = name, .value = value}}});
    };
    EXPECT_TRUE(is_fine(200, "x-note", "a\tb \xC3\xA9"));
    EXPECT_TRUE(is_fine(599, "x", ""));
    EXPECT_FALSE(is_fine(199, "x", ""));
    EXPECT_FALSE(is_fine(600, "x", ""));
    EXPECT_FALSE(is_fine(200, "", ""));
    EXPECT_FALSE(is_fine(200, "X-Note", ""));
    EXPECT_FALSE(is_fine(200, "x note", ""));
    EXPECT_FALSE(is_fine(200, "x:y", ""));
    EXPECT_FALSE(is_fine(200, "x", "a\r\nb"));
    EXPECT_FALSE(is_fine(200, "x", "a\nb"));
    EXPECT_FALSE(is_fine(200, "x", std::string("a\0b", 3)));
    EXPECT_FALSE(is_fine(200, "x", "\x7F"));
}

// The example of RFC 6455, 1.2.
TEST(ResponseHead, AnswersAHandshake) {
    EXPECT_EQ(upgrade_head("dGhlIHNhbXBsZSBub25jZQ==", "chat", "today"),
              "HTTP/1.1 101 Switching Protocols\r\ndate: today\r\nupgrade: websocket\r\n"
              "connection: upgrade\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
              "sec-websocket-protocol: chat\r\n\r\n");
}

}  // namespace
}  // namespace comity::server
