// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A recorder on a disk that forgets what it may. COMITY_SOAK sets the number of seeds.
#include "test_recording.hpp"

#include "comity/base/testing/memory_disk.hpp"
#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/recording/chunk.hpp"
#include "comity/recording/recorder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::recording {
namespace {

using base::testing::SplitMix64;

std::uint64_t seed_count() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): tests have one thread
    const char* const stated = std::getenv("COMITY_SOAK");
    return stated != nullptr ? std::strtoull(stated, nullptr, 10) : 1'000;
}

/// One life of a recording under one seed: disks that fail, programs that end, power that goes.
class Life {
  public:
    explicit Life(std::uint64_t seed) : random_(seed), disk_(seed) {}

    void run() {
        for (int step = 0; step < 60; ++step) {
            if (random_.below(4) == 0) {
                constexpr std::array kErrors{DiskError::kIo, DiskError::kNoSpace};
                disk_.fail_call(1 + random_.below(15), kErrors.at(random_.below(2)));
            }
            if (!opened_.recorder && !open()) continue;
            take_one();
            if (random_.below(12) == 0) end(random_.below(2) == 0);
        }
        end(true);
        while (!open()) {
        }
        check();
    }

    std::uint64_t kept() const { return kept_.size(); }

  private:
    bool open() {
        auto opened = Recorder::open(disk_);
        if (!opened) return false;
        opened_ = *std::move(opened);
        for (const Recovered& found : opened_.recovered) {
            if (found.chunk) keep(*found.chunk);
        }
        return true;
    }

    void take_one() {
        now_ += static_cast<std::int64_t>(random_.below(30'000));
        const std::string feed(1, static_cast<char>('a' + random_.below(3)));
        // Each frame is another, so that one that comes twice shows.
        const std::string text = feed + std::to_string(++count_);
        const RecordingStep step = take(*opened_.recorder, feed, now_, text);
        for (const Chunk& chunk : step.closed) keep(chunk);
    }

    void keep(const Chunk& chunk) { kept_.emplace(chunk.name, chunk); }

    void end(bool power_goes) {
        opened_ = {};
        if (power_goes) disk_.crash();
    }

    void check() {
        std::map<std::string, std::uint64_t> last;
        const auto names = list_chunks(disk_).value();
        for (const auto& [name, chunk] : kept_) {
            EXPECT_TRUE(std::ranges::binary_search(names, name)) << name << " is lost";
        }
        for (const std::string& name : names) {
            const auto content = read_chunk(disk_, name);
            ASSERT_TRUE(content) << name << ": " << to_string(content.error().fault);
            if (const auto found = kept_.find(name); found != kept_.end()) {
                EXPECT_EQ(content->chunk, found->second);
            }
            // Times only grow here, so names are in the order of the frames.
            for (const Frame& one : content->frames) {
                const std::string text(reinterpret_cast<const char*>(one.bytes.data()),
                                       one.bytes.size());
                EXPECT_EQ(text.substr(0, 1), content->chunk.feed);
                const std::uint64_t number = std::stoull(text.substr(1));
                EXPECT_GT(number, last[content->chunk.feed]) << "twice, or out of order";
                last[content->chunk.feed] = number;
            }
        }
    }

    SplitMix64 random_;
    MemoryDisk disk_;
    OpenedRecorder opened_;
    std::int64_t now_ = 0;
    std::uint64_t count_ = 0;
    std::map<std::string, Chunk> kept_;
};

TEST(RecorderSoak, KeepsEachChunkThatItReturned) {
    std::uint64_t kept = 0;
    const std::uint64_t count = seed_count();
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        Life life(seed);
        life.run();
        kept += life.kept();
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
    }
    std::cout << count << " runs, seeds 0 to " << count - 1 << ": " << kept << " chunks kept\n";
    EXPECT_GE(kept, 10 * count) << "too few to say anything";
}

// Whichever call fails, and whatever the power leaves then.
TEST(RecorderCrash, LosesNoFrameOfAChunkThatItReturned) {
    for (std::uint64_t call = 1; call <= 40; ++call) {
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            MemoryDisk disk(seed);
            disk.fail_call(call, DiskError::kIo);
            std::vector<Chunk> closed;
            if (auto opened = Recorder::open(disk)) {
                for (int minute = 0; minute < 4; ++minute) {
                    const auto step = take(*opened->recorder, "a", minute * kMinute, "frame");
                    closed.insert(closed.end(), step.closed.begin(), step.closed.end());
                }
            }
            disk.crash();
            disk.fail_call(1'000'000, DiskError::kIo);  // one that is still to come does not
            const auto opened = Recorder::open(disk).value();
            for (const Chunk& chunk : closed) {
                const auto content = read_chunk(disk, chunk.name);
                ASSERT_TRUE(content) << "call " << call << " seed " << seed;
                EXPECT_EQ(content->chunk, chunk);
            }
        }
    }
}

}  // namespace
}  // namespace comity::recording
