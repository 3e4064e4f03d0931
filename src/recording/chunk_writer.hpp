// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chunk_format.hpp"
#include "zstd_codec.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

namespace comity::recording {

struct WriteFailure {
    RecordingError error;
    /// The directory could not be synced: what its names are after a crash is not known any more.
    bool names_unsure = false;
};

/// Makes files of drafts. A resource.
class ChunkWriter {
  public:
    explicit ChunkWriter(base::Disk& disk) : disk_(disk) {}

    /// Writes the chunk and removes its open file, durably. After a crash one of them is there, or
    /// both. After a failure the open file is still there, unless names are unsure.
    base::Expected<Chunk, WriteFailure> write(const ChunkDraft& draft);

    seal::Sha256& sha256() { return sha256_; }

  private:
    base::Disk& disk_;
    Compressor compressor_;
    seal::Sha256 sha256_;
};

}  // namespace comity::recording
