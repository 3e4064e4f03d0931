// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_format.hpp"

#include "open_format.hpp"
#include "test_recording.hpp"

#include "comity/base/cursor.hpp"
#include "comity/base/testing/field_lines.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::recording {
namespace {

using ::testing::HasSubstr;

// --- The example of docs/formats/recording.md ---

using base::testing::Field;
using base::testing::field_lines;

// All of the bytes, as the document shows them.
std::string shown(std::span<const std::byte> bytes, std::span<const Field> fields) {
    EXPECT_EQ(base::testing::size_of(fields), bytes.size());
    return field_lines(bytes, 0, fields);
}

ChunkDraft example() {
    ChunkDraft draft{.feed = "sbs.north", .number = 1};
    add_frame(draft, at(5'123), bytes_of("MSG,3\r\n"));
    add_frame(draft, at(5'610), bytes_of("MSG,4\r\n"));
    return draft;
}

TEST(ChunkFormat, IsAsItsDocumentShows) {
    constexpr std::array kHeader{Field{8, "magic"},         Field{2, "version"},
                                 Field{8, "number"},        Field{8, "begin"},
                                 Field{8, "end"},           Field{4, "frames"},
                                 Field{4, "length"},        Field{1, "length of the feed"},
                                 Field{9, "\"sbs.north\""}, Field{32, "hash"}};
    constexpr std::array kBody{Field{8, "received"},        Field{4, "length"},
                               Field{7, "\"MSG,3\\r\\n\""}, Field{8, "received"},
                               Field{4, "length"},          Field{7, "\"MSG,4\\r\\n\""}};
    constexpr std::array kOpen{
        Field{8, "magic"},           Field{2, "version"}, Field{8, "received"}, Field{4, "length"},
        Field{7, "\"MSG,3\\r\\n\""}, Field{8, "check"},   Field{8, "received"}, Field{4, "length"},
        Field{7, "\"MSG,4\\r\\n\""}, Field{8, "check"}};
    seal::Sha256 sha256;
    const ChunkDraft draft = example();
    std::vector<std::byte> open = encode_open_header();
    append_checked(sha256, at(5'123), bytes_of("MSG,3\r\n"), open);
    append_checked(sha256, at(5'610), bytes_of("MSG,4\r\n"), open);
    std::ifstream file(std::filesystem::path(COMITY_SOURCE_DIR) / "docs/formats/recording.md");
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    EXPECT_THAT(document, HasSubstr(":\n\n" + shown(encode_header(sha256, draft), kHeader) + "\n"));
    EXPECT_THAT(document, HasSubstr(":\n\n" + shown(draft.body, kBody) + "\n"));
    EXPECT_THAT(document, HasSubstr(":\n\n" + shown(open, kOpen)));
}

// --- Parts ---

TEST(ChunkFormat, ReadsTheHeaderThatItWrites) {
    seal::Sha256 sha256;
    const ChunkDraft draft = example();
    const auto bytes = encode_header(sha256, draft);
    const auto header = decode_header(bytes, "a").value();
    EXPECT_EQ(header.feed, draft.feed);
    EXPECT_EQ(header.number, draft.number);
    EXPECT_EQ(header.begin, at(5'123));
    EXPECT_EQ(header.end, at(5'610));
    EXPECT_EQ(header.frames, 2U);
    EXPECT_EQ(header.length, draft.body.size());
    EXPECT_EQ(header.size, bytes.size());
    EXPECT_EQ(header.hashed + 32, bytes.size());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode_header(std::span(bytes).first(size), "a")) << size;
    }
}

TEST(ChunkFormat, CountsTheEarliestAndTheLatestTime) {
    ChunkDraft draft{.feed = "a"};
    for (const int ms : {700, 300, 900, 500}) add_frame(draft, at(ms), bytes_of("x"));
    EXPECT_EQ(draft.begin, at(300));
    EXPECT_EQ(draft.end, at(900));
}

TEST(ChunkFormat, ReadsNoFrameOutsideItsLimits) {
    const auto first_of = [](const std::vector<std::byte>& bytes) {
        base::ByteCursor cursor(bytes);
        return read_frame(cursor).has_value();
    };
    ChunkDraft draft{.feed = "a"};
    add_frame(draft, at(0), bytes_of("x"));
    EXPECT_TRUE(first_of(draft.body));
    draft.body.front() = std::byte{0xFF};
    EXPECT_FALSE(first_of(draft.body)) << "before 1970";
    ChunkDraft empty{.feed = "a"};
    add_frame(empty, at(0), {});
    EXPECT_FALSE(first_of(empty.body)) << "without a byte";
    ChunkDraft large{.feed = "a"};
    add_frame(large, at(0), std::vector<std::byte>(kMaxFrame));
    EXPECT_TRUE(first_of(large.body));
    large = {.feed = "a"};
    add_frame(large, at(0), std::vector<std::byte>(kMaxFrame + 1));
    EXPECT_FALSE(first_of(large.body)) << "too large";
}

}  // namespace
}  // namespace comity::recording
