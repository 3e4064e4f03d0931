// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Two checkpoints that one log has signed and that no one history has both of.
/// docs/formats/fork-evidence.md has an example to the byte.
namespace comity::ledger {

/// What the newer checkpoint's tree was at the older one's size, with a consistency proof from this
/// to the newer root. Nobody can make one for a root that the newer tree did not have.
struct ForkPrefix {
    Hash root;
    Proof proof;
    friend bool operator==(const ForkPrefix&, const ForkPrefix&) = default;
};

/// Anybody can check it with the log's key and nothing else. A value.
struct ForkEvidence {
    static constexpr std::size_t kMaxHashes = 63;
    static constexpr std::size_t kMaxBytes = 2 * seal::Note::kMaxBytes + (std::size_t{4} << 10U);

    seal::Note older;  ///< the smaller tree; of trees of one size, the root that sorts first
    seal::Note newer;
    std::optional<ForkPrefix> prefix;  ///< present where the sizes differ, and only there
    friend bool operator==(const ForkEvidence&, const ForkEvidence&) = default;
};

enum class [[nodiscard]] ForkError{
    kTooLarge,       ///< more than ForkEvidence::kMaxBytes
    kHeader,         ///< the first line is not "comity-fork v1"
    kPrefix,         ///< no prefix though the sizes differ, or one though they do not; or no hash
    kTooManyHashes,  ///< more than ForkEvidence::kMaxHashes
    kTruncated,      ///< an empty line that ends a part is missing
    kNote,           ///< a part that is no signed note of a checkpoint
    kOrder,          ///< the larger tree stands first, or of one size the root that sorts second
    kNotSigned,      ///< a checkpoint that this log has not signed
    kSameRoot,       ///< nothing differs: the two roots, or the prefix and the older root
    kProof,          ///< the prefix does not lead to the newer root
};

/// Words for a person: what was expected.
const char* to_string(ForkError error);

/// Reads what `format_fork` writes and nothing else. It verifies nothing: see `verify_fork`.
base::Expected<ForkEvidence, ForkError> parse_fork(std::string_view text);

/// Evidence that `parse_fork` would refuse fails a check.
std::string format_fork(const ForkEvidence& evidence);

/// The two checkpoints.
struct Fork {
    Checkpoint older;
    Checkpoint newer;
};

/// The log has signed both, and no history has both: of one size they have different roots; of
/// different sizes, the newer tree had another root when it had the older one's size.
base::Expected<Fork, ForkError> verify_fork(TreeHasher& hasher, const ForkEvidence& evidence,
                                            const seal::VerifierKey& log);

}  // namespace comity::ledger
