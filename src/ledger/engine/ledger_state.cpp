// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_state.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/make_slots.hpp"
#include "comity/ledger/slot_root.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <variant>

namespace comity::ledger {
namespace {

base::Unexpected<LedgerError> fail(LedgerFault fault, std::string where) {
    return base::Unexpected(LedgerError{.fault = fault, .where = std::move(where)});
}

template <typename T>
const T* node_record(const Record& record) {
    const auto* of_node = std::get_if<NodeRecord>(&record.content);
    return of_node == nullptr ? nullptr : std::get_if<T>(of_node);
}

}  // namespace

const TreeHead& GrowingTree::head(TreeHasher& hasher) {
    if (!is_known_) head_ = {.size = frontier_.size(), .root = frontier_.root(hasher)};
    is_known_ = true;
    return head_;
}

LedgerState::PartyTrees& LedgerState::party(const std::string& name) {
    const auto [found, is_new] = parties_.try_emplace(name);
    if (is_new) found->second.holder = holder_of(name);
    return found->second;
}

std::uint64_t LedgerState::least_second() const {
    const auto recorded = std::chrono::floor<std::chrono::seconds>(last_time_).time_since_epoch();
    return std::max(last_second_ + 1, static_cast<std::uint64_t>(recorded.count()));
}

std::uint64_t LedgerState::deliveries_to(std::string_view name) const {
    const auto found = parties_.find(name);
    return found == parties_.end() ? 0 : found->second.delivered.size();
}

LedgerExpected<void> LedgerState::add(TreeHasher& hasher, const Record& record,
                                      std::span<const std::byte> bytes,
                                      const std::optional<Belonging>& belonging) {
    const std::string where = "record " + std::to_string(records_.size());
    const auto* genesis = node_record<node::Genesis>(record);
    if (genesis_.has_value() == (genesis != nullptr)) return fail(LedgerFault::kNoGenesis, where);
    if (is_closed()) return fail(LedgerFault::kClosed, where);
    if (genesis != nullptr && !seal::is_key_name(genesis->origin)) {
        return fail(LedgerFault::kNoGenesis, where + ", its origin cannot name a log");
    }
    if (record.time < last_time_) return fail(LedgerFault::kTime, where);
    const auto* delivery = node_record<node::Delivery>(record);
    if (delivery != nullptr && delivery->number != deliveries_to(delivery->addressee) + 1) {
        return fail(LedgerFault::kDelivery, where + ", to " + delivery->addressee);
    }
    // Nothing is refused from here on: what was refused has changed nothing.
    const Hash leaf = hasher.leaf(bytes);
    if (belonging) {
        PartyTrees& trees = party(belonging->party);
        (belonging->tree == EntryTree::kFiled ? trees.filed : trees.delivered).append(hasher, leaf);
    }
    if (genesis != nullptr) genesis_ = *genesis;
    if (node_record<node::Closing>(record) != nullptr) phase_ = Phase::kClosing;
    last_time_ = record.time;
    records_.append(hasher, leaf);
    return {};
}

std::vector<Slot> LedgerState::slots(TreeHasher& hasher, LedgerSecret& secret,
                                     std::uint64_t second) {
    std::vector<PartyHeads> heads;
    heads.reserve(parties_.size());
    for (auto& [name, trees] : parties_) {
        heads.push_back({.holder = trees.holder,
                         .filed = trees.filed.head(hasher),
                         .delivered = trees.delivered.head(hasher)});
    }
    return make_slots(secret, second, records_.head(hasher), heads, slot_count_);
}

KeptTick LedgerState::close(TreeHasher& hasher, LedgerSecret& secret, std::uint64_t second) {
    const std::vector<Slot> all = slots(hasher, secret, second);
    return {.tick = {.second = second, .slots = slot_root(hasher, all)},
            .slot_count = static_cast<std::uint32_t>(all.size()),
            .records = records_.size()};
}

LedgerExpected<void> LedgerState::add(TreeHasher& hasher, const KeptTick& kept) {
    const std::string where = "tick " + std::to_string(ticks_.size());
    if (!genesis_) return fail(LedgerFault::kNoGenesis, where);
    if (phase_ == Phase::kClosed) return fail(LedgerFault::kClosed, where);
    if (kept.tick.second < least_second()) return fail(LedgerFault::kTick, where);
    const std::size_t slots =
        std::max<std::size_t>(slot_count_, padded_slot_count(parties_.size() + 1));
    const bool covers_all = kept.records == records_.size() && kept.slot_count == slots;
    if (!covers_all) return fail(LedgerFault::kSlots, where);
    ticks_.append(hasher, hasher.leaf(ledger::encode(kept.tick)));
    last_second_ = kept.tick.second;
    covered_records_ = kept.records;
    last_signature_ = kept.signature;
    slot_count_ = kept.slot_count;
    if (phase_ == Phase::kClosing) phase_ = Phase::kClosed;
    return {};
}

std::string LedgerState::checkpoint_text(TreeHasher& hasher) {
    COMITY_CHECK(genesis_.has_value());
    return format_checkpoint({.origin = genesis_->origin, .tree = ticks_.head(hasher)});
}

seal::VerifierKey LedgerState::key() const {
    COMITY_CHECK(genesis_.has_value());
    auto key = seal::make_verifier_key(genesis_->origin, seal::kEd25519Type, genesis_->key.span());
    COMITY_CHECK(key.has_value());
    return *std::move(key);
}

std::string LedgerState::checkpoint(TreeHasher& hasher) {
    if (tick_count() == 0) return {};
    return to_string(
        seal::Note{.text = checkpoint_text(hasher),
                   .signatures = {{.name = genesis_->origin,
                                   .key_id = key().id,
                                   .bytes = {last_signature_.begin(), last_signature_.end()}}}});
}

bool LedgerState::is_checkpoint_signed(TreeHasher& hasher) {
    if (tick_count() == 0) return true;
    const std::string text = checkpoint_text(hasher);
    return seal::verify(seal::PublicKey(genesis_->key.bytes), std::as_bytes(std::span(text)),
                        last_signature_);
}

LedgerError unsigned_end(const LedgerState& state) {
    return {.fault = LedgerFault::kSignature,
            .where = "tick " + std::to_string(state.tick_count() - 1) +
                     ", the last one, is unsigned; expected a signature of its checkpoint"};
}

}  // namespace comity::ledger
