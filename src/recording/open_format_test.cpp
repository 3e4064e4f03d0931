// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "open_format.hpp"

#include "chunk_name.hpp"
#include "test_recording.hpp"

#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace comity::recording {
namespace {

const OpenName kName{.feed = "a", .number = 3};
constexpr std::size_t kEach = kFrameOverhead + 5 + kFrameCheck;

std::vector<std::byte> three_frames() {
    seal::Sha256 sha256;
    std::vector<std::byte> bytes = encode_open_header();
    for (const char* text : {"first", "secon", "third"}) {
        append_checked(sha256, at(0), bytes_of(text), bytes);
    }
    return bytes;
}

std::uint32_t frames_in(std::span<const std::byte> bytes) {
    seal::Sha256 sha256;
    const auto content = decode_open(sha256, bytes, kName).value();
    EXPECT_EQ(content.used, bytes.size() < kOpenHeader
                                ? 0
                                : kOpenHeader + std::size_t{content.draft.frames} * kEach);
    return content.draft.frames;
}

TEST(OpenFormat, GivesTheFramesAsTheyStandInAChunk) {
    seal::Sha256 sha256;
    const auto content = decode_open(sha256, three_frames(), kName).value();
    ChunkDraft expected{.feed = "a", .number = 3};
    for (const char* text : {"first", "secon", "third"}) {
        add_frame(expected, at(0), bytes_of(text));
    }
    EXPECT_EQ(content.draft.body, expected.body);
    EXPECT_EQ(content.draft.feed, "a");
    EXPECT_EQ(content.draft.number, 3U);
}

TEST(OpenFormat, GivesTheWholeFramesOfAFileThatIsCutAnywhere) {
    const auto bytes = three_frames();
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        const std::size_t whole = size < kOpenHeader ? 0 : (size - kOpenHeader) / kEach;
        EXPECT_EQ(frames_in(std::span(bytes).first(size)), whole) << size;
    }
}

TEST(OpenFormat, EndsWithTheFirstFrameThatIsAnother) {
    const auto bytes = three_frames();
    for (std::size_t at = kOpenHeader; at < bytes.size(); ++at) {
        auto other = bytes;
        other.at(at) ^= std::byte{1};
        EXPECT_EQ(frames_in(other), (at - kOpenHeader) / kEach) << at;
    }
}

TEST(OpenFormat, FindsNothingBehindAHeaderThatIsAnother) {
    auto bytes = three_frames();
    bytes.at(3) ^= std::byte{1};
    seal::Sha256 sha256;
    const auto content = decode_open(sha256, bytes, kName).value();
    EXPECT_EQ(content.draft.frames, 0U);
    EXPECT_EQ(content.used, 0U);
}

TEST(OpenFormat, RefusesANewerOne) {
    auto bytes = three_frames();
    bytes.at(9) = std::byte{2};
    seal::Sha256 sha256;
    const auto content = decode_open(sha256, bytes, kName);
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error(),
              (RecordingError{RecordingFault::kNewer,
                              "0000000003-a.open: format 2; this program knows formats up to 1"}));
}

}  // namespace
}  // namespace comity::recording
