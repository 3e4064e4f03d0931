// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/cosigned.hpp"

#include "comity/ledger/cosignature.hpp"
#include "comity/ledger/policy.hpp"
#include "comity/seal/note.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace comity::ledger {
namespace {

bool is_new_cosignature(const Policy& policy, const seal::Note& note,
                        const seal::NoteSignature& line) {
    return std::ranges::any_of(policy.witnesses, [&](const Policy::Witness& witness) {
        const auto is_of_witness = [&](const seal::NoteSignature& one) {
            return one.is_of(witness.key);
        };
        return verify_cosignature(witness.key, note.text, line).has_value() &&
               std::ranges::none_of(note.signatures, is_of_witness);
    });
}

std::size_t take_lines(const Policy& policy, seal::Note& note, const std::string& answer) {
    // The lines of an answer are those of a note with the same text.
    const auto answered = seal::parse_note(note.text + '\n' + answer);
    if (!answered || answered->text != note.text) return 0;
    std::size_t taken = 0;
    for (const seal::NoteSignature& line : answered->signatures) {
        if (note.signatures.size() == seal::Note::kMaxSignatures) break;
        if (!is_new_cosignature(policy, note, line)) continue;
        note.signatures.push_back(line);
        ++taken;
    }
    return taken;
}

}  // namespace

CosignedCheckpoint add_cosignatures(const Policy& policy, seal::Note note,
                                    std::span<const std::string> answers) {
    std::vector<std::size_t> taken;
    for (const std::string& answer : answers) taken.push_back(take_lines(policy, note, answer));
    auto trust = trust_checkpoint(policy, note);
    return {.note = std::move(note), .taken = std::move(taken), .trust = std::move(trust)};
}

}  // namespace comity::ledger
