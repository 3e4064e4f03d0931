// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "log_signature.hpp"

#include "comity/ledger/cosignature.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

namespace comity::ledger {

LogSignature log_signature(const seal::Note& note, const seal::VerifierKey& log) {
    const bool is_cosigning = log.type == seal::kCosignatureV1Type;
    if (!is_cosigning && log.type != seal::kEd25519Type) return LogSignature::kUnknownType;
    LogSignature found = LogSignature::kAbsent;
    for (const seal::NoteSignature& line : note.signatures) {
        if (!line.is_of(log)) continue;
        const bool verifies = is_cosigning ? verify_cosignature(log, note.text, line).has_value()
                                           : seal::verify_signature(note.text, line, log);
        if (!verifies) return LogSignature::kWrong;
        found = LogSignature::kVerified;
    }
    return found;
}

}  // namespace comity::ledger
