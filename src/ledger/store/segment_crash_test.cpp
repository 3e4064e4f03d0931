// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The durability test: a store on a disk that forgets what it may forget, and fails.
#include "block_codec.hpp"
#include "segment_format.hpp"
#include "test_store.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/segment_store.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::DiskError;

// --- Runs ---

/// What an operator may see over a whole run.
struct Counts {
    std::uint64_t appends = 0;
    std::uint64_t failed_appends = 0;
    std::uint64_t kept_unanswered = 0;
    std::uint64_t openings = 0;
    std::uint64_t failed_openings = 0;
    std::uint64_t crashes = 0;
    std::uint64_t drops = 0;
    std::uint64_t segments = 0;
};

/// A caller with a perfect memory, and a store on a disk that forgets.
class Life {
  public:
    Life(std::uint64_t seed, Counts& counts)
        : random_(seed * 0x9E3779B9 + 1), counts_(counts), disk_(seed, capacity_of(seed)) {}

    void go() {
        for (int step = 0; step < 60 && !::testing::Test::HasFatalFailure(); ++step) {
            if (random_.below(4) == 0) disk_.fail_call(1 + random_.below(12), any_error());
            if (!store_) {
                open_or_create();
            } else {
                use();
            }
        }
        crash();
        while (!store_ && !::testing::Test::HasFatalFailure()) open_or_create();
        spare_calls();
        counts_.segments += names_of(disk_).size() - 1;
    }

  private:
    // One run in four on a disk that fills up.
    static std::uint64_t capacity_of(std::uint64_t seed) {
        return seed % 4 == 3 ? 8'000 + seed % 100 * 400 : UINT64_MAX;
    }

    DiskError any_error() {
        constexpr std::array kErrors{DiskError::kIo, DiskError::kNoSpace, DiskError::kRefused};
        return kErrors.at(random_.below(kErrors.size()));
    }

    void use() {
        switch (random_.below(12)) {
            case 0:
                return crash();
            case 1:  // the program ends, the machine goes on
                store_.reset();
                return;
            case 2:
                (void)store_->close();
                store_.reset();
                return;
            case 3:
                (void)store_->scrub(4096);
                ASSERT_FALSE(store_->damage()) << store_->damage()->error.where;
                return;
            case 4:
                return read_one();
            default:
                return append_some();
        }
    }

    void crash() {
        store_.reset();
        disk_.crash();
        ++counts_.crashes;
        wrote_since_crash_ = false;
    }

    void read_one() {
        if (answered_.empty()) return;
        const std::uint64_t index = random_.below(answered_.size());
        const auto entry = store_->read(index);
        if (entry) {
            ASSERT_EQ(*entry, answered_[index]) << index;
        } else {
            ASSERT_EQ(fault_kind(entry.error()), StoreFault::kMedium) << entry.error().where;
        }
    }

    static StoreFault fault_kind(const StoreError& error) {
        return error.fault == StoreFault::kNoSpace ? StoreFault::kMedium : error.fault;
    }

