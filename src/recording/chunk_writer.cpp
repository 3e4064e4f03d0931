// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_writer.hpp"

#include "chunk_format.hpp"
#include "chunk_name.hpp"
#include "disk_failure.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace comity::recording {
namespace {

base::Expected<void, base::DiskError> write_synced(base::Disk& disk, const std::string& name,
                                                   std::span<const std::byte> bytes) {
    const auto file = disk.create(name);
    if (!file) return base::Unexpected(file.error());
    return (*file)->write_at(0, bytes).and_then([&] { return (*file)->sync(); });
}

}  // namespace

base::Expected<Chunk, WriteFailure> ChunkWriter::write(const ChunkDraft& draft) {
    const ChunkName parts{
        .feed = draft.feed, .begin = draft.begin, .end = draft.end, .number = draft.number};
    const std::string name = to_string(parts);
    const std::string unfinished = name + std::string(kNewSuffix);
    std::vector<std::byte> bytes = encode_header(sha256_, draft);
    compressor_.compress(draft.body, bytes);
    const auto written = write_synced(disk_, unfinished, bytes).and_then([&] {
        return disk_.rename(unfinished, name);
    });
    if (!written) {
        // It takes room, and nobody reads it.
        (void)disk_.remove(unfinished);
        return base::Unexpected(WriteFailure{.error = disk_failure(written.error(), name)});
    }
    // Steps on names are kept in their order, so that no crash leaves neither. One that is left
    // here is found beside its chunk when the directory is opened.
    (void)disk_.remove(to_string(OpenName{.feed = draft.feed, .number = draft.number}));
    if (const auto synced = disk_.sync_directory(); !synced) {
        return base::Unexpected(WriteFailure{.error = disk_failure(synced.error(), "the directory"),
                                             .names_unsure = true});
    }
    return Chunk{.feed = draft.feed,
                 .begin = draft.begin,
                 .end = draft.end,
                 .size = bytes.size(),
                 .content = sha256_.of(bytes),
                 .name = name};
}

}  // namespace comity::recording
