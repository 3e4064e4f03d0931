// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Each fault of a recorder, and what it leaves.
#include "test_recording.hpp"

#include "comity/recording/chunk.hpp"
#include "comity/recording/recorder.hpp"
#include "comity/recording/recording_error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::recording {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

RecordingFault opening_fault(base::Disk& disk, const RecordingLimits& limits = {}) {
    const auto opened = Recorder::open(disk, limits);
    EXPECT_FALSE(opened);
    return opened ? RecordingFault::kName : opened.error().fault;
}

RecordingFault only_fault(const RecordingStep& step) {
    EXPECT_THAT(step.faults, SizeIs(1));
    return step.faults.empty() ? RecordingFault::kName : step.faults.front().fault;
}

TEST(RecorderFaults, RefusesLimitsThatContradict) {
    MemoryDisk disk(1);
    const std::vector<RecordingLimits> wrong{
        {.frame_bytes = 0},
        {.frame_bytes = kMaxFrame + 1},
        {.chunk_bytes = kMaxChunk + 1},
        {.frame_bytes = 100, .chunk_bytes = 111},
        {.chunk_frames = 0},
        {.chunk_frames = kMaxFrames + 1},
        {.feeds = 0},
        {.feeds = 1025},
        {.frame_bytes = 100, .chunk_bytes = 1000, .ring_bytes = 1999},
        {.age = std::chrono::milliseconds(59'999)},
    };
    for (const RecordingLimits& limits : wrong) {
        EXPECT_EQ(opening_fault(disk, limits), RecordingFault::kLimits);
    }
    EXPECT_TRUE(Recorder::open(disk, {.frame_bytes = 100, .chunk_bytes = 112, .ring_bytes = 224}));
}

TEST(RecorderFaults, OpensNothingThatAnotherHas) {
    MemoryDisk disk(1);
    const auto first = Recorder::open(disk).value();
    EXPECT_EQ(opening_fault(disk), RecordingFault::kBusy);
}

TEST(RecorderFaults, OpensNothingThatCannotBeListed) {
    MemoryDisk disk(1);
    for (const std::uint64_t call : {1U, 2U}) {
        disk.fail_call(call, DiskError::kIo);
        EXPECT_EQ(opening_fault(disk), RecordingFault::kMedium);
    }
}

TEST(RecorderFaults, TakesNoFrameOutsideTheLimits) {
    MemoryDisk disk(1);
    const auto opened = Recorder::open(disk, {.frame_bytes = 3, .feeds = 2}).value();
    Recorder& recorder = *opened.recorder;
    EXPECT_EQ(only_fault(take(recorder, "", 0, "x")), RecordingFault::kFeed);
    EXPECT_EQ(only_fault(take(recorder, "a b", 0, "x")), RecordingFault::kFeed);
    EXPECT_EQ(only_fault(take(recorder, "a", 0, "")), RecordingFault::kEmptyFrame);
    EXPECT_EQ(only_fault(take(recorder, "a", 0, "four")), RecordingFault::kFrameTooLarge);
    const Instant before{std::chrono::milliseconds(-1)};
    EXPECT_EQ(only_fault(recorder.take("a", before, bytes_of("x"))), RecordingFault::kTime);
    EXPECT_EQ(only_fault(recorder.close_before(before)), RecordingFault::kTime);
    EXPECT_EQ(only_fault(recorder.close_before(Instant::max())), RecordingFault::kTime);
    EXPECT_THAT(disk.list().value(), IsEmpty());
    EXPECT_THAT(take(recorder, "a", 0, "x").faults, IsEmpty());
    EXPECT_THAT(take(recorder, "b", 0, "x").faults, IsEmpty());
    EXPECT_EQ(only_fault(take(recorder, "c", 0, "x")), RecordingFault::kTooManyFeeds);
    EXPECT_THAT(take(recorder, "b", 1, "yes").faults, IsEmpty());
    EXPECT_THAT(recorder.close_before(at(kMinute)).closed, SizeIs(2));
    EXPECT_THAT(take(recorder, "c", kMinute, "x").faults, IsEmpty());
}

TEST(RecorderFaults, StopsAChunkWhoseFileCannotBeMadeUntilTheNextMinute) {
    MemoryDisk disk(1);
    const auto opened = Recorder::open(disk).value();
    disk.fail_call(1, DiskError::kRefused);
    EXPECT_EQ(only_fault(take(*opened.recorder, "a", 0, "one")), RecordingFault::kMedium);
    EXPECT_EQ(only_fault(take(*opened.recorder, "a", 1, "two")), RecordingFault::kStopped);
    EXPECT_THAT(take(*opened.recorder, "b", 1, "of b").faults, IsEmpty());
    const auto next = take(*opened.recorder, "a", kMinute, "three");
    EXPECT_THAT(next.faults, IsEmpty());
    EXPECT_THAT(next.closed, IsEmpty());
}

TEST(RecorderFaults, KeepsTheFramesBeforeTheOneThatCouldNotBeWritten) {
    MemoryDisk disk(1);
    const auto opened = Recorder::open(disk).value();
    take(*opened.recorder, "a", 0, "one");
    disk.fail_call(1, DiskError::kNoSpace);
    EXPECT_EQ(only_fault(take(*opened.recorder, "a", 1, "two")), RecordingFault::kNoSpace);
    EXPECT_EQ(only_fault(take(*opened.recorder, "a", 2, "three")), RecordingFault::kStopped);
    const auto step = take(*opened.recorder, "a", kMinute, "four");
    EXPECT_THAT(step.faults, IsEmpty());
    EXPECT_THAT(frames_of(disk, step.closed), ElementsAre(frame(0, "one")));
}

TEST(RecorderFaults, LeavesNoFileWhereTheFirstFrameCouldNotBeWritten) {
    MemoryDisk disk(1);
    const auto opened = Recorder::open(disk).value();
    disk.fail_call(2, DiskError::kIo);
    EXPECT_EQ(only_fault(take(*opened.recorder, "a", 0, "one")), RecordingFault::kMedium);
    EXPECT_THAT(opened.recorder->close_all().closed, IsEmpty());
    EXPECT_THAT(disk.list().value(), IsEmpty());
}

// The calls of closing one chunk: create, write, sync, rename. The frame that comes is kept, and
// what could not be closed is a chunk after the next opening.
TEST(RecorderFaults, ClosesLaterWhatCouldNotBeClosed) {
    for (std::uint64_t call = 1; call <= 4; ++call) {
        MemoryDisk disk(call);
        auto opened = Recorder::open(disk).value();
        take(*opened.recorder, "a", 0, "one");
        disk.fail_call(call, DiskError::kNoSpace);
        const auto step = take(*opened.recorder, "a", kMinute, "two");
        EXPECT_EQ(only_fault(step), RecordingFault::kNoSpace) << call;
        EXPECT_THAT(step.closed, IsEmpty());
        EXPECT_GT(opened.recorder->ring_bytes(), 0U) << "it takes room";
        EXPECT_THAT(frames_of(disk, opened.recorder->close_all().closed),
                    ElementsAre(frame(kMinute, "two")));
        opened = {};
        opened = Recorder::open(disk).value();
        ASSERT_THAT(opened.recovered, SizeIs(1)) << call;
        EXPECT_THAT(frames_of(disk, {*opened.recovered.front().chunk}),
                    ElementsAre(frame(0, "one")));
    }
}

TEST(RecorderFaults, StopsWhereTheDirectoryCouldNotBeSynced) {
    MemoryDisk disk(1);
    auto opened = Recorder::open(disk).value();
    take(*opened.recorder, "a", 0, "one");
    take(*opened.recorder, "b", 0, "of b");
    disk.fail_call(6, DiskError::kIo);
    const auto step = take(*opened.recorder, "a", kMinute, "two");
    EXPECT_THAT(faults_of(step.faults),
                ElementsAre(RecordingFault::kMedium, RecordingFault::kStopped));
    EXPECT_THAT(step.closed, IsEmpty());
    EXPECT_EQ(only_fault(take(*opened.recorder, "c", kMinute, "x")), RecordingFault::kStopped);
    EXPECT_EQ(only_fault(opened.recorder->close_all()), RecordingFault::kStopped);
    opened = {};
    opened = Recorder::open(disk).value();
    EXPECT_THAT(opened.recovered, SizeIs(1));
    EXPECT_THAT(list_chunks(disk).value(), SizeIs(2));
}

TEST(RecorderFaults, SaysWhatTheRingCouldNotGiveUp) {
    MemoryDisk disk(1);
    const auto opened = Recorder::open(disk, {.age = std::chrono::minutes(1)}).value();
    take(*opened.recorder, "a", 0, "one");
    const auto first = opened.recorder->close_all().closed.at(0);
    take(*opened.recorder, "a", 2 * kMinute, "two");
    disk.fail_call(7, DiskError::kIo);
    const auto step = opened.recorder->close_all();
    EXPECT_THAT(step.faults, ElementsAre(RecordingError{RecordingFault::kMedium,
                                                        first.name + ": the medium failed"}));
    EXPECT_THAT(step.closed, SizeIs(1));
    // The next closing tries again.
    take(*opened.recorder, "a", 2 * kMinute, "three");
    EXPECT_THAT(opened.recorder->close_all().removed, ElementsAre(first.name));
}

TEST(RecorderFaults, LeavesAnOpenFileOfANewerFormat) {
    MemoryDisk disk(1);
    auto opened = Recorder::open(disk).value();
    take(*opened.recorder, "a", 0, "one");
    opened = {};
    auto bytes = contents_of(disk, "0000000001-a.open");
    bytes.at(9) = std::byte{9};
    put(disk, "0000000001-a.open", bytes);
    opened = Recorder::open(disk).value();
    EXPECT_THAT(faults_of(opened.faults), ElementsAre(RecordingFault::kNewer));
    take(*opened.recorder, "a", 100 * 24 * 60 * kMinute, "later");
    EXPECT_THAT(opened.recorder->close_all().removed, IsEmpty());
    EXPECT_THAT(disk.list().value(), SizeIs(2));
}

TEST(RecorderFaults, AreSaidInWords) {
    for (int i = 0; i <= static_cast<int>(RecordingFault::kFrames); ++i) {
        EXPECT_STRNE(to_string(static_cast<RecordingFault>(i)), "unknown fault") << i;
    }
}

}  // namespace
}  // namespace comity::recording
