// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/seal/note.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace comity::ledger {

/// A checkpoint with what its witnesses answered.
struct CosignedCheckpoint {
    seal::Note note;                 ///< with the lines that were taken from the answers
    std::vector<std::size_t> taken;  ///< how many of each answer
    /// What it is worth under the policy. TrustError::kQuorum while too few have answered.
    base::Expected<TrustedCheckpoint, TrustError> trust;
};

/// Adds to a checkpoint what witnesses answered with 200 (C2SP tlog-witness), each answer being the
/// body as it came. A line is taken where it is a cosignature by a witness of the policy, verifies,
/// and is the first of this witness; everything else is passed over, so that no witness can spoil
/// what the others answered. A note is full at Note::kMaxSignatures lines.
CosignedCheckpoint add_cosignatures(const Policy& policy, seal::Note note,
                                    std::span<const std::string> answers);

}  // namespace comity::ledger
