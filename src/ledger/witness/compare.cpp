// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/compare.hpp"

#include "comity/base/expected.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace comity::ledger {
namespace {

struct Opened {
    const seal::Note* note;
    TreeHead tree;
};

std::optional<Opened> opened(const seal::Note& note, const seal::VerifierKey& log) {
    const auto checkpoint = open_checkpoint(note, log);
    if (!checkpoint) return std::nullopt;
    return Opened{.note = &note, .tree = checkpoint->tree};
}

bool is_cosigned(const WitnessedNote& seen) {
    return std::ranges::any_of(seen.note.signatures, [&](const seal::NoteSignature& line) {
        return verify_cosignature(seen.witness, seen.note.text, line).has_value();
    });
}

Comparison compare_sizes(TreeHasher& hasher, const Opened& older, const Opened& newer,
                         const std::optional<Proof>& proof) {
    const OneHistory one{.latest = newer.tree};
    // Every tree begins with the empty one; there is nothing to prove.
    if (older.tree.size == 0) return one;
    if (!proof) return Undecided::kNoProof;
    if (verify_consistency(hasher, older.tree, *proof, newer.tree)) return one;
    const auto root = old_root_shown(hasher, older.tree.size, *proof, newer.tree);
    if (!root || *root == older.tree.root) return Undecided::kWrongProof;
    return ForkEvidence{.older = *older.note,
                        .newer = *newer.note,
                        .prefix = ForkPrefix{.root = *root, .proof = *proof}};
}

}  // namespace

const char* to_string(Undecided reason) {
    switch (reason) {
        case Undecided::kNotOfTheLog:
            return "a checkpoint is not signed by the log";
        case Undecided::kNotCosigned:
            return "a checkpoint is not cosigned by its witness";
        case Undecided::kEmptyRoot:
            return "a tree of size 0 has a root that no empty tree has";
        case Undecided::kNoProof:
            return "the sizes differ, and there is no consistency proof";
        case Undecided::kWrongProof:
            return "the consistency proof does not verify, which by itself shows nothing";
    }
    return "unknown reason";
}

Comparison compare(TreeHasher& hasher, const seal::VerifierKey& log, const seal::Note& a,
                   const seal::Note& b, const std::optional<Proof>& proof) {
    auto older = opened(a, log);
    auto newer = opened(b, log);
    if (!older || !newer) return Undecided::kNotOfTheLog;
    if (older->tree.size > newer->tree.size) std::swap(older, newer);
    const bool is_one_size = older->tree.size == newer->tree.size;
    if (is_one_size && older->tree.root == newer->tree.root) {
        return OneHistory{.latest = newer->tree};
    }
    if (is_one_size) {
        if (older->tree.root > newer->tree.root) std::swap(older, newer);
        return ForkEvidence{.older = *older->note, .newer = *newer->note, .prefix = std::nullopt};
    }
    if (older->tree.size == 0 && older->tree.root != empty_root()) return Undecided::kEmptyRoot;
    return compare_sizes(hasher, *older, *newer, proof);
}

Comparison collect(TreeHasher& hasher, const seal::VerifierKey& log, const WitnessedNote& a,
                   const WitnessedNote& b, const AskForProof& ask) {
    const auto one = opened(a.note, log);
    const auto two = opened(b.note, log);
    if (!one || !two) return Undecided::kNotOfTheLog;
    if (!is_cosigned(a) || !is_cosigned(b)) return Undecided::kNotCosigned;
    const auto [least, most] = std::minmax(one->tree.size, two->tree.size);
    std::optional<Proof> proof;
    if (0 < least && least < most) proof = ask({.old_size = least, .size = most});
    return compare(hasher, log, a.note, b.note, proof);
}

}  // namespace comity::ledger
