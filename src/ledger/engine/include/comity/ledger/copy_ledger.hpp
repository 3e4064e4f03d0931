// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/segment_store.hpp"

#include <cstdint>
#include <functional>

namespace comity::ledger {

struct CopySummary {
    std::uint64_t entries_before = 0;  ///< that the copy had already
    std::uint64_t entries = 0;         ///< that it has now
    friend bool operator==(const CopySummary&, const CopySummary&) = default;
};

/// Copies a ledger from one directory into another, each entry checked on its way: a backup of a
/// ledger that somebody is writing, and the way back. A copy that was begun, or an older one, is
/// continued. The copy is marked as one before it has an entry (`mark_as_copy`), so that nobody
/// goes on with it by mistake. What is not known to be durable yet is left out; what a writer adds
/// meanwhile may be in it or not.
///
/// kFolder where the directory has another ledger, or the same one with another history.
LedgerExpected<CopySummary> copy_ledger(
    base::Disk& from, base::Disk& to, const StoreOptions& options = {},
    const std::function<void(std::uint64_t)>& progress = [](std::uint64_t) {});

}  // namespace comity::ledger
