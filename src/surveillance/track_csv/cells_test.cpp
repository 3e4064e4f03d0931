// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "track_csv/cells.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::surveillance {
namespace {

using testing::ElementsAre;

TEST(Cells, AreSplitAtCommasAndTrimmed) {
    Cells cells;
    ASSERT_TRUE(cells.split(" a , b\t,,d"));
    EXPECT_THAT(cells.all(), ElementsAre("a", "b", "", "d"));
    ASSERT_TRUE(cells.split(""));
    EXPECT_THAT(cells.all(), ElementsAre(""));
    ASSERT_TRUE(cells.split(","));
    EXPECT_THAT(cells.all(), ElementsAre("", ""));
}

TEST(Cells, MayBeQuoted) {
    Cells cells;
    ASSERT_TRUE(cells.split(R"(a,"b, c" ,"say ""no""", " d ","")"));
    EXPECT_THAT(cells.all(), ElementsAre("a", "b, c", R"(say "no")", "d", ""));
    ASSERT_TRUE(cells.split(R"("""","a")"));
    EXPECT_THAT(cells.all(), ElementsAre("\"", "a"));
    ASSERT_TRUE(cells.split(R"("a",)"));
    EXPECT_THAT(cells.all(), ElementsAre("a", ""));
}

TEST(Cells, WithAQuoteOutOfPlaceAreRefused) {
    Cells cells;
    for (const char* const line :
         {R"("a)", R"(a"b,c)", R"("a"b,c)", R"(a,"b""",c"")", R"(a,"b)", "\""}) {
        EXPECT_FALSE(cells.split(line)) << line;
    }
}

}  // namespace
}  // namespace comity::surveillance
