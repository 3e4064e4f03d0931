// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recording_error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::recording {

struct RecordingLimits {
    std::size_t frame_bytes = std::size_t{64} << 10;  ///< at most kMaxFrame
    std::size_t chunk_bytes = std::size_t{4} << 20;   ///< as kMaxChunk counts; one frame at least
    std::uint32_t chunk_frames = 65'536;              ///< at most kMaxFrames
    std::size_t feeds = 64;                           ///< with an open chunk at one time
    /// Bytes of all files that are not open: at least twice chunk_bytes.
    std::uint64_t ring_bytes = std::uint64_t{1} << 30;
    /// From the end of a chunk to the latest time that the recorder was told; a minute at least.
    std::chrono::milliseconds age = std::chrono::hours(24 * 7);
};

/// What one call did. A chunk that could not be closed does not keep a frame from being taken, so
/// there may be something of each.
struct RecordingStep {
    std::vector<Chunk> closed;         ///< durable
    std::vector<std::string> removed;  ///< files that the ring gave up, the oldest first
    std::vector<RecordingError> faults;
};

/// What was found of a chunk that was open when its program ended.
struct Recovered {
    std::string file;            ///< the open file, which is gone
    std::optional<Chunk> chunk;  ///< its whole frames; absent where there is none
    std::uint32_t frames = 0;
    std::uint64_t cut = 0;  ///< bytes behind the last whole frame, which are lost
    friend bool operator==(const Recovered&, const Recovered&) = default;
};

struct ChunkDraft;
struct OpenedRecorder;
class ChunkWriter;
class Ring;

/// Keeps feeds as they were received, in chunks of one feed and one minute of UTC, in a ring of one
/// directory that is its own. A resource.
///
/// Failing. An error of the disk is a value: the frame, or the chunk, is not kept, and nothing
/// else follows from it. A chunk whose open file cannot be written takes no more frames (kStopped)
/// and is closed with those that it has. After a directory that could not be synced the whole
/// recorder is stopped: it is opened anew.
///
/// Durability. A chunk that was returned survives any crash. The frames of an open one survive the
/// end of the program, and of a crash of the machine those that reached the medium in time.
///
/// Threads. One at a time.
class Recorder {
  public:
    /// Lists what is there, makes chunks of open files that were left, and removes what is over the
    /// limits. kLimits, kBusy, kMedium where the directory cannot be listed; a single file that
    /// cannot be read is one of `faults` and stays.
    static base::Expected<OpenedRecorder, RecordingError> open(base::Disk& disk,
                                                               const RecordingLimits& limits = {});

    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    /// Closes no chunk: what is open is found when the directory is opened again.
    ~Recorder();

    /// Keeps a frame. Where it is of a later minute than the feed's open chunk, or does not fit
    /// into it, that is closed first. A time that goes back goes into the open chunk. Faults:
    /// kFeed, kTime, kEmptyFrame, kFrameTooLarge, kTooManyFeeds, kStopped, kNoSpace, kMedium.
    RecordingStep take(std::string_view feed, Instant received, std::span<const std::byte> frame);

    /// Closes the chunks of minutes that end at `instant` or before, in the order of their feeds: a
    /// feed that has fallen silent closes none. kTime, and as `take`.
    RecordingStep close_before(Instant instant);

    /// Closes all, at the end of the program.
    RecordingStep close_all();

    /// Of all files but the open ones; at most the limit after each call without a fault.
    std::uint64_t ring_bytes() const;

  private:
    struct OpenChunk;

    Recorder(base::Disk& disk, const RecordingLimits& limits, std::unique_ptr<base::DiskLock> lock);
    void find_all(const std::vector<std::string>& names, OpenedRecorder& opened);
    void recover(const std::string& name, OpenedRecorder& opened);
    std::optional<RecordingError> refusal(std::string_view feed, Instant received,
                                          std::span<const std::byte> frame) const;
    bool takes(const OpenChunk& chunk, Instant received, std::size_t size) const;
    OpenChunk* open_chunk(std::string_view feed, Instant received, std::size_t size,
                          RecordingStep& step);
    void close(const std::string& feed, RecordingStep& step);
    void keep(const ChunkDraft& draft, std::uint64_t open_size, RecordingStep& step);

    base::Disk& disk_;
    RecordingLimits limits_;
    std::unique_ptr<base::DiskLock> lock_;
    std::unique_ptr<ChunkWriter> writer_;
    std::unique_ptr<Ring> ring_;
    std::map<std::string, std::unique_ptr<OpenChunk>, std::less<>> open_;
    std::uint64_t next_number_ = 1;
    Instant latest_{};
    bool stopped_ = false;
};

/// What opening found. Closed chunks that the ledger does not know yet are in `recovered`, and
/// among list_chunks where the program ended between their closing and their record.
struct OpenedRecorder {
    std::unique_ptr<Recorder> recorder;
    std::vector<Recovered> recovered;
    std::vector<std::string> removed;  ///< files over the limits, the oldest first
    std::vector<RecordingError> faults;
};

}  // namespace comity::recording
