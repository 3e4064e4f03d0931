// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/fork_evidence.hpp"

#include "../format/base64_hash.hpp"
#include "../format/lines.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace comity::ledger {
namespace {

constexpr std::string_view kHeader = "comity-fork v1";
constexpr std::string_view kPrefix = "prefix ";

using Failure = base::Unexpected<ForkError>;

/// The lines up to the empty one: absent where there is no prefix.
base::Expected<std::optional<ForkPrefix>, ForkError> take_prefix(std::string_view& text) {
    std::optional<ForkPrefix> prefix;
    for (;;) {
        auto line = take_line(text);
        if (!line) return Failure(ForkError::kTruncated);
        if (line->empty()) return prefix;
        const bool is_first = !prefix;
        if (is_first && !line->starts_with(kPrefix)) return Failure(ForkError::kPrefix);
        if (is_first) line->remove_prefix(kPrefix.size());
        const auto hash = parse_base64_hash(*line);
        if (!hash) return Failure(ForkError::kPrefix);
        if (is_first) {
            prefix = ForkPrefix{.root = *hash, .proof = {}};
            continue;
        }
        if (prefix->proof.size() == ForkEvidence::kMaxHashes) {
            return Failure(ForkError::kTooManyHashes);
        }
        prefix->proof.push_back(*hash);
    }
}

/// The first of two notes, and the empty line behind it. A checkpoint has no empty line in it, so
/// that the second one in the text ends the note.
base::Expected<seal::Note, ForkError> take_note(std::string_view& text) {
    const auto text_end = text.find("\n\n");
    if (text_end == std::string_view::npos) return Failure(ForkError::kTruncated);
    const auto end = text.find("\n\n", text_end + 2);
    if (end == std::string_view::npos) return Failure(ForkError::kTruncated);
    auto note = seal::parse_note(text.substr(0, end + 1));
    if (!note) return Failure(ForkError::kNote);
    text.remove_prefix(end + 2);
    return *std::move(note);
}

/// What does not depend on any signature; the two checkpoints.
base::Expected<Fork, ForkError> read_both(const ForkEvidence& evidence) {
    auto older = parse_checkpoint(evidence.older.text);
    auto newer = parse_checkpoint(evidence.newer.text);
    if (!older || !newer) return Failure(ForkError::kNote);
    const bool is_one_size = older->tree.size == newer->tree.size;
    if (older->tree.size > newer->tree.size) return Failure(ForkError::kOrder);
    if (is_one_size && older->tree.root > newer->tree.root) return Failure(ForkError::kOrder);
    if (is_one_size && older->tree.root == newer->tree.root) return Failure(ForkError::kSameRoot);
    if (is_one_size == evidence.prefix.has_value()) return Failure(ForkError::kPrefix);
    if (evidence.prefix && evidence.prefix->root == older->tree.root) {
        return Failure(ForkError::kSameRoot);
    }
    return Fork{.older = *std::move(older), .newer = *std::move(newer)};
}

}  // namespace

const char* to_string(ForkError error) {
    switch (error) {
        case ForkError::kTooLarge:
            return "the evidence is too large, expected two notes of at most 1 MiB each";
        case ForkError::kHeader:
            return "expected a first line: comity-fork v1";
        case ForkError::kPrefix:
            return "expected a prefix and its proof where the sizes differ, and only there";
        case ForkError::kTooManyHashes:
            return "expected at most 63 hashes";
        case ForkError::kTruncated:
            return "expected an empty line after each part";
        case ForkError::kNote:
            return "expected two signed checkpoints";
        case ForkError::kOrder:
            return "expected the smaller tree first; of one size, the root that sorts first";
        case ForkError::kNotSigned:
            return "expected two checkpoints that the log has signed";
        case ForkError::kSameRoot:
            return "expected two different roots";
        case ForkError::kProof:
            return "the prefix does not lead to the root of the newer tree";
    }
    return "unknown error";
}

base::Expected<ForkEvidence, ForkError> parse_fork(std::string_view text) {
    if (text.size() > ForkEvidence::kMaxBytes) return Failure(ForkError::kTooLarge);
    if (take_line(text) != kHeader) return Failure(ForkError::kHeader);
    auto prefix = take_prefix(text);
    if (!prefix) return Failure(prefix.error());
    auto older = take_note(text);
    if (!older) return Failure(older.error());
    auto newer = seal::parse_note(text);
    if (!newer) return Failure(ForkError::kNote);
    ForkEvidence evidence{
        .older = *std::move(older), .newer = *std::move(newer), .prefix = *std::move(prefix)};
    if (const auto both = read_both(evidence); !both) return Failure(both.error());
    return evidence;
}

std::string format_fork(const ForkEvidence& evidence) {
    COMITY_CHECK(read_both(evidence).has_value());
    std::string text = std::string(kHeader) + '\n';
    if (evidence.prefix) {
        COMITY_CHECK(evidence.prefix->proof.size() <= ForkEvidence::kMaxHashes);
        text.append(kPrefix).append(format_base64_hash(evidence.prefix->root)).append("\n");
        for (const Hash& hash : evidence.prefix->proof) text += format_base64_hash(hash) + '\n';
    }
    return text + '\n' + to_string(evidence.older) + '\n' + to_string(evidence.newer);
}

base::Expected<Fork, ForkError> verify_fork(TreeHasher& hasher, const ForkEvidence& evidence,
                                            const seal::VerifierKey& log) {
    auto both = read_both(evidence);
    if (!both) return both;
    if (!open_checkpoint(evidence.older, log) || !open_checkpoint(evidence.newer, log)) {
        return Failure(ForkError::kNotSigned);
    }
    if (!evidence.prefix) return both;
    const TreeHead prefix{.size = both->older.tree.size, .root = evidence.prefix->root};
    if (!verify_consistency(hasher, prefix, evidence.prefix->proof, both->newer.tree)) {
        return Failure(ForkError::kProof);
    }
    return both;
}

}  // namespace comity::ledger
