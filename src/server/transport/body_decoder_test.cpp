// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "body_decoder.hpp"

#include "comity/base/expected.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using enum RequestFault;
using namespace std::string_view_literals;

const RequestHead kChunked = [] {
    RequestHead head;
    head.is_chunked = true;
    return head;
}();

struct Decoded {
    std::string body;
    std::string rest;  ///< behind the body
    bool is_whole = false;
};

// As a connection does it, with so many bytes at a time.
base::Expected<Decoded, RequestFault> decode(const RequestHead& head, std::string_view bytes,
                                             std::size_t limit, std::size_t piece) {
    BodyDecoder decoder(head, limit);
    Decoded decoded;
    while (!decoded.is_whole && !bytes.empty()) {
        decoded.rest += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        const auto fed = decoder.feed(decoded.rest, decoded.body);
        if (!fed) return base::Unexpected(fed.error());
        decoded.rest.erase(0, fed->consumed);
        decoded.is_whole = fed->is_whole;
    }
    decoded.rest += bytes;
    return decoded;
}

TEST(BodyDecoder, TakesABodyOfAGivenLength) {
    RequestHead head;
    head.content_length = 5;
    for (std::size_t piece = 1; piece <= 8; ++piece) {
        const auto decoded = decode(head, "helloGET", 5, piece);
        ASSERT_TRUE(decoded);
        EXPECT_TRUE(decoded->is_whole);
        EXPECT_EQ(decoded->body, "hello");
        EXPECT_EQ(decoded->rest, "GET");
    }
    EXPECT_FALSE(decode(head, "hell", 5, 4)->is_whole);
}

TEST(BodyDecoder, KnowsFromTheHeadWhatIsTooLarge) {
    RequestHead head;
    EXPECT_FALSE(BodyDecoder(head, 0).is_too_large());
    head.content_length = 6;
    EXPECT_FALSE(BodyDecoder(head, 6).is_too_large());
    EXPECT_TRUE(BodyDecoder(head, 5).is_too_large());
}

TEST(BodyDecoder, TakesChunksWhereverTheBytesAreCut) {
    const std::string_view bytes =
        "5\r\nhello\r\n00B;name=\"a value\";b\r\n, old world\r\n1 ;x\r\n!\r\n0\r\n\r\nGET";
    for (const std::string_view row :
         {"5\r\nhello\r\nB;name=\"v\"\r\n, old world\r\n0\r\n\r\nGET"sv,
          "00000010\r\nhello, old world\r\n0;last\r\n\r\nGET"sv,
          "a\r\nhello, old\r\n6\r\n world\r\n000\r\n\r\nGET"sv}) {
        for (std::size_t piece = 1; piece <= row.size(); ++piece) {
            const auto decoded = decode(kChunked, row, 16, piece);
            ASSERT_TRUE(decoded) << row << piece;
            EXPECT_TRUE(decoded->is_whole);
            EXPECT_EQ(decoded->body, "hello, old world");
            EXPECT_EQ(decoded->rest, "GET");
        }
    }
    EXPECT_EQ(decode(kChunked, bytes, 100, 1).error(), kChunk) << "a blank behind a size";
}

TEST(BodyDecoder, RefusesWhatHasTwoReadings) {
    struct Row {
        std::string_view bytes;
        RequestFault fault;
    };
    const std::string long_extension = "1;" + std::string(200, 'a');
    const Row rows[] = {
        {"\r\n", kChunk},
        {"x\r\n", kChunk},
        {"-1\r\n", kChunk},
        {"+1\r\n", kChunk},
        {"0x1\r\n", kChunk},
        {" 1\r\n", kChunk},
        {"1 \r\n", kChunk},
        {";a\r\n", kChunk},
        {"1\na", kChunk},
        {"1\ra", kChunk},
        {"1;a\0b\r\n"sv, kChunk},
        {"000000001\r\n", kChunk},
        {"ffffffffffffffff\r\n", kChunk},
        {"10000000000000001\r\n", kChunk},
        {long_extension, kChunk},
        {"1\r\nab", kChunk},
        {"1\r\na\n", kChunk},
        {"1\r\na\rb", kChunk},
        {"0\r\nX: y\r\n\r\n", kTrailer},
        {"0\r\n\n", kTrailer},
        {"b\r\n", kBodyTooLarge},
        {"a\r\n0123456789\r\n1\r\n", kBodyTooLarge},
        {"ffffffff\r\n", kBodyTooLarge},
    };
    for (const Row& row : rows) {
        for (std::size_t piece = 1; piece <= row.bytes.size(); ++piece) {
            const auto decoded = decode(kChunked, row.bytes, 10, piece);
            ASSERT_FALSE(decoded) << row.bytes;
            EXPECT_EQ(decoded.error(), row.fault) << row.bytes;
        }
    }
}

}  // namespace
}  // namespace comity::server
