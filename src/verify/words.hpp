// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check_bundle.hpp"

#include "comity/ledger/receipt_check.hpp"
#include "comity/ledger/record.hpp"
#include "comity/seal/hash.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// The words that the page and report.html have in common. What others wrote stands in them as it
/// came: whoever prints them makes them fit to be looked at (shown_text.hpp).
namespace comity::verify {

/// 1,234,567.
std::string grouped(std::uint64_t number);

/// "1 receipt", "2 receipts".
std::string counted(std::uint64_t number, const std::string& one);

/// 2015-11-24T07:24:05.000Z.
std::string time_text(ledger::Instant instant);

/// Of a tick: 2015-11-24T07:24:05Z.
std::string second_text(std::uint64_t second);

/// The base64 of a public key.
std::string key_text(const seal::Hash& key);

/// "record 1 of the 2 that air-unit-a had filed by then".
std::string place_text(const ledger::ReceiptFindings& findings);

/// "intent.put", "delivery 3 to air-unit-b", "start of the node".
std::string subject_text(const ledger::ReceiptFindings& findings);

/// "signed by air-unit-a", "the node, for air-unit-a", "the node".
std::string word_of_text(const ledger::ReceiptFindings& findings);

/// "accepted", "refused, code 7".
std::string outcome_text(const ledger::Record& record);

/// "clock error at most 20 ms".
std::string clock_text(const ledger::Record& record);

/// "full", "volume", "cells", "touch".
const char* level_text(ledger::node::Level level);

/// "2", "4 to 9".
std::string range_text(const NumberRange& range);

/// "number 2", "numbers 4 to 9".
std::string numbers_text(const NumberRange& range);

/// "1 of 3 is left out: number 2", "All 3 are here".
std::string omission_text(const CheckedBundle& bundle);

/// Sentences: which deliveries to the party were made before the first and after the last of these.
std::vector<std::string> outside(const CheckedBundle& bundle);

/// Sentences: what a bundle does not show.
std::vector<std::string> not_shown(const CheckedBundle& bundle);

/// The sentences on witnesses and clocks, which receipts and bundles have in common.
std::vector<std::string> not_shown_by_the_log(const ledger::ReceiptFindings& findings);

/// Where the log's key comes from, where it was taken from an agreement: two sentences.
std::string agreed_text(const AgreedKey& agreed);

}  // namespace comity::verify
