// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The state as bytes: docs/formats/ledger-folder.md, "Snapshot".
#include "format/codec.hpp"

#include "comity/base/check.hpp"
#include "comity/ledger/ledger_state.hpp"

#include <algorithm>
#include <utility>

namespace comity::ledger {
namespace {

constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kPartyLimit = 128;
constexpr std::size_t kSignature = 64;
constexpr std::size_t kGenesisLimit = 4096;
constexpr std::uint32_t kMaxParties = 1'000'000;

void tree_layout(Encoder& c, const GrowingTree& tree) {
    c.u64(tree.size());
    c.hashes8(tree.frontier().roots());
}

void tree_layout(Decoder& c, GrowingTree& tree) {
    const std::size_t at = c.position();
    std::uint64_t size = 0;
    std::vector<Hash> roots;
    c.u64(size);
    c.hashes8(roots);
    if (c.failed()) return;
    if (const auto frontier = TreeFrontier::from(size, roots)) {
        tree = GrowingTree(*frontier);
    } else {
        c.fail(FormatFault::kValueRange, at);
    }
}

// The record of genesis stands in a record of its own, so that there is one encoding of it.
Bytes bytes_of(const node::Genesis& genesis) {
    return encode(Record{.content = NodeRecord(genesis)});
}

std::optional<node::Genesis> genesis_from(const Bytes& bytes) {
    const auto record = decode_record(bytes);
    if (!record) return std::nullopt;
    const auto* of_node = std::get_if<NodeRecord>(&record->content);
    const auto* genesis = of_node == nullptr ? nullptr : std::get_if<node::Genesis>(of_node);
    if (genesis == nullptr || bytes_of(*genesis) != bytes) return std::nullopt;
    return *genesis;
}

}  // namespace

template <typename Codec, typename Self>
void LedgerState::layout(Codec& c, Self& self) {
    c.choice8(self.phase_, Phase::kOpen, Phase::kClosed);
    c.instant(self.last_time_);
    c.u64(self.last_second_);
    c.u64(self.covered_records_);
    c.u32(self.slot_count_);
    tree_layout(c, self.records_);
    tree_layout(c, self.ticks_);
}

std::vector<std::byte> LedgerState::encode() const {
    COMITY_CHECK(genesis_.has_value());
    Bytes out;
    Encoder encoder(out);
    encoder.u16(kVersion);
    encoder.bytes(bytes_of(*genesis_), kGenesisLimit);
    encoder.bytes({last_signature_.begin(), last_signature_.end()}, kSignature);
    layout(encoder, *this);
    encoder.u32(static_cast<std::uint32_t>(parties_.size()));
    for (const auto& [name, trees] : parties_) {
        encoder.text(name, kPartyLimit);
        tree_layout(encoder, trees.filed);
        tree_layout(encoder, trees.delivered);
    }
    return out;
}

base::Expected<LedgerState, FormatError> LedgerState::decode(std::span<const std::byte> bytes) {
    Decoder decoder(bytes);
    std::uint16_t version = 0;
    decoder.u16(version);
    if (!decoder.failed() && version != kVersion) decoder.fail(FormatFault::kUnknownVersion, 0);
    LedgerState state;
    const std::size_t genesis_at = decoder.position();
    Bytes genesis;
    decoder.bytes(genesis, kGenesisLimit);
    state.genesis_ = genesis_from(genesis);
    if (!state.genesis_) decoder.fail(FormatFault::kValueRange, genesis_at);
    const std::size_t signature_at = decoder.position();
    Bytes signature;
    decoder.bytes(signature, kSignature);
    if (signature.size() == kSignature) {
        std::ranges::copy(signature, state.last_signature_.begin());
    } else {
        decoder.fail(FormatFault::kValueRange, signature_at);
    }
    layout(decoder, state);
    const std::size_t count_at = decoder.position();
    std::uint32_t count = 0;
    decoder.u32(count);
    if (count > kMaxParties) decoder.fail(FormatFault::kTooLong, count_at);
    for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) {
        const std::size_t at = decoder.position();
        std::string name;
        PartyTrees trees;
        decoder.text(name, kPartyLimit);
        tree_layout(decoder, trees.filed);
        tree_layout(decoder, trees.delivered);
        // One encoding: names ascend.
        const bool ascends = state.parties_.empty() || state.parties_.rbegin()->first < name;
        if (!ascends) decoder.fail(FormatFault::kValueRange, at);
        trees.holder = holder_of(name);
        state.parties_.emplace(std::move(name), std::move(trees));
    }
    if (auto finished = decoder.finish(); !finished) return base::Unexpected(finished.error());
    return state;
}

}  // namespace comity::ledger
