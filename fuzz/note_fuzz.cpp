// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Signed notes. Beside "no crash": what is read is written as the same bytes; the whole note
// verifies just where each line of the known keys does, and there is one; and what the known key
// did not sign does not verify.
#include "comity/base/check.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace comity;

// docs/formats/signed-note.md; the seeds have what it signed.
const std::array kKnown = {*seal::parse_verifier_key(
    "example.com/coord+cae976d2+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea")};
constexpr std::string_view kSigned = "Line closed at 07:24:05Z.\n\nAll parties told.\n";

void check_note(const seal::Note& note) {
    COMITY_CHECK(seal::is_note_text(note.text));
    COMITY_CHECK(note.signatures.size() <= seal::Note::kMaxSignatures);
    bool all = true;
    bool any = false;
    for (const seal::NoteSignature& line : note.signatures) {
        COMITY_CHECK(seal::is_key_name(line.name));
        const bool holds = seal::verify_signature(note.text, line, kKnown[0]);
        COMITY_CHECK(!holds || line.is_of(kKnown[0]));
        if (!line.is_of(kKnown[0])) continue;
        any = true;
        all = all && holds;
    }
    const auto verified = seal::verify_note(note, kKnown);
    COMITY_CHECK(verified.has_value() == (any && all));
    if (verified) {
        COMITY_CHECK(verified->size() == 1);
        COMITY_CHECK(note.text == kSigned);
    } else {
        COMITY_CHECK(verified.error() ==
                     (any ? seal::NoteError::kWrongSignature : seal::NoteError::kNoKnownSignature));
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto note = seal::parse_note(text)) {
        COMITY_CHECK(seal::to_string(*note) == text);
        check_note(*note);
    }
    return 0;
}
