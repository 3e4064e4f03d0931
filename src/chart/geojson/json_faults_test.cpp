// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "geojson/json_faults.hpp"

#include <gtest/gtest.h>

namespace comity::chart {
namespace {

TEST(JsonFaults, FindTheLineThatIsNotUtf8) {
    EXPECT_EQ(find_invalid_utf8("a\nb\xC3\xBC\nc\xC3\n"), 6U);
    EXPECT_EQ(find_invalid_utf8("a\nb\xFF"), 2U);
    EXPECT_EQ(find_invalid_utf8("a\nb"), 3U);
    EXPECT_EQ(find_invalid_utf8(""), 0U);
}

TEST(JsonFaults, FindTheStringThatIsNotClosed) {
    EXPECT_EQ(find_string_fault(R"({"a":"b)"), 5U);
    EXPECT_EQ(find_string_fault(R"({"a":"b\")"), 5U);
    EXPECT_EQ(find_string_fault("{\"a\":\"b\nc\"}"), 7U);
    EXPECT_EQ(find_string_fault(R"({"a":"b"})"), 9U);
    EXPECT_EQ(find_string_fault("\"\\"), 0U);
}

TEST(JsonFaults, FindWhatFollowsTheValue) {
    EXPECT_EQ(find_trailing_content("{\"a}\":[1]} \n x"), 13U);
    EXPECT_EQ(find_trailing_content("{} "), 3U);
    EXPECT_EQ(find_trailing_content("{\"a\":[1}"), 8U);
    EXPECT_EQ(find_trailing_content("{\"a"), 3U);
}

TEST(JsonFaults, CountLinesFromOne) {
    EXPECT_EQ(line_at("a\nb\n", 0), 1U);
    EXPECT_EQ(line_at("a\nb\n", 2), 2U);
    EXPECT_EQ(line_at("a\nb\n", 4), 3U);
}

TEST(JsonFaults, KnowTheEscapesOfJson) {
    EXPECT_EQ(raw_string(R"("a\"b" )"), R"(a\"b)");
    EXPECT_EQ(raw_string("\"a"), "a");
    EXPECT_EQ(raw_string("\"a\\"), "a\\");
    for (const char* const good : {"", "a", R"(\"\\\/\b\f\n\r\t)", R"(\u00e9\uD83D\uDE00)"}) {
        EXPECT_TRUE(has_good_escapes(good)) << good;
    }
    for (const char* const bad : {R"(\)", R"(\x)", R"(\u12)", R"(\u12g4)", R"(\\\)"}) {
        EXPECT_FALSE(has_good_escapes(bad)) << bad;
    }
}

}  // namespace
}  // namespace comity::chart
