// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/envelope.hpp"
#include "comity/ledger/record.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace comity::ledger {

/// A rule that holds for every request, whatever it asks for, and that an outcome goes against.
enum class [[nodiscard]] AuditFault : std::uint8_t{
    kOtherLog,  ///< accepted, and meant for another log
    kTooLate,   ///< accepted after its `valid_until`
    kRepeated,  ///< accepted, and its author's id stood in a request that was still valid
};

/// Words for a person: which rule.
const char* to_string(AuditFault fault);

struct AuditFinding {
    std::uint64_t record = 0;
    AuditFault fault = AuditFault::kOtherLog;
    friend bool operator==(const AuditFinding&, const AuditFinding&) = default;
};

/// Reaches again what follows from the records alone: whether each accepted request could be
/// accepted. It remembers ids until their requests are not valid any more. Records come in order.
class LedgerAudit {
  public:
    explicit LedgerAudit(std::string origin) : origin_(std::move(origin)) {}

    /// The next record; what it goes against.
    std::optional<AuditFinding> take(std::uint64_t number, const Record& record);

    std::uint64_t accepted_requests() const { return accepted_; }

  private:
    std::optional<AuditFault> fault_of(const Envelope& envelope, Instant recorded);
    void forget_before(Instant now);

    using Id = std::pair<std::string, std::string>;  // party, id
    std::string origin_;
    std::uint64_t accepted_ = 0;
    std::map<Id, Instant> valid_;
    std::multimap<Instant, Id> by_end_;
};

}  // namespace comity::ledger
