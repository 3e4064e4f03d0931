// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace comity::ledger {

/// What an entry of a store is. A store keeps the bytes and reads none of them.
enum class EntryKind : std::uint8_t {
    kRecord = 1,  ///< a record (record.hpp)
    kTick = 2,    ///< a second that was closed (kept_tick.hpp)
};

struct EntryView {
    EntryKind kind = EntryKind::kRecord;
    std::span<const std::byte> bytes;
};

struct Entry {
    EntryKind kind = EntryKind::kRecord;
    std::vector<std::byte> bytes;
    friend bool operator==(const Entry&, const Entry&) = default;
};

enum class [[nodiscard]] StoreFault : std::uint8_t{
    kTooLarge,      ///< an entry or a group over its limit; nothing was written
    kOutside,       ///< no entry of this index
    kReadOnly,      ///< opened for reading, or damaged: nothing is appended
    kStopped,       ///< an earlier append failed: open it again and compare before going on
    kNoSpace,       ///< no room; what was answered before stands. From then on kStopped
    kMedium,        ///< the medium failed, or does not permit it. From then on kStopped
    kDamaged,       ///< what was kept is not there whole: `where` says from where on
    kFenced,        ///< another writer has it
    kNotFound,      ///< there is no store
    kExists,        ///< there is one already
    kNewer,         ///< written by a newer format than this program knows: `where` names both
    kOtherStore,    ///< a part of another store
    kOtherHistory,  ///< what is appended again is not what was kept; nothing was written
};

/// Words for a person: what is wrong.
const char* to_string(StoreFault fault);

struct StoreError {
    StoreFault fault;
    std::string where;  ///< file, offset and what was expected, as far as it applies
    friend bool operator==(const StoreError&, const StoreError&) = default;
};

/// A sequence of entries that only grows, with one writer. A resource.
///
/// Durability. When `append` has returned without an error, every entry of the group survives any
/// crash. After an error it may have kept any number of the group's entries, from the first on, and
/// nothing else: whoever is answered with an error does not know, and finds out by opening it
/// again.
///
/// Order. Entries have the indices 0, 1, 2 ... in the order in which they were appended, for ever.
/// A crash never leaves an entry without all those before it.
///
/// Fencing. A store has one writer. A second one is refused (kFenced) as long as the first lives; a
/// writer that lost its right (a replicated engine with a new leader) is refused at its next
/// append, and nothing of it is kept.
///
/// Threads. One at a time.
class Store {
  public:
    /// Called with each entry in turn; false ends the scan.
    using Visit = std::function<bool(std::uint64_t index, EntryView entry)>;

    /// Bytes of one entry.
    static constexpr std::size_t kMaxEntry = std::size_t{32} << 20;
    /// Bytes of all entries of one group, and their number.
    static constexpr std::size_t kMaxGroup = std::size_t{64} << 20;
    static constexpr std::size_t kMaxGroupEntries = std::size_t{1} << 20;

    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;

    /// The number of entries, all of them durable.
    virtual std::uint64_t size() const = 0;

    /// Appends a group, all callers in flight together: one sync for all of them. A group without
    /// entries does nothing.
    virtual base::Expected<void, StoreError> append(std::span<const EntryView> group) = 0;

    /// The entry, checked before it is given.
    virtual base::Expected<Entry, StoreError> read(std::uint64_t index) = 0;

    /// Entries from `first` on, in order, each checked before it is given; the views are valid
    /// during the visit. Ends with the first that does not check.
    virtual base::Expected<void, StoreError> scan(std::uint64_t first, const Visit& visit) = 0;
};

}  // namespace comity::ledger
