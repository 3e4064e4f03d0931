// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "route.hpp"

#include "call.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using Parts = std::vector<std::string>;

TEST(Route, MatchesWholePathsPartByPart) {
    EXPECT_EQ(match("v1/intents", "v1/intents"), Parts{});
    EXPECT_EQ(match("v1/intents/{}", "v1/intents/S1"), Parts{"S1"});
    EXPECT_EQ(match("v1/{}/{}/end", "v1/a/b/end"), (Parts{"a", "b"}));
    EXPECT_EQ(match("tile/{*}", "tile/0/x001/067"), Parts{"0/x001/067"});
    for (const char* path : {"", "v1", "v1/", "v1/intents/", "v1/intents//", "v1/intents/a/b",
                             "v1//S1", "V1/intents/S1", "xv1/intents/S1"}) {
        EXPECT_FALSE(match("v1/intents/{}", path)) << path;
    }
    EXPECT_FALSE(match("v1/intents", "v1/intents/"));
    EXPECT_FALSE(match("v1/intents", "v1/intents/S1"));
}

TEST(Route, EachIsFoundByItsMethodAlone) {
    EXPECT_NE(find_route("GET", "/v1/intents").route, nullptr);
    EXPECT_NE(find_route("HEAD", "/v1/intents").route, nullptr);
    const Found other = find_route("DELETE", "/v1/airspaces/A");
    EXPECT_NE(other.route, nullptr);
    EXPECT_EQ(other.parts, Parts{"A"});
    EXPECT_EQ(find_route("DELETE", "/v1/intents/A").route, nullptr);
    EXPECT_EQ(find_route("DELETE", "/v1/intents/A").allowed, "GET, PUT");
    EXPECT_EQ(find_route("GET", "/v2").allowed, "");
}

TEST(Call, WholeNumbersAreDigitsAlone) {
    EXPECT_EQ(whole_number("0"), 0U);
    EXPECT_EQ(whole_number("9007199254740991"), 9'007'199'254'740'991U);
    for (const char* text : {"", "-1", "+1", "01", "1.0", "1e3", " 1", "1 ", "0x1",
                             "9007199254740992", "99999999999999999999"}) {
        EXPECT_FALSE(whole_number(text)) << text;
    }
}

TEST(Call, AVersionStandsInQuotes) {
    const auto version = [](const char* text) {
        return version_header({.headers = {{"if-match", text}}}, "if-match");
    };
    EXPECT_EQ(version("\"3\"")->value(), 3U);
    EXPECT_EQ(version("W/\"3\"")->value(), 3U);
    EXPECT_FALSE(version("")->has_value());
    for (const char* text : {"3", "\"3", "\"\"", "\"x\"", "*", "\"3\", \"4\""}) {
        EXPECT_FALSE(version(text)) << text;
    }
}

}  // namespace
}  // namespace comity::server
