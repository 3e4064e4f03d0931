// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_check.hpp"

#include "comity/ledger/ledger_index.hpp"
#include "comity/ledger/receipt_check.hpp"
#include "comity/ledger/testing/list_store.hpp"
#include "comity/ledger/testing/test_ledger.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::testing::MemoryDisk;

class LedgerCheck : public ::testing::Test {
  protected:
    void SetUp() override {
        write_some_seconds(test_);
        (void)test_.folder().store->scan(0, [&](std::uint64_t, EntryView e) {
            whole_.entries.push_back({.kind = e.kind, .bytes = {e.bytes.begin(), e.bytes.end()}});
            return true;
        });
    }

    LedgerFault fault_of(const std::vector<Entry>& entries) {
        ListStore store;
        store.entries = entries;
        const auto checked = check_ledger(store, *test_.folder().secret);
        EXPECT_FALSE(checked.has_value());
        return checked ? LedgerFault::kStore : checked.error().fault;
    }

    MemoryDisk disk_{1};
    TestLedger test_{disk_};
    ListStore whole_;
};

TEST_F(LedgerCheck, CountsAndNamesTheRoot) {
    const auto found = check_ledger(whole_, *test_.folder().secret);
    ASSERT_TRUE(found.has_value()) << to_string(found.error().fault) << found.error().where;
    TreeHasher hasher;
    EXPECT_EQ(found->ticks, test_.ledger().state().ticks(hasher));
    EXPECT_EQ(found->records.size, 9U);
    EXPECT_EQ(found->signed_requests, 4U);
    EXPECT_EQ(found->deliveries, 4U);
    EXPECT_EQ(found->accepted, 4U);
    EXPECT_EQ(found->checkpoint, test_.ledger().checkpoint());
    EXPECT_FALSE(found->is_closed);
}

TEST_F(LedgerCheck, EveryBitOfEveryEntryMatters) {
    for (std::size_t i = 0; i < whole_.entries.size(); ++i) {
        for (std::size_t at = 0; at < whole_.entries[i].bytes.size(); ++at) {
            std::vector<Entry> entries = whole_.entries;
            entries[i].bytes[at] ^= std::byte{1} << (at % 8);
            ListStore store;
            store.entries = std::move(entries);
            ASSERT_FALSE(check_ledger(store, *test_.folder().secret).has_value())
                << "entry " << i << " byte " << at;
        }
    }
}

