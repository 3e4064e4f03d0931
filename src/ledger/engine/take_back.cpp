// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/receipt_check.hpp"
#include "comity/ledger/reconcile.hpp"
#include "comity/ledger/take_entry.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace comity::ledger {
namespace {

using enum TakeBackFault;

base::Unexpected<TakeBackError> fail(TakeBackFault fault, std::string where) {
    return base::Unexpected(TakeBackError{.fault = fault, .where = std::move(where)});
}

// A record that was lost, and what its receipt says of its place.
struct Lost {
    Instant time{};
    std::optional<std::uint64_t> number;  // in the record sequence, where the receipt says it
    std::string party;
    EntryTree tree = EntryTree::kRecords;
    std::uint64_t index = 0;  // in that tree
    std::vector<std::byte> bytes;

    auto order() const { return std::tie(time, party, tree, index, bytes); }
};

// What is known of one lost tick.
struct LostTick {
    std::optional<Tick> tick;
    std::vector<Lost> records;
};

// Puts the lost ticks together, one after the other.
class Rebuild {
  public:
    Rebuild(LedgerState state, LedgerSecret& secret) : state_(std::move(state)), secret_(secret) {}

    base::Expected<void, TakeBackError> tick(LostTick lost) {
        const std::uint64_t second = lost.tick ? lost.tick->second : state_.least_second();
        arrange(lost.records);
        const LedgerState before = state_;
        const std::size_t kept = entries_.size();
        // Records of one instant may have come in another order; of a few, each is tried.
        constexpr int kMostOrders = 5'040;
        for (int tries = 0; tries < kMostOrders; ++tries) {
            if (add(lost.records)) {
                const KeptTick made = state_.close(hasher_, secret_, second);
                if (!lost.tick || made.tick == *lost.tick) return close(made);
            }
            state_ = before;
            entries_.resize(kept);
            if (!next_order(lost.records)) break;
        }
        return fail(kMissing, "tick " + std::to_string(state_.tick_count()));
    }

    TreeHead ticks() { return state_.ticks(hasher_); }

    // The entries, now that they are known to be the lost ones. Each tick is signed, also those
    // that were not: however few of them a crash then leaves, the last one is.
    base::Expected<std::vector<Entry>, TakeBackError> signed_entries(base::Signer& signer) && {
        for (const Unsigned& tick : unsigned_) {
            const auto signature = signer.sign(std::as_bytes(std::span(tick.text)));
            if (!signature) return fail(kEntry, to_string(signature.error()));
            KeptTick kept = tick.kept;
            kept.signature = *signature;
            const auto bytes = encode(kept);
            entries_[tick.entry].bytes.assign(bytes.begin(), bytes.end());
        }
        return std::move(entries_);
    }

  private:
    static bool by_order(const Lost& a, const Lost& b) { return a.order() < b.order(); }

    static void arrange(std::vector<Lost>& records) {
        std::sort(records.begin(), records.end(), by_order);
        const bool all_numbered = std::all_of(records.begin(), records.end(),
                                              [](const Lost& r) { return r.number.has_value(); });
        if (!all_numbered) return;
        std::stable_sort(records.begin(), records.end(),
                         [](const Lost& a, const Lost& b) { return *a.number < *b.number; });
    }

    // The next order of those of one instant, and so on over all instants.
    static bool next_order(std::vector<Lost>& records) {
        for (auto end = records.end(); end != records.begin();) {
            auto begin = end - 1;
            while (begin != records.begin() && (begin - 1)->time == begin->time) --begin;
            if (std::next_permutation(begin, end, by_order)) return true;
            end = begin;
        }
        return false;
    }

    bool add(const std::vector<Lost>& records) {
        for (const Lost& lost : records) {
            const EntryView entry{.kind = EntryKind::kRecord, .bytes = lost.bytes};
            if (!take_entry(state_, hasher_, 0, entry)) return false;
            entries_.push_back({.kind = EntryKind::kRecord, .bytes = lost.bytes});
        }
        return true;
    }

