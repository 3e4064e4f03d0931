// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_format.hpp"
#include "chunk_name.hpp"
#include "test_recording.hpp"
#include "zstd_codec.hpp"

#include "comity/base/byte_writer.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::recording {
namespace {

using ::testing::HasSubstr;

ChunkDraft draft_of_two() {
    ChunkDraft draft{.feed = "a", .number = 1};
    add_frame(draft, at(100), bytes_of("one"));
    add_frame(draft, at(200), bytes_of("two"));
    return draft;
}

std::string name_of(const ChunkDraft& draft) {
    return to_string(ChunkName{
        .feed = draft.feed, .begin = draft.begin, .end = draft.end, .number = draft.number});
}

std::vector<std::byte> file_of(const ChunkDraft& draft) {
    seal::Sha256 sha256;
    std::vector<std::byte> bytes = encode_header(sha256, draft);
    Compressor().compress(draft.body, bytes);
    return bytes;
}

base::Expected<ChunkContent, RecordingError> read(const std::vector<std::byte>& file,
                                                  const std::string& name,
                                                  std::size_t max_bytes = kMaxChunk) {
    MemoryDisk disk(1);
    put(disk, name, file);
    return read_chunk(disk, name, max_bytes);
}

RecordingFault fault_of(const std::vector<std::byte>& file,
                        const std::string& name = name_of(draft_of_two()),
                        std::size_t max_bytes = kMaxChunk) {
    const auto content = read(file, name, max_bytes);
    EXPECT_FALSE(content);
    return content ? RecordingFault::kLimits : content.error().fault;
}

TEST(ReadChunk, GivesTheFramesBack) {
    const ChunkDraft draft = draft_of_two();
    const auto file = file_of(draft);
    const auto content = read(file, name_of(draft)).value();
    EXPECT_EQ(content.chunk, (Chunk{.feed = "a",
                                    .begin = at(100),
                                    .end = at(200),
                                    .size = file.size(),
                                    .content = seal::sha256(file),
                                    .name = name_of(draft)}));
    EXPECT_EQ(content.frames, (std::vector{frame(100, "one"), frame(200, "two")}));
}

TEST(ReadChunk, FindsEachByteThatIsAnother) {
    const auto file = file_of(draft_of_two());
    int unseen = 0;
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (const unsigned bit : {0x01U, 0x10U, 0x80U}) {
            auto other = file;
            other.at(at) ^= static_cast<std::byte>(bit);
            // zstd has a bit that means nothing; the hash of the whole file is another.
            const auto content = read(other, name_of(draft_of_two()));
            if (content) ++unseen;
            EXPECT_TRUE(!content || content->chunk.content != seal::sha256(file)) << at;
        }
    }
    EXPECT_LE(unseen, 1);
    for (std::size_t size = 0; size < file.size(); ++size) {
        EXPECT_FALSE(read({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)},
                          name_of(draft_of_two())))
            << size;
    }
}

TEST(ReadChunk, FindsNoSuchFile) {
    MemoryDisk disk(1);
    EXPECT_EQ(read_chunk(disk, name_of(draft_of_two())).error().fault, RecordingFault::kNotFound);
    EXPECT_EQ(read_chunk(disk, "notes.txt").error().fault, RecordingFault::kName);
    EXPECT_EQ(read_chunk(disk, "../x").error().fault, RecordingFault::kName);
}

TEST(ReadChunk, SaysThatTheMediumFailed) {
    MemoryDisk disk(1);
    put(disk, name_of(draft_of_two()), file_of(draft_of_two()));
    for (std::uint64_t call = 1; call <= 3; ++call) {
        disk.fail_call(call, DiskError::kIo);
        EXPECT_EQ(read_chunk(disk, name_of(draft_of_two())).error().fault, RecordingFault::kMedium)
            << call;
    }
    EXPECT_TRUE(read_chunk(disk, name_of(draft_of_two())));
    disk.fail_call(1, DiskError::kIo);
    EXPECT_EQ(list_chunks(disk).error().fault, RecordingFault::kMedium);
}

TEST(ReadChunk, RefusesOtherFiles) {
    auto file = file_of(draft_of_two());
    file.at(0) = std::byte{'c'};
    EXPECT_EQ(fault_of(file), RecordingFault::kMagic);
    EXPECT_EQ(fault_of({}), RecordingFault::kMagic);
}

TEST(ReadChunk, RefusesANewerFormatAndNamesBoth) {
    auto file = file_of(draft_of_two());
    file.at(9) = std::byte{2};
    const auto content = read(file, name_of(draft_of_two()));
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().fault, RecordingFault::kNewer);
    EXPECT_THAT(content.error().where, HasSubstr("format 2; this program knows formats up to 1"));
    file.at(9) = std::byte{0};
    EXPECT_EQ(fault_of(file), RecordingFault::kHeader);
}

