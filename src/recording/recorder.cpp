// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/recording/recorder.hpp"

#include "chunk_format.hpp"
#include "chunk_name.hpp"
#include "chunk_writer.hpp"
#include "disk_failure.hpp"
#include "open_chunk.hpp"
#include "open_format.hpp"
#include "ring.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::recording {
namespace {

// The beginning of the minute of UTC.
Instant minute_of(Instant instant) {
    return std::chrono::floor<std::chrono::minutes>(instant);
}

}  // namespace

Recorder::Recorder(base::Disk& disk, const RecordingLimits& limits,
                   std::unique_ptr<base::DiskLock> lock)
    : disk_(disk),
      limits_(limits),
      lock_(std::move(lock)),
      writer_(std::make_unique<ChunkWriter>(disk)),
      ring_(std::make_unique<Ring>()) {}

Recorder::~Recorder() = default;

std::uint64_t Recorder::ring_bytes() const {
    return ring_->bytes();
}

std::optional<RecordingError> Recorder::refusal(std::string_view feed, Instant received,
                                                std::span<const std::byte> frame) const {
    const auto refused = [&](RecordingFault fault, const std::string& what) {
        return RecordingError{.fault = fault, .where = std::string(feed) + ": " + what};
    };
    if (!is_feed(feed)) {
        return RecordingError{
            .fault = RecordingFault::kFeed,
            .where = "expected 1 to " + std::to_string(kMaxFeed) + " of A-Z a-z 0-9 . _ : -"};
    }
    if (!is_time(received)) {
        return refused(RecordingFault::kTime,
                       std::to_string(received.time_since_epoch().count()) + " ms since 1970");
    }
    if (frame.empty()) return refused(RecordingFault::kEmptyFrame, "expected a byte at least");
    if (frame.size() > limits_.frame_bytes) {
        return refused(RecordingFault::kFrameTooLarge, std::to_string(frame.size()) +
                                                           " bytes, more than " +
                                                           std::to_string(limits_.frame_bytes));
    }
    if (stopped_) return refused(RecordingFault::kStopped, "the directory could not be synced");
    return std::nullopt;
}

RecordingStep Recorder::take(std::string_view feed, Instant received,
                             std::span<const std::byte> frame) {
    RecordingStep step;
    if (auto refused = refusal(feed, received, frame)) {
        step.faults.push_back(*std::move(refused));
        return step;
    }
    latest_ = std::max(latest_, received);
    OpenChunk* const chunk = open_chunk(feed, received, frame.size(), step);
    if (chunk == nullptr) return step;
    if (chunk->stopped) {
        step.faults.push_back({.fault = RecordingFault::kStopped,
                               .where = std::string(feed) + ": until the next minute"});
        return step;
    }
    chunk->scratch.clear();
    if (chunk->file_size == 0) chunk->scratch = encode_open_header();
    append_checked(writer_->sha256(), received, frame, chunk->scratch);
    if (const auto written = chunk->file->write_at(chunk->file_size, chunk->scratch); !written) {
        chunk->stopped = true;
        step.faults.push_back(disk_failure(written.error(), std::string(feed)));
        return step;
    }
    chunk->file_size += chunk->scratch.size();
    add_frame(chunk->draft, received, frame);
    return step;
}

bool Recorder::takes(const OpenChunk& chunk, Instant received, std::size_t size) const {
    if (minute_of(received) > chunk.minute) return false;
    return chunk.stopped ||
           (chunk.draft.frames < limits_.chunk_frames &&
            kFrameOverhead + size <= limits_.chunk_bytes - chunk.draft.body.size());
}

// The chunk that a frame of this size belongs to; none, and why, where there can be none.
Recorder::OpenChunk* Recorder::open_chunk(std::string_view feed, Instant received, std::size_t size,
                                          RecordingStep& step) {
    if (const auto found = open_.find(feed); found != open_.end()) {
        if (takes(*found->second, received, size)) return found->second.get();
        close(std::string(feed), step);
    }
    if (stopped_) {
        step.faults.push_back({.fault = RecordingFault::kStopped, .where = std::string(feed)});
        return nullptr;
    }
    if (open_.size() >= limits_.feeds) {
        step.faults.push_back(
            {.fault = RecordingFault::kTooManyFeeds,
             .where = std::string(feed) + ": more than " + std::to_string(limits_.feeds)});
        return nullptr;
    }
    auto chunk = std::make_unique<OpenChunk>();
    chunk->draft.feed = feed;
    chunk->draft.number = next_number_++;
    chunk->minute = minute_of(received);
    const std::string name =
        to_string(OpenName{.feed = chunk->draft.feed, .number = chunk->draft.number});
    auto file = disk_.create(name);
    OpenChunk& made = *open_.emplace(feed, std::move(chunk)).first->second;
    if (file) {
        made.file = *std::move(file);
        return &made;
    }
    made.stopped = true;
    step.faults.push_back(disk_failure(file.error(), name));
    return nullptr;
}

RecordingStep Recorder::close_before(Instant instant) {
    RecordingStep step;
    if (!is_time(instant)) {
        step.faults.push_back(
            {.fault = RecordingFault::kTime,
             .where = std::to_string(instant.time_since_epoch().count()) + " ms since 1970"});
        return step;
    }
    latest_ = std::max(latest_, instant);
    std::vector<std::string> due;
    for (const auto& [feed, chunk] : open_) {
        if (chunk->minute + std::chrono::minutes(1) <= instant) due.push_back(feed);
    }
    for (const std::string& feed : due) close(feed, step);
    return step;
}

RecordingStep Recorder::close_all() {
    RecordingStep step;
    while (!open_.empty()) close(std::string(open_.begin()->first), step);
    return step;
}

void Recorder::close(const std::string& feed, RecordingStep& step) {
    const auto found = open_.find(feed);
    const std::unique_ptr<OpenChunk> chunk = std::move(found->second);
    open_.erase(found);
    const bool has_file = chunk->file != nullptr;
    chunk->file.reset();
    if (stopped_) {
        step.faults.push_back({.fault = RecordingFault::kStopped, .where = feed});
    } else if (chunk->draft.frames > 0) {
        keep(chunk->draft, chunk->file_size, step);
    } else if (has_file) {
        // Nothing came into it, and nothing is lost where it stays.
        (void)disk_.remove(to_string(OpenName{.feed = feed, .number = chunk->draft.number}));
    }
}

void Recorder::keep(const ChunkDraft& draft, std::uint64_t open_size, RecordingStep& step) {
    auto written = writer_->write(draft);
    if (!written) {
        step.faults.push_back(written.error().error);
        stopped_ = written.error().names_unsure;
        if (stopped_) return;
    }
    // What is left of one that failed becomes a chunk when the directory is opened; it takes room.
    ring_->add({.end = draft.end,
                .number = draft.number,
                .name = written ? written->name : to_string(OpenName{draft.feed, draft.number}),
                .size = written ? written->size : open_size});
    if (written) step.closed.push_back(*std::move(written));
    ring_->shrink(disk_, limits_.ring_bytes, latest_ - limits_.age, step.removed, step.faults);
}

}  // namespace comity::recording
