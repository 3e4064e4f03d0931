// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What is kept of a feed (docs/formats/recording.md): pieces as they were received, in chunks.
namespace comity::recording {

/// UTC to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Bytes of a feed's name.
inline constexpr std::size_t kMaxFeed = 64;
/// Bytes of one frame.
inline constexpr std::size_t kMaxFrame = std::size_t{1} << 20;
/// Frames of one chunk.
inline constexpr std::uint32_t kMaxFrames = std::uint32_t{1} << 20;
/// Bytes of all frames of one chunk, each with its time and its length.
inline constexpr std::size_t kMaxChunk = std::size_t{32} << 20;
/// What each frame takes there beside its bytes.
inline constexpr std::size_t kFrameOverhead = 8 + 4;

/// Whether this can name a feed: 1 to kMaxFeed of `A-Z a-z 0-9 . _ : -`.
bool is_feed(std::string_view text);

/// A chunk that is closed: what the ledger says of it, and where it is.
struct Chunk {
    std::string feed;
    Instant begin{};         ///< the earliest time of a frame
    Instant end{};           ///< the latest
    std::uint64_t size = 0;  ///< of the file, in bytes
    seal::Hash content;      ///< SHA-256 of the file as it is kept
    std::string name;        ///< of the file
    friend bool operator==(const Chunk&, const Chunk&) = default;
};

/// A piece of a feed as it was received.
struct Frame {
    Instant received{};
    std::vector<std::byte> bytes;
    friend bool operator==(const Frame&, const Frame&) = default;
};

struct ChunkContent {
    Chunk chunk;
    std::vector<Frame> frames;  ///< in the order in which they were taken
    friend bool operator==(const ChunkContent&, const ChunkContent&) = default;
};

/// The names of all chunks, in the order of their bytes, which is that of their beginnings.
base::Expected<std::vector<std::string>, RecordingError> list_chunks(base::Disk& disk);

/// A chunk, all of it checked but that its hash is the one in the ledger: that is for whoever has
/// the ledger to compare. Takes no more memory than a few times `max_bytes`, whatever the file
/// says; more than that in frames is kTooLarge.
base::Expected<ChunkContent, RecordingError> read_chunk(base::Disk& disk, std::string_view name,
                                                        std::size_t max_bytes = kMaxChunk);

}  // namespace comity::recording
