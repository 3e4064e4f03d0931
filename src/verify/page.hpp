// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/bundle.hpp"
#include "comity/ledger/receipt_check.hpp"

#include <string>
#include <vector>

/// The words of the page.
namespace comity::verify {

/// One receipt that holds, under headings: what is proved, what its author states, what only the
/// node states, what is not shown. `log_key` is the key that it was checked under.
std::string page_of(const ledger::ReceiptFindings& findings, const std::string& log_key);

/// A bundle whose receipts all hold.
std::string page_of(const ledger::BundleList& list,
                    const std::vector<ledger::ReceiptFindings>& receipts,
                    const std::vector<std::uint64_t>& omitted, const std::string& log_key);

/// 1,234,567.
std::string grouped(std::uint64_t number);

}  // namespace comity::verify
