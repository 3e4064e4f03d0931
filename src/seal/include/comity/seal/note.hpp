// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/id.hpp"
#include "comity/base/signer.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// C2SP signed-note: a text, signed by one or more keys. docs/formats/signed-note.md has an example
/// to the byte.
namespace comity::seal {

/// One signature line: who says that it signed, and what it made. It shows nothing before it is
/// verified. A value.
struct NoteSignature {
    std::string name;
    NoteKeyId key_id{0};
    std::vector<std::byte> bytes;  ///< behind the key id; of a form that the key's type says

    /// Whether this line says that it is of this key.
    bool is_of(const VerifierKey& key) const { return key_id == key.id && name == key.name; }

    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

/// A value; nothing in it is verified.
struct Note {
    static constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;
    static constexpr std::size_t kMaxSignatures = 64;

    std::string text;  ///< with its last newline
    std::vector<NoteSignature> signatures;

    friend bool operator==(const Note&, const Note&) = default;
};

enum class [[nodiscard]] NoteError{
    kTooLarge,           ///< more than Note::kMaxBytes
    kNotUtf8,            ///< bytes that are not UTF-8
    kControlCharacter,   ///< one below U+0020 other than newline
    kNoSignatures,       ///< no empty line with a line after it
    kUnended,            ///< the last line has no newline
    kSignatureLine,      ///< below the last empty line, one that is not: dash, name, base64
    kName,               ///< a key name that is empty, or has a Unicode space or a plus
    kBase64,             ///< a signature that is not base64 in its one form
    kShortSignature,     ///< no byte after the key id
    kTooManySignatures,  ///< more than Note::kMaxSignatures
    kAmbiguousKey,       ///< two different keys given as known have the name and id of one line
    kWrongSignature,     ///< a line of a known key does not verify
    kNoKnownSignature,   ///< no line of a known key
};

/// Words for a person: what was expected.
const char* to_string(NoteError error);

/// Reads what `to_string` writes and nothing else. It verifies nothing: see `verify_note`.
base::Expected<Note, NoteError> parse_note(std::string_view bytes);

/// The note as it is kept and sent. A text that is none, a bad name, a signature without a byte, or
/// none or too many of them fail a check.
std::string to_string(const Note& note);

/// Which of the known keys have signed the note: their places in `known`, ascending; at least one.
/// Names are compared by their bytes: names that look alike are different names. Lines of others
/// are ignored, and so are known keys of another type than kEd25519Type, since what they sign is
/// not the bare text. Every line of a known key has to verify, also where it stands twice.
base::Expected<std::vector<std::size_t>, NoteError> verify_note(const Note& note,
                                                                std::span<const VerifierKey> known);

/// Whether this line is the key's and verifies, for a key of kEd25519Type.
bool verify_signature(std::string_view note_text, const NoteSignature& line,
                      const VerifierKey& key);

/// The line that the holder of the signer's key adds under this name, of kEd25519Type. A text that
/// is none, and a bad name, fail a check.
base::Expected<NoteSignature, base::SignerError> sign_note(base::Signer& signer,
                                                           std::string_view name,
                                                           std::string_view note_text);

/// Whether it can be a note's text: UTF-8, ended by a newline, no other control characters.
bool is_note_text(std::string_view text);

}  // namespace comity::seal
