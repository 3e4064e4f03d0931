// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "shown_text.hpp"

#include <gtest/gtest.h>

namespace comity::verify {
namespace {

TEST(ShownText, LeavesWhatCanBeSeen) {
    for (const char* text :
         {"", "air-unit-a", "a <b> & c", "Küstenwache", "вышка", "حرس", "海上", "✈"}) {
        EXPECT_EQ(shown(text), text);
    }
}

TEST(ShownText, NamesWhatCannotBeSeen) {
    struct Case {
        const char* text;
        const char* expected;
    };
    const Case cases[] = {
        {"a\nb\tc", "a<U+000A>b<U+0009>c"},
        {"\x1B[31m", "<U+001B>[31m"},
        {"\x7F\xC2\x9B", "<U+007F><U+009B>"},
        {"unit\xE2\x80\xAE-a", "unit<U+202E>-a"},
        {"\xE2\x81\xA6x\xE2\x81\xA9", "<U+2066>x<U+2069>"},
        {"a\xE2\x80\x8B\xC2\xAD", "a<U+200B><U+00AD>"},
        {"a\xC2\xA0\xE3\x80\x80", "a<U+00A0><U+3000>"},
        {"\xEF\xBB\xBF", "<U+FEFF>"},
        {"\xF3\xA0\x81\x81", "<U+E0041>"},
        {"\xEF\xB8\x8F", "<U+FE0F>"},
        {"\xE3\x85\xA4", "<U+3164>"},
        // No UTF-8: alone, overlong, a surrogate, above the last, cut off.
        {"\xFF", "<0xFF>"},
        {"\xC0\x8A", "<0xC0><0x8A>"},
        {"\xED\xA0\x80", "<0xED><0xA0><0x80>"},
        {"\xF4\x90\x80\x80", "<0xF4><0x90><0x80><0x80>"},
        {"a\xE2\x80", "a<0xE2><0x80>"},
        {"\xE2\x28\xA1", "<0xE2>(<0xA1>"},
    };
    for (const Case& c : cases) EXPECT_EQ(shown(c.text), c.expected);
}

TEST(ShownText, NothingOfItIsMarkup) {
    EXPECT_EQ(shown_html("<script>\"'&</script>"), "&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;");
    EXPECT_EQ(shown_html("&lt;"), "&amp;lt;");
    EXPECT_EQ(shown_html("a\xE2\x80\xAE"), "a<span class=\"unseen\">U+202E</span>");
    EXPECT_EQ(shown_html("\xFF\n\r"),
              "<span class=\"unseen\">0xFF</span>\n<span class=\"unseen\">U+000D</span>");
}

TEST(ShownText, IsCutBetweenCharacters) {
    EXPECT_EQ(beginning("abc", 3), "abc");
    EXPECT_EQ(beginning("abcd", 3), "abc");
    EXPECT_EQ(beginning("a\xE2\x9C\x88", 3), "a");
    EXPECT_EQ(beginning("a\xE2\x9C\x88", 4), "a\xE2\x9C\x88");
    EXPECT_EQ(beginning("\x80\x80\x80", 2), "");
}

}  // namespace
}  // namespace comity::verify
