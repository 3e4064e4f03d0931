// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/http.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

TEST(HttpRequest, FindsTheFirstHeader) {
    const HttpRequest request{.headers = {{.name = "a", .value = "1"},
                                          {.name = "b", .value = "2"},
                                          {.name = "b", .value = "3"}}};
    EXPECT_EQ(request.header("a"), "1");
    EXPECT_EQ(request.header("b"), "2");
    EXPECT_EQ(request.header("c"), "");
}

TEST(HttpRequest, FindsTheFirstParameter) {
    const HttpRequest request{.query = "a=1&b=x+y%26&&c&d=&a=2&%65=e=f"};
    EXPECT_EQ(request.parameter("a"), "1");
    EXPECT_EQ(request.parameter("b"), "x y&");
    EXPECT_EQ(request.parameter("c"), "");
    EXPECT_EQ(request.parameter("d"), "");
    EXPECT_EQ(request.parameter("e"), "e=f");
    EXPECT_EQ(request.parameter("f"), std::nullopt);
    EXPECT_EQ(HttpRequest{}.parameter("a"), std::nullopt);
}

}  // namespace
}  // namespace comity::server
