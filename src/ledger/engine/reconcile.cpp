// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/reconcile.hpp"

#include "comity/ledger/checkpoint.hpp"
#include "comity/seal/note.hpp"

#include <map>

namespace comity::ledger {
namespace {

using Head = base::Expected<TreeHead, SeenFault>;

Head head_in(const std::string& text, const seal::VerifierKey& log) {
    const auto note = seal::parse_note(text);
    if (!note) return base::Unexpected(SeenFault::kNote);
    const auto checkpoint = open_checkpoint(*note, log);
    if (checkpoint) return checkpoint->tree;
    switch (checkpoint.error()) {
        case CheckpointError::kOtherOrigin:
            return base::Unexpected(SeenFault::kOtherLog);
        case CheckpointError::kNotSigned:
        case CheckpointError::kKeyType:
        case CheckpointError::kSignature:
            return base::Unexpected(SeenFault::kSignature);
        default:
            return base::Unexpected(SeenFault::kNote);
    }
}

}  // namespace

const char* to_string(SeenFault fault) {
    switch (fault) {
        case SeenFault::kNone:
            return "expected at least one checkpoint that somebody else kept";
        case SeenFault::kNote:
            return "expected a signed checkpoint";
        case SeenFault::kOtherLog:
            return "expected a checkpoint of this log";
        case SeenFault::kSignature:
            return "expected a checkpoint that the log's key has signed";
    }
    return "unknown fault";
}

base::Expected<SeenComparison, SeenError> compare_with_seen(LedgerIndex& index,
                                                            std::span<const std::string> notes) {
    if (notes.empty()) return base::Unexpected(SeenError{.fault = SeenFault::kNone, .at = 0});
    SeenComparison result{.had = *index.head_at(index.tick_count())};
    const seal::VerifierKey log = index.state().key();
    std::map<std::uint64_t, TreeHead> beyond;  // what was seen and the ledger does not have
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const auto seen = head_in(notes[i], log);
        if (!seen) return base::Unexpected(SeenError{.fault = seen.error(), .at = i});
        const TreeHead known =
            index.head_at(seen->size).value_or(beyond.try_emplace(seen->size, *seen).first->second);
        if (known != *seen) {
            return SeenComparison{
                .standing = Standing::kForked, .had = result.had, .seen = *seen, .at = i};
        }
        if (i == 0 || seen->size > result.seen.size) {
            result.seen = *seen;
            result.at = i;
        }
    }
    if (result.seen.size > result.had.size) result.standing = Standing::kBehind;
    return result;
}

}  // namespace comity::ledger
