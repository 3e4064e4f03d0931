// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/testing/memory_disk.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recorder.hpp"
#include "comity/recording/recording_error.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The words of the tests of recordings.
namespace comity::recording {

using base::DiskError;
using base::testing::MemoryDisk;

/// 2015-11-24T07:24:00Z and so many milliseconds.
inline Instant at(std::int64_t ms) {
    return std::chrono::sys_days(std::chrono::year(2015) / 11 / 24) + std::chrono::hours(7) +
           std::chrono::minutes(24) + std::chrono::milliseconds(ms);
}

inline constexpr std::int64_t kMinute = 60'000;

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

inline Frame frame(std::int64_t ms, std::string_view text) {
    const auto bytes = bytes_of(text);
    return {.received = at(ms), .bytes = {bytes.begin(), bytes.end()}};
}

inline RecordingStep take(Recorder& recorder, std::string_view feed, std::int64_t ms,
                          std::string_view text) {
    return recorder.take(feed, at(ms), bytes_of(text));
}

inline std::vector<RecordingFault> faults_of(const std::vector<RecordingError>& errors) {
    std::vector<RecordingFault> faults;
    for (const RecordingError& error : errors) faults.push_back(error.fault);
    return faults;
}

inline std::vector<std::byte> contents_of(base::Disk& disk, std::string_view name) {
    const auto file = disk.open(name).value();
    std::vector<std::byte> bytes(file->size().value());
    bytes.resize(file->read_at(0, bytes).value());
    return bytes;
}

inline void put(base::Disk& disk, std::string_view name, std::span<const std::byte> bytes) {
    (void)disk.remove(name);
    const auto file = disk.create(name).value();
    COMITY_CHECK(file->write_at(0, bytes) && file->sync() && disk.sync_directory());
}

/// The frames of these chunks, one after the other.
inline std::vector<Frame> frames_of(base::Disk& disk, const std::vector<Chunk>& chunks) {
    std::vector<Frame> all;
    for (const Chunk& chunk : chunks) {
        auto content = read_chunk(disk, chunk.name).value();
        std::ranges::move(content.frames, std::back_inserter(all));
    }
    return all;
}

}  // namespace comity::recording
