// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/receipt.hpp"
#include "comity/ledger/record.hpp"

#include <optional>
#include <string>

namespace comity::ledger {

/// In whose slot a record is, besides that of the record sequence. A value.
struct Belonging {
    std::string party;
    EntryTree tree = EntryTree::kFiled;  ///< or kDelivered
    friend bool operator==(const Belonging&, const Belonging&) = default;
};

/// A request is filed by the party in its envelope, a delivery is its addressee's; other records of
/// the node are nobody's, and so is a request without a party. The rest of an envelope is not
/// looked at: `check_ledger` does that.
std::optional<Belonging> belonging_of(const Record& record);

}  // namespace comity::ledger
