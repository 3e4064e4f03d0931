// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/testing/small_ledger.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/proof.hpp"
#include "comity/ledger/record_envelope.hpp"
#include "comity/seal/note.hpp"

#include <span>
#include <utility>

namespace comity::ledger::testing {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

// What has to be there is.
template <typename T, typename E>
T must(base::Expected<T, E> value) {
    COMITY_CHECK(value.has_value());
    return *std::move(value);
}

seal::Hash numbered(std::string_view what, std::uint64_t number) {
    return seal::sha256(bytes_of(std::string(what) + std::to_string(number)));
}

}  // namespace

std::unique_ptr<seal::SeedSigner> signer_of(std::string_view name) {
    const seal::Hash seed = seal::sha256(bytes_of("seed of " + std::string(name)));
    return std::make_unique<seal::SeedSigner>(seed.span());
}

Envelope request_of(std::string_view party, std::string_view id) {
    Envelope envelope;
    envelope.to = SmallLedger::kOrigin;
    envelope.party = party;
    envelope.id = id;
    envelope.sent = Instant(std::chrono::seconds(1'448'349'840));
    envelope.valid_until = envelope.sent + std::chrono::hours(1);
    envelope.operation = "intent.put";
    envelope.object = "flight-17";
    envelope.body = R"({"volumes":[]})";
    return envelope;
}

SmallLedger::SmallLedger() : signer_(signer_of(kOrigin)) {
    const auto key = signer_->key_id();
    key_ = must(seal::make_verifier_key(kOrigin, seal::kEd25519Type, key.value()));
}

seal::Hash SmallLedger::next_salt() {
    return numbered("salt ", salts_++);
}

Record SmallLedger::head() {
    return {.salt = next_salt(),
            .time = Instant(std::chrono::seconds(second_)),
            .clock_error_ms = 20,
            .rules = "1"};
}

std::size_t SmallLedger::append(std::vector<std::byte> record) {
    records_.push_back(std::move(record));
    grow(sequence_, records_.size() - 1);
    return records_.size() - 1;
}

void SmallLedger::grow(Grown& grown, std::size_t record) {
    grown.places.emplace(record, grown.tree.size());
    grown.tree.append(hasher_, hasher_.leaf(records_[record]));
}

std::size_t SmallLedger::file_signed(Envelope envelope) {
    const auto signer = signer_of(envelope.party);
    envelope.key = seal::Hash{.bytes = signer->key_id().value()};
    Record record = head();
    record.content = must(sign_request(*signer, must(write_envelope(envelope))));
    const std::size_t number = append(encode(record));
    grow(parties_[envelope.party].filed, number);
    return number;
}

std::size_t SmallLedger::file_vouched(Envelope envelope) {
    const std::string payload = must(write_envelope(envelope));
    Record record = head();
    record.content =
        VouchedRequest{.payload = {bytes_of(payload).begin(), bytes_of(payload).end()}};
    const std::size_t number = append(encode(record));
    grow(parties_[envelope.party].filed, number);
    return number;
}

std::size_t SmallLedger::deliver(std::string_view addressee, const seal::Hash& content) {
    Party& party = parties_[std::string(addressee)];
    Record record = head();
    record.content = NodeRecord(node::Delivery{.addressee = std::string(addressee),
                                               .number = party.delivered.tree.size() + 1,
                                               .item = "flight-17",
                                               .version = 1,
                                               .level = node::Level::kVolume,
                                               .content = content});
    const std::size_t number = append(encode(record));
    grow(party.delivered, number);
    return number;
}

std::size_t SmallLedger::add(NodeRecord node_record) {
    Record record = head();
    record.content = std::move(node_record);
    return append(encode(record));
}

std::size_t SmallLedger::put(std::vector<std::byte> record, std::string_view party,
                             EntryTree tree) {
    const std::size_t number = append(std::move(record));
    if (tree == EntryTree::kRecords) return number;
    Party& holder = parties_[std::string(party)];
    grow(tree == EntryTree::kFiled ? holder.filed : holder.delivered, number);
    return number;
}

TreeHead SmallLedger::head_of(const Grown& grown) {
    const std::uint64_t size = grown.tree.size();
    const auto root = size == 0 ? empty_root() : *subtree_root(hasher_, grown.tree, {0, size});
    return {.size = size, .root = root};
}

void SmallLedger::make_slots() {
    std::vector<Slot> slots;
    slots.push_back({.salt = next_salt(), .kind = SlotKind::kRecords, .filed = head_of(sequence_)});
    for (const auto& [name, party] : parties_) {
        slots.push_back({.salt = next_salt(),
                         .kind = SlotKind::kParty,
                         .holder = holder_of(name),
                         .filed = head_of(party.filed),
                         .delivered = head_of(party.delivered)});
    }
    const std::size_t count = padded_slot_count(slots.size());
    while (slots.size() < count) slots.push_back({.salt = next_salt()});
    slots_ = std::make_unique<SlotTree>(hasher_, slots);
}

void SmallLedger::close_second() {
    make_slots();
    const auto tick = encode(Tick{.second = second_++, .slots = slots_->root()});
    tick_.assign(tick.begin(), tick.end());
    log_.append(hasher_, hasher_.leaf(tick_));
}

void SmallLedger::close_second_as(std::vector<std::byte> tick) {
    make_slots();
    ++second_;
    tick_ = std::move(tick);
    log_.append(hasher_, hasher_.leaf(tick_));
}

std::string SmallLedger::checkpoint() {
    const std::uint64_t size = log_.size();
    const std::string text = format_checkpoint(
        {.origin = std::string(kOrigin),
         .tree = {.size = size, .root = *subtree_root(hasher_, log_, {0, size})}});
    const auto signature = must(seal::sign_note(*signer_, kOrigin, text));
    return to_string(seal::Note{.text = text, .signatures = {signature}});
}

Receipt SmallLedger::receipt(std::size_t record, EntryTree tree,
                             std::vector<ShownAttachment> attachments) {
    const std::uint64_t tick = log_.size() - 1;
    const LogProof log_proof{.index = tick,
                             .inclusion = must(prove_inclusion(
                                 hasher_, log_, {.index = tick, .tree_size = log_.size()})),
                             .checkpoint = checkpoint()};
    const Grown* grown = &sequence_;
    Hash holder;
    for (const auto& [name, party] : parties_) {
        const Grown& candidate = tree == EntryTree::kFiled ? party.filed : party.delivered;
        if (tree != EntryTree::kRecords && candidate.places.contains(record)) {
            grown = &candidate;
            holder = holder_of(name);
        }
    }
    std::size_t slot = 0;
    const SlotKind kind = tree == EntryTree::kRecords ? SlotKind::kRecords : SlotKind::kParty;
    while (slots_->slot(slot).kind != kind || slots_->slot(slot).holder != holder) ++slot;
    const LeafPlace place{.index = grown->places.at(record), .tree_size = grown->tree.size()};
    const auto slot_bytes = encode(slots_->slot(slot));
    return {.log_proof = format_proof(log_proof),
            .tick = tick_,
            .slot_place = {.index = slot, .tree_size = slots_->size()},
            .slot = {slot_bytes.begin(), slot_bytes.end()},
            .slot_proof = slots_->prove(hasher_, slot),
            .tree = tree,
            .entry_place = place,
            .entry_proof = must(prove_inclusion(hasher_, grown->tree, place)),
            .record = records_[record],
            .attachments = std::move(attachments)};
}

}  // namespace comity::ledger::testing
