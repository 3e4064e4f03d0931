// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agreed_key.hpp"
#include "bundle_source.hpp"

#include "comity/ledger/bundle.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/ledger/receipt_check.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the receipts of a bundle show, each alone and all together. What does not hold throws Stop.
namespace comity::verify {

struct CheckedReceipt {
    /// Of an opened attachment at most so many bytes are kept, to be shown.
    static constexpr std::size_t kMostShown = 2000;

    std::string name;  ///< of the file
    ledger::ReceiptFindings findings;
    std::vector<std::string> openings;  ///< one for each of findings.attachments; empty if not open
    std::vector<std::string> witnesses;  ///< the policy's names of those that cosigned
};

struct NumberRange {
    std::uint64_t first;
    std::uint64_t last;
    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

struct CheckedBundle {
    ledger::BundleList list;
    std::vector<CheckedReceipt> receipts;  ///< in the order of the list
    std::vector<NumberRange> omitted;      ///< deliveries that the list counts and nothing shows
    std::uint64_t omitted_count = 0;
    bool omitted_are_more = false;    ///< there are too many to count
    std::uint64_t delivered = 0;      ///< to the party in all, by the last receipt that counts them
    std::optional<AgreedKey> agreed;  ///< the first agreement in it that names the log's key
    bool is_key_given = true;         ///< else the key is the one that `agreed` names
};

/// One receipt, under a policy that names the log. `path` is for messages.
CheckedReceipt check_receipt_text(const std::string& path, const std::string& text,
                                  const ledger::Policy& policy);

/// `policy` absent: the log's key is the one that the agreements in the bundle name.
CheckedBundle check_bundle(const BundleSource& source, const std::optional<ledger::Policy>& policy);

/// A policy of this one log, without witnesses.
ledger::Policy policy_of(const seal::VerifierKey& key);

/// The delivery that a receipt shows, if it shows one.
const ledger::node::Delivery* delivery_in(const ledger::ReceiptFindings& findings);

}  // namespace comity::verify
