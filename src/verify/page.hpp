// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check_bundle.hpp"

#include <string>

/// The page for a terminal: what holds, under headings: what is proved, what each author states,
/// what only the node states, what is not shown.
namespace comity::verify {

/// Of one receipt; `log_key` is the key that it was checked under.
std::string page_of(const CheckedReceipt& receipt, const std::string& log_key);

/// Of a bundle. It names as many receipts as a page holds; the others are counted.
std::string page_of(const CheckedBundle& bundle);

}  // namespace comity::verify
