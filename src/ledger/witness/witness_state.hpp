// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/tree.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace comity::ledger {

/// What a witness keeps of one log, in a file of its own (docs/formats/tlog-witness.md).
struct WitnessState {
    static constexpr std::size_t kMaxBytes = seal::Note::kMaxBytes + (std::size_t{16} << 10U);

    TreeHead latest{.size = 0, .root = empty_root()};
    std::optional<seal::Note> note;  ///< of `latest`; absent where nothing was seen yet
    friend bool operator==(const WitnessState&, const WitnessState&) = default;
};

std::string format_state(std::string_view origin, const WitnessState& state);

/// Absent where anything does not check: the digest, the origin, the log's signature.
std::optional<WitnessState> parse_state(std::string_view text, std::string_view origin,
                                        std::span<const seal::VerifierKey> keys);

/// The file of a log: "log-", the SHA-256 of its origin in hexadecimal.
std::string state_file_name(std::string_view origin);

/// How the names of all evidence of a log begin: "fork-", half of that, "-".
std::string fork_file_prefix(std::string_view origin);
/// That, the SHA-256 of the two checkpoints in hexadecimal, ".txt".
std::string fork_file_name(std::string_view origin, const seal::Note& older,
                           const seal::Note& newer);

/// The tree of this note where one of the keys has signed it and none has a line that does not
/// verify; all keys have one name, the origin.
std::optional<TreeHead> tree_signed_by(std::span<const seal::VerifierKey> keys,
                                       const seal::Note& note);

}  // namespace comity::ledger
