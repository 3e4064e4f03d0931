// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/ledger_audit.hpp"

#include "format/text_of.hpp"

#include "comity/seal/dsse.hpp"

#include <span>
#include <string_view>
#include <variant>

namespace comity::ledger {
namespace {

std::optional<Envelope> envelope_in(std::string_view payload) {
    auto envelope = parse_envelope(payload);
    if (!envelope) return std::nullopt;
    return *std::move(envelope);
}

// Absent where the record is no request, or one that cannot be read.
std::optional<Envelope> envelope_of(const Record& record) {
    if (const auto* request = std::get_if<SignedRequest>(&record.content)) {
        const auto dsse = seal::parse_dsse(text_of(request->dsse));
        return dsse ? envelope_in(text_of(dsse->payload)) : std::nullopt;
    }
    if (const auto* request = std::get_if<VouchedRequest>(&record.content)) {
        return envelope_in(text_of(request->payload));
    }
    return std::nullopt;
}

}  // namespace

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
