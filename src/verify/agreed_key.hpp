// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/receipt.hpp"
#include "comity/ledger/receipt_check.hpp"
#include "comity/seal/hash.hpp"

#include <optional>
#include <string>

/// The log's key as parties have named it to each other (docs/formats/bundle.md, "Without a key").
namespace comity::verify {

/// What a signed request about an agreement says of the log.
struct AgreedKey {
    std::string agreement;  ///< the object of the request
    std::string party;      ///< who signed it
    seal::Hash key;         ///< under which key
    std::string log;        ///< the text of the body's member `log`: a verifier key, if all is well
    std::string file;       ///< the receipt that shows it
};

/// Absent of every request that is not accepted, signed, `agreement.propose` or `agreement.accept`,
/// and names a log. Its signature has been verified, and nothing else of the receipt: whose key it
/// is, and that it was recorded, remain to be shown.
std::optional<AgreedKey> agreed_key(const ledger::Receipt& receipt);

}  // namespace comity::verify
