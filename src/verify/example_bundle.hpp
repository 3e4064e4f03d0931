// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/testing/small_ledger.hpp"
#include "comity/verify/write_bundle.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The worked example of docs/examples/bundle: two invented units agree on a log, one announces a
/// flight, the other is told of it, and reads it. Of three deliveries the second is left out.
namespace comity::verify::testing {

/// A ledger with what happened, and receipts of it in its last second.
class Example {
  public:
    /// `log` is what the agreement names as the log's key; empty: the log's own. `accepted_log`
    /// the same, of the party that accepts.
    explicit Example(std::string_view log = {}, std::string_view accepted_log = {});

    ledger::testing::SmallLedger& ledger() { return ledger_; }
    /// The verifier key of the log, as text.
    std::string key() const { return to_string(ledger_.key()); }

    std::string proposal() { return filed(proposal_); }
    std::string acceptance() { return filed(acceptance_); }
    /// With a contact person who was erased.
    std::string intent();
    /// Number 1 to 3, opened: the bytes that left.
    std::string delivery(std::size_t number);
    std::string reading() { return filed(reading_); }
    std::string vouched() { return filed(vouched_); }

    /// What the example bundle is made of.
    BundleContent content();

  private:
    std::string filed(std::size_t record);
    void agree(std::string_view log, std::string_view accepted_log);

    ledger::testing::SmallLedger ledger_;
    std::size_t proposal_ = 0;
    std::size_t acceptance_ = 0;
    std::size_t intent_ = 0;
    std::vector<std::size_t> deliveries_;
    std::size_t reading_ = 0;
    std::size_t vouched_ = 0;
};

}  // namespace comity::verify::testing
