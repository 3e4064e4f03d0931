// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_name.hpp"

#include "test_recording.hpp"

#include "comity/recording/chunk.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

namespace comity::recording {
namespace {

TEST(ChunkName, SaysWhatIsInTheChunk) {
    const ChunkName name{.feed = "sbs.north", .begin = at(5'123), .end = at(59'987), .number = 42};
    EXPECT_EQ(to_string(name),
              "20151124T072405.123Z-20151124T072459.987Z-0000000042-sbs.north.chunk");
    const OpenName open{.feed = "a-b", .number = 7};
    EXPECT_EQ(to_string(open), "0000000007-a-b.open");
}

TEST(ChunkName, IsReadAsItIsWritten) {
    const Instant last{std::chrono::milliseconds(253'402'300'799'999)};
    for (const Instant begin : {Instant{}, at(0), last}) {
        for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX}) {
            for (const std::string& feed :
                 {std::string("a"), std::string("-x-"), std::string(kMaxFeed, 'F')}) {
                const ChunkName name{.feed = feed, .begin = begin, .end = last, .number = number};
                EXPECT_EQ(chunk_name_from(to_string(name)), name);
                const OpenName open{.feed = feed, .number = number};
                EXPECT_EQ(open_name_from(to_string(open)), open);
            }
        }
    }
}

TEST(ChunkName, IsNothingElse) {
    for (const char* name : {
             "",
             ".chunk",
             "20151124T072405.123Z-20151124T072459.987Z-.chunk",
             "20151124T072405.123Z-20151124T072459.987Z-0000000042-.chunk",
             "20151124T072405.123Z-20151124T072459.987Z-0000000042-a.chunk.new",
             "20151124T072405.123Z-20151124T072459.987Z-000000042-a.chunk",
             "20151124T072405.123Z-20151124T072459.987Z-00000000042-a.chunk",
             "20151124T072405.123Z-20151124T072459.987Z-0000000042-a/b.chunk",
             "20151124T072405.123Z-20151124T072459.987Z_0000000042-a.chunk",
             "20151124t072405.123Z-20151124T072459.987Z-0000000042-a.chunk",
             "20151124T072405.123Z-20151124T072405.122Z-0000000042-a.chunk",  // ends before
             "20151324T072405.123Z-20151324T072459.987Z-0000000042-a.chunk",  // month 13
             "20150230T072405.123Z-20150230T072459.987Z-0000000042-a.chunk",
             "20151124T072465.123Z-20151124T072659.987Z-0000000042-a.chunk",  // second 65
             "19691124T072405.123Z-20151124T072459.987Z-0000000042-a.chunk",
             "2015112-T072405.123Z-20151124T072459.987Z-0000000042-a.chunk",
         }) {
        EXPECT_FALSE(chunk_name_from(name)) << name;
    }
    for (const char* name :
         {"", ".open", "1-a.open", "0000000001.open", "0000000001-.open", "0000000001-a b.open",
          "0000000001-a.open.new", "99999999999999999999-a.open"}) {
        EXPECT_FALSE(open_name_from(name)) << name;
    }
}

TEST(ChunkName, OrdersChunksByTheirBeginnings) {
    const ChunkName first{.feed = "z", .begin = at(0), .end = at(9), .number = 9};
    const ChunkName second{.feed = "a", .begin = at(1), .end = at(2), .number = 1};
    EXPECT_LT(to_string(first), to_string(second));
}

TEST(Feed, IsOfTheCharactersOfAnId) {
    EXPECT_TRUE(is_feed("A"));
    EXPECT_TRUE(is_feed("azAZ09._:-"));
    EXPECT_TRUE(is_feed(std::string(64, 'x')));
    for (const std::string& text :
         {std::string(), std::string(65, 'x'), std::string("a b"), std::string("a/b"),
          std::string("\xc3\xa4"), std::string(1, '\0')}) {
        EXPECT_FALSE(is_feed(text)) << text;
    }
}

}  // namespace
}  // namespace comity::recording
