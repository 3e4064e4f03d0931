// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// C2SP tlog-proof: that an entry is in a log, as a text that needs nothing else.
/// docs/formats/tlog-proof.md has an example to the byte.
namespace comity::ledger {

/// The parts of a proof, not checked against each other. A value.
struct LogProof {
    static constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;
    static constexpr std::size_t kMaxHashes = 63;

    std::uint64_t index = 0;                      ///< of the entry; below kTreeSizeEnd
    std::optional<std::vector<std::byte>> extra;  ///< not authenticated
    Proof inclusion;
    std::string checkpoint;  ///< a signed note, as it stands in the text; not read yet

    friend bool operator==(const LogProof&, const LogProof&) = default;
};

enum class [[nodiscard]] LogProofError{
    kTooLarge,       ///< more than LogProof::kMaxBytes
    kHeader,         ///< the first line is not c2sp.org/tlog-proof@v1
    kExtra,          ///< behind "extra " stands no base64
    kIndex,          ///< no line "index " with a decimal number below 2^63
    kHash,           ///< a line of the inclusion proof is not base64 of 32 bytes
    kTooManyHashes,  ///< more than LogProof::kMaxHashes
    kTruncated,      ///< it ends before the empty line that ends the inclusion proof
    kNoCheckpoint,   ///< nothing follows that empty line
};

/// Words for a person: what was expected.
const char* to_string(LogProofError error);

/// Reads what `format_proof` writes and nothing else, but for the checkpoint, which it only keeps.
base::Expected<LogProof, LogProofError> parse_proof(std::string_view text);

/// An index of kTreeSizeEnd or more, more than kMaxHashes hashes, or no checkpoint fail a check.
std::string format_proof(const LogProof& proof);

/// Why a proof does not hold: its checkpoint is no signed note, does not hold under the policy, or
/// its hashes do not lead to it.
using LogProofRefusal = std::variant<seal::NoteError, TrustError, ProofError>;

/// Words for a person: why the proof does not hold.
const char* to_string(const LogProofRefusal& refusal);

/// The checkpoint of a tree that has this leaf hash at the proof's index, where it holds under the
/// policy.
base::Expected<TrustedCheckpoint, LogProofRefusal> verify_proof(TreeHasher& hasher,
                                                                const Policy& policy,
                                                                const LogProof& proof,
                                                                const Hash& leaf);

}  // namespace comity::ledger
