// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/copy_ledger.hpp"

#include "comity/ledger/ledger_folder.hpp"

#include <algorithm>
#include <vector>

namespace comity::ledger {
namespace {

constexpr std::size_t kGroupBytes = std::size_t{1} << 20;

base::Unexpected<LedgerError> fail(LedgerFault fault, std::string where) {
    return base::Unexpected(LedgerError{.fault = fault, .where = std::move(where)});
}

// The folder to copy into: the one that is there, or a new one.
LedgerExpected<LedgerFolder> target(base::Disk& to, const LedgerFolder& from,
                                    const node::Genesis& genesis, const StoreOptions& options) {
    auto opened = open_folder(to, OpenMode::kReadWrite, options);
    if (!opened) {
        const LedgerError& error = opened.error();
        const bool is_new =
            error.fault == LedgerFault::kStore && error.store == StoreFault::kNotFound;
        if (!is_new) return opened;
        if (auto marked = mark_as_copy(to); !marked) return base::Unexpected(marked.error());
        return create_folder(to, genesis.origin, genesis.key, from.secret_bytes, options);
    }
    if (!opened->is_copy) return fail(LedgerFault::kFolder, "a ledger that is no copy");
    if (opened->damage) return base::Unexpected(from_store(opened->damage->error));
    if (opened->store->identity() != from.store->identity()) {
        return fail(LedgerFault::kFolder, "a copy of another ledger");
    }
    return opened;
}

// The last entry that both have is the same. The copy may have more: it was restored, or the
// original lost some.
LedgerExpected<void> check_same_history(Store& from, Store& to) {
    const std::uint64_t both = std::min(from.size(), to.size());
    if (both == 0) return {};
    const auto copied = to.read(both - 1);
    if (!copied) return base::Unexpected(from_store(copied.error()));
    const auto original = from.read(both - 1);
    if (!original) return base::Unexpected(from_store(original.error()));
    if (*copied != *original) return fail(LedgerFault::kFolder, "a copy of another history");
    return {};
}

// Gathers entries and appends them in groups.
class Copier {
  public:
    explicit Copier(Store& to) : to_(to) {}

    bool take(EntryView entry) {
        bytes_ += entry.bytes.size();
        group_.push_back({.kind = entry.kind, .bytes = {entry.bytes.begin(), entry.bytes.end()}});
        return bytes_ < kGroupBytes || flush();
    }

    bool flush() {
        std::vector<EntryView> views;
        for (const Entry& entry : group_) {
            views.push_back({.kind = entry.kind, .bytes = entry.bytes});
        }
        result_ = to_.append(views);
        group_.clear();
        bytes_ = 0;
        return result_.has_value();
    }

    const base::Expected<void, StoreError>& result() const { return result_; }

  private:
    Store& to_;
    std::vector<Entry> group_;
    std::size_t bytes_ = 0;
    base::Expected<void, StoreError> result_;
};

}  // namespace

LedgerExpected<CopySummary> copy_ledger(base::Disk& from, base::Disk& to,
                                        const StoreOptions& options,
                                        const std::function<void(std::uint64_t)>& progress) {
    auto source = open_folder(from, OpenMode::kReadOnly);
    if (!source) return base::Unexpected(source.error());
    if (source->damage) return base::Unexpected(from_store(source->damage->error));
    const auto genesis = genesis_of(*source->store);
    if (!genesis) return base::Unexpected(genesis.error());
    auto copy = target(to, *source, *genesis, options);
    if (!copy) return base::Unexpected(copy.error());
    if (auto same = check_same_history(*source->store, *copy->store); !same) {
        return base::Unexpected(same.error());
    }
    CopySummary summary{.entries_before = copy->store->size()};
    const std::uint64_t durable = source->durable_entries;
    Copier copier(*copy->store);
    const std::uint64_t first = std::min(copy->store->size(), source->store->size());
    const auto scanned = source->store->scan(first, [&](std::uint64_t index, EntryView entry) {
        progress(index);
        return index < durable && copier.take(entry);
    });
    if (!scanned) return base::Unexpected(from_store(scanned.error()));
    if (copier.result()) copier.flush();
    if (!copier.result()) return base::Unexpected(from_store(copier.result().error()));
    summary.entries = copy->store->size();
    if (auto closed = copy->store->close(); !closed) {
        return base::Unexpected(from_store(closed.error()));
    }
    return summary;
}

}  // namespace comity::ledger
