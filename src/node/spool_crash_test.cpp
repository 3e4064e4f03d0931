// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// A spool on a disk that forgets what it may. After any crash it has what was appended and not
// marked, from the first on. COMITY_SOAK sets the number of seeds.
#include "test_spool.hpp"

#include "comity/base/testing/memory_disk.hpp"
#include "comity/base/testing/seeded_entropy.hpp"
#include "comity/node/spool.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

namespace comity::node {
namespace {

using base::testing::SplitMix64;

constexpr SpoolLimits kSmall{.bytes = std::uint64_t{14} * 512};

std::uint64_t seed_count() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): tests have one thread
    const char* const stated = std::getenv("COMITY_SOAK");
    return stated != nullptr ? std::strtoull(stated, nullptr, 10) : 2'000;
}

/// A spool, and what is known of it: what was answered, and the one call that was not.
class Life {
  public:
    explicit Life(std::uint64_t seed) : random_(seed), disk_(seed) {}

    MemoryDisk& disk() { return disk_; }
    std::uint64_t appended() const { return last_; }

    /// Whether it opened; what is pending is compared with what is known.
    bool open() {
        spool_.reset();
        auto opened = Spool::open(disk_, kSmall);
        if (!opened) return false;
        spool_ = *std::move(opened);
        compare();
        return true;
    }

    void append() {
        const std::uint64_t which = ++count_;
        const std::size_t size = random_.below(4) == 0 ? random_.below(1500) : random_.below(100);
        const SpoolEntry entry = warning(which, size);
        const auto number = spool_->append(entry);
        if (number) {
            EXPECT_EQ(*number, last_ + 1);
            last_ = *number;
            known_.emplace(*number, entry);
        } else if (number.error().fault == SpoolFault::kMedium) {
            unanswered_ = entry;
        }
    }

    void mark() {
        if (last_ == filed_) return;
        const std::uint64_t up_to = filed_ + 1 + random_.below(last_ - filed_);
        const auto done = spool_->mark_filed(up_to);
        if (done) {
            forget(up_to);
        } else if (done.error().fault == SpoolFault::kMedium) {
            maybe_filed_ = up_to;
        }
    }

    void step() {
        if (random_.below(3) == 0) {
            mark();
        } else {
            append();
        }
    }

    void maybe_fail() {
        constexpr std::array kErrors{DiskError::kIo, DiskError::kRefused};
        if (random_.below(4) == 0) {
            disk_.fail_call(1 + random_.below(8), kErrors.at(random_.below(2)));
        }
    }

    /// The program ends, now and then with the power.
    void maybe_end() {
        const auto chance = random_.below(5);
        if (chance > 1) return;
        spool_.reset();
        if (chance == 0) disk_.crash();
    }

    bool is_open() const { return spool_ != nullptr; }

  private:
    void forget(std::uint64_t up_to) {
        filed_ = up_to;
        known_.erase(known_.begin(), known_.upper_bound(up_to));
    }

    void compare() {
        EXPECT_EQ(spool_->missing(), 0U);
        // A mark that was not answered is there or not.
        const auto& pending = spool_->pending();
        const std::uint64_t last = spool_->last_number();
        const std::uint64_t filed = last - pending.size();
        if (filed != filed_) {
            EXPECT_EQ(filed, maybe_filed_);
            forget(filed);
        }
        // So is an entry, and then it is the last.
        if (last != last_) {
            EXPECT_EQ(last, last_ + 1);
            ASSERT_TRUE(unanswered_.has_value());
            known_.emplace(last, *unanswered_);
            last_ = last;
        }
        maybe_filed_ = filed_;
        unanswered_.reset();
        ASSERT_EQ(pending.size(), known_.size());
        std::size_t i = 0;
        for (const auto& [number, entry] : known_) {
            EXPECT_EQ(pending[i++], (Spooled{.number = number, .entry = entry}));
        }
    }

    SplitMix64 random_;
    MemoryDisk disk_;
    std::unique_ptr<Spool> spool_;
    std::map<std::uint64_t, SpoolEntry> known_;  // answered and not marked
    std::uint64_t last_ = 0;
    std::uint64_t filed_ = 0;
    std::uint64_t maybe_filed_ = 0;
    std::optional<SpoolEntry> unanswered_;
    std::uint64_t count_ = 0;
};

TEST(SpoolSoak, HasWhatWasAppendedAndNotMarked) {
    std::uint64_t appended = 0;
    const std::uint64_t count = seed_count();
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        Life life(seed);
        for (int step = 0; step < 40 && !::testing::Test::HasFailure(); ++step) {
            life.maybe_fail();
            if (!life.is_open() && !life.open()) {
                life.maybe_end();
                continue;
            }
            life.step();
            life.maybe_end();
        }
        appended += life.appended();
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
    }
    std::cout << count << " runs, seeds 0 to " << count - 1 << ": " << appended << " appended\n";
    EXPECT_GE(appended, 4 * count) << "too few to say anything";
}

// Each call of the disk fails in turn, then the power goes.
TEST(SpoolCrash, HasWhatWasAppendedWhicheverCallFails) {
    for (std::uint64_t call = 1; call <= 80; ++call) {
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            Life life(seed);
            life.disk().fail_call(call, DiskError::kIo);
            if (life.open()) {
                for (int step = 0; step < 25; ++step) life.step();
            }
            life.disk().crash();
            life.disk().fail_call(1'000'000, DiskError::kIo);  // one that is still to come does not
            ASSERT_TRUE(life.open());
            life.append();
            ASSERT_TRUE(life.open());
            ASSERT_FALSE(HasFailure()) << "call " << call << " seed " << seed;
        }
    }
}

}  // namespace
}  // namespace comity::node
