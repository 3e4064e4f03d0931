// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/fork_evidence.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <variant>

/// Whether two checkpoints of one log tell one history: what two parties, or a client of two
/// witnesses, find out by laying theirs side by side.
namespace comity::ledger {

/// One history: the larger tree, which begins with the smaller one.
struct OneHistory {
    TreeHead latest;
    friend bool operator==(const OneHistory&, const OneHistory&) = default;
};

/// Why neither is known.
enum class [[nodiscard]] Undecided : std::uint8_t{
    kNotOfTheLog,  ///< one of them is no checkpoint that the log has signed
    kNotCosigned,  ///< the witness that is said to have cosigned one has not
    kEmptyRoot,    ///< a tree of size 0 with a root that no empty tree has: says nothing of another
    kNoProof,      ///< the sizes differ, and nobody gave a consistency proof
    kWrongProof,   ///< the proof leads nowhere. Whoever gave it may be at fault instead of the log
};

/// Words for a person: why it is not known.
const char* to_string(Undecided reason);

using Comparison = std::variant<OneHistory, ForkEvidence, Undecided>;

/// Lays two signed checkpoints side by side, in either order. The proof leads from the smaller tree
/// to the larger; for trees of one size none is needed. A fork is shown by two roots of one size,
/// and by a proof that leads to the larger tree's root from another root than the smaller one's
/// (see `old_root_shown`). A proof that does not verify shows nothing besides.
Comparison compare(TreeHasher& hasher, const seal::VerifierKey& log, const seal::Note& a,
                   const seal::Note& b, const std::optional<Proof>& proof);

/// The latest checkpoint of a log that a witness gave.
struct WitnessedNote {
    seal::VerifierKey witness;
    seal::Note note;
};

/// Asks somebody who has the log for a consistency proof; absent where nobody has one.
using AskForProof = std::function<std::optional<Proof>(Growth)>;

/// Compares what two witnesses have seen: each note has to carry its witness's cosignature. Asks
/// for a proof where the sizes differ.
Comparison collect(TreeHasher& hasher, const seal::VerifierKey& log, const WitnessedNote& a,
                   const WitnessedNote& b, const AskForProof& ask);

}  // namespace comity::ledger
