// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/spool.hpp"

#include "spool_format.hpp"
#include "test_spool.hpp"

#include "comity/accord/ids.hpp"
#include "comity/base/check.hpp"
#include "comity/base/disk.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::node {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Room for eight entries of one block.
constexpr SpoolLimits kSmall{.bytes = kMarks + 8 * kBlock};

class SpoolTest : public ::testing::Test {
  protected:
    void reopen() {
        spool_.reset();
        spool_ = Spool::open(disk_, kSmall).value();
    }
    SpoolFault append_fault(const SpoolEntry& entry) {
        const auto number = spool_->append(entry);
        EXPECT_FALSE(number);
        return number ? SpoolFault::kLimits : number.error().fault;
    }
    SpoolFault open_fault(const SpoolLimits& limits = kSmall) {
        const auto opened = Spool::open(disk_, limits);
        EXPECT_FALSE(opened);
        return opened ? SpoolFault::kFull : opened.error().fault;
    }
    void spoil(std::size_t at, std::byte with) {
        const auto file = disk_.open("spool").value();
        COMITY_CHECK(file->write_at(at, std::vector{with}) && file->sync());
    }

    MemoryDisk disk_{1};
    std::unique_ptr<Spool> spool_ = Spool::open(disk_, kSmall).value();
};

// --- What it is for ---

TEST_F(SpoolTest, KeepsWhatLeftUntilItIsFiled) {
    EXPECT_THAT(spool_->pending(), IsEmpty());
    EXPECT_EQ(spool_->append(warning(1)), 1U);
    EXPECT_EQ(spool_->append(warning(2, 600)), 2U);
    EXPECT_EQ(spool_->append(warning(3)), 3U);
    reopen();
    EXPECT_THAT(spool_->pending(), ElementsAre(Spooled{1, warning(1)}, Spooled{2, warning(2, 600)},
                                               Spooled{3, warning(3)}));
    ASSERT_TRUE(spool_->mark_filed(2));
    EXPECT_THAT(numbers_of(*spool_), ElementsAre(3));
    reopen();
    EXPECT_THAT(spool_->pending(), ElementsAre(Spooled{3, warning(3)}));
    EXPECT_EQ(spool_->missing(), 0U);
}

TEST_F(SpoolTest, CountsOnAfterItWasEmptied) {
    std::uint64_t last = 0;
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < round % 4 + 1; ++i) {
            EXPECT_EQ(spool_->append(warning(last + 1, 10 + 90 * last % 700)), last + 1);
            ++last;
        }
        if (round % 2 == 0) reopen();
        ASSERT_TRUE(spool_->mark_filed(last));
        if (round % 3 == 0) reopen();
        EXPECT_THAT(spool_->pending(), IsEmpty());
        EXPECT_EQ(spool_->last_number(), last);
    }
}

TEST_F(SpoolTest, IsFullUntilSomethingIsFiled) {
    for (std::uint64_t number = 1; number <= 8; ++number) {
        EXPECT_EQ(spool_->append(warning(number)), number);
    }
    EXPECT_EQ(append_fault(warning(9)), SpoolFault::kFull);
    reopen();
    EXPECT_EQ(append_fault(warning(9)), SpoolFault::kFull);
    ASSERT_TRUE(spool_->mark_filed(2));
    // Two blocks at the beginning, for one entry that needs both.
    EXPECT_EQ(append_fault(warning(9, 1000)), SpoolFault::kFull);
    EXPECT_EQ(spool_->append(warning(9, 600)), 9U);
    EXPECT_EQ(append_fault(warning(10)), SpoolFault::kFull);
    reopen();
    EXPECT_THAT(numbers_of(*spool_), ElementsAre(3, 4, 5, 6, 7, 8, 9));
    ASSERT_TRUE(spool_->mark_filed(3));
    EXPECT_EQ(spool_->append(warning(10)), 10U);
    ASSERT_TRUE(spool_->mark_filed(10));
    EXPECT_EQ(spool_->append(warning(11, 3800)), 11U) << "all of it is free";
}

