// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/json_text.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace comity::base {
namespace {

TEST(JsonText, EscapesWhatMustBeAndNothingElse) {
    using namespace std::string_view_literals;
    constexpr std::pair<std::string_view, std::string_view> kCases[] = {
        {"", R"("")"},
        {"plain", R"("plain")"},
        {"a\"b\\", R"("a\"b\\")"},
        {"\n\x1f\0z"sv, R"("\u000a\u001f\u0000z")"},
        {"/\x7f é", "\"/\x7f é\""},
    };
    for (const auto& [text, written] : kCases) {
        std::string out = "[";
        append_json_text(out, text);
        EXPECT_EQ(out, "[" + std::string(written));
    }
}

}  // namespace
}  // namespace comity::base
