// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/store.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace comity::ledger {

/// A store that is a list: a test may read it, and make of it what it likes.
class ListStore final : public Store {
  public:
    ListStore() = default;
    explicit ListStore(std::vector<Entry> all) : entries(std::move(all)) {}

    std::vector<Entry> entries;
    std::vector<std::size_t> ends;  ///< of its groups

    std::uint64_t size() const override { return entries.size(); }
    base::Expected<void, StoreError> append(std::span<const EntryView> group) override {
        for (const EntryView& e : group) {
            entries.push_back({.kind = e.kind, .bytes = {e.bytes.begin(), e.bytes.end()}});
        }
        ends.push_back(entries.size());
        return {};
    }
    base::Expected<Entry, StoreError> read(std::uint64_t index) override {
        if (index < entries.size()) return entries[index];
        return base::Unexpected(StoreError{.fault = StoreFault::kOutside});
    }
    base::Expected<void, StoreError> scan(std::uint64_t first, const Visit& visit) override {
        for (std::uint64_t i = first; i < entries.size(); ++i) {
            if (!visit(i, {.kind = entries[i].kind, .bytes = entries[i].bytes})) break;
        }
        return {};
    }
};

}  // namespace comity::ledger