TEST(ReadChunk, RefusesAHeaderOutsideItsLimits) {
    const auto file = file_of(draft_of_two());
    const auto with = [&](std::size_t at, unsigned value) {
        auto other = file;
        other.at(at) = static_cast<std::byte>(value);
        return fault_of(other);
    };
    EXPECT_EQ(with(18, 0xFF), RecordingFault::kHeader) << "begins before 1970";
    EXPECT_EQ(with(26, 0x7F), RecordingFault::kHeader) << "ends after 9999";
    EXPECT_EQ(with(30, 0), RecordingFault::kHeader) << "ends before it begins";
    EXPECT_EQ(with(37, 0), RecordingFault::kHeader) << "no frames";
    EXPECT_EQ(with(34, 1), RecordingFault::kHeader) << "too many frames";
    EXPECT_EQ(with(42, 0), RecordingFault::kHeader) << "no feed";
    EXPECT_EQ(with(43, ' '), RecordingFault::kHeader) << "not a feed";
    EXPECT_EQ(fault_of({file.begin(), file.begin() + 60}), RecordingFault::kHeader) << "cut";
}

TEST(ReadChunk, RefusesTheHeaderOfAnotherName) {
    const auto file = file_of(draft_of_two());
    const ChunkName good{.feed = "a", .begin = at(100), .end = at(200), .number = 1};
    ChunkName name = good;
    name.feed = "b";
    EXPECT_EQ(fault_of(file, to_string(name)), RecordingFault::kOtherName);
    name = good;
    name.number = 2;
    EXPECT_EQ(fault_of(file, to_string(name)), RecordingFault::kOtherName);
    name = good;
    name.end = at(201);
    EXPECT_EQ(fault_of(file, to_string(name)), RecordingFault::kOtherName);
    name = good;
    name.begin = at(99);
    EXPECT_EQ(fault_of(file, to_string(name)), RecordingFault::kOtherName);
}

TEST(ReadChunk, RefusesMoreBytesThanTheLimit) {
    ChunkDraft draft{.feed = "a", .number = 1};
    add_frame(draft, at(0), std::vector<std::byte>(1000));
    EXPECT_TRUE(read(file_of(draft), name_of(draft), 1012));
    EXPECT_EQ(fault_of(file_of(draft), name_of(draft), 1011), RecordingFault::kTooLarge);
    // As it is kept: nothing of it is expanded, and no more is read.
    auto file = file_of(draft);
    file.resize(file.size() + 5000);
    EXPECT_EQ(fault_of(file, name_of(draft), 1012), RecordingFault::kTooLarge);
}

// A few bytes that say that they are gigabytes.
TEST(ReadChunk, ExpandsNoBomb) {
    ChunkDraft draft = draft_of_two();
    draft.body.assign(kMaxChunk + 1, std::byte{0});
    EXPECT_EQ(fault_of(file_of(draft), name_of(draft)), RecordingFault::kTooLarge);
    // The header says less than the zstd frame does.
    seal::Sha256 sha256;
    auto file = encode_header(sha256, draft_of_two());
    Compressor().compress(draft.body, file);
    EXPECT_EQ(fault_of(file), RecordingFault::kCompression);
}

TEST(ReadChunk, RefusesWhatIsNotOneZstdFrame) {
    const ChunkDraft draft = draft_of_two();
    seal::Sha256 sha256;
    const auto header = encode_header(sha256, draft);
    EXPECT_EQ(fault_of(header), RecordingFault::kCompression) << "none";
    auto plain = header;
    plain.insert(plain.end(), draft.body.begin(), draft.body.end());
    EXPECT_EQ(fault_of(plain), RecordingFault::kCompression) << "not compressed";
    auto cut = file_of(draft);
    cut.pop_back();
    EXPECT_EQ(fault_of(cut), RecordingFault::kCompression) << "cut";
    auto longer = file_of(draft);
    longer.push_back(std::byte{0});
    EXPECT_EQ(fault_of(longer), RecordingFault::kCompression) << "a byte behind it";
    // Two frames that are the body together.
    auto two = header;
    Compressor compressor;
    compressor.compress(std::span(draft.body).first(10), two);
    compressor.compress(std::span(draft.body).subspan(10), two);
    EXPECT_EQ(fault_of(two), RecordingFault::kCompression) << "two";
    auto behind = file_of(draft);
    compressor.compress({}, behind);
    EXPECT_EQ(fault_of(behind), RecordingFault::kCompression) << "an empty one behind it";
}

TEST(ReadChunk, FindsThatTheBytesAreOthers) {
    ChunkDraft other = draft_of_two();
    other.body.back() = std::byte{'x'};
    seal::Sha256 sha256;
    auto file = encode_header(sha256, draft_of_two());
    Compressor().compress(other.body, file);
    EXPECT_EQ(fault_of(file), RecordingFault::kHash);
}

TEST(ReadChunk, FindsThatTheFramesAreOthers) {
    ChunkDraft more = draft_of_two();
    more.frames = 3;
    EXPECT_EQ(fault_of(file_of(more)), RecordingFault::kFrames);
    ChunkDraft fewer = draft_of_two();
    fewer.frames = 1;
    EXPECT_EQ(fault_of(file_of(fewer)), RecordingFault::kFrames);
    ChunkDraft cut = draft_of_two();
    cut.body.pop_back();
    EXPECT_EQ(fault_of(file_of(cut)), RecordingFault::kFrames);
    ChunkDraft earlier = draft_of_two();
    earlier.begin = at(99);
    EXPECT_EQ(fault_of(file_of(earlier), name_of(earlier)), RecordingFault::kFrames);
    ChunkDraft later = draft_of_two();
    later.end = at(201);
    EXPECT_EQ(fault_of(file_of(later), name_of(later)), RecordingFault::kFrames);
}

}  // namespace
}  // namespace comity::recording
