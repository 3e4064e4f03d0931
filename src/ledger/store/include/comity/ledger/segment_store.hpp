// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

/// The store of one machine: segment files in one directory (docs/formats/segment.md).
namespace comity::ledger {

/// Whose entries they are. In the header of each file, so that one from another ledger is found.
struct StoreIdentity {
    seal::Hash ledger;
    friend bool operator==(const StoreIdentity&, const StoreIdentity&) = default;
};

enum class OpenMode : std::uint8_t {
    kReadWrite,  ///< takes the lock of the directory
    kReadOnly,   ///< takes no lock and writes not a byte
};

struct StoreOptions {
    /// Of a new segment, in bytes, rounded up to whole blocks. A group that is larger has a segment
    /// of its size.
    std::uint64_t segment_size = std::uint64_t{64} << 20;
    /// Another store than this is refused (kOtherStore).
    std::optional<StoreIdentity> expected;
};

/// An incomplete last group that was not counted: a crash came before its sync returned, so that
/// nobody was answered. It is to be recorded in the next group, whose write also overwrites it;
/// until that is durable every opening finds it again, but for bytes that were in the memory of the
/// system only.
struct DroppedGroup {
    std::uint64_t after = 0;  ///< the number of entries before it
    std::uint64_t bytes = 0;  ///< from the end of the last group to the last block that is not zero
    seal::Hash hash;          ///< SHA-256 of these bytes
    friend bool operator==(const DroppedGroup&, const DroppedGroup&) = default;
};

/// What was kept is not there whole.
struct StoreDamage {
    StoreError error;  ///< kDamaged or kOtherStore
    /// The number of entries known to be good, from the first on.
    std::uint64_t good_entries = 0;
    friend bool operator==(const StoreDamage&, const StoreDamage&) = default;
};

/// How far a scrub is.
struct ScrubProgress {
    std::uint64_t checked = 0;  ///< entries, from the first on
    std::uint64_t total = 0;    ///< entries in all
    bool done = false;          ///< all of them; the next step begins again
    friend bool operator==(const ScrubProgress&, const ScrubProgress&) = default;
};

class SegmentStore;

struct OpenedStore {
    std::unique_ptr<SegmentStore> store;
    std::optional<DroppedGroup> dropped;
    /// Where there is some, the store holds the good entries and takes no more (kReadOnly).
    std::optional<StoreDamage> damage;
    /// So many entries are known to be durable. Opened for reading alone, a store may hold more:
    /// those that a writer is still making durable, or that were not known to be before a crash.
    /// Nobody may hear of these.
    std::uint64_t durable_entries = 0;
};

/// Entries in segment files of one directory. Each group is checked when it is read. After a write
/// or a sync that failed it takes no more entries (kStopped) and can still be read; a read that
/// failed stops nothing. A resource; the disk outlives it. From one thread.
class SegmentStore final : public Store {
  public:
    /// A new, empty store, open to read and write. kExists where there is one, or what is left of
    /// one; what an interrupted `create` left is removed. kFenced, kNoSpace, kMedium.
    static base::Expected<std::unique_ptr<SegmentStore>, StoreError> create(
        base::Disk& disk, const StoreIdentity& identity, const StoreOptions& options = {});

    /// Checks the last two segments whole and of the others the headers. kNotFound, kNewer,
    /// kFenced, kMedium, kNoSpace; kOtherStore where it is not the expected one; kDamaged where
    /// there is nothing left to open. All other damage is said beside the store.
    static base::Expected<OpenedStore, StoreError> open(base::Disk& disk, OpenMode mode,
                                                        const StoreOptions& options = {});

    ~SegmentStore() override;

    const StoreIdentity& identity() const;

    std::uint64_t size() const override;
    /// One write, one sync.
    base::Expected<void, StoreError> append(std::span<const EntryView> group) override;
    base::Expected<Entry, StoreError> read(std::uint64_t index) override;
    base::Expected<void, StoreError> scan(std::uint64_t first, const Visit& visit) override;

    /// Checks what comes next: whole groups, until about `step` bytes are read. From the first
    /// entry to the last, then again. A fault is damage.
    base::Expected<ScrubProgress, StoreError> scrub(std::uint64_t step);

    /// The damage that the opening, a read or a scrub found first. From then on kReadOnly.
    const std::optional<StoreDamage>& damage() const;

    /// Syncs the mark, so that the next opening knows what was durable, and lets the lock go.
    /// Afterwards appends give kStopped. Without it a last group that rots after a crash of the
    /// machine may look as if it had never been durable.
    base::Expected<void, StoreError> close();

  private:
    struct State;
    explicit SegmentStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace comity::ledger
