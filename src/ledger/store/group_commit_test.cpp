// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/group_commit.hpp"

#include "test_store.hpp"

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
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
    EXPECT_EQ(queue.submit(entries(2), callers.caller("a")), Submission::kTaken);
    EXPECT_EQ(queue.submit({}, callers.caller("b")), Submission::kTaken);
    EXPECT_EQ(queue.submit(entries(3, 7), callers.caller("c")), Submission::kTaken);
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
    EXPECT_EQ(queue.submit(entries(1), callers.caller("d")), Submission::kTaken);
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
    EXPECT_EQ(queue.submit(entries(1), callers.caller("a")), Submission::kTaken);
    EXPECT_EQ(queue.submit(entries(1), callers.caller("b")), Submission::kTaken);
    disk.fail_call(2, base::DiskError::kNoSpace);
    EXPECT_EQ(queue.commit().error().fault, StoreFault::kNoSpace);
    EXPECT_THAT(callers.answers, ElementsAre("a: no space left", "b: no space left"));
    EXPECT_EQ(queue.waiting_entries(), 0U);
    EXPECT_EQ(queue.submit(entries(1), callers.caller("c")), Submission::kTaken);
    EXPECT_EQ(queue.commit().error().fault, StoreFault::kStopped);
    EXPECT_EQ(callers.answers.size(), 3U);
}

TEST(GroupCommit, HasABound) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    GroupCommit queue(*store, {.entries = 4, .bytes = 100});
    Callers callers;
    const auto submitted = [&](std::vector<Entry> more) {
        return queue.submit(std::move(more), callers.caller("x"));
    };
    EXPECT_EQ(submitted(entries(5)), Submission::kTooLarge);
    EXPECT_EQ(submitted(entries(1, 101)), Submission::kTooLarge);
    EXPECT_EQ(submitted(entries(1, Store::kMaxEntry + 1)), Submission::kTooLarge);
    EXPECT_EQ(queue.submit(entries(3, 20), callers.caller("a")), Submission::kTaken);
    EXPECT_EQ(submitted(entries(2)), Submission::kFull);
    EXPECT_EQ(submitted(entries(1, 41)), Submission::kFull);
    EXPECT_EQ(queue.submit(entries(1, 40), callers.caller("b")), Submission::kTaken);
    EXPECT_TRUE(queue.commit());
    EXPECT_THAT(callers.answers, ElementsAre("a 0", "b 3"));
    EXPECT_EQ(queue.submit(entries(4, 25), callers.caller("c")), Submission::kTaken)
        << "there is room again";
}

TEST(GroupCommit, LetsACallerSubmitForTheNextCommit) {
    MemoryDisk disk(1);
    const auto store = create_small(disk);
    GroupCommit queue(*store);
    Callers callers;
    const auto again = [&](const auto&) {
        EXPECT_EQ(queue.submit(entries(1), callers.caller("next")), Submission::kTaken);
    };
    EXPECT_EQ(queue.submit(entries(1), again), Submission::kTaken);
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
