// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/belonging.hpp"
#include "comity/ledger/kept_tick.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace comity::ledger {

/// A compact tree and its head, which is computed once after it has grown.
class GrowingTree {
  public:
    GrowingTree() : head_{.size = 0, .root = empty_root()} {}
    explicit GrowingTree(TreeFrontier frontier) : frontier_(frontier), is_known_(false) {}

    void append(TreeHasher& hasher, const Hash& leaf) {
        frontier_.append(hasher, leaf);
        is_known_ = false;
    }
    std::uint64_t size() const { return frontier_.size(); }
    const TreeFrontier& frontier() const { return frontier_; }
    const TreeHead& head(TreeHasher& hasher);

  private:
    TreeFrontier frontier_;
    TreeHead head_;
    bool is_known_ = true;
};

/// What a ledger's entries have led to: its trees as far as they need to grow, and what the next
/// entry must fit. As many bytes for a million records as for one. Entries come one after the
/// other; after one that does not fit, the state is not used any more. A value.
class LedgerState {
  public:
    LedgerState() = default;

    /// The next record and its bytes. `belonging` is that of the record.
    LedgerExpected<void> add(TreeHasher& hasher, const Record& record,
                             std::span<const std::byte> bytes,
                             const std::optional<Belonging>& belonging);

    /// The tick that closes `second` over all records so far, unsigned.
    KeptTick close(TreeHasher& hasher, LedgerSecret& secret, std::uint64_t second);

    /// The slots of that tick, in no order.
    std::vector<Slot> slots(TreeHasher& hasher, LedgerSecret& secret, std::uint64_t second);

    /// The next tick, as it was kept. It is compared with the records only so far that it covers
    /// all of them: `close` makes the one to compare with.
    LedgerExpected<void> add(TreeHasher& hasher, const KeptTick& kept);

    /// Absent before the first record.
    const std::optional<node::Genesis>& genesis() const { return genesis_; }
    /// A record of closing was added: nothing follows but one tick.
    bool is_closed() const { return phase_ != Phase::kOpen; }
    Instant last_time() const { return last_time_; }
    /// Of the last tick; 0 before the first one.
    std::uint64_t last_second() const { return last_second_; }
    /// The least second that a tick may close now: after the last one, and not before the last
    /// record.
    std::uint64_t least_second() const;
    std::uint64_t record_count() const { return records_.size(); }
    std::uint64_t tick_count() const { return ticks_.size(); }
    /// Records that no tick covers yet: no signature of the log is over them.
    std::uint64_t uncovered_records() const { return records_.size() - covered_records_; }
    TreeHead records(TreeHasher& hasher) { return records_.head(hasher); }
    TreeHead ticks(TreeHasher& hasher) { return ticks_.head(hasher); }
    /// How many deliveries it has to this party.
    std::uint64_t deliveries_to(std::string_view party) const;

    /// The text that the log signs: the checkpoint after the last tick.
    std::string checkpoint_text(TreeHasher& hasher);
    /// The signature of that text, of a last tick that was added unsigned.
    void sign_last(const base::Ed25519Signature& signature) { last_signature_ = signature; }
    /// Whether the last tick has no signature, which is so at the end of no store.
    bool ends_unsigned() const {
        return tick_count() > 0 && last_signature_ == base::Ed25519Signature{};
    }
    /// The checkpoint after the last tick, as a signed note; empty before the first. That the
    /// signature verifies is not checked.
    std::string checkpoint(TreeHasher& hasher);
    /// Whether the log's key signed it; true before the first.
    bool is_checkpoint_signed(TreeHasher& hasher);
    /// The log's verifier key.
    seal::VerifierKey key() const;

    /// As opaque bytes, for a snapshot, and back (docs/formats/ledger-folder.md).
    std::vector<std::byte> encode() const;
    static base::Expected<LedgerState, FormatError> decode(std::span<const std::byte> bytes);

    /// What the last tick had; it never falls.
    std::uint32_t slot_count() const { return slot_count_; }

  private:
    enum class Phase : std::uint8_t { kOpen, kClosing, kClosed };
    struct PartyTrees {
        GrowingTree filed;
        GrowingTree delivered;
        Hash holder;
    };

    template <typename Codec, typename Self>
    static void layout(Codec& c, Self& self);
    PartyTrees& party(const std::string& name);

    std::optional<node::Genesis> genesis_;
    Phase phase_ = Phase::kOpen;
    Instant last_time_{};
    std::uint64_t last_second_ = 0;
    std::uint64_t covered_records_ = 0;
    base::Ed25519Signature last_signature_{};
    std::uint32_t slot_count_ = 16;
    GrowingTree records_;
    GrowingTree ticks_;
    std::map<std::string, PartyTrees, std::less<>> parties_;
};

/// kSignature of a state that ends unsigned.
LedgerError unsigned_end(const LedgerState& state);

}  // namespace comity::ledger
