// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace comity::ledger {

/// What became of a submission.
enum class [[nodiscard]] Submission : std::uint8_t{
    kTaken,     ///< it waits for the next commit
    kFull,      ///< there is no room beside those that wait: commit first. Nothing was taken
    kTooLarge,  ///< it alone exceeds the limits, or an entry what a store takes: never taken
};

/// Callers in flight share a sync: what is submitted waits, and one `commit` appends all of it as
/// one group and then answers each caller. Pure: the caller says when to commit. A resource; the
/// store outlives it. From one thread.
class GroupCommit {
  public:
    /// The index of the first of the caller's entries, all of them durable; or the error, and the
    /// caller does not know whether they were kept.
    using OnDurable = std::function<void(const base::Expected<std::uint64_t, StoreError>&)>;

    /// At most so many entries wait, and so many bytes of them.
    struct Limits {
        std::size_t entries = std::size_t{1} << 16;
        std::size_t bytes = std::size_t{32} << 20;
    };

    explicit GroupCommit(Store& store) : GroupCommit(store, Limits{}) {}
    /// Limits above those of one group of a store fail a check.
    GroupCommit(Store& store, const Limits& limits);

    /// Takes the entries, to be kept together and in this order, behind those submitted before.
    /// Where it does not take them it never calls back.
    Submission submit(std::vector<Entry> entries, OnDurable on_durable);

    std::size_t waiting_entries() const { return entries_.size(); }
    std::size_t waiting_bytes() const { return bytes_; }

    /// Appends all that waits as one group, then calls back in the order of submission, each with
    /// its index, or all with the error. A callback may submit, for the next commit.
    base::Expected<void, StoreError> commit();

  private:
    struct Caller {
        std::size_t entries = 0;
        OnDurable on_durable;
    };

    Store& store_;
    Limits limits_;
    std::vector<Entry> entries_;
    std::vector<Caller> callers_;
    std::size_t bytes_ = 0;
};

}  // namespace comity::ledger
