// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

namespace comity::ledger {

/// What the lines of a note say of one log's key.
enum class LogSignature {
    kVerified,     ///< it signed, and every line of it verifies
    kAbsent,       ///< no line of it
    kUnknownType,  ///< a key of a type that is not verified here
    kWrong,        ///< a line of it does not verify
};

/// By a key of the type 0x01 (Ed25519 of the text) or 0x04 (a cosignature).
LogSignature log_signature(const seal::Note& note, const seal::VerifierKey& log);

}  // namespace comity::ledger
