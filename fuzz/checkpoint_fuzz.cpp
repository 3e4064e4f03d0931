// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Checkpoints, bare and in signed notes. Beside "no crash": what is read is written as the same
// bytes, a checkpoint that opens is one that reads, and what the key did not sign does not open.
#include "comity/base/check.hpp"
#include "comity/ledger/checkpoint.hpp"
#include "comity/ledger/cosignature.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace comity;

// Those of docs/formats/tlog-checkpoint.md and tlog-cosignature.md; the seeds have what they
// signed.
const seal::VerifierKey kLog = *seal::parse_verifier_key(
    "node.example/comity+82f90965+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c");
const seal::VerifierKey kWitness = *seal::parse_verifier_key(
    "party-b.example/witness+6a334b1d+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU");
constexpr std::string_view kSigned =
    "node.example/comity\n3\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\n";

void check_text(std::string_view text) {
    if (const auto checkpoint = ledger::parse_checkpoint(text)) {
        COMITY_CHECK(ledger::format_checkpoint(*checkpoint) == text);
    }
}

void check_note(const seal::Note& note) {
    check_text(note.text);
    if (const auto opened = ledger::open_checkpoint(note, kLog)) {
        COMITY_CHECK(opened == ledger::parse_checkpoint(note.text));
        COMITY_CHECK(note.text == kSigned);
    }
    for (const seal::NoteSignature& line : note.signatures) {
        if (const auto read = ledger::parse_cosignature(line.bytes)) {
            COMITY_CHECK(std::ranges::equal(ledger::format_cosignature(*read), line.bytes));
        }
        if (ledger::verify_cosignature(kWitness, note.text, line)) {
            COMITY_CHECK(note.text == kSigned);
        }
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_text(text);
    if (const auto note = seal::parse_note(text)) check_note(*note);
    return 0;
}