    void append_some() {
        std::vector<Entry> group;
        if (drop_) group.push_back(entry_of("drop of " + std::to_string(drop_->bytes)));
        const std::uint64_t count = 1 + random_.below(4);
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::size_t size =
                random_.below(10) == 0 ? random_.below(6000) : random_.below(700);
            group.push_back(numbered_entry(next_number_++, size));
        }
        ++counts_.appends;
        wrote_since_crash_ = true;
        const auto appended = append(*store_, group);
        if (appended) {
            answered_.insert(answered_.end(), group.begin(), group.end());
            ASSERT_EQ(store_->size(), answered_.size());
            drop_.reset();
            drop_is_durable_ = false;
            return;
        }
        ++counts_.failed_appends;
        ASSERT_EQ(fault_kind(appended.error()), StoreFault::kMedium) << appended.error().where;
        ASSERT_EQ(append(*store_, group).error().fault, StoreFault::kStopped);
        ASSERT_EQ(store_->size(), answered_.size());
        unanswered_ = group;
        // Never retried: the program ends, or the machine.
        if (random_.below(2) == 0) return crash();
        store_.reset();
    }

    void open_or_create() {
        ++counts_.openings;
        auto opened = SegmentStore::open(disk_, OpenMode::kReadWrite, kSmallSegments);
        if (!opened && opened.error().fault == StoreFault::kNotFound) {
            ASSERT_TRUE(answered_.empty());
            auto created = SegmentStore::create(disk_, test_identity(), kSmallSegments);
            if (created) {
                store_ = *std::move(created);
                unanswered_.clear();
                return;
            }
            opened = base::Unexpected(created.error());
        }
        if (!opened) {
            ++counts_.failed_openings;
            ASSERT_EQ(fault_kind(opened.error()), StoreFault::kMedium)
                << to_string(opened.error().fault) << ": " << opened.error().where;
            if (random_.below(2) == 0) crash();
            return;
        }
        ASSERT_FALSE(opened->damage) << opened->damage->error.where;
        store_ = std::move(opened->store);
        check(opened->dropped);
    }

    // All that was answered, and behind it nothing, or all of the group that was not.
    void check(const std::optional<DroppedGroup>& dropped) {
        auto entries = scanned(*store_);
        for (int i = 0; !entries && i < 2; ++i) {
            ASSERT_EQ(fault_kind(entries.error()), StoreFault::kMedium) << entries.error().where;
            entries = scanned(*store_);
        }
        ASSERT_TRUE(entries) << entries.error().where;
        ASSERT_EQ(store_->size(), entries->size());
        ASSERT_GE(entries->size(), answered_.size()) << "an answered entry is lost";
        const auto kept = static_cast<std::ptrdiff_t>(answered_.size());
        ASSERT_TRUE(std::equal(answered_.begin(), answered_.end(), entries->begin()));
        const std::vector<Entry> more(entries->begin() + kept, entries->end());
        if (!more.empty()) {
            ASSERT_EQ(more, unanswered_);
            ++counts_.kept_unanswered;
            drop_.reset();
            drop_is_durable_ = false;
        }
        spare_calls();
        ASSERT_TRUE(!drop_ || !drop_is_durable_ || dropped)
            << "a drop that no group followed was forgotten";
        ASSERT_EQ(dropped, remains()) << "the drop is not what is there";
        if (dropped) ++counts_.drops;
        drop_is_durable_ = dropped && (drop_is_durable_ || !wrote_since_crash_);
        drop_ = dropped;
        answered_ = *entries;
        unanswered_.clear();
    }

    // The calls of this test itself do not fail.
    void spare_calls() { disk_.fail_call(UINT32_MAX, DiskError::kIo); }

    // What stands in the last file behind its last group, by the bytes.
    std::optional<DroppedGroup> remains() {
        std::vector<std::byte> bytes;
        for (const std::string& name : names_of(disk_)) {
            if (first_entry_of(name)) bytes = contents_of(disk_, name);
        }
        const std::span<const std::byte> all(bytes);
        ChainPoint at = decode_segment_header(all.first(kBlock)).value().before;
        std::uint64_t offset = kBlock;
        while (at.entries < store_->size()) {
            const auto header = decode_group_header(all.subspan(offset, kBlock)).value();
            at.entries += header.count;
            offset += group_extent(header.length);
        }
        std::uint64_t end = bytes.size();
        while (end > offset && all_zero(all.subspan(end - kBlock, kBlock))) end -= kBlock;
        if (end == offset) return std::nullopt;
        return DroppedGroup{.after = store_->size(),
                            .bytes = end - offset,
                            .hash = seal::sha256(all.subspan(offset, end - offset))};
    }

    SplitMix64 random_;
    Counts& counts_;
    MemoryDisk disk_;
    std::unique_ptr<SegmentStore> store_;
    std::vector<Entry> answered_;
    std::vector<Entry> unanswered_;     // the last group, where its caller got an error
    std::optional<DroppedGroup> drop_;  // reported, and not yet recorded
    bool drop_is_durable_ = false;      // not in the system's memory only
    bool wrote_since_crash_ = false;
    std::uint64_t next_number_ = 0;
};

