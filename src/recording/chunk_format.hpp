// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The file of a chunk (docs/formats/recording.md): a header, and the frames in a zstd frame.
namespace comity::recording {

inline constexpr std::uint16_t kVersion = 1;
inline constexpr std::size_t kMaxHeader = 8 + 2 + 8 + 8 + 8 + 4 + 4 + 1 + kMaxFeed + 32;

/// A chunk as it grows: its frames are in `body` already.
struct ChunkDraft {
    std::string feed;
    std::uint64_t number = 0;
    Instant begin{};
    Instant end{};
    std::uint32_t frames = 0;
    std::vector<std::byte> body;
};

/// Appends a frame as it stands in a body.
void append_frame(Instant received, std::span<const std::byte> bytes, std::vector<std::byte>& out);

/// Adds a frame to the draft.
void add_frame(ChunkDraft& draft, Instant received, std::span<const std::byte> bytes);

/// A frame in a body. Views it.
struct FrameView {
    Instant received{};
    std::span<const std::byte> bytes;
};

/// The next frame; absent where there is none that is whole and within its limits.
std::optional<FrameView> read_frame(base::ByteCursor& cursor);

/// The header of a draft, its hash included.
std::vector<std::byte> encode_header(seal::Sha256& sha256, const ChunkDraft& draft);

struct ChunkHeader {
    std::string feed;
    std::uint64_t number = 0;
    Instant begin{};
    Instant end{};
    std::uint32_t frames = 0;
    std::uint32_t length = 0;  ///< of the body
    seal::Hash hash;           ///< of the header before it, and the body
    std::size_t hashed = 0;    ///< bytes of the header before the hash
    std::size_t size = 0;      ///< of the whole header
};

/// kMagic, kNewer, kHeader.
base::Expected<ChunkHeader, RecordingError> decode_header(std::span<const std::byte> file,
                                                          const std::string& name);

/// kFrames.
base::Expected<std::vector<Frame>, RecordingError> decode_body(const ChunkHeader& header,
                                                               std::span<const std::byte> body,
                                                               const std::string& name);

/// "NAME at OFFSET: WHAT".
std::string place(const std::string& name, std::size_t offset, const std::string& what);

/// "NAME: format 2; this program knows formats up to 1".
std::string newer_format(const std::string& name, std::uint16_t version);

}  // namespace comity::recording
