// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/belonging.hpp"
#include "comity/ledger/kept_tick.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/ledger_state.hpp"
#include "comity/ledger/proof.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/ledger/store.hpp"
#include "comity/ledger/tile.hpp"
#include "comity/ledger/tree.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace comity::ledger {

enum class [[nodiscard]] ReceiptProblem : std::uint8_t{
    kNoRecord,   ///< the ledger has no record of this number
    kNotInTree,  ///< the record is not in the tree that was asked for
    kNoTick,     ///< no second that covers it has been closed yet
    kStore,      ///< the record cannot be read
};

/// Words for a person: why there is no receipt.
const char* to_string(ReceiptProblem problem);

/// Everything of a ledger that receipts are made of, in memory: about 300 bytes a record and 150 a
/// tick. It can be made again at any time from the store, and grows with it. A resource; store and
/// secret outlive it.
class LedgerIndex {
  public:
    /// Reads the first `entries` of a ledger, or all. What does not fit is an error, as in
    /// `take_entry`.
    static LedgerExpected<std::unique_ptr<LedgerIndex>> of(Store& store, LedgerSecret& secret,
                                                           std::uint64_t entries = UINT64_MAX);

    /// Has read nothing yet.
    static std::unique_ptr<LedgerIndex> empty(Store& store, LedgerSecret& secret);
    /// How many entries it has read.
    std::uint64_t entries() const { return next_entry_; }

    /// Reads what was added since, up to so many entries. kSignature where the last tick among them
    /// is unsigned: there is no checkpoint to show then.
    LedgerExpected<void> grow(std::uint64_t entries = UINT64_MAX);

    std::uint64_t record_count() const { return places_.size(); }
    std::uint64_t tick_count() const { return ticks_.size(); }
    /// Whose the record is; absent where it is nobody's, or there is none.
    std::optional<Belonging> belonging(std::uint64_t record) const;
    /// The records that this party filed, or that were delivered to it, in order.
    std::vector<std::uint64_t> records_of(std::string_view party, EntryTree tree) const;
    /// The party's record of this number, from 1 on, in one of its trees; absent where there is
    /// none.
    std::optional<std::uint64_t> record_of(std::string_view party, EntryTree tree,
                                           std::uint64_t number) const;
    /// How many it has there.
    std::uint64_t count_of(std::string_view party, EntryTree tree) const;
    /// The checkpoint after the last tick, a signed note.
    std::string checkpoint() { return state_.checkpoint(hasher_); }
    LedgerState& state() { return state_; }

    /// A receipt of the record in the first tick that covers it, under the last checkpoint.
    base::Expected<Receipt, ReceiptProblem> receipt(std::uint64_t record, EntryTree tree,
                                                    std::vector<ShownAttachment> attachments = {});

    /// The records that no tick covers yet, as they were kept.
    LedgerExpected<std::vector<std::vector<std::byte>>> records_after_last_tick();

    /// A proof that the public log of the last checkpoint begins with that of `old_size` ticks.
    base::Expected<Proof, ProofError> consistency(std::uint64_t old_size);

    /// The hashes of a tile of the public log; empty where it has no such tile, or not so wide a
    /// one. The tile is one of hashes.
    std::vector<Hash> tile_hashes(const Tile& tile) const;

    const KeptTick& tick(std::uint64_t number) const { return ticks_.at(number); }

    /// The head of the public log when it had this many ticks; absent where it never had.
    std::optional<TreeHead> head_at(std::uint64_t ticks);

  private:
    struct Grown {
        StoredTree tree;
        std::vector<std::uint64_t> places;  // the records in it, ascending
    };
    struct Party {
        Grown filed;
        Grown delivered;
    };
    struct RecordPlace {
        std::uint64_t entry = 0;  // in the store
        std::string party;        // empty: nobody's
        EntryTree tree = EntryTree::kRecords;
    };

    LedgerIndex(Store& store, LedgerSecret& secret) : store_(store), secret_(secret) {}

    bool take(std::uint64_t index, EntryView entry, LedgerExpected<void>& result);
    void add_record(std::uint64_t entry, const Hash& leaf,
                    const std::optional<Belonging>& belonging);
    // The first tick that covers the record; as many as there are where none does.
    std::uint64_t tick_over(std::uint64_t record) const;
    TreeHead head_of(const StoredTree& tree, std::uint64_t size);
    // Of a party's tree, as it was after this many records.
    TreeHead head_of(const Grown& grown, std::uint64_t records);
    std::vector<Slot> slots_of(const KeptTick& kept);
    LogProof log_proof_of(std::uint64_t tick);

    Store& store_;
    LedgerSecret& secret_;
    TreeHasher hasher_;
    LedgerState state_;
    std::uint64_t next_entry_ = 0;
    StoredTree records_;
    std::vector<RecordPlace> places_;
    std::map<std::string, Party, std::less<>> parties_;
    std::vector<KeptTick> ticks_;
    StoredTree log_;
};

}  // namespace comity::ledger
