// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "log_signature.hpp"

#include "comity/base/expected.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace comity::ledger {
namespace {

/// The first log of this origin that has signed.
base::Expected<std::size_t, TrustError> signing_log(const Policy& policy, const seal::Note& note,
                                                    const Checkpoint& checkpoint) {
    std::optional<std::size_t> found;
    bool is_known = false;
    for (std::size_t i = 0; i < policy.logs.size(); ++i) {
        const seal::VerifierKey& key = policy.logs[i].key;
        if (key.name != checkpoint.origin) continue;
        is_known = true;
        const LogSignature signature = log_signature(note, key);
        if (signature == LogSignature::kWrong) return base::Unexpected(TrustError::kLogSignature);
        if (signature == LogSignature::kVerified && !found) found = i;
    }
    if (!is_known) return base::Unexpected(TrustError::kUnknownLog);
    if (!found) return base::Unexpected(TrustError::kNotSigned);
    return *found;
}

/// The witnesses that have cosigned, in their order; of several lines of one, the first.
base::Expected<std::vector<TrustedCheckpoint::Witnessed>, TrustError> cosigners(
    const Policy& policy, const seal::Note& note) {
    std::vector<TrustedCheckpoint::Witnessed> witnessed;
    for (std::size_t i = 0; i < policy.witnesses.size(); ++i) {
        const seal::VerifierKey& key = policy.witnesses[i].key;
        if (key.type != seal::kCosignatureV1Type) continue;
        bool is_first = true;
        for (const seal::NoteSignature& line : note.signatures) {
            if (!line.is_of(key)) continue;
            const auto time = verify_cosignature(key, note.text, line);
            if (!time) return base::Unexpected(TrustError::kWitnessSignature);
            if (is_first) witnessed.push_back({.witness = i, .time = *time});
            is_first = false;
        }
    }
    return witnessed;
}

}  // namespace

const char* to_string(TrustError error) {
    switch (error) {
        case TrustError::kNotACheckpoint:
            return "the note is not a checkpoint";
        case TrustError::kUnknownLog:
            return "the checkpoint is of a log that is not known";
        case TrustError::kNotSigned:
            return "the checkpoint is not signed by its log";
        case TrustError::kLogSignature:
            return "the log's signature does not verify";
        case TrustError::kWitnessSignature:
            return "a witness's cosignature does not verify";
        case TrustError::kQuorum:
            return "too few witnesses have cosigned the checkpoint";
    }
    return "unknown error";
}

base::Expected<TrustedCheckpoint, TrustError> trust_checkpoint(const Policy& policy,
                                                               const seal::Note& note) {
    auto checkpoint = parse_checkpoint(note.text);
    if (!checkpoint) return base::Unexpected(TrustError::kNotACheckpoint);
    const auto log = signing_log(policy, note, *checkpoint);
    if (!log) return base::Unexpected(log.error());
    auto witnessed = cosigners(policy, note);
    if (!witnessed) return base::Unexpected(witnessed.error());
    std::vector<bool> cosigned(policy.witnesses.size());
    for (const auto& one : *witnessed) cosigned.at(one.witness) = true;
    if (!quorum_met(policy, cosigned)) return base::Unexpected(TrustError::kQuorum);
    return TrustedCheckpoint{
        .checkpoint = *std::move(checkpoint), .log = *log, .witnessed = *std::move(witnessed)};
}

}  // namespace comity::ledger
