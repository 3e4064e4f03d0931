// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_format.hpp"

#include "chunk_name.hpp"

#include "comity/base/byte_writer.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::recording {
namespace {

constexpr std::string_view kMagic = "Chunk  \n";

// Absent where it ends before, or is outside the years.
void put_instant(base::ByteWriter& writer, Instant value) {
    writer.u64(static_cast<std::uint64_t>(value.time_since_epoch().count()));
}

std::optional<Instant> read_instant(base::ByteCursor& cursor) {
    const auto value = cursor.read_u64be();
    if (!value) return std::nullopt;
    const Instant instant{std::chrono::milliseconds(static_cast<std::int64_t>(*value))};
    if (!is_time(instant)) return std::nullopt;
    return instant;
}

base::Unexpected<RecordingError> refused(RecordingFault fault, std::string where) {
    return base::Unexpected(RecordingError{.fault = fault, .where = std::move(where)});
}

// What follows the version; absent where it ends before or a field is outside its limits.
std::optional<ChunkHeader> read_fields(base::ByteCursor& cursor) {
    ChunkHeader header;
    const auto number = cursor.read_u64be();
    const auto begin = read_instant(cursor);
    const auto end = read_instant(cursor);
    const auto frames = cursor.read_u32be();
    const auto length = cursor.read_u32be();
    if (!number || !begin || !end || !frames || !length || *end < *begin) return std::nullopt;
    const auto feed = cursor.take(cursor.read_u8().value_or(0));
    header.hashed = cursor.position();
    const auto hash = cursor.take(seal::Hash::kSize);
    if (!feed || !hash || *frames == 0 || *frames > kMaxFrames) return std::nullopt;
    header.feed.assign(reinterpret_cast<const char*>(feed->data()), feed->size());
    if (!is_feed(header.feed)) return std::nullopt;
    header.number = *number;
    header.begin = *begin;
    header.end = *end;
    header.frames = *frames;
    header.length = *length;
    header.hash = *seal::Hash::from(*hash);
    header.size = cursor.position();
    return header;
}

}  // namespace

std::string place(const std::string& name, std::size_t offset, const std::string& what) {
    return name + " at " + std::to_string(offset) + ": " + what;
}

std::string newer_format(const std::string& name, std::uint16_t version) {
    return name + ": format " + std::to_string(version) + "; this program knows formats up to " +
           std::to_string(kVersion);
}

void append_frame(Instant received, std::span<const std::byte> bytes, std::vector<std::byte>& out) {
    base::ByteWriter writer(out);
    put_instant(writer, received);
    writer.u32(static_cast<std::uint32_t>(bytes.size()));
    writer.bytes(bytes);
}

void add_frame(ChunkDraft& draft, Instant received, std::span<const std::byte> bytes) {
    append_frame(received, bytes, draft.body);
    draft.begin = draft.frames == 0 ? received : std::min(draft.begin, received);
    draft.end = draft.frames == 0 ? received : std::max(draft.end, received);
    ++draft.frames;
}

std::optional<FrameView> read_frame(base::ByteCursor& cursor) {
    const auto received = read_instant(cursor);
    const auto length = cursor.read_u32be();
    if (!received || !length || *length == 0 || *length > kMaxFrame) return std::nullopt;
    const auto bytes = cursor.take(*length);
    if (!bytes) return std::nullopt;
    return FrameView{.received = *received, .bytes = *bytes};
}

std::vector<std::byte> encode_header(seal::Sha256& sha256, const ChunkDraft& draft) {
    std::vector<std::byte> bytes;
    bytes.reserve(kMaxHeader);
    base::ByteWriter writer(bytes);
    writer.text(kMagic);
    writer.u16(kVersion);
    writer.u64(draft.number);
    put_instant(writer, draft.begin);
    put_instant(writer, draft.end);
    writer.u32(draft.frames);
    writer.u32(static_cast<std::uint32_t>(draft.body.size()));
    writer.u8(static_cast<std::uint8_t>(draft.feed.size()));
    writer.text(draft.feed);
    const seal::Hash hash = sha256.of({bytes, draft.body});
    writer.bytes(hash.span());
    return bytes;
}

base::Expected<ChunkHeader, RecordingError> decode_header(std::span<const std::byte> file,
                                                          const std::string& name) {
    base::ByteCursor cursor(file);
    const auto magic = cursor.take(kMagic.size());
    if (!magic || !std::ranges::equal(*magic, std::as_bytes(std::span(kMagic)))) {
        return refused(RecordingFault::kMagic, place(name, 0, "expected \"Chunk\""));
    }
    const auto version = cursor.read_u16be();
    if (version && *version > kVersion) {
        return refused(RecordingFault::kNewer, newer_format(name, *version));
    }
    if (version != kVersion) {
        return refused(RecordingFault::kHeader, place(name, 8, "a version that never was"));
    }
    auto header = read_fields(cursor);
    if (!header) {
        return refused(RecordingFault::kHeader,
                       place(name, cursor.position(), "cut, or a field outside its limits"));
    }
    return *std::move(header);
}

base::Expected<std::vector<Frame>, RecordingError> decode_body(const ChunkHeader& header,
                                                               std::span<const std::byte> body,
                                                               const std::string& name) {
    base::ByteCursor cursor(body);
    const auto wrong = [&](const char* what) {
        return refused(RecordingFault::kFrames,
                       place(name + ", its frames", cursor.position(), what));
    };
    std::vector<Frame> frames;
    Instant begin = header.end;
    Instant end = header.begin;
    while (cursor.remaining() > 0) {
        const auto frame = read_frame(cursor);
        if (!frame) return wrong("expected a whole frame");
        if (frames.size() == header.frames) return wrong("more frames than the header says");
        frames.push_back(
            {.received = frame->received, .bytes = {frame->bytes.begin(), frame->bytes.end()}});
        begin = std::min(begin, frame->received);
        end = std::max(end, frame->received);
    }
    if (frames.size() != header.frames) return wrong("fewer frames than the header says");
    if (begin != header.begin || end != header.end) return wrong("other times than the header's");
    return frames;
}

}  // namespace comity::recording
