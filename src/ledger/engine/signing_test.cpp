// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Of the ticks that become durable together the last is signed, and no store ends unsigned.
#include "comity/ledger/copy_ledger.hpp"
#include "comity/ledger/ledger_check.hpp"
#include "comity/ledger/ledger_index.hpp"
#include "comity/ledger/receipt_check.hpp"
#include "comity/ledger/testing/list_store.hpp"
#include "comity/ledger/testing/test_ledger.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using base::testing::MemoryDisk;

// A signer that can be out of reach.
class SomeSigner final : public base::Signer {
  public:
    bool is_there = true;

    base::SigningKeyId key_id() const override { return signer_->key_id(); }
    base::Expected<base::Ed25519Signature, base::SignerError> sign(
        std::span<const std::byte> message) override {
        if (!is_there) return base::Unexpected(base::SignerError::kUnavailable);
        return signer_->sign(message);
    }

  private:
    std::unique_ptr<seal::SeedSigner> signer_ = testing::signer_of(kOrigin);
};

class Signing : public ::testing::Test {
  protected:
    void SetUp() override {
        ledger_ = must(Ledger::create({.store = store_, .secret = secret_, .signer = signer_},
                                      test_genesis(signer_), reading(0), numbered_salt(0)));
    }

    void record(std::size_t bytes) {
        const node::Unknown content{.type = 999, .body = std::vector<std::byte>(bytes)};
        const Draft draft{.content = NodeRecord(content), .salt = numbered_salt(1)};
        must(ledger_->stage(draft, reading(0)));
    }

    void tick() { must(ledger_->stage_tick(ledger_->state().least_second())); }

    // A letter for each entry: a record, a signed tick, an unsigned one.
    std::string shape() const {
        std::string letters;
        for (const Entry& entry : store_.entries) {
            const bool is_record = entry.kind == EntryKind::kRecord;
            const bool is_signed = !is_record && decode_kept_tick(entry.bytes)->is_signed();
            letters += is_record ? 'r' : is_signed ? 's' : 'u';
        }
        return letters;
    }

    ListStore store_;
    LedgerSecret secret_{kSecret};
    SomeSigner signer_;
    std::unique_ptr<Ledger> ledger_;
};

TEST_F(Signing, SignsOnlyTheLastTickOfAGroup) {
    tick();
    record(1);
    tick();
    record(1);
    tick();
    record(1);
    must(ledger_->commit());
    tick();
    must(ledger_->commit());
    EXPECT_EQ(shape(),
              "rururs"
              "rs");
    EXPECT_EQ(store_.ends, (std::vector<std::size_t>{1, 7, 8}));
    const auto checked = check_ledger(store_, secret_);
    ASSERT_TRUE(checked.has_value()) << checked.error().where;
    EXPECT_EQ(checked->checkpoint, ledger_->checkpoint());
    const auto opened =
        Ledger::open({.store = store_, .secret = secret_, .signer = signer_}, std::nullopt);
    ASSERT_TRUE(opened.has_value()) << opened.error().where;
    EXPECT_EQ((*opened)->checkpoint(), ledger_->checkpoint());
    // A receipt in a second that has no signature of its own.
    const auto index = must(LedgerIndex::of(store_, secret_));
    Policy policy;
    policy.logs.push_back({.key = index->state().key()});
    const auto receipt = index->receipt(0, EntryTree::kRecords);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_TRUE(check_receipt(*receipt, policy).has_value());
}

TEST_F(Signing, WhereTheSignerFailsNothingIsRecordedAndItMayBeTriedAgain) {
    record(1);
    tick();
    signer_.is_there = false;
    for (int tries = 0; tries < 2; ++tries) {
        EXPECT_EQ(ledger_->commit().error().fault, LedgerFault::kSigner);
        EXPECT_EQ(store_.size(), 1U);
        EXPECT_EQ(ledger_->checkpoint(), "");
    }
    // What was staged before goes with what is staged now.
    record(1);
    tick();
    record(1);
    signer_.is_there = true;
    must(ledger_->commit());
    EXPECT_EQ(shape().back(), 'r');
    const auto checked = check_ledger(store_, secret_);
    ASSERT_TRUE(checked.has_value()) << checked.error().where;
    EXPECT_EQ(checked->checkpoint, ledger_->checkpoint());
    EXPECT_EQ(checked->ticks.size, 2U);
}

