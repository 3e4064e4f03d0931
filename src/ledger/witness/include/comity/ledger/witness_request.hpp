// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/note.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// C2SP tlog-witness: what a log asks of a witness. docs/formats/tlog-witness.md has an example to
/// the byte.
namespace comity::ledger {

/// The body of `add-checkpoint`. A value; nothing in it is verified.
struct WitnessRequest {
    /// Room for a checkpoint with 64 signatures of a kind that is larger than ours.
    static constexpr std::size_t kMaxBytes = std::size_t{256} << 10U;
    static constexpr std::size_t kMaxHashes = 63;

    std::uint64_t old_size = 0;  ///< of the tree that the log thinks the witness has seen last
    Proof proof;                 ///< from that tree to the checkpoint's
    seal::Note note;             ///< whose text is a checkpoint
    friend bool operator==(const WitnessRequest&, const WitnessRequest&) = default;
};

enum class [[nodiscard]] WitnessRequestError{
    kTooLarge,       ///< more than WitnessRequest::kMaxBytes
    kOldSize,        ///< the first line is not "old " and a decimal number below 2^63
    kHash,           ///< a line of the proof is not base64 of 32 bytes
    kTooManyHashes,  ///< more than WitnessRequest::kMaxHashes
    kTruncated,      ///< it ends before the empty line that ends the proof
    kNote,           ///< what follows that line is no signed note
    kCheckpoint,     ///< the note's text is no checkpoint
};

/// Words for a person: what was expected.
const char* to_string(WitnessRequestError error);

/// Reads what `format_witness_request` writes and nothing else.
base::Expected<WitnessRequest, WitnessRequestError> parse_witness_request(std::string_view body);

/// An old size of kTreeSizeEnd or more, more than kMaxHashes hashes, and a note that is none fail a
/// check.
std::string format_witness_request(const WitnessRequest& request);

/// The size in the body of an answer 409: what the witness has seen last. Absent where it is none.
std::optional<std::uint64_t> parse_size_answer(std::string_view body);

}  // namespace comity::ledger
