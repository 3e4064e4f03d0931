// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_index.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/make_slots.hpp"
#include "comity/ledger/take_entry.hpp"
#include "comity/ledger/tree_proof.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace comity::ledger {
namespace {

// The index is whole: nodes of sizes that it has had are there.
template <typename T, typename E>
T present(base::Expected<T, E> value) {
    COMITY_CHECK(value.has_value());
    return *std::move(value);
}

std::vector<std::byte> copied(std::span<const std::byte> bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace

const char* to_string(ReceiptProblem problem) {
    using enum ReceiptProblem;
    switch (problem) {
        case kNoRecord:
            return "the ledger has no record of this number";
        case kNotInTree:
            return "the record is not among those";
        case kNoTick:
            return "no second that covers the record has been closed yet";
        case kStore:
            return "the record cannot be read";
    }
    return "unknown problem";
}

LedgerExpected<std::unique_ptr<LedgerIndex>> LedgerIndex::of(Store& store, LedgerSecret& secret,
                                                             std::uint64_t entries) {
    std::unique_ptr<LedgerIndex> index = empty(store, secret);
    if (auto grown = index->grow(entries); !grown) return base::Unexpected(grown.error());
    return index;
}

std::unique_ptr<LedgerIndex> LedgerIndex::empty(Store& store, LedgerSecret& secret) {
    return std::unique_ptr<LedgerIndex>(new LedgerIndex(store, secret));
}

LedgerExpected<void> LedgerIndex::grow(std::uint64_t entries) {
    LedgerExpected<void> result;
    const auto scanned = store_.scan(next_entry_, [&](std::uint64_t index, EntryView entry) {
        return index < entries && take(index, entry, result);
    });
    if (!result) return result;
    if (!scanned) return base::Unexpected(from_store(scanned.error()));
    if (state_.ends_unsigned()) return base::Unexpected(unsigned_end(state_));
    return {};
}

bool LedgerIndex::take(std::uint64_t index, EntryView entry, LedgerExpected<void>& result) {
    const auto taken = take_entry(state_, hasher_, index, entry);
    if (!taken) {
        result = base::Unexpected(taken.error());
        return false;
    }
    if (const auto* record = std::get_if<TakenRecord>(&*taken)) {
        add_record(index, hasher_.leaf(entry.bytes), record->belonging);
    } else {
        ticks_.push_back(std::get<KeptTick>(*taken));
        log_.append(hasher_, hasher_.leaf(encode(ticks_.back().tick)));
    }
    next_entry_ = index + 1;
    return true;
}

void LedgerIndex::add_record(std::uint64_t entry, const Hash& leaf,
                             const std::optional<Belonging>& belonging) {
    const std::uint64_t number = places_.size();
    RecordPlace place{.entry = entry};
    records_.append(hasher_, leaf);
    if (belonging) {
        Party& party = parties_[belonging->party];
        Grown& grown = belonging->tree == EntryTree::kFiled ? party.filed : party.delivered;
        grown.tree.append(hasher_, leaf);
        grown.places.push_back(number);
        place.party = belonging->party;
        place.tree = belonging->tree;
    }
    places_.push_back(std::move(place));
}

std::optional<Belonging> LedgerIndex::belonging(std::uint64_t record) const {
    if (record >= places_.size() || places_[record].tree == EntryTree::kRecords) {
        return std::nullopt;
    }
    return Belonging{.party = places_[record].party, .tree = places_[record].tree};
}

std::vector<std::uint64_t> LedgerIndex::records_of(std::string_view party, EntryTree tree) const {
    const auto found = parties_.find(party);
    if (found == parties_.end()) return {};
    return tree == EntryTree::kFiled ? found->second.filed.places : found->second.delivered.places;
}

std::uint64_t LedgerIndex::count_of(std::string_view party, EntryTree tree) const {
    const auto found = parties_.find(party);
    if (found == parties_.end()) return 0;
    const auto& grown = tree == EntryTree::kFiled ? found->second.filed : found->second.delivered;
    return grown.places.size();
}

std::optional<std::uint64_t> LedgerIndex::record_of(std::string_view party, EntryTree tree,
                                                    std::uint64_t number) const {
    if (number == 0 || number > count_of(party, tree)) return std::nullopt;
    const Party& found = parties_.find(party)->second;
    const auto& grown = tree == EntryTree::kFiled ? found.filed : found.delivered;
    return grown.places[number - 1];
}

std::uint64_t LedgerIndex::tick_over(std::uint64_t record) const {
    const auto found = std::upper_bound(
        ticks_.begin(), ticks_.end(), record,
        [](std::uint64_t number, const KeptTick& kept) { return number < kept.records; });
    return static_cast<std::uint64_t>(found - ticks_.begin());
}

TreeHead LedgerIndex::head_of(const StoredTree& tree, std::uint64_t size) {
    const auto root = subtree_root(hasher_, tree, {.begin = 0, .end = size});
    COMITY_CHECK(root.has_value());
    return {.size = size, .root = *root};
}

TreeHead LedgerIndex::head_of(const Grown& grown, std::uint64_t records) {
    const auto end = std::lower_bound(grown.places.begin(), grown.places.end(), records);
    return head_of(grown.tree, static_cast<std::uint64_t>(end - grown.places.begin()));
}

std::optional<TreeHead> LedgerIndex::head_at(std::uint64_t ticks) {
    if (ticks > ticks_.size()) return std::nullopt;
    return head_of(log_, ticks);
}

std::vector<Hash> LedgerIndex::tile_hashes(const Tile& tile) const {
    std::vector<Hash> hashes;
    const std::uint64_t first = tile.index * kTileWidth;
    for (std::uint64_t i = 0; i < tile.width; ++i) {
        const auto hash = log_.node({.level = tile.level * kTileHeight, .index = first + i});
        if (!hash) return {};
        hashes.push_back(*hash);
    }
    return hashes;
}

std::vector<Slot> LedgerIndex::slots_of(const KeptTick& kept) {
    std::vector<PartyHeads> heads;
    for (const auto& [name, party] : parties_) {
        const TreeHead filed = head_of(party.filed, kept.records);
        const TreeHead delivered = head_of(party.delivered, kept.records);
        if (filed.size + delivered.size == 0) continue;  // not known yet then
        heads.push_back({.holder = holder_of(name), .filed = filed, .delivered = delivered});
    }
    return make_slots(secret_, kept.tick.second, head_of(records_, kept.records), heads,
                      kept.slot_count);
}

LogProof LedgerIndex::log_proof_of(std::uint64_t tick) {
    return {.index = tick,
            .inclusion = present(
                prove_inclusion(hasher_, log_, {.index = tick, .tree_size = ticks_.size()})),
            .checkpoint = state_.checkpoint(hasher_)};
}

base::Expected<Receipt, ReceiptProblem> LedgerIndex::receipt(
    std::uint64_t record, EntryTree tree, std::vector<ShownAttachment> attachments) {
    using enum ReceiptProblem;
    if (record >= places_.size()) return base::Unexpected(kNoRecord);
    const RecordPlace& place = places_[record];
    if (tree != EntryTree::kRecords && place.tree != tree) return base::Unexpected(kNotInTree);
    const std::uint64_t tick = tick_over(record);
    if (tick == ticks_.size()) return base::Unexpected(kNoTick);
    const auto entry = store_.read(place.entry);
    if (!entry) return base::Unexpected(kStore);

    const KeptTick& kept = ticks_[tick];
    const SlotTree slots(hasher_, slots_of(kept));
    const bool is_of_all = tree == EntryTree::kRecords;
    const Hash holder = is_of_all ? Hash{} : holder_of(place.party);
    const SlotKind kind = is_of_all ? SlotKind::kRecords : SlotKind::kParty;
    std::size_t slot = 0;
    while (slots.slot(slot).kind != kind || slots.slot(slot).holder != holder) ++slot;

    const StoredTree* entries = &records_;
    LeafPlace leaf{.index = record, .tree_size = kept.records};
    if (!is_of_all) {
        const Party& party = parties_.at(place.party);
        const Grown& grown = tree == EntryTree::kFiled ? party.filed : party.delivered;
        const auto at = std::lower_bound(grown.places.begin(), grown.places.end(), record);
        entries = &grown.tree;
        leaf = {.index = static_cast<std::uint64_t>(at - grown.places.begin()),
                .tree_size = head_of(grown, kept.records).size};
    }
    return Receipt{.log_proof = format_proof(log_proof_of(tick)),
                   .tick = copied(encode(kept.tick)),
                   .slot_place = {.index = slot, .tree_size = slots.size()},
                   .slot = copied(encode(slots.slot(slot))),
                   .slot_proof = slots.prove(hasher_, slot),
                   .tree = tree,
                   .entry_place = leaf,
                   .entry_proof = present(prove_inclusion(hasher_, *entries, leaf)),
                   .record = entry->bytes,
                   .attachments = std::move(attachments)};
}

LedgerExpected<std::vector<std::vector<std::byte>>> LedgerIndex::records_after_last_tick() {
    std::vector<std::vector<std::byte>> found;
    const std::uint64_t first = ticks_.empty() ? 0 : ticks_.back().records;
    for (std::uint64_t record = first; record < places_.size(); ++record) {
        auto entry = store_.read(places_[record].entry);
        if (!entry) return base::Unexpected(from_store(entry.error()));
        found.push_back(std::move(entry->bytes));
    }
    return found;
}

base::Expected<Proof, ProofError> LedgerIndex::consistency(std::uint64_t old_size) {
    return prove_consistency(hasher_, log_, {.old_size = old_size, .size = ticks_.size()});
}

}  // namespace comity::ledger