// --- Each call in turn ---

// What a program does in its life: entries that were answered go to `answered`, those of the last
// group that was not to `unanswered`. Ends with the first error.
bool live(base::Disk& disk, std::vector<Entry>& answered, std::vector<Entry>& unanswered) {
    auto created = SegmentStore::create(disk, test_identity(), kSmallSegments);
    if (!created) return false;
    auto store = *std::move(created);
    for (std::uint64_t i = 0; i < 9; ++i) {
        unanswered = {numbered_entry(2 * i, 100 * i), numbered_entry(2 * i + 1, 900)};
        if (!append(*store, unanswered)) return false;
        answered.insert(answered.end(), unanswered.begin(), unanswered.end());
        unanswered.clear();
        if (i == 4) {
            store.reset();
            auto opened = open_small(disk);
            if (!opened || opened->damage) return false;
            store = std::move(opened->store);
        }
    }
    return store->read(3) && scanned(*store) && scrub_all(*store) && store->close();
}

TEST(SegmentStore, KeepsWhatItAnsweredWhicheverCallFails) {
    std::vector<Entry> all;
    std::vector<Entry> none;
    MemoryDisk whole(1);
    ASSERT_TRUE(live(whole, all, none));
    std::uint64_t lives = 0;
    for (std::uint64_t n = 1; n <= whole.call_count(); ++n) {
        for (int error = 0; error <= static_cast<int>(DiskError::kBusy); ++error) {
            for (const bool crash : {false, true}) {
                SCOPED_TRACE("call " + std::to_string(n) + " error " + std::to_string(error));
                MemoryDisk disk(n);
                std::vector<Entry> answered;
                std::vector<Entry> unanswered;
                disk.fail_call(n, static_cast<DiskError>(error));
                const bool lived = live(disk, answered, unanswered);
                // To find nothing to remove is no failure.
                ASSERT_TRUE(!lived || static_cast<DiskError>(error) == DiskError::kNotFound);
                if (crash) disk.crash();
                auto opened = open_small(disk);
                if (!opened) {
                    ASSERT_EQ(opened.error().fault, StoreFault::kNotFound);
                    ASSERT_TRUE(answered.empty());
                    continue;
                }
                ASSERT_FALSE(opened->damage) << opened->damage->error.where;
                const auto found = scanned(*opened->store).value();
                if (found.size() > answered.size()) {
                    answered.insert(answered.end(), unanswered.begin(), unanswered.end());
                }
                ASSERT_TRUE(found == answered);
                ASSERT_TRUE(append(*opened->store, std::vector{entry_of("on")}));
                ++lives;
            }
        }
    }
    EXPECT_GT(lives, 1000U);
}

// --- The soak ---

std::uint64_t runs_wanted() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
    const char* const wanted = std::getenv("COMITY_SOAK");
    return wanted == nullptr ? 1000 : std::strtoull(wanted, nullptr, 10);
}

TEST(SegmentStoreSoak, LosesNothingOnADiskThatForgetsAndFails) {
    Counts counts;
    const std::uint64_t runs = runs_wanted();
    for (std::uint64_t seed = 1; seed <= runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Life(seed, counts).go();
        if (HasFailure()) return;
        if (seed % 5000 == 0) std::cerr << seed << " of " << runs << " runs\n";
    }
    std::cout << runs << " runs, seeds 1 to " << runs << ": " << counts.appends << " groups, "
              << counts.failed_appends << " of them not answered and " << counts.kept_unanswered
              << " of these kept; " << counts.crashes << " crashes, " << counts.openings
              << " openings, " << counts.failed_openings << " of them failed, " << counts.drops
              << " found remains; " << counts.segments << " segments\n";
    // The run is worth something only where all of it happens.
    EXPECT_GT(counts.failed_appends, runs);
    EXPECT_GT(counts.kept_unanswered, runs / 10);
    EXPECT_GT(counts.drops, runs / 10);
    EXPECT_GT(counts.failed_openings, runs / 10);
    EXPECT_GT(counts.segments, 3 * runs);
}

}  // namespace
}  // namespace comity::ledger
