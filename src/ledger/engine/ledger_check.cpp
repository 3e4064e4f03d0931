// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_check.hpp"

#include "comity/ledger/record_envelope.hpp"
#include "comity/ledger/take_entry.hpp"

#include <string>
#include <variant>

namespace comity::ledger {
namespace {

// Goes over the entries; keeps the first fault.
class Check {
  public:
    Check(LedgerSecret& secret, const std::function<void(std::uint64_t)>& progress)
        : secret_(secret), progress_(progress) {}

    bool take(std::uint64_t index, EntryView entry) {
        constexpr std::uint64_t kBetween = 4096;
        if (index % kBetween == 0) progress_(index);
        std::optional<KeptTick> expected;
        if (entry.kind == EntryKind::kTick && state_.genesis()) expected = expected_tick(entry);
        const auto taken = take_entry(state_, hasher_, index, entry);
        if (!taken) {
            fault_ = taken.error();
        } else if (const auto* record = std::get_if<TakenRecord>(&*taken)) {
            count(index, *record);
        } else {
            compare(index, std::get<KeptTick>(*taken), expected);
        }
        return !fault_;
    }

    const std::optional<LedgerError>& fault() const { return fault_; }

    LedgerSummary summary() {
        summary_.genesis = *state_.genesis();
        summary_.ticks = state_.ticks(hasher_);
        summary_.records = state_.records(hasher_);
        summary_.is_closed = state_.is_closed();
        summary_.uncovered_records = state_.uncovered_records();
        summary_.last_time = state_.last_time();
        summary_.checkpoint = state_.checkpoint(hasher_);
        return summary_;
    }

    std::optional<LedgerError> fault_at_end() const {
        if (state_.ends_unsigned()) return unsigned_end(state_);
        return std::nullopt;
    }

    bool has_genesis() const { return state_.genesis().has_value(); }

  private:
    // What the tick must say, by the records before it.
    std::optional<KeptTick> expected_tick(EntryView entry) {
        const auto kept = decode_kept_tick(entry.bytes);
        if (!kept) return std::nullopt;
        return state_.close(hasher_, secret_, kept->tick.second);
    }

    void compare(std::uint64_t index, const KeptTick& kept,
                 const std::optional<KeptTick>& expected) {
        const std::string where = "entry " + std::to_string(index);
        if (!expected || expected->tick != kept.tick) {
            fault_ = LedgerError{.fault = LedgerFault::kSlots, .where = where};
        } else if (kept.is_signed() && !state_.is_checkpoint_signed(hasher_)) {
            fault_ = LedgerError{.fault = LedgerFault::kSignature, .where = where};
        }
    }

    void count(std::uint64_t index, const TakenRecord& taken) {
        const Record& record = taken.record;
        if (state_.record_count() == 1) summary_.first_time = record.time;
        const auto* of_author = std::get_if<SignedRequest>(&record.content);
        const bool is_request = !std::holds_alternative<NodeRecord>(record.content);
        if (is_request) {
            const bool holds =
                taken.belonging && (of_author == nullptr || is_signed_by_its_author(*of_author));
            if (!holds) {
                fault_ = LedgerError{.fault = LedgerFault::kRequest,
                                     .where = "entry " + std::to_string(index)};
            }
            ++(of_author == nullptr ? summary_.vouched_requests : summary_.signed_requests);
            if (record.outcome == kAccepted) ++summary_.accepted;
        } else if (taken.belonging) {
            ++summary_.deliveries;
        }
    }

    LedgerSecret& secret_;
    const std::function<void(std::uint64_t)>& progress_;
    TreeHasher hasher_;
    LedgerState state_;
    LedgerSummary summary_;
    std::optional<LedgerError> fault_;
};

}  // namespace

LedgerExpected<LedgerSummary> check_ledger(Store& store, LedgerSecret& secret,
                                           const std::function<void(std::uint64_t)>& progress) {
    Check check(secret, progress);
    const auto scanned = store.scan(
        0, [&](std::uint64_t index, EntryView entry) { return check.take(index, entry); });
    if (check.fault()) return base::Unexpected(*check.fault());
    if (!scanned) return base::Unexpected(from_store(scanned.error()));
    if (!check.has_genesis()) {
        return base::Unexpected(LedgerError{.fault = LedgerFault::kNoGenesis, .where = "empty"});
    }
    if (const auto fault = check.fault_at_end()) return base::Unexpected(*fault);
    return check.summary();
}

}  // namespace comity::ledger
