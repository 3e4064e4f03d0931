// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "open_format.hpp"

#include "chunk_format.hpp"
#include "chunk_name.hpp"

#include "comity/base/byte_writer.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace comity::recording {
namespace {

constexpr std::string_view kMagic = "Open   \n";

}  // namespace

std::vector<std::byte> encode_open_header() {
    std::vector<std::byte> bytes;
    base::ByteWriter writer(bytes);
    writer.text(kMagic);
    writer.u16(kVersion);
    return bytes;
}

void append_checked(seal::Sha256& sha256, Instant received, std::span<const std::byte> bytes,
                    std::vector<std::byte>& out) {
    const std::size_t before = out.size();
    append_frame(received, bytes, out);
    const seal::Hash hash = sha256.of(std::span<const std::byte>(out).subspan(before));
    base::ByteWriter(out).bytes(hash.span().first(kFrameCheck));
}

base::Expected<OpenContent, RecordingError> decode_open(seal::Sha256& sha256,
                                                        std::span<const std::byte> file,
                                                        const OpenName& name) {
    OpenContent content{.draft = {.feed = name.feed, .number = name.number}};
    base::ByteCursor cursor(file);
    const auto magic = cursor.take(kMagic.size());
    if (!magic || !std::ranges::equal(*magic, std::as_bytes(std::span(kMagic)))) return content;
    const auto version = cursor.read_u16be();
    if (version && *version > kVersion) {
        return base::Unexpected(RecordingError{.fault = RecordingFault::kNewer,
                                               .where = newer_format(to_string(name), *version)});
    }
    if (version != kVersion) return content;
    content.used = cursor.position();
    ChunkDraft& draft = content.draft;
    while (draft.frames < kMaxFrames) {
        const auto frame = read_frame(cursor);
        const auto check = cursor.take(kFrameCheck);
        if (!frame || !check) break;
        const std::size_t size = kFrameOverhead + frame->bytes.size();
        const seal::Hash hash = sha256.of(file.subspan(content.used, size));
        if (!std::ranges::equal(*check, hash.span().first(kFrameCheck))) break;
        if (size > kMaxChunk - draft.body.size()) break;
        add_frame(draft, frame->received, frame->bytes);
        content.used = cursor.position();
    }
    return content;
}

}  // namespace comity::recording
