// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Opening a directory: what is there, and what was open when the program before ended.
#include "chunk_format.hpp"
#include "chunk_name.hpp"
#include "chunk_writer.hpp"
#include "disk_failure.hpp"
#include "open_chunk.hpp"
#include "open_format.hpp"
#include "read_whole.hpp"
#include "ring.hpp"
#include "zstd_codec.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recorder.hpp"
#include "comity/recording/recording_error.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::recording {
namespace {

constexpr std::size_t kMaxFeeds = 1024;

// What is wrong with them; none where nothing is.
const char* fault_of(const RecordingLimits& limits) {
    if (limits.frame_bytes == 0 || limits.frame_bytes > kMaxFrame) return "frame_bytes";
    if (limits.chunk_bytes > kMaxChunk || limits.chunk_bytes < kFrameOverhead + limits.frame_bytes)
        return "chunk_bytes";
    if (limits.chunk_frames == 0 || limits.chunk_frames > kMaxFrames) return "chunk_frames";
    if (limits.feeds == 0 || limits.feeds > kMaxFeeds) return "feeds";
    if (limits.ring_bytes < 2 * std::uint64_t{limits.chunk_bytes}) return "ring_bytes";
    if (limits.age < std::chrono::minutes(1)) return "age";
    return nullptr;
}

base::Expected<std::uint64_t, base::DiskError> size_of(base::Disk& disk, const std::string& name) {
    return disk.open(name).and_then([](const auto& file) { return file->size(); });
}

bool is_unfinished(std::string_view name) {
    return name.ends_with(kNewSuffix) &&
           chunk_name_from(name.substr(0, name.size() - kNewSuffix.size())).has_value();
}

}  // namespace

base::Expected<OpenedRecorder, RecordingError> Recorder::open(base::Disk& disk,
                                                              const RecordingLimits& limits) {
    if (const char* const wrong = fault_of(limits)) {
        return base::Unexpected(RecordingError{.fault = RecordingFault::kLimits, .where = wrong});
    }
    auto lock = disk.lock();
    if (!lock) return base::Unexpected(disk_failure(lock.error(), "the directory"));
    const auto names = disk.list();
    if (!names) return base::Unexpected(disk_failure(names.error(), "the directory"));
    OpenedRecorder opened;
    // The constructor is private to everybody else.
    opened.recorder.reset(new Recorder(disk, limits, *std::move(lock)));
    opened.recorder->find_all(*names, opened);
    return opened;
}

void Recorder::find_all(const std::vector<std::string>& names, OpenedRecorder& opened) {
    std::set<OpenName> closed;
    std::set<OpenName> left;
    std::uint64_t last = 0;
    for (const std::string& name : names) {
        if (is_unfinished(name)) {
            const auto gone = disk_.remove(name);
            if (!gone) opened.faults.push_back(disk_failure(gone.error(), name));
        } else if (const auto chunk = chunk_name_from(name)) {
            const auto size = size_of(disk_, name);
            if (!size) opened.faults.push_back(disk_failure(size.error(), name));
            ring_->add({.end = chunk->end,
                        .number = chunk->number,
                        .name = name,
                        .size = size.value_or(0)});
            closed.insert({.feed = chunk->feed, .number = chunk->number});
            last = std::max(last, chunk->number);
        } else if (auto open = open_name_from(name)) {
            last = std::max(last, open->number);
            left.insert(*std::move(open));
        }
    }
    next_number_ = last + 1;
    for (const OpenName& one : left) {
        // Its chunk was kept before the program ended.
        if (closed.contains(one)) {
            const auto gone = disk_.remove(to_string(one));
            if (!gone) opened.faults.push_back(disk_failure(gone.error(), to_string(one)));
        } else if (!stopped_) {
            recover(to_string(one), opened);
        }
    }
    // By size alone: what time it is has not been told.
    ring_->shrink(disk_, limits_.ring_bytes, Instant{}, opened.removed, opened.faults);
}

void Recorder::recover(const std::string& name, OpenedRecorder& opened) {
    const auto failed = [&](RecordingError error, std::uint64_t size) {
        opened.faults.push_back(std::move(error));
        // It stays, and takes room. When it ended is not known: it is the last to go.
        ring_->add({.end = Instant::max(), .name = name, .size = size});
    };
    const auto size = size_of(disk_, name);
    if (!size) return failed(disk_failure(size.error(), name), 0);
    const auto bytes = read_whole(disk_, name, kMaxOpen);
    if (!bytes) return failed(disk_failure(bytes.error(), name), *size);
    const auto content = decode_open(writer_->sha256(), *bytes, *open_name_from(name));
    if (!content) return failed(content.error(), *size);
    Recovered recovered{.file = name,
                        .frames = content->draft.frames,
                        .cut = *size - std::min(*size, content->used)};
    if (content->draft.frames == 0) {
        if (const auto gone = disk_.remove(name); !gone) {
            return failed(disk_failure(gone.error(), name), *size);
        }
    } else {
        RecordingStep step;
        keep(content->draft, *size, step);
        std::ranges::move(step.removed, std::back_inserter(opened.removed));
        std::ranges::move(step.faults, std::back_inserter(opened.faults));
        if (step.closed.empty()) return;
        recovered.chunk = std::move(step.closed.front());
    }
    opened.recovered.push_back(std::move(recovered));
}

}  // namespace comity::recording