TEST_F(LedgerCheck, EachFaultHasItsCode) {
    using Spoil = std::function<void(std::vector<Entry>&)>;
    const auto record = [&](NodeRecord content, std::int64_t at) {
        const auto bytes = encode(Record{.time = reading(at).time, .content = std::move(content)});
        return Entry{.kind = EntryKind::kRecord, .bytes = bytes};
    };
    const auto kept = [](KeptTick tick) {
        const auto bytes = encode(tick);
        return Entry{.kind = EntryKind::kTick, .bytes = {bytes.begin(), bytes.end()}};
    };
    const auto last = [](std::vector<Entry>& e) { return *decode_kept_tick(e.back().bytes); };
    const std::pair<LedgerFault, Spoil> rows[] = {
        {LedgerFault::kNoGenesis, [](auto& e) { e.clear(); }},
        {LedgerFault::kNoGenesis, [](auto& e) { e.erase(e.begin()); }},
        {LedgerFault::kNoGenesis, [](auto& e) { e.push_back(e.front()); }},
        {LedgerFault::kRecord, [](auto& e) { e[0].bytes.pop_back(); }},
        {LedgerFault::kTime, [&](auto& e) { e.push_back(record(node::TimeTick{}, 0)); }},
        {LedgerFault::kDelivery,
         [&](auto& e) {
             e.push_back(record(node::Delivery{.addressee = "air-unit-b", .number = 7}, 90'000));
         }},
        {LedgerFault::kTick, [](auto& e) { e.back().bytes.pop_back(); }},
        {LedgerFault::kTick, [](auto& e) { e.push_back(e.back()); }},
        {LedgerFault::kRequest,
         [](auto& e) {
             e.push_back({.bytes = encode(
                              Record{.time = reading(90'000).time, .content = SignedRequest{}})});
         }},
        {LedgerFault::kSlots, [](auto& e) { e.erase(e.end() - 2); }},
        {LedgerFault::kSlots,
         [&](auto& e) {
             KeptTick tick = last(e);
             tick.slot_count = 32;
             e.back() = kept(tick);
         }},
        {LedgerFault::kSignature,
         [&](auto& e) {
             KeptTick tick = last(e);
             tick.signature[0] ^= std::byte{1};
             e.back() = kept(tick);
         }},
        {LedgerFault::kClosed,
         [&](auto& e) {
             e.push_back(record(node::Closing{.successor = "x"}, 90'000));
             e.push_back(record(node::TimeTick{}, 90'000));
         }},
    };
    for (const auto& [fault, spoil] : rows) {
        std::vector<Entry> entries = whole_.entries;
        spoil(entries);
        EXPECT_EQ(fault_of(entries), fault) << to_string(fault);
    }
    LedgerSecret other(LedgerSecret::Bytes{});
    EXPECT_EQ(check_ledger(whole_, other).error().fault, LedgerFault::kSlots);
}

TEST(LedgerFault, HasWordsForEach) {
    std::set<std::string> words;
    constexpr int kCount = 14;
    for (int i = 0; i < kCount; ++i) words.insert(to_string(static_cast<LedgerFault>(i)));
    EXPECT_EQ(words.size(), static_cast<std::size_t>(kCount));
    EXPECT_FALSE(words.contains("unknown fault"));
}

// --- Receipts ------------------------------------------------------------------------------------

TEST_F(LedgerCheck, EveryRecordHasReceiptsThatHold) {
    const auto index = must(LedgerIndex::of(whole_, *test_.folder().secret));
    Policy policy;
    policy.logs.push_back({.key = index->state().key()});
    ASSERT_EQ(index->record_count(), 9U);
    for (std::uint64_t record = 0; record < index->record_count(); ++record) {
        std::vector<EntryTree> trees{EntryTree::kRecords};
        const auto belonging = index->belonging(record);
        if (belonging) trees.push_back(belonging->tree);
        for (const EntryTree tree : trees) {
            const auto receipt = index->receipt(record, tree);
            ASSERT_TRUE(receipt.has_value()) << to_string(receipt.error());
            const auto parsed = parse_receipt(format_receipt(*receipt));
            ASSERT_TRUE(parsed.has_value());
            const auto found = check_receipt(*parsed, policy);
            ASSERT_TRUE(found.has_value()) << to_string(found.error().refusal);
            EXPECT_EQ(found->party, tree == EntryTree::kRecords ? "" : belonging->party);
            EXPECT_EQ(found->log.checkpoint.tree.size, 4U);
        }
    }
    EXPECT_EQ(index->records_of("air-unit-b", EntryTree::kDelivered).size(), 3U);
    EXPECT_TRUE(index->records_of("nobody", EntryTree::kFiled).empty());
}

TEST_F(LedgerCheck, WhereThereIsNoReceiptItSaysWhy) {
    test_.file_signed("air-unit-a", "r4");
    must(test_.ledger().commit());
    const auto index = must(LedgerIndex::of(*test_.folder().store, *test_.folder().secret));
    EXPECT_EQ(index->receipt(99, EntryTree::kRecords).error(), ReceiptProblem::kNoRecord);
    EXPECT_EQ(index->receipt(0, EntryTree::kFiled).error(), ReceiptProblem::kNotInTree);
    EXPECT_EQ(index->receipt(9, EntryTree::kFiled).error(), ReceiptProblem::kNoTick);
    // The ledger goes on, and so does the index.
    test_.tick();
    must(index->grow());
    EXPECT_TRUE(index->receipt(9, EntryTree::kFiled).has_value());
    EXPECT_EQ(index->checkpoint(), test_.ledger().checkpoint());
    EXPECT_TRUE(index->consistency(2).has_value());
}

}  // namespace
}  // namespace comity::ledger
