// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/surveillance/line_splitter.hpp"

#include "test_feed.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::surveillance {
namespace {

using testing::ElementsAre;

/// Each line as "number:text", or "number!" where it is overlong.
std::vector<std::string> lines_of(std::string_view text, std::size_t chunk = 1'000'000) {
    std::vector<std::string> lines;
    LineSplitter splitter;
    const LineSplitter::Sink sink = [&lines](const Line& line) {
        lines.push_back(std::to_string(line.number) + (line.overlong ? "!" : ":") +
                        std::string(line.text));
        return true;
    };
    for (std::size_t at = 0; at < text.size(); at += chunk) {
        splitter.feed(bytes_of(text.substr(at, chunk)), sink);
    }
    splitter.finish(sink);
    return lines;
}

TEST(LineSplitter, EndsLinesAtLfAndAtCrLf) {
    EXPECT_THAT(lines_of("a\nb\r\n\nc\n"), ElementsAre("1:a", "2:b", "3:", "4:c"));
}

TEST(LineSplitter, GivesALastLineWithoutAnEnd) {
    EXPECT_THAT(lines_of("a\nb"), ElementsAre("1:a", "2:b"));
    EXPECT_THAT(lines_of("a\r\nb\r"), ElementsAre("1:a", "2:b"));
    EXPECT_THAT(lines_of(""), ElementsAre());
}

TEST(LineSplitter, KeepsACarriageReturnInsideALine) {
    EXPECT_THAT(lines_of("a\rb\r\r\n"), ElementsAre("1:a\rb\r"));
}

TEST(LineSplitter, DropsAByteOrderMarkAtTheStartOnly) {
    EXPECT_THAT(lines_of("\xEF\xBB\xBF"
                         "a\n\xEF\xBB\xBF"
                         "b\n"),
                ElementsAre("1:a",
                            "2:\xEF\xBB\xBF"
                            "b"));
}

TEST(LineSplitter, GivesTheSameLinesForEveryChunkSize) {
    const std::string text =
        "\xEF\xBB\xBF"
        "first\r\n\r\nsecond, with more\n\nlast\r\nopen";
    const auto whole = lines_of(text);
    for (std::size_t chunk = 1; chunk <= text.size(); ++chunk) {
        EXPECT_EQ(lines_of(text, chunk), whole) << "chunks of " << chunk;
    }
}

TEST(LineSplitter, KeepsALineOfExactlyTheLimit) {
    const std::string longest(LineSplitter::kMaxBytes, 'x');
    for (const std::size_t chunk : {1'000'000UL, 1000UL, 1UL}) {
        EXPECT_THAT(lines_of(longest + "\nb", chunk), ElementsAre("1:" + longest, "2:b"));
        EXPECT_THAT(lines_of(longest + "x\nb", chunk), ElementsAre("1!", "2:b"));
    }
}

TEST(LineSplitter, HoldsNothingOfALineOf200Megabytes) {
    LineSplitter splitter;
    const std::string chunk(1 << 20, 'x');
    int lines = 0;
    const LineSplitter::Sink sink = [&lines](const Line& line) {
        ++lines;
        EXPECT_TRUE(line.overlong);
        EXPECT_TRUE(line.text.empty());
        return true;
    };
    for (int i = 0; i < 200; ++i) splitter.feed(bytes_of(chunk), sink);
    EXPECT_EQ(lines, 0);
    splitter.finish(sink);
    EXPECT_EQ(lines, 1);
}

TEST(LineSplitter, StopsWhereTheSinkSaysSo) {
    LineSplitter splitter;
    int lines = 0;
    EXPECT_FALSE(
        splitter.feed(bytes_of("a\nb\nc\n"), [&lines](const Line&) { return ++lines < 2; }));
    EXPECT_EQ(lines, 2);
}

}  // namespace
}  // namespace comity::surveillance
