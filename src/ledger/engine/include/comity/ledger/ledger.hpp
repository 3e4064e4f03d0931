// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/clock.hpp"
#include "comity/base/signer.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/ledger_state.hpp"
#include "comity/ledger/record.hpp"
#include "comity/ledger/snapshot.hpp"
#include "comity/ledger/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace comity::ledger {

/// What is to be recorded; the ledger gives it its time.
struct Draft {
    std::uint16_t outcome = kAccepted;
    std::string rules;  ///< version of the rules that decided
    decltype(Record::content) content;
    /// Of a request: the party in its envelope, which the caller has read.
    std::string party;
    /// Random.
    Hash salt;
};

/// Where a record stands.
struct Place {
    std::uint64_t number = 0;  ///< in the record sequence, from 0
    Instant time{};            ///< record time
    friend bool operator==(const Place&, const Place&) = default;
};

/// The one writer of a ledger: gives records their time, grows the trees, closes seconds, signs
/// checkpoints, and makes all of it durable in a store.
///
/// Callers in flight share a sync: `stage` decides all that a record says, `commit` makes
/// everything staged durable, as one group. Nobody is answered before `commit` has returned. No
/// record depends on how they were grouped, and no tick but for its signature: of the ticks of a
/// group only the last is signed, since its checkpoint is over all of them.
///
/// Where the signer fails, `commit` has recorded nothing, everything stays staged, and it may be
/// tried again. After any other error of it the ledger stops: what was staged may or may not have
/// been kept, every later call gives the same error, and whoever wants to go on opens it again and
/// compares.
///
/// Threads. One at a time. A resource; it uses a store, a secret and a signer that outlive it.
class Ledger {
  public:
    struct Parts {
        Store& store;
        LedgerSecret& secret;
        base::Signer& signer;  ///< of the log's key
    };

    /// A new ledger in an empty store, its record of genesis durable. The genesis names the
    /// signer's key, else kSecret.
    static LedgerExpected<std::unique_ptr<Ledger>> create(Parts parts, const node::Genesis& genesis,
                                                          const base::TimeReading& now,
                                                          const Hash& salt);

    /// The ledger in this store, which is one. `snapshot` is a state that some of its records led
    /// to: only what follows is read then, and among it has to be a record (node::State,
    /// kStateName) with the snapshot's hash; else all is read.
    static LedgerExpected<std::unique_ptr<Ledger>> open(Parts parts,
                                                        const std::optional<Snapshot>& snapshot);

    static constexpr const char* kStateName = "ledger";

    /// The next record, at max(time of the record before, now). Before the commit nobody may hear
    /// of it. kClosed where the ledger is closed.
    LedgerExpected<Place> stage(Draft draft, const base::TimeReading& now);

    /// Closes this second over all that is staged and kept: one leaf of the public log. `second` is
    /// after the last one, and not before the last record (kTick); LedgerState::least_second says
    /// which.
    LedgerExpected<void> stage_tick(std::uint64_t second);

    /// Makes everything staged durable, as one group or as few as the store's limits allow. The
    /// last tick of each group is signed first: wherever a crash comes, the store ends signed.
    LedgerExpected<void> commit();

    /// The checkpoint after the last durable tick, a signed note; empty before the first.
    const std::string& checkpoint() const { return checkpoint_; }

    /// The state, everything staged included.
    LedgerState& state() { return state_; }
    TreeHasher& hasher() { return hasher_; }
    /// Records the hash of what all records so far led to, durably with everything staged, and
    /// gives that state: a snapshot to be kept beside the store.
    LedgerExpected<Snapshot> snapshot(const base::TimeReading& now, const Hash& salt);

  private:
    explicit Ledger(Parts parts) : parts_(parts) {}

    LedgerExpected<void> replay(const std::optional<Snapshot>& snapshot);
    LedgerExpected<void> adopt();
    // Before an entry of so many bytes changes the state: where the group has no room for it, the
    // group ends here.
    void make_room(std::size_t bytes);
    void end_group();
    void stage_entry(EntryKind kind, std::span<const std::byte> bytes);
    LedgerExpected<void> sign_groups();
    std::vector<EntryView> staged_group(std::size_t begin, std::size_t end) const;

    Parts parts_;
    TreeHasher hasher_;
    LedgerState state_;
    struct Staged {
        EntryKind kind;
        std::size_t end;  // of its bytes in staged_bytes_
    };
    std::vector<Staged> staged_;
    std::vector<std::byte> staged_bytes_;
    // Groups that take no more entries.
    struct Group {
        std::size_t end;                  // of its entries in staged_
        std::optional<std::size_t> tick;  // its last tick
        std::string text;                 // of the checkpoint after that tick
    };
    std::vector<Group> groups_;
    std::optional<std::size_t> last_tick_;  // in the group that still takes entries
    std::string checkpoint_;
    std::optional<LedgerError> stopped_;
};

}  // namespace comity::ledger