TEST_F(SpoolTest, TakesItsRoomWhenItIsMade) {
    MemoryDisk disk(1, kSmall.bytes);
    const auto spool = Spool::open(disk, kSmall).value();
    for (std::uint64_t number = 1; number <= 30; ++number) {
        EXPECT_EQ(spool->append(warning(number)), number);
        ASSERT_TRUE(spool->mark_filed(number));
    }
}

TEST_F(SpoolTest, MarksNothingTwice) {
    spool_->append(warning(1)).value();
    spool_->append(warning(2)).value();
    ASSERT_TRUE(spool_->mark_filed(2));
    const auto calls = disk_.call_count();
    EXPECT_TRUE(spool_->mark_filed(1));
    EXPECT_TRUE(spool_->mark_filed(2));
    EXPECT_TRUE(spool_->mark_filed(0));
    EXPECT_EQ(disk_.call_count(), calls);
}

TEST_F(SpoolTest, KeepsTheSizeItWasMadeWith) {
    for (std::uint64_t number = 1; number <= 8; ++number) spool_->append(warning(number)).value();
    spool_ = Spool::open(disk_, {.bytes = 2 * kSmall.bytes}).value();
    EXPECT_EQ(append_fault(warning(9)), SpoolFault::kFull);
    spool_ = Spool::open(disk_, {.bytes = kMinSpool}).value();
    EXPECT_EQ(spool_->pending().size(), 8U);
}

TEST_F(SpoolTest, HasFourMebibytesUnlessToldOtherwise) {
    MemoryDisk disk(1);
    (void)Spool::open(disk).value();
    EXPECT_EQ(contents_of(disk, "spool").size(), 4U << 20);
}

// --- Faults ---

TEST_F(SpoolTest, RefusesSizesOutsideItsLimits) {
    for (const std::uint64_t bytes :
         {std::uint64_t{0}, kMinSpool - kBlock, kMinSpool + 1, kMaxSpool + kBlock}) {
        EXPECT_EQ(open_fault({.bytes = bytes}), SpoolFault::kLimits) << bytes;
    }
}

TEST_F(SpoolTest, RefusesWhatIsTooLarge) {
    EXPECT_EQ(append_fault(warning(1, kMaxSpoolPayload + 1)), SpoolFault::kTooLarge);
    // No more than the whole spool, however empty.
    EXPECT_EQ(append_fault(warning(1, 9 * kBlock)), SpoolFault::kTooLarge);
    EXPECT_EQ(spool_->append(warning(1)), 1U);
    MemoryDisk disk(1);
    EXPECT_EQ(Spool::open(disk).value()->append(warning(1, kMaxSpoolPayload)), 1U);
}

TEST_F(SpoolTest, RefusesAddresseesThatAreNone) {
    SpoolEntry entry = warning(1);
    entry.addressees.clear();
    EXPECT_EQ(append_fault(entry), SpoolFault::kAddressees);
    entry.addressees.insert(accord::PartyId("a b"));
    EXPECT_EQ(append_fault(entry), SpoolFault::kAddressees);
    entry.addressees.clear();
    for (int i = 0; i < 256; ++i) entry.addressees.insert(accord::PartyId(std::to_string(i)));
    EXPECT_EQ(spool_->append(entry), 1U);
    entry.addressees.insert(accord::PartyId("one-more"));
    EXPECT_EQ(append_fault(entry), SpoolFault::kAddressees);
}

TEST_F(SpoolTest, MarksNoNumberThatWasNeverGiven) {
    spool_->append(warning(1)).value();
    EXPECT_EQ(spool_->mark_filed(2).error().fault, SpoolFault::kNumber);
    EXPECT_THAT(numbers_of(*spool_), ElementsAre(1));
}

