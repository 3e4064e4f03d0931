// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/store.hpp"

#include <functional>
#include <span>

namespace comity::node::testing {

/// A store that asks a test before and after each append. A resource; both outlive it.
class HookedStore final : public ledger::Store {
  public:
    HookedStore(ledger::Store& store, const std::function<void()>& before,
                const std::function<void()>& after)
        : store_(store), before_(before), after_(after) {}

    std::uint64_t size() const override { return store_.size(); }
    base::Expected<void, ledger::StoreError> append(
        std::span<const ledger::EntryView> group) override {
        if (before_) before_();
        auto kept = store_.append(group);
        if (after_) after_();
        return kept;
    }
    base::Expected<ledger::Entry, ledger::StoreError> read(std::uint64_t index) override {
        return store_.read(index);
    }
    base::Expected<void, ledger::StoreError> scan(std::uint64_t first,
                                                  const Visit& visit) override {
        return store_.scan(first, visit);
    }

  private:
    ledger::Store& store_;
    const std::function<void()>& before_;
    const std::function<void()>& after_;
};

}  // namespace comity::node::testing
