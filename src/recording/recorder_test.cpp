// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/recording/recorder.hpp"

#include "test_recording.hpp"

#include "comity/recording/chunk.hpp"
#include "comity/seal/hash.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::recording {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RecorderTest : public ::testing::Test {
  protected:
    Recorder& recorder() { return *opened_.recorder; }
    void reopen(const RecordingLimits& limits = {}) {
        opened_ = {};
        opened_ = Recorder::open(disk_, limits).value();
    }

    MemoryDisk disk_{1};
    OpenedRecorder opened_ = Recorder::open(disk_).value();
};

TEST_F(RecorderTest, ClosesAChunkWithTheFirstFrameOfALaterMinute) {
    EXPECT_THAT(take(recorder(), "a", 100, "one").closed, IsEmpty());
    EXPECT_THAT(take(recorder(), "a", 59'999, "two").closed, IsEmpty());
    const auto step = take(recorder(), "a", 60'000, "three");
    ASSERT_THAT(step.closed, SizeIs(1));
    EXPECT_THAT(step.faults, IsEmpty());
    const Chunk& chunk = step.closed.front();
    EXPECT_EQ(chunk.name, "20151124T072400.100Z-20151124T072459.999Z-0000000001-a.chunk");
    const auto file = contents_of(disk_, chunk.name);
    EXPECT_EQ(chunk.content, seal::sha256(file));
    EXPECT_EQ(chunk.size, file.size());
    const auto content = read_chunk(disk_, chunk.name).value();
    EXPECT_EQ(content.chunk, chunk);
    EXPECT_THAT(content.frames, ElementsAre(frame(100, "one"), frame(59'999, "two")));
    EXPECT_THAT(list_chunks(disk_).value(), ElementsAre(chunk.name));
}

TEST_F(RecorderTest, KeepsFeedsApart) {
    take(recorder(), "b", 0, "of b");
    take(recorder(), "a", 1, "of a");
    EXPECT_THAT(take(recorder(), "a", kMinute, "next").closed, SizeIs(1));
    const auto step = recorder().close_all();
    ASSERT_THAT(step.closed, SizeIs(2));
    EXPECT_EQ(step.closed.at(0).feed, "a");
    EXPECT_EQ(step.closed.at(1).feed, "b");
    EXPECT_THAT(frames_of(disk_, step.closed),
                ElementsAre(frame(kMinute, "next"), frame(0, "of b")));
}

TEST_F(RecorderTest, PutsATimeThatGoesBackIntoTheOpenChunk) {
    take(recorder(), "a", kMinute + 5, "one");
    EXPECT_THAT(take(recorder(), "a", -kMinute, "two").closed, IsEmpty());
    const auto step = recorder().close_all();
    ASSERT_THAT(step.closed, SizeIs(1));
    EXPECT_EQ(step.closed.front().begin, at(-kMinute));
    EXPECT_EQ(step.closed.front().end, at(kMinute + 5));
    EXPECT_THAT(frames_of(disk_, step.closed),
                ElementsAre(frame(kMinute + 5, "one"), frame(-kMinute, "two")));
}

TEST_F(RecorderTest, ClosesTheChunksOfFeedsThatFellSilent) {
    take(recorder(), "b", 0, "x");
    take(recorder(), "a", 59'000, "x");
    take(recorder(), "c", kMinute, "x");
    EXPECT_THAT(recorder().close_before(at(59'999)).closed, IsEmpty());
    const auto step = recorder().close_before(at(kMinute));
    ASSERT_THAT(step.closed, SizeIs(2));
    EXPECT_EQ(step.closed.at(0).feed, "a");
    EXPECT_EQ(step.closed.at(1).feed, "b");
}

TEST_F(RecorderTest, ClosesAChunkThatIsFull) {
    reopen({.chunk_frames = 2});
    take(recorder(), "a", 1, "one");
    take(recorder(), "a", 2, "two");
    auto step = take(recorder(), "a", 3, "three");
    EXPECT_THAT(frames_of(disk_, step.closed), ElementsAre(frame(1, "one"), frame(2, "two")));

    // Room for two frames of ten bytes, with what each of them takes.
    reopen({.frame_bytes = 10, .chunk_bytes = 44});
    take(recorder(), "b", 1, "0123456789");
    EXPECT_THAT(take(recorder(), "b", 2, "0123456789").closed, IsEmpty());
    step = take(recorder(), "b", 3, "x");
    ASSERT_THAT(step.closed, SizeIs(1));
    EXPECT_THAT(frames_of(disk_, step.closed),
                ElementsAre(frame(1, "0123456789"), frame(2, "0123456789")));
}

TEST_F(RecorderTest, MakesAChunkOfWhatWasOpenWhenItsProgramEnded) {
    take(recorder(), "a", 1, "one");
    take(recorder(), "a", 2, "two");
    reopen();
    ASSERT_THAT(opened_.recovered, SizeIs(1));
    const Recovered& found = opened_.recovered.front();
    EXPECT_EQ(found.file, "0000000001-a.open");
    EXPECT_EQ(found.frames, 2U);
    EXPECT_EQ(found.cut, 0U);
    ASSERT_TRUE(found.chunk);
    EXPECT_THAT(frames_of(disk_, {*found.chunk}), ElementsAre(frame(1, "one"), frame(2, "two")));
    EXPECT_THAT(disk_.list().value(), ElementsAre(found.chunk->name));
    // It goes on with the next number, and a second opening finds nothing.
    take(recorder(), "a", 3, "three");
    EXPECT_EQ(recorder().close_all().closed.front().name.substr(42, 10), "0000000002");
    reopen();
    EXPECT_THAT(opened_.recovered, IsEmpty());
}

TEST_F(RecorderTest, SaysWhatWasCutOfAnOpenFile) {
    take(recorder(), "a", 1, "one");
    take(recorder(), "a", 2, "two");
    take(recorder(), "b", 3, "only");
    opened_ = {};
    auto bytes = contents_of(disk_, "0000000001-a.open");
    bytes.resize(bytes.size() - 3);
    put(disk_, "0000000001-a.open", bytes);
    put(disk_, "0000000002-b.open", bytes_of("Open"));
    reopen();
    ASSERT_THAT(opened_.recovered, SizeIs(2));
    std::vector<Recovered> found = opened_.recovered;
    if (found.front().file != "0000000001-a.open") std::swap(found.front(), found.back());
    EXPECT_EQ(found.front().frames, 1U);
    EXPECT_EQ(found.front().cut, 12U + 3 + 8 - 3);
    EXPECT_THAT(frames_of(disk_, {*found.front().chunk}), ElementsAre(frame(1, "one")));
    EXPECT_EQ(found.back(), (Recovered{.file = "0000000002-b.open", .cut = 4}));
    EXPECT_THAT(disk_.list().value(), ElementsAre(found.front().chunk->name));
}

TEST_F(RecorderTest, RemovesWhatWasNotFinishedAndLeavesOtherFiles) {
    const std::string chunk = "20151124T072400.100Z-20151124T072459.999Z-0000000001-a.chunk";
    put(disk_, chunk + ".new", bytes_of("x"));
    put(disk_, "other.new", bytes_of("x"));
    put(disk_, "notes.txt", bytes_of("x"));
    reopen();
    EXPECT_THAT(disk_.list().value(), ElementsAre("notes.txt", "other.new"));
    EXPECT_EQ(recorder().ring_bytes(), 0U);
}

TEST_F(RecorderTest, GivesUpTheOldestFilesOverTheLimitOfItsBytes) {
    const RecordingLimits limits{.frame_bytes = 100, .chunk_bytes = 200, .ring_bytes = 500};
    reopen(limits);
    std::vector<std::string> closed;
    std::vector<std::string> removed;
    for (int minute = 0; minute < 20; ++minute) {
        const auto step = take(recorder(), "a", minute * kMinute, "0123456789");
        for (const Chunk& chunk : step.closed) closed.push_back(chunk.name);
        removed.insert(removed.end(), step.removed.begin(), step.removed.end());
        EXPECT_LE(recorder().ring_bytes(), limits.ring_bytes);
    }
    ASSERT_FALSE(removed.empty());
    closed.erase(closed.begin(), closed.begin() + static_cast<std::ptrdiff_t>(removed.size()));
    EXPECT_EQ(list_chunks(disk_).value(), closed);
    EXPECT_LT(closed.front(), closed.back());
    EXPECT_LT(removed.back(), closed.front());
    // What is there counts when it is opened again, by the limit of then: one has no room any more,
    // and one makes room for the chunk that was open.
    EXPECT_GT(recorder().ring_bytes(), 400U);
    reopen({.frame_bytes = 100, .chunk_bytes = 200, .ring_bytes = 400});
    EXPECT_THAT(opened_.removed, ElementsAre(closed.at(0), closed.at(1)));
    EXPECT_LE(recorder().ring_bytes(), 400U);
}

TEST_F(RecorderTest, GivesUpFilesThatAreTooOld) {
    reopen({.age = std::chrono::minutes(5)});
    const auto first = [&] {
        take(recorder(), "a", 0, "x");
        return recorder().close_all().closed.at(0);
    }();
    take(recorder(), "b", 5 * kMinute, "y");
    EXPECT_THAT(recorder().close_all().removed, IsEmpty());
    // Opening tells no time, so nothing is too old.
    reopen({.age = std::chrono::minutes(5)});
    EXPECT_THAT(opened_.removed, IsEmpty());
    take(recorder(), "b", 5 * kMinute + 1, "z");
    EXPECT_THAT(recorder().close_all().removed, ElementsAre(first.name));
    EXPECT_THAT(list_chunks(disk_).value(), SizeIs(2));
}

}  // namespace
}  // namespace comity::recording
