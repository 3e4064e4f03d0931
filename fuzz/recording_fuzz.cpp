// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a recording: as the whole file of a chunk, as a body whose header and compression
// are right, and as an open file that a program left. Whatever is read is written again to the same
// frames, and whatever is left is a chunk after one opening.
#include "../src/recording/chunk_format.hpp"
#include "../src/recording/chunk_name.hpp"
#include "../src/recording/open_format.hpp"
#include "../src/recording/zstd_codec.hpp"

#include "comity/base/check.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recorder.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace comity;
using base::testing::MemoryDisk;

constexpr std::size_t kGreatest = std::size_t{1} << 16;
constexpr std::size_t kMost = std::size_t{1} << 20;

void put(MemoryDisk& disk, std::string_view name, std::span<const std::byte> bytes) {
    const auto file = disk.create(name).value();
    COMITY_CHECK(file->write_at(0, bytes) && file->sync() && disk.sync_directory());
}

recording::ChunkDraft draft_of(const recording::ChunkHeader& header) {
    return {.feed = header.feed,
            .number = header.number,
            .begin = header.begin,
            .end = header.end,
            .frames = header.frames};
}

std::string name_of(const recording::ChunkDraft& draft) {
    return to_string(recording::ChunkName{
        .feed = draft.feed, .begin = draft.begin, .end = draft.end, .number = draft.number});
}

// Reads a file under the name that its header says.
void check_chunk(std::span<const std::byte> file) {
    const auto header = recording::decode_header(file, "chunk");
    if (!header) return;
    recording::ChunkDraft draft = draft_of(*header);
    MemoryDisk disk(1);
    put(disk, name_of(draft), file);
    const auto content = recording::read_chunk(disk, name_of(draft), kMost);
    if (!content) return;
    recording::ChunkDraft again{.feed = draft.feed, .number = draft.number};
    for (const recording::Frame& frame : content->frames) {
        recording::add_frame(again, frame.received, frame.bytes);
    }
    COMITY_CHECK(again.body.size() == header->length && again.body.size() <= kMost);
    COMITY_CHECK(name_of(again) == name_of(draft) && again.frames == draft.frames);
    seal::Sha256 sha256;
    const auto bytes = recording::encode_header(sha256, again);
    COMITY_CHECK(std::ranges::equal(bytes, file.first(header->size)));
}

// The bytes as the frames of a chunk that says of them what is true.
void check_body(std::span<const std::byte> body) {
    recording::ChunkDraft draft{.feed = "f", .number = 1};
    base::ByteCursor cursor(body);
    while (const auto frame = recording::read_frame(cursor)) {
        recording::add_frame(draft, frame->received, frame->bytes);
    }
    if (draft.frames == 0) return;
    const bool is_whole = draft.body.size() == body.size();
    draft.body.assign(body.begin(), body.end());
    seal::Sha256 sha256;
    std::vector<std::byte> file = recording::encode_header(sha256, draft);
    recording::Compressor().compress(body, file);
    MemoryDisk disk(1);
    put(disk, name_of(draft), file);
    COMITY_CHECK(recording::read_chunk(disk, name_of(draft)).has_value() == is_whole);
    check_chunk(file);
}

void check_open(std::span<const std::byte> bytes) {
    const recording::OpenName name{.feed = "f", .number = 1};
    MemoryDisk disk(1);
    put(disk, to_string(name), bytes);
    const auto opened = recording::Recorder::open(disk).value();
    if (!opened.faults.empty()) return;
    COMITY_CHECK(opened.recovered.size() == 1);
    const recording::Recovered& found = opened.recovered.front();
    COMITY_CHECK(found.chunk.has_value() == (found.frames > 0));
    if (!found.chunk) return;
    const auto content = recording::read_chunk(disk, found.chunk->name).value();
    COMITY_CHECK(content.chunk == *found.chunk && content.frames.size() == found.frames);
    seal::Sha256 sha256;
    std::vector<std::byte> again = recording::encode_open_header();
    for (const recording::Frame& frame : content.frames) {
        recording::append_checked(sha256, frame.received, frame.bytes, again);
    }
    COMITY_CHECK(std::ranges::equal(again, bytes.first(bytes.size() - found.cut)));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > kGreatest) return 0;
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    check_chunk(bytes);
    check_body(bytes);
    check_open(bytes);
    return 0;
}
