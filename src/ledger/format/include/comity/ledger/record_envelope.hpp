// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/envelope.hpp"
#include "comity/ledger/record.hpp"

#include <optional>

namespace comity::ledger {

/// The envelope of a request, signed or written down. Absent where the record is no request, or one
/// whose envelope cannot be read. Whether anybody signed it is not looked at.
std::optional<Envelope> envelope_of(const Record& record);

/// Whether the key that its envelope names signed it.
bool is_signed_by_its_author(const SignedRequest& request);

}  // namespace comity::ledger
