// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What an operator does after each kind of loss (docs/operations.md).
#include "comity/ledger/copy_ledger.hpp"
#include "comity/ledger/ledger_check.hpp"
#include "comity/ledger/reconcile.hpp"
#include "comity/ledger/succession.hpp"
#include "comity/ledger/testing/test_ledger.hpp"

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::testing::MemoryDisk;

class Loss : public ::testing::Test {
  protected:
    // A backup after two seconds, and a ledger that went on for two more.
    void SetUp() override {
        test_.tick();
        test_.file_signed("air-unit-a", "r1");
        test_.tick();
        backed_up_ = must(copy_ledger(disk_, backup_, kSmallSegments));
        first_checkpoint_ = test_.ledger().checkpoint();
        test_.file_signed("air-unit-b", "r1");
        test_.deliver("air-unit-a");
        test_.tick();
        test_.deliver("air-unit-b");
        test_.tick();
        test_.tick();
        last_checkpoint_ = test_.ledger().checkpoint();
    }

    std::vector<Receipt> receipts(std::uint64_t from, EntryTree tree) {
        const auto index = must(LedgerIndex::of(*test_.folder().store, *test_.folder().secret));
        std::vector<Receipt> found;
        for (std::uint64_t record = from; record < index->record_count(); ++record) {
            const auto belonging = index->belonging(record);
            const EntryTree of = tree == EntryTree::kRecords ? tree : belonging->tree;
            found.push_back(index->receipt(record, of).value());
        }
        return found;
    }

    MemoryDisk disk_{1};
    MemoryDisk backup_{2};
    TestLedger test_{disk_};
    CopySummary backed_up_;
    std::string first_checkpoint_;
    std::string last_checkpoint_;
};

TEST_F(Loss, ABackupOfARunningLedgerHoldsAndIsMarkedAsACopy) {
    EXPECT_EQ(backed_up_, (CopySummary{.entries_before = 0, .entries = 4}));
    auto copy = must(open_folder(backup_, OpenMode::kReadWrite));
    EXPECT_TRUE(copy.is_copy);
    EXPECT_TRUE(check_ledger(*copy.store, *copy.secret).has_value());
    EXPECT_EQ(open_ledger(backup_, copy, test_.signer(), reading(0), Hash{}).error().fault,
              LedgerFault::kRestored);
}

TEST_F(Loss, ABackupIsContinued) {
    EXPECT_EQ(must(copy_ledger(disk_, backup_, kSmallSegments)),
              (CopySummary{.entries_before = 4, .entries = 10}));
    EXPECT_EQ(must(copy_ledger(disk_, backup_, kSmallSegments)),
              (CopySummary{.entries_before = 10, .entries = 10}));
}

TEST_F(Loss, ABackupOfAnotherLedgerOrHistoryIsNotOverwritten) {
    EXPECT_EQ(copy_ledger(backup_, disk_).error().fault, LedgerFault::kStore) << "it is in use";
    test_.close();
    EXPECT_EQ(copy_ledger(backup_, disk_).error().fault, LedgerFault::kFolder) << "no copy";
    MemoryDisk other_disk(3);
    LedgerSecret::Bytes secret{std::byte{9}};
    auto folder = must(create_folder(other_disk, "other.test/log",
                                     Hash{.bytes = test_.signer().key_id().value()}, secret));
    auto other = must(Ledger::create(
        {.store = *folder.store, .secret = *folder.secret, .signer = test_.signer()},
        {.origin = "other.test/log", .key = Hash{.bytes = test_.signer().key_id().value()}},
        reading(0), Hash{}));
    EXPECT_EQ(copy_ledger(other_disk, backup_).error().fault, LedgerFault::kFolder);
}

TEST_F(Loss, ACopyComparesItselfWithWhatOthersHaveSeen) {
    auto copy = must(open_folder(backup_, OpenMode::kReadOnly));
    auto index = must(LedgerIndex::of(*copy.store, *copy.secret));
    const auto whole = compare_with_seen(*index, std::vector{first_checkpoint_});
    ASSERT_TRUE(whole.has_value());
    EXPECT_EQ(whole->standing, Standing::kWhole);
    const auto behind = compare_with_seen(*index, std::vector{first_checkpoint_, last_checkpoint_});
    ASSERT_TRUE(behind.has_value());
    EXPECT_EQ(behind->standing, Standing::kBehind);
    EXPECT_EQ(behind->had.size, 2U);
    EXPECT_EQ(behind->seen.size, 5U);
    EXPECT_EQ(behind->at, 1U);
}

