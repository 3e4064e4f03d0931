// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/copy_ledger.hpp"

#include "comity/ledger/kept_tick.hpp"
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
        return create_folder(to, genesis.origin, genesis.key, from.secret_bytes, options,
                             from.secret->version());
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
    const bool is_same = is_same_entry({.kind = copied->kind, .bytes = copied->bytes},
                                       {.kind = original->kind, .bytes = original->bytes});
    if (!is_same) return fail(LedgerFault::kFolder, "a copy of another history");
    return {};
}

bool is_unsigned_tick(EntryView entry) {
    if (entry.kind != EntryKind::kTick) return false;
    const auto kept = decode_kept_tick(entry.bytes);
    return kept && !kept->is_signed();
}

// Gathers entries and appends them in groups. None ends after an unsigned tick whose signed one
// follows: a copy that is interrupted ends signed too.
class Copier {
  public:
    explicit Copier(Store& to) : to_(to) {}

    bool take(EntryView entry) {
        bytes_ += entry.bytes.size();
        group_.push_back({.kind = entry.kind, .bytes = {entry.bytes.begin(), entry.bytes.end()}});
        if (entry.kind == EntryKind::kTick) is_open_ = is_unsigned_tick(entry);
        if (!is_open_) whole_ = group_.size();
        return bytes_ < kGroupBytes || whole_ == 0 || append(whole_);
    }

    // What is left.
    bool finish() { return append(group_.size()); }

    const base::Expected<void, StoreError>& result() const { return result_; }

  private:
    bool append(std::size_t count) {
        std::vector<EntryView> views;
        for (std::size_t i = 0; i < count; ++i) {
            views.push_back({.kind = group_[i].kind, .bytes = group_[i].bytes});
            bytes_ -= group_[i].bytes.size();
        }
        result_ = to_.append(views);
        group_.erase(group_.begin(), group_.begin() + static_cast<std::ptrdiff_t>(count));
        whole_ = 0;
        return result_.has_value();
    }

    Store& to_;
    std::vector<Entry> group_;
    std::size_t bytes_ = 0;
    bool is_open_ = false;   // the last tick is unsigned
    std::size_t whole_ = 0;  // so many of the group end as a store may
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
    if (copier.result()) copier.finish();
    if (!copier.result()) return base::Unexpected(from_store(copier.result().error()));
    summary.entries = copy->store->size();
    if (auto closed = copy->store->close(); !closed) {
        return base::Unexpected(from_store(closed.error()));
    }
    return summary;
}

}  // namespace comity::ledger
