// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Random worlds of feeds: what goes in comes out.
#include "test_recording.hpp"

#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recorder.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::recording {
namespace {

using base::testing::SeededEntropy;
using base::testing::SplitMix64;

class World {
  public:
    explicit World(std::uint64_t seed) : random_(seed), entropy_(seed), disk_(seed) {
        limits_ = {.frame_bytes = 300,
                   .chunk_bytes = 312 + random_.below(2000),
                   .chunk_frames = 1 + static_cast<std::uint32_t>(random_.below(12)),
                   .feeds = 4,
                   .ring_bytes = 5000 + random_.below(60'000),
                   .age = std::chrono::minutes(1 + random_.below(200))};
        open();
    }

    void run() {
        for (int step = 0; step < 200; ++step) {
            // Mostly a little later; at times minutes later, or back.
            now_ += static_cast<std::int64_t>(random_.below(20'000)) - 4'000;
            if (random_.below(20) == 0) now_ += static_cast<std::int64_t>(random_.below(400'000));
            if (random_.below(15) == 0) learn(recorder().close_before(at(now_)));
            if (random_.below(60) == 0) open();
            take_one();
        }
        learn(recorder().close_all());
        check();
    }

    std::uint64_t removed() const { return removed_; }
    std::uint64_t chunks() const { return chunks_; }
    bool whole() const { return whole_; }

  private:
    Recorder& recorder() { return *opened_.recorder; }

    void open() {
        opened_ = {};
        opened_ = Recorder::open(disk_, limits_).value();
        EXPECT_TRUE(opened_.faults.empty());
        RecordingStep step{.removed = opened_.removed};
        for (const Recovered& found : opened_.recovered) {
            EXPECT_EQ(found.cut, 0U);
            step.closed.push_back(found.chunk.value());
        }
        std::ranges::sort(step.closed, {}, &Chunk::name);
        learn(step);
    }

    void take_one() {
        const std::string feed(1, static_cast<char>('a' + random_.below(4)));
        Frame one{.received = at(now_)};
        one.bytes.resize(1 + random_.below(300));
        if (random_.below(2) == 0) entropy_.fill(one.bytes);
        learn(recorder().take(feed, one.received, one.bytes));
        taken_[feed].push_back(std::move(one));
    }

    // Reads what was closed at once, but for what the ring gave up already.
    void learn(const RecordingStep& step) {
        EXPECT_TRUE(step.faults.empty());
        const std::set<std::string> gone(step.removed.begin(), step.removed.end());
        for (const Chunk& chunk : step.closed) {
            ++chunks_;
            auto& given = given_[chunk.feed];
            const auto content = read_chunk(disk_, chunk.name, limits_.chunk_bytes);
            EXPECT_EQ(content.has_value(), !gone.contains(chunk.name));
            if (!content) {
                whole_ = false;
                continue;
            }
            EXPECT_EQ(content->chunk, chunk);
            EXPECT_LE(content->frames.size(), limits_.chunk_frames);
            std::ranges::copy(content->frames, std::back_inserter(given));
        }
        removed_ += step.removed.size();
        if (!step.closed.empty()) {
            EXPECT_LE(recorder().ring_bytes(), limits_.ring_bytes);
            EXPECT_EQ(recorder().ring_bytes(), bytes_on_disk());
        }
    }

    std::uint64_t bytes_on_disk() {
        std::uint64_t bytes = 0;
        const auto names = list_chunks(disk_).value();
        for (const std::string& name : names) bytes += contents_of(disk_, name).size();
        return bytes;
    }

    void check() {
        if (whole_) {
            EXPECT_EQ(given_, taken_);
        }
        const auto names = list_chunks(disk_).value();
        for (const std::string& name : names) {
            EXPECT_TRUE(read_chunk(disk_, name)) << name;
        }
    }

    SplitMix64 random_;
    SeededEntropy entropy_;
    MemoryDisk disk_;
    RecordingLimits limits_;
    OpenedRecorder opened_;
    std::int64_t now_ = 0;
    std::map<std::string, std::vector<Frame>> taken_;
    std::map<std::string, std::vector<Frame>> given_;
    bool whole_ = true;  // no chunk was given up before it could be read
    std::uint64_t removed_ = 0;
    std::uint64_t chunks_ = 0;
};

TEST(RecordingProperty, GivesEachFrameBackOnceAndInOrder) {
    constexpr std::uint64_t kSeeds = 100;
    std::uint64_t removed = 0;
    std::uint64_t chunks = 0;
    std::uint64_t whole = 0;
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        World world(seed);
        world.run();
        removed += world.removed();
        chunks += world.chunks();
        whole += world.whole() ? 1U : 0U;
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
    }
    std::cout << "seeds 0 to " << kSeeds - 1 << ": " << chunks << " chunks, " << removed
              << " given up\n";
    EXPECT_GT(whole, kSeeds / 2) << "too few to compare all frames";
    EXPECT_GT(removed, chunks / 10) << "the ring was never full";
}

}  // namespace
}  // namespace comity::recording
