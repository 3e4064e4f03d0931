// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"

#include <string>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

TEST(Endpoint, AddressesAndNames) {
    const Endpoint v4{.host = "127.0.0.1", .port = 8480, .is_address = true, .is_loopback = true};
    const Endpoint v6{.host = "::1", .port = 65535, .is_address = true, .is_loopback = true};
    const Endpoint outside{.host = "2001:db8::1", .port = 0, .is_address = true};
    EXPECT_EQ(parse_endpoint("127.0.0.1:8480"), v4);
    EXPECT_EQ(parse_endpoint("[::1]:65535"), v6);
    EXPECT_EQ(parse_endpoint("[0:0:0:0:0:0:0:1]:65535"), v6);
    EXPECT_EQ(parse_endpoint("[2001:db8::1]:0"), outside);
    EXPECT_TRUE(parse_endpoint("127.9.9.9:1")->is_loopback);
    EXPECT_FALSE(parse_endpoint("0.0.0.0:1")->is_loopback);
    EXPECT_FALSE(parse_endpoint("[::]:1")->is_loopback);
    const Endpoint name{.host = "radar-1.example", .port = 30003};
    EXPECT_EQ(parse_endpoint("radar-1.example:30003"), name);
    EXPECT_FALSE(parse_endpoint("localhost:1")->is_address);
}

TEST(Endpoint, WhatIsNone) {
    for (const std::string text : {"",
                                   ":",
                                   "127.0.0.1",
                                   "127.0.0.1:",
                                   ":8480",
                                   "127.0.0.1:65536",
                                   "127.0.0.1:-1",
                                   "127.0.0.1:+1",
                                   "127.0.0.1: 1",
                                   "127.0.0.1:08",
                                   "127.0.0.1:8480 ",
                                   "::1:8480",
                                   "[127.0.0.1]:1",
                                   "[::1]",
                                   "[::1",
                                   "[radar]:1",
                                   "127.0.0:1",
                                   "256.0.0.1:1",
                                   "1234:1",
                                   "two words:1",
                                   "a/b:1",
                                   "a@b:1",
                                   ".example:1",
                                   "-example:1",
                                   "http://a:1"}) {
        EXPECT_FALSE(parse_endpoint(text).has_value()) << text;
    }
    EXPECT_TRUE(parse_endpoint(std::string(253, 'a') + ":1").has_value());
    EXPECT_FALSE(parse_endpoint(std::string(254, 'a') + ":1").has_value());
}

TEST(Endpoint, WebOrigins) {
    for (const std::string text :
         {"https://comity.example", "http://127.0.0.1:8480", "https://[::1]", "https://[::1]:8443",
          "https://comity.example:8443", "http://comity.example:443"}) {
        EXPECT_TRUE(is_web_origin(text)) << text;
    }
    for (const std::string text :
         {"", "comity.example", "https://", "https://comity.example/", "https://comity.example:443",
          "http://comity.example:80", "https://Comity.example", "HTTPS://comity.example",
          "https://comity.example:0", "https://comity.example:", "https://a@comity.example",
          "ftp://comity.example", "https://[::1", "https://comity.example?a", "null"}) {
        EXPECT_FALSE(is_web_origin(text)) << text;
    }
}

}  // namespace
}  // namespace comity::server