TEST_F(SpoolTest, StopsAfterAWriteThatFailed) {
    for (const std::uint64_t call : {1U, 2U}) {
        reopen();
        spool_->append(warning(1)).value();
        disk_.fail_call(call, DiskError::kIo);
        EXPECT_EQ(append_fault(warning(2)), SpoolFault::kMedium);
        EXPECT_EQ(append_fault(warning(2)), SpoolFault::kStopped);
        EXPECT_EQ(spool_->mark_filed(1).error().fault, SpoolFault::kStopped);
        reopen();
        spool_->append(warning(3)).value();
        disk_.fail_call(call, DiskError::kIo);
        EXPECT_EQ(spool_->mark_filed(spool_->last_number()).error().fault, SpoolFault::kMedium);
        EXPECT_EQ(append_fault(warning(2)), SpoolFault::kStopped);
    }
}

TEST_F(SpoolTest, IsNotMadeWhereThereIsNoRoom) {
    MemoryDisk disk(1, kSmall.bytes - 1);
    EXPECT_EQ(Spool::open(disk, kSmall).error().fault, SpoolFault::kNoSpace);
}

TEST_F(SpoolTest, SaysThatTheMediumFailed) {
    spool_->append(warning(1)).value();
    spool_.reset();
    const auto before = disk_.call_count();
    reopen();
    const auto calls = disk_.call_count() - before;
    for (std::uint64_t call = 1; call <= calls; ++call) {
        disk_.fail_call(call, DiskError::kIo);
        EXPECT_EQ(open_fault(), SpoolFault::kMedium) << call;
    }
    reopen();
    EXPECT_THAT(numbers_of(*spool_), ElementsAre(1));
}

TEST_F(SpoolTest, IsDamagedWithoutAMarkOrBytes) {
    spool_->append(warning(1)).value();
    ASSERT_TRUE(spool_->mark_filed(1));
    // One of two marks is enough.
    spoil(20, std::byte{1});
    reopen();
    EXPECT_THAT(spool_->pending(), IsEmpty());
    spoil(kBlock + 20, std::byte{1});
    EXPECT_EQ(open_fault(), SpoolFault::kDamaged);

    MemoryDisk disk(1);
    const auto file = disk.create("spool").value();
    EXPECT_EQ(Spool::open(disk).error().fault, SpoolFault::kDamaged) << "empty";
    seal::Sha256 sha256;
    ASSERT_TRUE(file->write_at(0, encode_mark(sha256, {.size = kSmall.bytes})));
    ASSERT_TRUE(file->write_at(kBlock, std::vector<std::byte>(kBlock)));
    EXPECT_EQ(Spool::open(disk).error().fault, SpoolFault::kDamaged) << "cut";
    ASSERT_TRUE(file->write_at(0, encode_mark(sha256, {.size = 1000})));
    EXPECT_EQ(Spool::open(disk).error().fault, SpoolFault::kDamaged) << "no such size";
}

TEST_F(SpoolTest, RefusesANewerFormatAndNamesBoth) {
    spoil(9, std::byte{2});
    const auto opened = Spool::open(disk_, kSmall);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, SpoolFault::kNewer);
    EXPECT_THAT(opened.error().where, HasSubstr("format 2; this program knows formats up to 1"));
}

TEST_F(SpoolTest, SaysHowManyEntriesAreDamaged) {
    for (std::uint64_t number = 1; number <= 5; ++number) spool_->append(warning(number)).value();
    spoil(kMarks + kBlock + 40, std::byte{0xFF});
    spoil(kMarks + 2 * kBlock + 40, std::byte{0xFF});
    reopen();
    EXPECT_EQ(spool_->missing(), 2U);
    EXPECT_THAT(numbers_of(*spool_), ElementsAre(1, 4, 5));
    ASSERT_TRUE(spool_->mark_filed(5));
    EXPECT_EQ(spool_->append(warning(6)), 6U);
    reopen();
    EXPECT_EQ(spool_->missing(), 0U);
}

TEST_F(SpoolTest, SaysItsFaultsInWords) {
    for (int i = 0; i <= static_cast<int>(SpoolFault::kNewer); ++i) {
        EXPECT_STRNE(to_string(static_cast<SpoolFault>(i)), "unknown fault") << i;
    }
}

}  // namespace
}  // namespace comity::node
