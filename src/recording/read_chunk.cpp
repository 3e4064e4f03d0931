// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_format.hpp"
#include "chunk_name.hpp"
#include "disk_failure.hpp"
#include "read_whole.hpp"
#include "zstd_codec.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::recording {
namespace {

base::Unexpected<RecordingError> refused(RecordingFault fault, std::string where) {
    return base::Unexpected(RecordingError{.fault = fault, .where = std::move(where)});
}

}  // namespace

base::Expected<std::vector<std::byte>, base::DiskError> read_whole(base::Disk& disk,
                                                                   std::string_view name,
                                                                   std::size_t max_bytes) {
    const auto file = disk.open(name);
    if (!file) return base::Unexpected(file.error());
    const auto size = (*file)->size();
    if (!size) return base::Unexpected(size.error());
    std::vector<std::byte> bytes(std::min<std::uint64_t>(*size, std::uint64_t{max_bytes} + 1));
    const auto read = (*file)->read_at(0, bytes);
    if (!read) return base::Unexpected(read.error());
    bytes.resize(*read);
    return bytes;
}

base::Expected<std::vector<std::string>, RecordingError> list_chunks(base::Disk& disk) {
    auto names = disk.list();
    if (!names) return base::Unexpected(disk_failure(names.error(), "the directory"));
    std::erase_if(*names, [](const std::string& name) { return !chunk_name_from(name); });
    return *std::move(names);
}

base::Expected<ChunkContent, RecordingError> read_chunk(base::Disk& disk, std::string_view name,
                                                        std::size_t max_bytes) {
    const std::string file(name);
    const auto parts = chunk_name_from(name);
    if (!parts) return refused(RecordingFault::kName, file);
    const std::size_t most = std::min(max_bytes, kMaxChunk);
    const std::size_t most_kept = kMaxHeader + compressed_bound(most);
    const auto bytes = read_whole(disk, name, most_kept);
    if (!bytes && bytes.error() == base::DiskError::kNotFound) {
        return refused(RecordingFault::kNotFound, file);
    }
    if (!bytes) return base::Unexpected(disk_failure(bytes.error(), file));
    if (bytes->size() > most_kept) {
        return refused(RecordingFault::kTooLarge,
                       file + ": more than " + std::to_string(most_kept) + " bytes");
    }
    const auto header = decode_header(*bytes, file);
    if (!header) return base::Unexpected(header.error());
    const ChunkName named{
        .feed = header->feed, .begin = header->begin, .end = header->end, .number = header->number};
    if (named != *parts) return refused(RecordingFault::kOtherName, file);
    if (header->length > most) {
        return refused(RecordingFault::kTooLarge, file + ": " + std::to_string(header->length) +
                                                      " bytes of frames, more than " +
                                                      std::to_string(most));
    }
    const std::span<const std::byte> whole(*bytes);
    const auto body = expand(whole.subspan(header->size), header->length);
    if (!body) {
        return refused(
            RecordingFault::kCompression,
            place(file, header->size,
                  "expected one zstd frame of " + std::to_string(header->length) + " bytes"));
    }
    seal::Sha256 sha256;
    if (sha256.of({whole.first(header->hashed), *body}) != header->hash) {
        return refused(RecordingFault::kHash, place(file, header->hashed, "the hash is another"));
    }
    auto frames = decode_body(*header, *body, file);
    if (!frames) return base::Unexpected(frames.error());
    return ChunkContent{.chunk = {.feed = header->feed,
                                  .begin = header->begin,
                                  .end = header->end,
                                  .size = bytes->size(),
                                  .content = sha256.of(*bytes),
                                  .name = file},
                        .frames = *std::move(frames)};
}

}  // namespace comity::recording