// The limits of a store split it: a crash between the parts leaves a store that ends signed.
TEST_F(Signing, EachPartOfAGroupThatIsSplitEndsSigned) {
    constexpr std::size_t kLarge = 1'000'000;
    for (int i = 0; i < 100; ++i) {
        record(kLarge);
        if (i % 10 == 3) tick();
    }
    record(1);
    must(ledger_->commit());
    ASSERT_EQ(store_.ends.size(), 3U);
    const std::string letters = shape();
    EXPECT_EQ(std::count(letters.begin(), letters.end(), 's'), 2);
    EXPECT_EQ(std::count(letters.begin(), letters.end(), 'u'), 8);
    for (const std::size_t end : store_.ends) {
        ListStore cut;
        cut.entries.assign(store_.entries.begin(),
                           store_.entries.begin() + static_cast<std::ptrdiff_t>(end));
        const auto checked = check_ledger(cut, secret_);
        EXPECT_TRUE(checked.has_value()) << checked.error().where;
    }
    EXPECT_EQ(must(LedgerIndex::of(store_, secret_))->checkpoint(), ledger_->checkpoint());
}

TEST_F(Signing, AStoreThatEndsUnsignedIsRefused) {
    tick();
    tick();
    must(ledger_->commit());
    ASSERT_EQ(shape(), "rus");
    store_.entries.pop_back();
    const auto checked = check_ledger(store_, secret_);
    ASSERT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().fault, LedgerFault::kSignature);
    EXPECT_EQ(LedgerIndex::of(store_, secret_).error().fault, LedgerFault::kSignature);
    EXPECT_EQ(Ledger::open({.store = store_, .secret = secret_, .signer = signer_}, std::nullopt)
                  .error()
                  .fault,
              LedgerFault::kSignature);
}

TEST_F(Signing, EntriesAreTheSameButForASignatureThatOneLacks) {
    tick();
    must(ledger_->commit());
    const auto view = [](const Entry& e) { return EntryView{.kind = e.kind, .bytes = e.bytes}; };
    const auto of = [](const KeptTick& kept) {
        const auto bytes = encode(kept);
        return Entry{.kind = EntryKind::kTick, .bytes = {bytes.begin(), bytes.end()}};
    };
    const Entry with = store_.entries.back();
    KeptTick kept = *decode_kept_tick(with.bytes);
    kept.signature[0] ^= std::byte{1};
    EXPECT_FALSE(is_same_entry(view(with), view(of(kept)))) << "two signatures";
    kept.signature = {};
    const Entry without = of(kept);
    EXPECT_TRUE(is_same_entry(view(with), view(without)));
    EXPECT_TRUE(is_same_entry(view(without), view(with)));
    ++kept.tick.second;
    EXPECT_FALSE(is_same_entry(view(with), view(of(kept))));
    EXPECT_FALSE(
        is_same_entry(view(with), {.kind = EntryKind::kRecord, .bytes = std::span(without.bytes)}));
    EXPECT_FALSE(is_same_entry(view(with), view(store_.entries.front())));
}

// A copy that was interrupted after any of its groups ends signed, and is continued.
TEST(SigningOfACopy, EndsSignedWheneverItIsInterrupted) {
    MemoryDisk disk(1);
    TestLedger test(disk);
    // Each group is larger than one that is copied at once.
    for (int group = 0; group < 2; ++group) {
        for (int second = 0; second < 11'000; ++second) {
            must(test.ledger().stage_tick(test.ledger().state().least_second()));
        }
        must(test.ledger().commit());
        test.file_signed("air-unit-a", "r" + std::to_string(group));
    }
    test.tick();
    MemoryDisk whole(1);
    must(copy_ledger(disk, whole));
    int interrupted = 0;
    for (std::uint64_t call = whole.call_count() - 9; call <= whole.call_count(); call += 3) {
        MemoryDisk backup(call);
        backup.fail_call(call, base::DiskError::kIo);
        ASSERT_FALSE(copy_ledger(disk, backup).has_value());
        const auto copy = must(open_folder(backup, OpenMode::kReadOnly));
        if (copy.store->size() == 0) continue;
        ++interrupted;
        const auto checked = check_ledger(*copy.store, *copy.secret);
        EXPECT_TRUE(checked.has_value()) << checked.error().where << ", call " << call;
        EXPECT_TRUE(copy_ledger(disk, backup).has_value());
    }
    EXPECT_GT(interrupted, 0);
}

}  // namespace
}  // namespace comity::ledger
