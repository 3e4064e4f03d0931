// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chunk_format.hpp"

#include "comity/base/disk.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recorder.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace comity::recording {

/// A chunk that takes frames.
struct Recorder::OpenChunk {
    ChunkDraft draft;
    Instant minute{};                  ///< begins then; of the first frame
    std::unique_ptr<base::File> file;  ///< absent where it could not be made
    std::uint64_t file_size = 0;
    std::vector<std::byte> scratch;  ///< what is written next; kept for its room
    bool stopped = false;            ///< the file could not be written
};

}  // namespace comity::recording