TEST_F(Loss, ACopyWhoseLogHasAnotherHistoryIsForked) {
    MemoryDisk other_disk(3);
    TestLedger other(other_disk);
    other.file_signed("air-unit-b", "another");
    other.tick();
    other.tick();
    auto copy = must(open_folder(backup_, OpenMode::kReadOnly));
    auto index = must(LedgerIndex::of(*copy.store, *copy.secret));
    const auto forked = compare_with_seen(*index, std::vector{other.ledger().checkpoint()});
    ASSERT_TRUE(forked.has_value());
    EXPECT_EQ(forked->standing, Standing::kForked);
}

TEST_F(Loss, WhatIsShownMustBeACheckpointOfThisLog) {
    auto copy = must(open_folder(backup_, OpenMode::kReadOnly));
    auto index = must(LedgerIndex::of(*copy.store, *copy.secret));
    const auto fault = [&](const std::vector<std::string>& notes) {
        const auto compared = compare_with_seen(*index, notes);
        EXPECT_FALSE(compared.has_value());
        return compared ? SeenFault::kNone : compared.error().fault;
    };
    EXPECT_EQ(fault({}), SeenFault::kNone);
    EXPECT_EQ(fault({first_checkpoint_, "no note"}), SeenFault::kNote);
    std::string other_log = first_checkpoint_;
    other_log.front() = 'L';
    EXPECT_EQ(fault({other_log}), SeenFault::kOtherLog);
    std::string unsigned_note = first_checkpoint_;
    const std::size_t signature = unsigned_note.rfind(' ') + 20;
    unsigned_note[signature] = unsigned_note[signature] == 'A' ? 'B' : 'A';
    EXPECT_EQ(fault({unsigned_note}), SeenFault::kSignature);
}

// The records come back, and with them the same history, to the bit.
TEST_F(Loss, RecordsAreTakenBackFromReceipts) {
    for (const EntryTree tree : {EntryTree::kRecords, EntryTree::kFiled}) {
        MemoryDisk restored_disk(4);
        must(copy_ledger(backup_, restored_disk, kSmallSegments));
        auto restored = must(open_folder(restored_disk, OpenMode::kReadWrite, kSmallSegments));
        auto index = must(LedgerIndex::of(*restored.store, *restored.secret));
        const auto compared = compare_with_seen(*index, std::vector{last_checkpoint_});
        ASSERT_TRUE(compared.has_value());
        const auto entries =
            take_back(*index, *restored.secret, test_.signer(), compared->seen, receipts(2, tree));
        ASSERT_TRUE(entries.has_value())
            << to_string(entries.error().fault) << entries.error().where;
        std::vector<EntryView> group;
        for (const Entry& e : *entries) group.push_back({.kind = e.kind, .bytes = e.bytes});
        ASSERT_TRUE(restored.store->append(group).has_value());
        must(index->grow());
        EXPECT_EQ(index->checkpoint(), last_checkpoint_);
        for (std::uint64_t i = 0; i < restored.store->size(); ++i) {
            EXPECT_EQ(restored.store->read(i).value(), test_.folder().store->read(i).value());
        }
        must(unmark_as_copy(restored_disk));
        restored.store.reset();
        restored = must(open_folder(restored_disk, OpenMode::kReadWrite, kSmallSegments));
        EXPECT_FALSE(restored.is_copy);
        EXPECT_TRUE(open_ledger(restored_disk, restored, test_.signer(), reading(0), Hash{}));
    }
}

TEST_F(Loss, WhereAReceiptIsMissingNothingIsMadeUp) {
    auto copy = must(open_folder(backup_, OpenMode::kReadOnly));
    auto index = must(LedgerIndex::of(*copy.store, *copy.secret));
    const auto compared = compare_with_seen(*index, std::vector{last_checkpoint_});
    ASSERT_TRUE(compared.has_value());
    const auto fault = [&](std::span<const Receipt> some, const TreeHead& seen) {
        const auto taken = take_back(*index, *copy.secret, test_.signer(), seen, some);
        EXPECT_FALSE(taken.has_value());
        return taken ? TakeBackFault::kEntry : taken.error().fault;
    };
    std::vector<Receipt> all = receipts(2, EntryTree::kRecords);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(fault({all.begin() + 1, all.end()}, compared->seen), TakeBackFault::kMissing);
    // Without any of a tick's records, the tick is one of another history.
    EXPECT_EQ(fault({all.begin(), all.begin() + 2}, compared->seen), TakeBackFault::kOtherRoot);
    EXPECT_EQ(fault({}, compared->seen), TakeBackFault::kOtherRoot);
    all[0].record[3] ^= std::byte{1};
    EXPECT_EQ(fault(all, compared->seen), TakeBackFault::kReceipt);
}

