// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/take_entry.hpp"

#include <string>
#include <utility>

namespace comity::ledger {
namespace {

LedgerError unreadable(LedgerFault fault, const FormatError& error) {
    return {
        .fault = fault,
        .where = std::string(to_string(error.fault)) + ", at byte " + std::to_string(error.offset)};
}

LedgerExpected<Taken> take_record(LedgerState& state, TreeHasher& hasher,
                                  std::span<const std::byte> bytes) {
    auto record = decode_record(bytes);
    if (!record) return base::Unexpected(unreadable(LedgerFault::kRecord, record.error()));
    auto belonging = belonging_of(*record);
    if (auto added = state.add(hasher, *record, bytes, belonging); !added) {
        return base::Unexpected(added.error());
    }
    return TakenRecord{.record = *std::move(record), .belonging = std::move(belonging)};
}

LedgerExpected<Taken> take_tick(LedgerState& state, TreeHasher& hasher,
                                std::span<const std::byte> bytes) {
    auto kept = decode_kept_tick(bytes);
    if (!kept) return base::Unexpected(unreadable(LedgerFault::kTick, kept.error()));
    if (auto added = state.add(hasher, *kept); !added) return base::Unexpected(added.error());
    return *kept;
}

}  // namespace

LedgerExpected<Taken> take_entry(LedgerState& state, TreeHasher& hasher, std::uint64_t index,
                                 EntryView entry) {
    auto taken = entry.kind == EntryKind::kRecord ? take_record(state, hasher, entry.bytes)
                                                  : take_tick(state, hasher, entry.bytes);
    if (!taken) {
        LedgerError& error = taken.error();
        error.where = "entry " + std::to_string(index) +
                      (error.where.empty() ? std::string() : ": " + error.where);
    }
    return taken;
}

}  // namespace comity::ledger
