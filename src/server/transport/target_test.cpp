// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "target.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using namespace std::string_view_literals;

TEST(Target, SplitsAndDecodes) {
    struct Row {
        std::string_view target;
        std::string_view path;
        std::string_view query;
    };
    const Row rows[] = {
        {"/", "/", ""},
        {"/a/b", "/a/b", ""},
        {"/a?b=c", "/a", "b=c"},
        {"/a?", "/a", ""},
        {"/a?b?c=%20+", "/a", "b?c=%20+"},
        {"/%41%2b%7e", "/A+~", ""},
        {"/a+b", "/a+b", ""},
        {"/caf%C3%A9", "/caf\xC3\xA9", ""},
        {"/.a/..b/...", "/.a/..b/...", ""},
        {"/a//b/", "/a//b/", ""},
        {"/a:b@c;d=e,f", "/a:b@c;d=e,f", ""},
    };
    for (const Row& row : rows) {
        const auto target = parse_target(row.target);
        ASSERT_TRUE(target) << row.target;
        EXPECT_EQ(target->path, row.path);
        EXPECT_EQ(target->query, row.query);
    }
}

TEST(Target, RefusesWhatHasTwoReadings) {
    const std::string_view rows[] = {
        "",
        "a",
        "*",
        "http://host/a",
        "?a",
        "/a b",
        "/a#b",
        "/a\\b",
        "/a\"b",
        "/caf\xC3\xA9",  // not escaped
        "/a\0b"sv,
        "/%",
        "/%4",
        "/%4g",
        "/%00",
        "/%0d%0a",
        "/%7f",
        "/%C3",           // half of a character
        "/%C0%AF",        // an overlong slash
        "/%ED%A0%80",     // half of a surrogate pair
        "/%F4%90%80%80",  // beyond Unicode
        "/%ff",
        "/.",
        "/..",
        "/a/./b",
        "/a/../b",
        "/a/..",
        "/%2e%2E/a",
        "/.%2e",
        "/a%2fb",
        "/a%5cb",
        "/a?%",
        "/a?b=%zz",
        "/a?b=%00",
        "/a?b=%C0%AF",
        "/a?b c",
        "/a?b#c",
        "/a?\xC3\xA9",
    };
    for (const std::string_view row : rows) EXPECT_FALSE(parse_target(row)) << row;
}

TEST(Target, DecodesAPlusWhereItIsASpace) {
    EXPECT_EQ(decode_percent("a+b%2B", Plus::kSpace), "a b+");
    EXPECT_EQ(decode_percent("a+b%2B", Plus::kItself), "a+b+");
}

}  // namespace
}  // namespace comity::server
