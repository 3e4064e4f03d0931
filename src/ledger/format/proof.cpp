// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/proof.hpp"

#include "base64_hash.hpp"
#include "decimal.hpp"
#include "lines.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/note.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace comity::ledger {
namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

}  // namespace

const char* to_string(LogProofError error) {
    switch (error) {
        case LogProofError::kTooLarge:
            return "expected at most 1 MiB";
        case LogProofError::kHeader:
            return "expected c2sp.org/tlog-proof@v1 on the first line";
        case LogProofError::kExtra:
            return "expected base64 behind extra";
        case LogProofError::kIndex:
            return "expected index and a decimal number below 2^63";
        case LogProofError::kHash:
            return "expected base64 of 32 bytes, or an empty line behind the last hash";
        case LogProofError::kTooManyHashes:
            return "expected at most 63 hashes";
        case LogProofError::kTruncated:
            return "expected an empty line behind the hashes";
        case LogProofError::kNoCheckpoint:
            return "expected a checkpoint behind the empty line";
    }
    return "unknown error";
}

base::Expected<LogProof, LogProofError> parse_proof(std::string_view text) {
    const auto refuse = [](LogProofError error) { return base::Unexpected(error); };
    if (text.size() > LogProof::kMaxBytes) return refuse(LogProofError::kTooLarge);
    if (take_line(text) != kHeader) return refuse(LogProofError::kHeader);

    LogProof proof;
    auto line = take_line(text);
    if (line && line->starts_with(kExtra)) {
        auto extra = seal::decode_base64(line->substr(kExtra.size()), LogProof::kMaxBytes);
        if (!extra) return refuse(LogProofError::kExtra);
        proof.extra = *std::move(extra);
        line = take_line(text);
    }
    if (!line || !line->starts_with(kIndex)) return refuse(LogProofError::kIndex);
    const auto index = parse_decimal(line->substr(kIndex.size()));
    if (!index) return refuse(LogProofError::kIndex);
    proof.index = *index;

    for (line = take_line(text); line && !line->empty(); line = take_line(text)) {
        const auto hash = parse_base64_hash(*line);
        if (!hash) return refuse(LogProofError::kHash);
        if (proof.inclusion.size() == LogProof::kMaxHashes) {
            return refuse(LogProofError::kTooManyHashes);
        }
        proof.inclusion.push_back(*hash);
    }
    if (!line) return refuse(LogProofError::kTruncated);
    if (text.empty()) return refuse(LogProofError::kNoCheckpoint);
    proof.checkpoint = text;
    return proof;
}

std::string format_proof(const LogProof& proof) {
    COMITY_CHECK(proof.index < kTreeSizeEnd);
    COMITY_CHECK(proof.inclusion.size() <= LogProof::kMaxHashes);
    COMITY_CHECK(!proof.checkpoint.empty());
    std::string text = std::string(kHeader) + '\n';
    if (proof.extra) {
        text += std::string(kExtra) + seal::encode_base64(*proof.extra) + '\n';
    }
    text += std::string(kIndex) + std::to_string(proof.index) + '\n';
    for (const Hash& hash : proof.inclusion) text += format_base64_hash(hash) + '\n';
    return text + '\n' + proof.checkpoint;
}

const char* to_string(const LogProofRefusal& refusal) {
    return std::visit([](const auto& error) -> const char* { return to_string(error); }, refusal);
}

base::Expected<TrustedCheckpoint, LogProofRefusal> verify_proof(TreeHasher& hasher,
                                                                const Policy& policy,
                                                                const LogProof& proof,
                                                                const Hash& leaf) {
    const auto note = seal::parse_note(proof.checkpoint);
    if (!note) return base::Unexpected<LogProofRefusal>(note.error());
    auto trusted = trust_checkpoint(policy, *note);
    if (!trusted) return base::Unexpected<LogProofRefusal>(trusted.error());
    const auto holds =
        verify_inclusion(hasher, proof.index, leaf, proof.inclusion, trusted->checkpoint.tree);
    if (!holds) return base::Unexpected<LogProofRefusal>(holds.error());
    return *std::move(trusted);
}

}  // namespace comity::ledger
