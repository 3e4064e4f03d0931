// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_audit.hpp"

#include "comity/ledger/record_envelope.hpp"

namespace comity::ledger {

const char* to_string(AuditFault fault) {
    switch (fault) {
        case AuditFault::kOtherLog:
            return "accepted, and meant for another log";
        case AuditFault::kTooLate:
            return "accepted after it was valid";
        case AuditFault::kRepeated:
            return "accepted a second time while the first was valid";
    }
    return "unknown fault";
}

std::optional<AuditFinding> LedgerAudit::take(std::uint64_t number, const Record& record) {
    if (record.outcome != kAccepted) return std::nullopt;
    const auto envelope = envelope_of(record);
    if (!envelope) return std::nullopt;
    ++accepted_;
    forget_before(record.time);
    const auto fault = fault_of(*envelope, record.time);
    if (fault) return AuditFinding{.record = number, .fault = *fault};
    const Id id{envelope->party, envelope->id};
    valid_.emplace(id, envelope->valid_until);
    by_end_.emplace(envelope->valid_until, id);
    return std::nullopt;
}

std::optional<AuditFault> LedgerAudit::fault_of(const Envelope& envelope, Instant recorded) {
    if (envelope.to != origin_) return AuditFault::kOtherLog;
    if (envelope.valid_until < recorded) return AuditFault::kTooLate;
    if (valid_.contains({envelope.party, envelope.id})) return AuditFault::kRepeated;
    return std::nullopt;
}

void LedgerAudit::forget_before(Instant now) {
    while (!by_end_.empty() && by_end_.begin()->first < now) {
        valid_.erase(by_end_.begin()->second);
        by_end_.erase(by_end_.begin());
    }
}

}  // namespace comity::ledger
