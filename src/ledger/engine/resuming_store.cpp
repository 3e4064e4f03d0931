// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/resuming_store.hpp"

#include "comity/ledger/kept_tick.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace comity::ledger {
namespace {

// So much is read of the kept entries at once: a scan reads each group whole.
constexpr std::size_t kAhead = std::size_t{4} << 20;

std::string name_of(std::uint64_t index, EntryView entry) {
    const char* kind = entry.kind == EntryKind::kTick ? "a tick" : "a record";
    return "entry " + std::to_string(index) + ", " + kind + " of " +
           std::to_string(entry.bytes.size()) + " bytes";
}

}  // namespace

base::Expected<void, StoreError> ResumingStore::append(std::span<const EntryView> group) {
    if (stopped_) return base::Unexpected(*stopped_);
    const std::uint64_t known =
        std::min<std::uint64_t>(group.size(), kept_size_ - std::min(kept_size_, size_));
    for (std::uint64_t i = 0; i < known; ++i) {
        if (auto same = compare(size_ + i, group[i]); !same) {
            stopped_ = same.error();
            return same;
        }
    }
    if (known < group.size()) {
        if (auto appended = kept_.append(group.subspan(known)); !appended) {
            stopped_ = appended.error();
            return appended;
        }
    }
    size_ += group.size();
    return {};
}

base::Expected<void, StoreError> ResumingStore::compare(std::uint64_t index, EntryView entry) {
    if (auto read = read_ahead(index); !read) return read;
    const Entry kept = std::move(ahead_.front());
    ahead_.pop_front();
    const EntryView view{.kind = kept.kind, .bytes = kept.bytes};
    if (!is_same_entry(view, entry)) {
        return base::Unexpected(
            StoreError{.fault = StoreFault::kOtherHistory,
                       .where = name_of(index, entry) + "; expected " + name_of(index, view)});
    }
    const bool differs = !std::ranges::equal(kept.bytes, entry.bytes);
    if (differs && decode_kept_tick(entry.bytes)->is_signed()) {
        signed_[index].assign(entry.bytes.begin(), entry.bytes.end());
    }
    return {};
}

base::Expected<void, StoreError> ResumingStore::read_ahead(std::uint64_t index) {
    if (!ahead_.empty()) return {};
    std::size_t bytes = 0;
    const auto scanned = kept_.scan(index, [&](std::uint64_t, EntryView entry) {
        ahead_.push_back({.kind = entry.kind, .bytes = {entry.bytes.begin(), entry.bytes.end()}});
        bytes += entry.bytes.size();
        return bytes < kAhead;
    });
    if (!ahead_.empty()) return {};
    if (!scanned) return base::Unexpected(scanned.error());
    return base::Unexpected(
        StoreError{.fault = StoreFault::kDamaged,
                   .where = "entry " + std::to_string(index) + " is not there"});
}

base::Expected<Entry, StoreError> ResumingStore::read(std::uint64_t index) {
    if (index >= size_) {
        return base::Unexpected(
            StoreError{.fault = StoreFault::kOutside,
                       .where = "entry " + std::to_string(index) + " of " + std::to_string(size_)});
    }
    auto entry = kept_.read(index);
    const auto made = signed_.find(index);
    if (entry && made != signed_.end()) entry->bytes = made->second;
    return entry;
}

base::Expected<void, StoreError> ResumingStore::scan(std::uint64_t first, const Visit& visit) {
    if (first >= size_) return {};
    return kept_.scan(first, [&](std::uint64_t index, EntryView entry) {
        if (index >= size_) return false;
        const auto made = signed_.find(index);
        if (made != signed_.end()) entry.bytes = made->second;
        return visit(index, entry);
    });
}

}  // namespace comity::ledger