TEST_F(Loss, ASuccessorNamesTheGapAndTheOldRoot) {
    auto copy = must(open_folder(backup_, OpenMode::kReadOnly));
    auto index = must(LedgerIndex::of(*copy.store, *copy.secret));
    const auto compared = compare_with_seen(*index, std::vector{last_checkpoint_});
    const auto signer = testing::signer_of("successor");
    const Hash key{.bytes = signer->key_id().value()};
    const node::Genesis genesis =
        genesis_after_loss(*index, compared->seen, "successor.test/log", key);
    EXPECT_EQ(genesis.reason, node::SuccessionReason::kLoss);
    EXPECT_EQ(genesis.old_origin, kOrigin);
    EXPECT_EQ(genesis.old.ticks, compared->had);
    EXPECT_EQ(genesis.old.records.size, 2U);
    EXPECT_EQ(genesis.seen, compared->seen);
    MemoryDisk disk(5);
    auto folder = must(create_folder(disk, genesis.origin, key, kSecret));
    auto ledger =
        must(Ledger::create({.store = *folder.store, .secret = *folder.secret, .signer = *signer},
                            genesis, reading(0), Hash{}));
    must(ledger->stage_tick(kFirstSecond));
    must(ledger->commit());
    const auto checked = check_ledger(*folder.store, *folder.secret);
    ASSERT_TRUE(checked.has_value());
    EXPECT_EQ(checked->genesis, genesis);
}

TEST_F(Loss, AYearEndsWithANamedSuccessorAndBothHoldAlone) {
    must(close_ledger(test_.ledger(), node::SuccessionReason::kYear, "successor.test/2016",
                      Hash{.bytes = test_.signer().key_id().value()}, reading(20'000),
                      test_.salt()));
    EXPECT_EQ(test_.ledger()
                  .stage(test_.signed_request("air-unit-a", "late"), reading(21'000))
                  .error()
                  .fault,
              LedgerFault::kClosed);
    EXPECT_EQ(test_.ledger().stage_tick(kFirstSecond + 99).error().fault, LedgerFault::kClosed);
    const auto old = check_ledger(*test_.folder().store, *test_.folder().secret);
    ASSERT_TRUE(old.has_value()) << old.error().where;
    EXPECT_TRUE(old->is_closed);
    const Hash key{.bytes = test_.signer().key_id().value()};
    const node::Genesis genesis =
        genesis_after(test_.ledger(), node::SuccessionReason::kYear, "successor.test/2016", key);
    EXPECT_EQ(genesis.old.ticks, old->ticks);
    EXPECT_EQ(genesis.old.records, old->records);
    EXPECT_EQ(genesis.seen, old->ticks);
}

TEST_F(Loss, AGroupThatWasNeverAnsweredIsDroppedAndThatIsRecorded) {
    test_.file_signed("air-unit-a", "r9");
    // The store syncs once for a group; the crash comes before.
    bool has_dropped = false;
    for (std::uint64_t call = 1; call < 4 && !has_dropped; ++call) {
        MemoryDisk disk(call);
        TestLedger test(disk);
        test.tick();
        test.file_signed("air-unit-a", "r1");
        disk.fail_call(2, base::DiskError::kIo);
        if (test.ledger().commit()) continue;
        disk.crash();
        auto folder = must(open_folder(disk, OpenMode::kReadWrite, kSmallSegments));
        if (!folder.dropped) continue;
        has_dropped = true;
        auto ledger =
            must(open_ledger(disk, folder, test.signer(), reading(10'000), numbered_salt(77)));
        const auto last = folder.store->read(folder.store->size() - 1).value();
        const auto record = decode_record(last.bytes);
        ASSERT_TRUE(record.has_value());
        const auto drop = std::get<node::Drop>(std::get<NodeRecord>(record->content));
        EXPECT_EQ(drop.size, folder.dropped->bytes);
        EXPECT_EQ(drop.content, folder.dropped->hash);
    }
    EXPECT_TRUE(has_dropped);
}

TEST_F(Loss, AFolderWithoutItsSecretOrWithAnothersIsRefused) {
    test_.close();
    ASSERT_TRUE(disk_.rename("secret", "kept").has_value());
    EXPECT_EQ(open_folder(disk_, OpenMode::kReadOnly).error().fault, LedgerFault::kFolder);
    const auto write = [&](std::string_view text) {
        (void)disk_.remove("secret");
        auto file = disk_.create("secret").value();
        ASSERT_TRUE(file->write_at(0, std::as_bytes(std::span(text))).has_value());
    };
    write("comity-secret v1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
    EXPECT_EQ(open_folder(disk_, OpenMode::kReadOnly).error().fault, LedgerFault::kSecret);
    write("no secret");
    EXPECT_EQ(open_folder(disk_, OpenMode::kReadOnly).error().fault, LedgerFault::kFolder);
    (void)disk_.remove("secret");
    ASSERT_TRUE(disk_.rename("kept", "secret").has_value());
    EXPECT_TRUE(open_folder(disk_, OpenMode::kReadOnly).has_value());
}

}  // namespace
}  // namespace comity::ledger
