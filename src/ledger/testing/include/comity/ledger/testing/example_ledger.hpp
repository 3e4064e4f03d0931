// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/attachment.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/ledger/testing/small_ledger.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace comity::ledger::testing {

/// A ledger of four seconds in which two parties file and one is told: the receipts of
/// docs/formats/receipt.md, of tests and of fuzz targets. Always the same bytes. A resource.
class ExampleLedger {
  public:
    /// Of all attachments here.
    static constexpr AttachmentKey kKey{std::byte{7}};
    static constexpr std::string_view kName = "a name";
    static constexpr std::string_view kTold = "what was told";

    ExampleLedger();

    /// The log's key, and no witnesses.
    const Policy& policy() const { return policy_; }
    SmallLedger& ledger() { return ledger_; }

    /// Request r1 of air-unit-a: one attachment open, one erased.
    Receipt signed_receipt();
    /// The same with both attachments erased.
    Receipt erased_receipt();
    /// Request r3 of air-unit-b, which the node wrote down.
    Receipt vouched_receipt();
    /// The first of two deliveries to air-unit-b, with what was told.
    Receipt delivery_receipt();
    /// The node's start, in the record sequence.
    Receipt start_receipt();

  private:
    SmallLedger ledger_;
    Policy policy_;
    std::size_t signed_ = 0;
    std::size_t vouched_ = 0;
    std::size_t delivered_ = 0;
};

}  // namespace comity::ledger::testing
