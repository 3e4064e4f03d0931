// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chunk_format.hpp"
#include "chunk_name.hpp"

#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The file of an open chunk (docs/formats/recording.md): a header, then frames as they come, each
/// with a check of its own, since the end of the program may cut the last of them.
namespace comity::recording {

inline constexpr std::size_t kOpenHeader = 8 + 2;
inline constexpr std::size_t kFrameCheck = 8;
/// The longest open file.
inline constexpr std::size_t kMaxOpen =
    kOpenHeader + kMaxChunk + std::size_t{kMaxFrames} * kFrameCheck;

std::vector<std::byte> encode_open_header();

/// Appends a frame as it stands in a body, then its check.
void append_checked(seal::Sha256& sha256, Instant received, std::span<const std::byte> bytes,
                    std::vector<std::byte>& out);

struct OpenContent {
    ChunkDraft draft;        ///< of the whole frames from the first on
    std::uint64_t used = 0;  ///< bytes of the file up to their end
};

/// The whole frames of an open file; none where its header is not whole. kNewer.
base::Expected<OpenContent, RecordingError> decode_open(seal::Sha256& sha256,
                                                        std::span<const std::byte> file,
                                                        const OpenName& name);

}  // namespace comity::recording
