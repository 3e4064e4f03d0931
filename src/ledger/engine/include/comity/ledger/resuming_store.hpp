// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/store.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace comity::ledger {

/// How a run that was killed goes on where everything in it is reached again from its beginning, as
/// in a replay: it begins anew over what the first run kept. Entries that the store holds already
/// have to be appended as they were, and are not written again; then it appends.
///
/// Entries are compared with `is_same_entry`: a run that is grouped otherwise signs other ticks.
/// What was kept stays; `read` and `scan` give the signature that this run made where the kept tick
/// has none.
///
/// A resource; the store outlives it, and is appended to through it only.
class ResumingStore final : public Store {
  public:
    explicit ResumingStore(Store& kept) : kept_(kept), kept_size_(kept.size()) {}

    /// How many entries were kept before.
    std::uint64_t kept_size() const { return kept_size_; }
    /// Whether all of them were reached again: what is appended now is new.
    bool has_caught_up() const { return size_ >= kept_size_; }

    /// Of those appended through it; so 0 at the beginning.
    std::uint64_t size() const override { return size_; }
    /// kOtherHistory where an entry is not the one that was kept; `where` names it, nothing is
    /// written, and every later append gives the same error.
    base::Expected<void, StoreError> append(std::span<const EntryView> group) override;
    base::Expected<Entry, StoreError> read(std::uint64_t index) override;
    base::Expected<void, StoreError> scan(std::uint64_t first, const Visit& visit) override;

  private:
    base::Expected<void, StoreError> compare(std::uint64_t index, EntryView entry);
    base::Expected<void, StoreError> read_ahead(std::uint64_t index);

    Store& kept_;
    std::uint64_t kept_size_;
    std::uint64_t size_ = 0;
    std::deque<Entry> ahead_;  // the next ones that were kept
    // Ticks as they were appended, where they were kept unsigned.
    std::map<std::uint64_t, std::vector<std::byte>> signed_;
    std::optional<StoreError> stopped_;
};

}  // namespace comity::ledger
