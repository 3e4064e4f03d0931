// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/resuming_store.hpp"

#include "comity/ledger/ledger_check.hpp"
#include "comity/ledger/ledger_index.hpp"
#include "comity/ledger/testing/list_store.hpp"
#include "comity/ledger/testing/test_ledger.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::testing::MemoryDisk;

constexpr int kSeconds = 12;

// What a replay does: the same records and seconds each time; `ticks` of them to a group.
class Replay {
  public:
    Replay(Store& store, int ticks) : store_(store), ticks_(ticks) {}

    LedgerExpected<std::string> go() {
        const auto signer = testing::signer_of(kOrigin);
        auto ledger = Ledger::create({.store = store_, .secret = secret_, .signer = *signer},
                                     test_genesis(*signer), reading(0), numbered_salt(0));
        if (!ledger) return base::Unexpected(ledger.error());
        for (int second = 0; second < kSeconds; ++second) {
            for (int record = 0; record < second % 3; ++record) {
                const Draft draft{.content = NodeRecord(node::TimeTick{}),
                                  .salt = numbered_salt(static_cast<std::uint64_t>(second))};
                must((*ledger)->stage(draft, reading(second * 1000 + record)));
            }
            must((*ledger)->stage_tick(kFirstSecond + static_cast<std::uint64_t>(second)));
            if (second % ticks_ != ticks_ - 1 && second + 1 < kSeconds) continue;
            if (auto kept = (*ledger)->commit(); !kept) return base::Unexpected(kept.error());
            // Whoever reads meanwhile finds what this run has shown.
            const auto index = LedgerIndex::of(store_, secret_);
            if (!index) return base::Unexpected(index.error());
            EXPECT_EQ((*index)->checkpoint(), (*ledger)->checkpoint());
        }
        return (*ledger)->checkpoint();
    }

  private:
    Store& store_;
    int ticks_;
    LedgerSecret secret_{kSecret};
};

std::vector<Entry> whole_run(int ticks) {
    ListStore store;
    must(Replay(store, ticks).go());
    return store.entries;
}

EntryView view(const Entry& entry) {
    return {.kind = entry.kind, .bytes = entry.bytes};
}

TEST(ResumingStore, GoesOnFromWhereverTheFirstRunWasCut) {
    LedgerSecret secret(kSecret);
    for (const int before : {1, 3, 100}) {
        const std::vector<Entry> first = whole_run(before);
        for (const int after : {1, 2, 5, 100}) {
            const std::vector<Entry> again = whole_run(after);
            ASSERT_EQ(again.size(), first.size());
            for (std::size_t cut = 0; cut <= first.size(); ++cut) {
                const auto end = first.begin() + static_cast<std::ptrdiff_t>(cut);
                ListStore kept(std::vector<Entry>(first.begin(), end));
                ResumingStore store(kept);
                EXPECT_EQ(store.size(), 0U);
                const auto checkpoint = Replay(store, after).go();
                ASSERT_TRUE(checkpoint.has_value()) << checkpoint.error().where;
                EXPECT_TRUE(store.has_caught_up());
                EXPECT_EQ(store.size(), kept.size());
                ASSERT_EQ(kept.entries.size(), first.size());
                EXPECT_TRUE(std::equal(first.begin(), end, kept.entries.begin()));
                EXPECT_TRUE(std::equal(kept.entries.begin() + static_cast<std::ptrdiff_t>(cut),
                                       kept.entries.end(),
                                       again.begin() + static_cast<std::ptrdiff_t>(cut)));
                const auto checked = check_ledger(kept, secret);
                ASSERT_TRUE(checked.has_value()) << checked.error().where << ", cut at " << cut;
                EXPECT_EQ(checked->checkpoint, *checkpoint);
            }
        }
    }
}

// The same over segments: killed at any call, a part of what was not synced lost.
TEST(ResumingStore, GoesOnAfterACrashAtAnyCall) {
    const std::vector<Entry> expected = whole_run(2);
    std::uint64_t calls = 0;
    for (std::uint64_t call = 1; call == 1 || call <= calls; ++call) {
        MemoryDisk disk(call);
        const StoreIdentity identity{};
        auto store = SegmentStore::create(disk, identity, kSmallSegments).value();
        const std::uint64_t before = disk.call_count();
        if (call > 1) disk.fail_call(call - 1, base::DiskError::kIo);
        const bool is_whole = Replay(*store, 3).go().has_value();
        if (call == 1) {
            ASSERT_TRUE(is_whole);
            calls = disk.call_count() - before;
        }
        store.reset();
        disk.crash();
        auto opened = SegmentStore::open(disk, OpenMode::kReadWrite, kSmallSegments).value();
        ASSERT_FALSE(opened.damage.has_value());
        ResumingStore resuming(*opened.store);
        const auto done = Replay(resuming, 2).go();
        ASSERT_TRUE(done.has_value()) << done.error().where << ", call " << call;
        ASSERT_EQ(opened.store->size(), expected.size());
        for (std::uint64_t i = 0; i < expected.size(); ++i) {
            const Entry entry = opened.store->read(i).value();
            EXPECT_TRUE(is_same_entry(view(entry), view(expected[i]))) << i;
        }
    }
    EXPECT_GT(calls, 20U);
}

TEST(ResumingStore, AnswersOnlyForWhatWasAppendedThroughIt) {
    ListStore kept(whole_run(2));
    ResumingStore store(kept);
    EXPECT_EQ(store.kept_size(), kept.size());
    EXPECT_EQ(store.read(0).error().fault, StoreFault::kOutside);
    const std::vector<EntryView> first{view(kept.entries[0]), view(kept.entries[1])};
    ASSERT_TRUE(store.append(first).has_value());
    EXPECT_FALSE(store.has_caught_up());
    EXPECT_EQ(store.read(1), kept.entries[1]);
    EXPECT_EQ(store.read(2).error().fault, StoreFault::kOutside);
    std::vector<std::uint64_t> seen;
    ASSERT_TRUE(store.scan(1, [&](std::uint64_t index, EntryView) {
        seen.push_back(index);
        return true;
    }));
    EXPECT_EQ(seen, std::vector<std::uint64_t>{1});
    ASSERT_TRUE(store.scan(2, [](std::uint64_t, EntryView) {
        ADD_FAILURE();
        return true;
    }));
}

TEST(ResumingStore, NamesTheEntryThatIsNotAsItWasKept) {
    const std::vector<Entry> first = whole_run(2);
    for (const bool other_kind : {false, true}) {
        ListStore kept(first);
        ResumingStore store(kept);
        Entry changed = first[3];
        if (other_kind) {
            changed.kind = changed.kind == EntryKind::kTick ? EntryKind::kRecord : EntryKind::kTick;
        } else {
            changed.bytes.front() ^= std::byte{1};
        }
        ASSERT_TRUE(store.append(std::vector{view(first[0])}).has_value());
        const std::vector<EntryView> group{view(first[1]), view(first[2]), view(changed)};
        const auto refused = store.append(group);
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().fault, StoreFault::kOtherHistory);
        EXPECT_TRUE(refused.error().where.starts_with("entry 3, a ")) << refused.error().where;
        EXPECT_EQ(store.append(std::vector{view(first[1])}).error(), refused.error());
        EXPECT_EQ(store.size(), 1U);
        EXPECT_EQ(kept.entries, first);
    }
}

}  // namespace
}  // namespace comity::ledger
