// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/take_entry.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>
#include <variant>

namespace comity::ledger {
namespace {

base::Unexpected<LedgerError> fail(LedgerFault fault, std::string where = {}) {
    return base::Unexpected(LedgerError{.fault = fault, .where = std::move(where)});
}

std::optional<Belonging> belonging_of(const Draft& draft) {
    const auto* of_node = std::get_if<NodeRecord>(&draft.content);
    if (of_node == nullptr) return Belonging{.party = draft.party, .tree = EntryTree::kFiled};
    const auto* delivery = std::get_if<node::Delivery>(of_node);
    if (delivery == nullptr) return std::nullopt;
    return Belonging{.party = delivery->addressee, .tree = EntryTree::kDelivered};
}

std::uint32_t milliseconds_of(std::chrono::milliseconds bound) {
    const auto count = bound.count();
    const bool is_known = 0 <= count && count < kUnknownClockError;
    return is_known ? static_cast<std::uint32_t>(count) : kUnknownClockError;
}

// Whether this is the record that confirms a snapshot of this hash.
bool confirms(const Taken& taken, const Hash& hash) {
    const auto* record = std::get_if<TakenRecord>(&taken);
    if (record == nullptr) return false;
    const auto* of_node = std::get_if<NodeRecord>(&record->record.content);
    const auto* state = of_node == nullptr ? nullptr : std::get_if<node::State>(of_node);
    return state != nullptr && state->name == Ledger::kStateName && state->content == hash;
}

}  // namespace

LedgerExpected<std::unique_ptr<Ledger>> Ledger::create(Parts parts, const node::Genesis& genesis,
                                                       const base::TimeReading& now,
                                                       const Hash& salt) {
    COMITY_CHECK(parts.store.size() == 0);
    std::unique_ptr<Ledger> ledger(new Ledger(parts));
    if (genesis.key.bytes != parts.signer.key_id().value()) return fail(LedgerFault::kSecret);
    const auto staged = ledger->stage({.content = NodeRecord(genesis), .salt = salt}, now);
    if (!staged) return base::Unexpected(staged.error());
    if (auto kept = ledger->commit(); !kept) return base::Unexpected(kept.error());
    return ledger;
}

LedgerExpected<std::unique_ptr<Ledger>> Ledger::open(Parts parts,
                                                     const std::optional<Snapshot>& snapshot) {
    std::unique_ptr<Ledger> ledger(new Ledger(parts));
    auto replayed = ledger->replay(snapshot);
    // A snapshot that does not fit costs time and nothing else.
    if (snapshot && !replayed) replayed = ledger->replay(std::nullopt);
    if (!replayed) return base::Unexpected(replayed.error());
    if (auto adopted = ledger->adopt(); !adopted) return base::Unexpected(adopted.error());
    return ledger;
}

LedgerExpected<void> Ledger::replay(const std::optional<Snapshot>& snapshot) {
    state_ = {};
    std::uint64_t first = 0;
    std::optional<Hash> unconfirmed;
    if (snapshot) {
        auto state = LedgerState::decode(snapshot->bytes);
        if (!state) return fail(LedgerFault::kFolder, "a snapshot that is none");
        state_ = *std::move(state);
        first = snapshot->entries;
        unconfirmed = snapshot->hash;
        if (state_.record_count() + state_.tick_count() != first) {
            return fail(LedgerFault::kFolder, "a snapshot of another number of entries");
        }
    }
    LedgerExpected<void> result;
    const auto scanned = parts_.store.scan(first, [&](std::uint64_t index, EntryView entry) {
        const auto taken = take_entry(state_, hasher_, index, entry);
        if (!taken) result = base::Unexpected(taken.error());
        if (taken && unconfirmed && confirms(*taken, *unconfirmed)) unconfirmed.reset();
        return taken.has_value();
    });
    if (!result) return result;
    if (!scanned) return base::Unexpected(from_store(scanned.error()));
    if (unconfirmed) return fail(LedgerFault::kFolder, "a snapshot that no record names");
    return {};
}

LedgerExpected<void> Ledger::adopt() {
    if (!state_.genesis()) return fail(LedgerFault::kNoGenesis);
    if (state_.genesis()->key.bytes != parts_.signer.key_id().value()) {
        return fail(LedgerFault::kSecret, "the signer's key is not the log's");
    }
    if (!state_.is_checkpoint_signed(hasher_)) return fail(LedgerFault::kSignature, "the last one");
    checkpoint_ = state_.checkpoint(hasher_);
    return {};
}

LedgerExpected<Place> Ledger::stage(Draft draft, const base::TimeReading& now) {
    if (stopped_) return base::Unexpected(*stopped_);
    if (state_.is_closed()) return fail(LedgerFault::kClosed);
    const std::optional<Belonging> belonging = belonging_of(draft);
    const Record record{.salt = draft.salt,
                        .time = std::max(state_.last_time(), now.time),
                        .clock_error_ms = milliseconds_of(now.error_bound),
                        .rules = std::move(draft.rules),
                        .outcome = draft.outcome,
                        .content = std::move(draft.content)};
    const std::vector<std::byte> bytes = encode(record);
    make_room(bytes.size());
    const Place place{.number = state_.record_count(), .time = record.time};
    if (auto added = state_.add(hasher_, record, bytes, belonging); !added) {
        return base::Unexpected(added.error());
    }
    stage_entry(EntryKind::kRecord, bytes);
    return place;
}

LedgerExpected<void> Ledger::stage_tick(std::uint64_t second) {
    if (stopped_) return base::Unexpected(*stopped_);
    if (second <= state_.last_second()) return fail(LedgerFault::kTick);
    make_room(KeptTick::kBytes);
    const KeptTick kept = state_.close(hasher_, parts_.secret, second);
    if (auto added = state_.add(hasher_, kept); !added) return added;
    last_tick_ = staged_.size();
    stage_entry(EntryKind::kTick, encode(kept));
    return {};
}

void Ledger::make_room(std::size_t bytes) {
    const std::size_t begin = groups_.empty() ? 0 : groups_.back().end;
    if (begin == staged_.size()) return;
    const std::size_t used = staged_bytes_.size() - (begin == 0 ? 0 : staged_[begin - 1].end);
    const bool is_full = staged_.size() - begin == Store::kMaxGroupEntries;
    if (is_full || used + bytes > Store::kMaxGroup) end_group();
}

void Ledger::end_group() {
    groups_.push_back({.end = staged_.size(), .tick = last_tick_, .text = {}});
    if (last_tick_) groups_.back().text = state_.checkpoint_text(hasher_);
    last_tick_.reset();
}

void Ledger::stage_entry(EntryKind kind, std::span<const std::byte> bytes) {
    staged_bytes_.insert(staged_bytes_.end(), bytes.begin(), bytes.end());
    staged_.push_back({.kind = kind, .end = staged_bytes_.size()});
}

std::vector<EntryView> Ledger::staged_group(std::size_t begin, std::size_t end) const {
    std::vector<EntryView> group;
    group.reserve(end - begin);
    std::size_t offset = begin == 0 ? 0 : staged_[begin - 1].end;
    for (std::size_t i = begin; i < end; ++i) {
        group.push_back(
            {.kind = staged_[i].kind,
             .bytes = std::span(staged_bytes_).subspan(offset, staged_[i].end - offset)});
        offset = staged_[i].end;
    }
    return group;
}

LedgerExpected<void> Ledger::sign_groups() {
    std::optional<base::Ed25519Signature> last;
    for (const Group& group : groups_) {
        if (!group.tick) continue;
        const auto signature = parts_.signer.sign(std::as_bytes(std::span(group.text)));
        if (!signature) return fail(LedgerFault::kSigner, to_string(signature.error()));
        // It is the end of a kept tick.
        const std::size_t end = staged_[*group.tick].end;
        std::ranges::copy(*signature,
                          std::span(staged_bytes_).first(end).last(signature->size()).begin());
        last = *signature;
    }
    if (last) state_.sign_last(*last);
    return {};
}

LedgerExpected<void> Ledger::commit() {
    if (stopped_) return base::Unexpected(*stopped_);
    if (staged_.empty()) return {};
    const std::size_t ended = groups_.empty() ? 0 : groups_.back().end;
    if (ended < staged_.size()) end_group();
    if (auto all_signed = sign_groups(); !all_signed) return all_signed;
    bool has_tick = false;
    std::size_t begin = 0;
    for (const Group& group : groups_) {
        if (auto kept = parts_.store.append(staged_group(begin, group.end)); !kept) {
            stopped_ = from_store(kept.error());
            return base::Unexpected(*stopped_);
        }
        has_tick = has_tick || group.tick.has_value();
        begin = group.end;
    }
    staged_.clear();
    staged_bytes_.clear();
    groups_.clear();
    if (has_tick) checkpoint_ = state_.checkpoint(hasher_);
    return {};
}

LedgerExpected<Snapshot> Ledger::snapshot(const base::TimeReading& now, const Hash& salt) {
    if (auto kept = commit(); !kept) return base::Unexpected(kept.error());
    Snapshot snapshot{.entries = parts_.store.size(), .bytes = state_.encode()};
    snapshot.hash = seal::sha256(snapshot.bytes);
    const node::State state{.name = kStateName, .content = snapshot.hash};
    const auto staged = stage({.content = NodeRecord(state), .salt = salt}, now);
    if (!staged) return base::Unexpected(staged.error());
    if (auto kept = commit(); !kept) return base::Unexpected(kept.error());
    return snapshot;
}

}  // namespace comity::ledger
