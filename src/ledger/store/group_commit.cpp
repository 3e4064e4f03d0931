// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/group_commit.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/store.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

namespace comity::ledger {

GroupCommit::GroupCommit(Store& store, const Limits& limits) : store_(store), limits_(limits) {
    COMITY_CHECK(limits.entries <= Store::kMaxGroupEntries && limits.bytes <= Store::kMaxGroup);
}

Submission GroupCommit::submit(std::vector<Entry> entries, OnDurable on_durable) {
    std::size_t bytes = 0;
    for (const Entry& entry : entries) {
        if (entry.bytes.size() > Store::kMaxEntry) return Submission::kTooLarge;
        bytes += entry.bytes.size();
    }
    if (entries.size() > limits_.entries || bytes > limits_.bytes) return Submission::kTooLarge;
    if (entries.size() > limits_.entries - entries_.size() || bytes > limits_.bytes - bytes_) {
        return Submission::kFull;
    }
    callers_.push_back({.entries = entries.size(), .on_durable = std::move(on_durable)});
    entries_.insert(entries_.end(), std::make_move_iterator(entries.begin()),
                    std::make_move_iterator(entries.end()));
    bytes_ += bytes;
    return Submission::kTaken;
}

base::Expected<void, StoreError> GroupCommit::commit() {
    const std::vector<Entry> entries = std::exchange(entries_, {});
    const std::vector<Caller> callers = std::exchange(callers_, {});
    bytes_ = 0;
    std::vector<EntryView> group;
    group.reserve(entries.size());
    for (const Entry& entry : entries) group.push_back({.kind = entry.kind, .bytes = entry.bytes});
    std::uint64_t index = store_.size();
    auto appended = store_.append(group);
    for (const Caller& caller : callers) {
        if (appended) {
            caller.on_durable(index);
        } else {
            caller.on_durable(base::Unexpected(appended.error()));
        }
        index += caller.entries;
    }
    return appended;
}

}  // namespace comity::ledger
