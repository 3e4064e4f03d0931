// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger.hpp"

#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/ledger_check.hpp"
#include "comity/ledger/testing/test_ledger.hpp"
#include "comity/seal/note.hpp"

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::testing::MemoryDisk;

TEST(Ledger, IsTheSameAfterARestart) {
    MemoryDisk disk(1);
    TestLedger ledger(disk);
    write_some_seconds(ledger);
    TreeHasher hasher;
    const TreeHead records = ledger.ledger().state().records(hasher);
    const TreeHead ticks = ledger.ledger().state().ticks(hasher);
    const std::string checkpoint = ledger.ledger().checkpoint();
    EXPECT_EQ(records.size, 9U);
    EXPECT_EQ(ticks.size, 4U);
    ledger.reopen();
    EXPECT_EQ(ledger.ledger().state().records(hasher), records);
    EXPECT_EQ(ledger.ledger().state().ticks(hasher), ticks);
    EXPECT_EQ(ledger.ledger().checkpoint(), checkpoint);
    const auto note = seal::parse_note(checkpoint);
    ASSERT_TRUE(note.has_value());
    const auto opened = open_checkpoint(*note, ledger.ledger().state().key());
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(opened->tree, ticks);
}

TEST(Ledger, DoesNotDependOnHowRecordsAreGrouped) {
    std::string checkpoints[2];
    for (const bool one_by_one : {false, true}) {
        MemoryDisk disk(1);
        TestLedger ledger(disk);
        for (int i = 0; i < 20; ++i) {
            ledger.file_signed("air-unit-a", "r" + std::to_string(i));
            if (one_by_one) must(ledger.ledger().commit());
        }
        ledger.tick();
        checkpoints[one_by_one ? 1 : 0] = ledger.ledger().checkpoint();
    }
    EXPECT_EQ(checkpoints[0], checkpoints[1]);
}

TEST(Ledger, RecordTimeNeverGoesBack) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    const auto stage = [&](std::int64_t at) {
        return must(test.ledger().stage(
            {.content = NodeRecord(node::TimeTick{}), .salt = test.salt()}, reading(at)));
    };
    EXPECT_EQ(stage(5'000).time, reading(5'000).time);
    EXPECT_EQ(stage(2'000).time, reading(5'000).time) << "the clock stepped back";
    EXPECT_EQ(stage(5'001).time, reading(5'001).time);
}

TEST(Ledger, NobodyHearsOfACheckpointThatIsNotDurable) {
    MemoryDisk disk(1);
    TestLedger ledger(disk);
    ledger.tick();
    const std::string before = ledger.ledger().checkpoint();
    must(ledger.ledger().stage_tick(kFirstSecond + 100));
    EXPECT_EQ(ledger.ledger().checkpoint(), before);
    must(ledger.ledger().commit());
    EXPECT_NE(ledger.ledger().checkpoint(), before);
}

TEST(Ledger, StopsWhenTheStoreFails) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    test.file_signed("air-unit-a", "r1");
    disk.fail_call(1, base::DiskError::kIo);
    const auto failed = test.ledger().commit();
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().fault, LedgerFault::kStore);
    EXPECT_EQ(test.ledger().commit().error(), failed.error());
    EXPECT_EQ(test.ledger().stage_tick(kFirstSecond + 9).error(), failed.error());
    const auto staged = test.ledger().stage(test.signed_request("air-unit-a", "r2"), reading(9));
    EXPECT_EQ(staged.error(), failed.error());
}

TEST(Ledger, RefusesWhatDoesNotFit) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    test.tick();
    EXPECT_EQ(test.ledger().stage_tick(kFirstSecond).error().fault, LedgerFault::kTick);
    const Draft wrong_number{
        .content = NodeRecord(node::Delivery{.addressee = "air-unit-a", .number = 2}),
        .salt = test.salt()};
    EXPECT_EQ(test.ledger().stage(wrong_number, reading(1)).error().fault, LedgerFault::kDelivery);
    const Draft genesis{.content = NodeRecord(test_genesis(test.signer())), .salt = test.salt()};
    EXPECT_EQ(test.ledger().stage(genesis, reading(1)).error().fault, LedgerFault::kNoGenesis);
    const auto other = testing::signer_of("somebody else");
    EXPECT_EQ(
        Ledger::open(
            {.store = *test.folder().store, .secret = *test.folder().secret, .signer = *other},
            std::nullopt)
            .error()
            .fault,
        LedgerFault::kSecret);
}

