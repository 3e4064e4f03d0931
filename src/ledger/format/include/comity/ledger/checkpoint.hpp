// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/tree.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <string>
#include <string_view>
#include <vector>

/// C2SP tlog-checkpoint: what a log signs. docs/formats/tlog-checkpoint.md has an example to the
/// byte.
namespace comity::ledger {

/// The text of a checkpoint. A value.
struct Checkpoint {
    std::string origin;  ///< the log's name
    TreeHead tree;
    std::vector<std::string> extensions;  ///< lines that mean nothing here
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

enum class [[nodiscard]] CheckpointError{
    kTruncated,     ///< fewer than three lines, or the last one has no newline
    kEmptyLine,     ///< an origin or an extension line that is empty
    kText,          ///< not UTF-8, or with a control character
    kSize,          ///< the size is not decimal, or has a leading zero
    kSizeTooLarge,  ///< 2^63 or more
    kRoot,          ///< the root is not base64 of 32 bytes
    kOtherOrigin,   ///< the origin is not the name of the log's key
    kNotSigned,     ///< no line of the log's key
    kKeyType,       ///< a key of a type that is not verified here
    kSignature,     ///< the log's signature does not verify
};

/// Words for a person: what was expected.
const char* to_string(CheckpointError error);

/// Reads what `format_checkpoint` writes and nothing else. It says what somebody wrote, and of what
/// holds nothing: see `open_checkpoint`.
base::Expected<Checkpoint, CheckpointError> parse_checkpoint(std::string_view text);

/// The text to be signed. A line that is empty or none, and a size of kTreeSizeEnd or more, fail a
/// check.
std::string format_checkpoint(const Checkpoint& checkpoint);

/// The checkpoint in this note, where the log's key has signed it and its origin is the key's name.
/// The key's type is 0x01 (Ed25519), or 0x04 of a log that signs with a cosignature
/// (cosignature.hpp). Signatures of others are not looked at.
base::Expected<Checkpoint, CheckpointError> open_checkpoint(const seal::Note& note,
                                                            const seal::VerifierKey& log);

}  // namespace comity::ledger
