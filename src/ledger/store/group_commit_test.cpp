// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/group_commit.hpp"

#include "test_store.hpp"

#include "comity/base/disk.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Callers, and what they were answered.
struct Callers {
    GroupCommit::OnDurable caller(const std::string& name) {
        return [this, name](const base::Expected<std::uint64_t, StoreError>& index) {
            answers.push_back(name + (index ? " " + std::to_string(*index)
                                            : std::string(": ") + to_string(index.error().fault)));
        };
    }
    std::vector<std::string> answers;
};

std::vector<Entry> entries(std::size_t count, std::size_t size = 10) {
    return std::vector<Entry>(count, numbered_entry(1, size));
}

TEST(GroupCommit, SharesASyncAndAnswersInOrder) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    GroupCommit queue(*store);
    Callers callers;
    EXPECT_TRUE(queue.submit(entries(2), callers.caller("a")));
    EXPECT_TRUE(queue.submit({}, callers.caller("b")));
    EXPECT_TRUE(queue.submit(entries(3, 7), callers.caller("c")));
    EXPECT_EQ(queue.waiting_entries(), 5U);
    EXPECT_EQ(queue.waiting_bytes(), 41U);
    EXPECT_THAT(callers.answers, IsEmpty()) << "before it is durable nobody hears of it";
    EXPECT_EQ(store->size(), 0U);
    const std::uint64_t before = disk.call_count();
    EXPECT_TRUE(queue.commit());
    EXPECT_EQ(disk.call_count() - before, 3U) << "group, sync, mark";
    EXPECT_THAT(callers.answers, ElementsAre("a 0", "b 2", "c 2"));
    EXPECT_EQ(queue.waiting_entries(), 0U);
    EXPECT_EQ(queue.waiting_bytes(), 0U);
    EXPECT_TRUE(queue.submit(entries(1), callers.caller("d")));
    EXPECT_TRUE(queue.commit());
    EXPECT_EQ(callers.answers.back(), "d 5");
    EXPECT_TRUE(queue.commit()) << "nothing waits";
    EXPECT_EQ(store->size(), 6U);
}

TEST(GroupCommit, AnswersAllWithTheErrorWhereItFails) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    GroupCommit queue(*store);
    Callers callers;
    EXPECT_TRUE(queue.submit(entries(1), callers.caller("a")));
    EXPECT_TRUE(queue.submit(entries(1), callers.caller("b")));
    disk.fail_call(2, base::DiskError::kNoSpace);
    EXPECT_EQ(queue.commit().error().fault, StoreFault::kNoSpace);
    EXPECT_THAT(callers.answers, ElementsAre("a: no space left", "b: no space left"));
    EXPECT_EQ(queue.waiting_entries(), 0U);
    EXPECT_TRUE(queue.submit(entries(1), callers.caller("c")));
    EXPECT_EQ(queue.commit().error().fault, StoreFault::kStopped);
    EXPECT_EQ(callers.answers.size(), 3U);
}

TEST(GroupCommit, HasABound) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    GroupCommit queue(*store, {.entries = 4, .bytes = 100});
    Callers callers;
    const auto fault = [&](std::vector<Entry> more) {
        return queue.submit(std::move(more), callers.caller("x")).error().fault;
    };
    EXPECT_EQ(fault(entries(5)), StoreFault::kTooLarge);
    EXPECT_EQ(fault(entries(1, 101)), StoreFault::kTooLarge);
    EXPECT_EQ(fault(entries(1, Store::kMaxEntry + 1)), StoreFault::kTooLarge);
    EXPECT_TRUE(queue.submit(entries(3, 20), callers.caller("a")));
    EXPECT_EQ(fault(entries(2)), StoreFault::kNoSpace);
    EXPECT_EQ(fault(entries(1, 41)), StoreFault::kNoSpace);
    EXPECT_TRUE(queue.submit(entries(1, 40), callers.caller("b")));
    EXPECT_TRUE(queue.commit());
    EXPECT_THAT(callers.answers, ElementsAre("a 0", "b 3"));
    EXPECT_TRUE(queue.submit(entries(4, 25), callers.caller("c"))) << "there is room again";
}

TEST(GroupCommit, LetsACallerSubmitForTheNextCommit) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    GroupCommit queue(*store);
    Callers callers;
    EXPECT_TRUE(queue.submit(entries(1), [&](const auto&) {
        EXPECT_TRUE(queue.submit(entries(1), callers.caller("next")));
    }));
    EXPECT_TRUE(queue.commit());
    EXPECT_EQ(store->size(), 1U);
    EXPECT_EQ(queue.waiting_entries(), 1U);
    EXPECT_TRUE(queue.commit());
    EXPECT_THAT(callers.answers, ElementsAre("next 1"));
}

TEST(GroupCommitDeathTest, HasNoLimitAboveAGroups) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    EXPECT_DEATH(GroupCommit(*store, {.entries = Store::kMaxGroupEntries + 1}), "check failed");
    EXPECT_DEATH(GroupCommit(*store, {.bytes = Store::kMaxGroup + 1}), "check failed");
}

}  // namespace
}  // namespace comity::ledger
