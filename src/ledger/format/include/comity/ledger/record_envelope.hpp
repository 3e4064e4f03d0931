// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/ledger/envelope.hpp"
#include "comity/ledger/record.hpp"

#include <optional>
#include <string_view>

namespace comity::ledger {

/// The envelope of a request, signed or written down. Absent where the record is no request, or one
/// whose envelope cannot be read. Whether anybody signed it is not looked at.
std::optional<Envelope> envelope_of(const Record& record);

/// The request that an author makes of an envelope's payload: DSSE in its one form, with one
/// signature. That the envelope names the signer's key is for the author to see to.
base::Expected<SignedRequest, base::SignerError> sign_request(base::Signer& signer,
                                                              std::string_view payload);

/// Whether the key that its envelope names signed it.
bool is_signed_by_its_author(const SignedRequest& request);

}  // namespace comity::ledger