    base::Expected<void, TakeBackError> close(const KeptTick& made) {
        if (!state_.add(hasher_, made)) return fail(kEntry, "a tick");
        unsigned_.push_back(
            {.kept = made, .text = state_.checkpoint_text(hasher_), .entry = entries_.size()});
        entries_.push_back({.kind = EntryKind::kTick, .bytes = {}});
        return {};
    }

    struct Unsigned {
        KeptTick kept;
        std::string text;  // of its checkpoint
        std::size_t entry = 0;
    };

    LedgerState state_;
    LedgerSecret& secret_;
    TreeHasher hasher_;
    std::vector<Entry> entries_;
    std::vector<Unsigned> unsigned_;
};

// The lost records by the tick that covers them first; one record once, however many receipts.
// Records at the end of the ledger that no tick of it covers are not lost.
base::Expected<std::map<std::uint64_t, LostTick>, TakeBackError> lost_ticks(
    LedgerIndex& index, std::span<const Receipt> receipts) {
    const auto at_end = index.records_after_last_tick();
    if (!at_end) return fail(kEntry, at_end.error().where);
    Policy policy;
    policy.logs.push_back({.key = index.state().key()});
    std::map<std::uint64_t, LostTick> ticks;
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        const auto found = check_receipt(receipts[i], policy);
        const std::string where = "receipt " + std::to_string(i + 1);
        if (!found) return fail(kReceipt, where + ": " + to_string(found.error().refusal));
        const auto proof = parse_proof(receipts[i].log_proof);
        if (!proof || proof->index < index.tick_count()) continue;  // the ledger has it
        LostTick& tick = ticks[proof->index];
        tick.tick = found->tick;
        if (std::ranges::find(*at_end, receipts[i].record) != at_end->end()) continue;
        const bool is_of_all = found->tree == EntryTree::kRecords;
        Lost lost{.time = found->record.time,
                  .party = found->party,
                  .tree = found->tree,
                  .index = found->entry_place.index,
                  .bytes = receipts[i].record};
        if (is_of_all) lost.number = found->entry_place.index;
        const auto same = std::find_if(tick.records.begin(), tick.records.end(),
                                       [&](const Lost& r) { return r.bytes == lost.bytes; });
        if (same == tick.records.end()) {
            tick.records.push_back(std::move(lost));
        } else if (is_of_all) {
            same->number = lost.number;
        }
    }
    return ticks;
}

}  // namespace

const char* to_string(TakeBackFault fault) {
    switch (fault) {
        case kReceipt:
            return "a receipt does not hold";
        case kMissing:
            return "no order of the records that are here leads to a tick that was seen";
        case kEntry:
            return "what the receipts show does not fit the ledger";
        case kOtherRoot:
            return "what the receipts show does not lead to the checkpoint that was seen";
    }
    return "unknown fault";
}

base::Expected<std::vector<Entry>, TakeBackError> take_back(LedgerIndex& index,
                                                            LedgerSecret& secret,
                                                            base::Signer& signer,
                                                            const TreeHead& seen,
                                                            std::span<const Receipt> receipts) {
    auto lost = lost_ticks(index, receipts);
    if (!lost) return base::Unexpected(lost.error());
    if (seen.size > index.tick_count() + kMostLostTicks) return fail(kMissing, "too many ticks");
    Rebuild rebuild(index.state(), secret);
    for (std::uint64_t tick = index.tick_count(); tick < seen.size; ++tick) {
        const auto known = lost->find(tick);
        auto made = rebuild.tick(known == lost->end() ? LostTick{} : std::move(known->second));
        if (!made) return base::Unexpected(made.error());
    }
    if (rebuild.ticks() != seen) return fail(kOtherRoot, "");
    return std::move(rebuild).signed_entries(signer);
}

}  // namespace comity::ledger