TEST(Ledger, OpensFromASnapshotThatARecordNames) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    write_some_seconds(test);
    const Snapshot snapshot = must(test.ledger().snapshot(reading(9'000), test.salt()));
    test.file_signed("air-unit-b", "r2");
    test.tick();
    TreeHasher hasher;
    const TreeHead ticks = test.ledger().state().ticks(hasher);
    Snapshot changed = snapshot;
    changed.bytes.back() ^= std::byte{1};
    changed.hash = seal::sha256(changed.bytes);
    Snapshot misplaced = snapshot;
    misplaced.entries -= 1;
    // One that nothing names, or that does not fit, costs time and nothing else.
    for (const auto& candidate : {snapshot, changed, misplaced}) {
        const auto opened = Ledger::open(test.parts(), candidate);
        ASSERT_TRUE(opened.has_value()) << opened.error().where;
        EXPECT_EQ((*opened)->state().ticks(hasher), ticks);
        EXPECT_EQ((*opened)->checkpoint(), test.ledger().checkpoint());
    }
}

// What was refused has changed nothing: the ticks that follow are those of the records alone.
TEST(Ledger, GoesOnAfterWhatItRefused) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    const Draft wrong{.content = NodeRecord(node::Delivery{.addressee = "nobody yet", .number = 2}),
                      .salt = test.salt()};
    EXPECT_EQ(test.ledger().stage(wrong, reading(1)).error().fault, LedgerFault::kDelivery);
    test.tick();
    EXPECT_TRUE(check_ledger(*test.folder().store, *test.folder().secret).has_value());
}

TEST(Ledger, ATickIsNotBeforeTheRecordsThatItCovers) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    const Draft draft{.content = NodeRecord(node::TimeTick{}), .salt = test.salt()};
    must(test.ledger().stage(draft, reading(5'003)));
    EXPECT_EQ(test.ledger().stage_tick(kFirstSecond + 4).error().fault, LedgerFault::kTick);
    EXPECT_EQ(test.ledger().state().least_second(), kFirstSecond + 5);
    must(test.ledger().stage_tick(kFirstSecond + 5));
    EXPECT_EQ(test.ledger().state().least_second(), kFirstSecond + 6);
}

// A name may be written with escapes: it is the party's request all the same, after a restart too.
TEST(Ledger, ARequestBelongsToItsPartyHoweverItsNameIsWritten) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    Envelope envelope = testing::request_of("air-unit-a", "r1");
    std::string payload = write_envelope(envelope).value();
    for (const auto& [plain, escaped] :
         {std::pair{"\"from\"", "\"fr\\u006fm\""}, std::pair{"\"party\"", "\"p\\u0061rty\""},
          std::pair{"air-unit-a", "air\\u002dunit-a"}}) {
        payload.replace(payload.find(plain), std::string_view(plain).size(), escaped);
    }
    ASSERT_TRUE(parse_envelope(payload).has_value());
    const auto bytes = std::as_bytes(std::span(payload));
    const Draft draft{.content = VouchedRequest{.payload = {bytes.begin(), bytes.end()}},
                      .party = "air-unit-a",
                      .salt = test.salt()};
    must(test.ledger().stage(draft, reading(1)));
    test.tick();
    EXPECT_TRUE(check_ledger(*test.folder().store, *test.folder().secret).has_value());
    test.reopen();
    test.tick();
    EXPECT_TRUE(check_ledger(*test.folder().store, *test.folder().secret).has_value());
}

// A store that says from where on it was read.
class WatchedStore final : public Store {
  public:
    explicit WatchedStore(Store& store) : store_(store) {}
    std::vector<std::uint64_t> scanned_from;

    std::uint64_t size() const override { return store_.size(); }
    base::Expected<void, StoreError> append(std::span<const EntryView> group) override {
        return store_.append(group);
    }
    base::Expected<Entry, StoreError> read(std::uint64_t index) override {
        return store_.read(index);
    }
    base::Expected<void, StoreError> scan(std::uint64_t first, const Visit& visit) override {
        scanned_from.push_back(first);
        return store_.scan(first, visit);
    }

  private:
    Store& store_;
};

TEST(Ledger, ReadsOnlyWhatFollowsASnapshot) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    for (int i = 0; i < 200; ++i) test.file_signed("air-unit-a", "r" + std::to_string(i));
    test.tick();
    test.keep_snapshot();
    TreeHasher hasher;
    const TreeHead records = test.ledger().state().records(hasher);
    const auto kept = newest_snapshot(disk, test.folder().store->identity(), UINT64_MAX);
    ASSERT_TRUE(kept.has_value() && kept->has_value());
    WatchedStore watched(*test.folder().store);
    const auto opened = Ledger::open(
        {.store = watched, .secret = *test.folder().secret, .signer = test.signer()}, *kept);
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(watched.scanned_from, std::vector<std::uint64_t>{202});
    EXPECT_EQ((*opened)->state().records(hasher), records);
    EXPECT_EQ(records.size, 202U);
    test.reopen();
    EXPECT_EQ(test.ledger().state().records(hasher), records);
}

TEST(LedgerState, IsTheSameAfterItsBytes) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    write_some_seconds(test);
    const std::vector<std::byte> bytes = test.ledger().state().encode();
    auto decoded = LedgerState::decode(bytes);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->encode(), bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(LedgerState::decode(std::span(bytes).first(size)).has_value()) << size;
    }
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::vector<std::byte> flipped = bytes;
        flipped[at] ^= std::byte{1};
        const auto other = LedgerState::decode(flipped);
        if (other) {
            EXPECT_EQ(other->encode(), flipped) << "one encoding; byte " << at;
        }
    }
}

TEST(KeptTick, IsTheSameAfterItsBytes) {
    const KeptTick kept{.tick = {.second = 7, .slots = numbered_salt(1)},
                        .slot_count = 32,
                        .records = 9,
                        .signature = {std::byte{5}}};
    const auto bytes = encode(kept);
    EXPECT_EQ(decode_kept_tick(bytes), kept);
    EXPECT_EQ(decode_kept_tick(std::span(bytes).first(bytes.size() - 1)).error().fault,
              FormatFault::kTruncated);
    std::vector<std::byte> longer(bytes.begin(), bytes.end());
    longer.push_back(std::byte{0});
    EXPECT_EQ(decode_kept_tick(longer).error().fault, FormatFault::kTrailing);
    longer.pop_back();
    longer[1] = std::byte{2};
    EXPECT_EQ(decode_kept_tick(longer).error().fault, FormatFault::kUnknownVersion);
}

}  // namespace
}  // namespace comity::ledger
