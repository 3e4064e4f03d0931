// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/id.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::seal {

/// Names a key in a signature line, together with the key's name. Four bytes, most significant
/// first: it is no proof of the key, and another one with the same id is made in seconds.
using NoteKeyId = base::Id<class NoteKeyTag, std::uint32_t>;

/// Signature types (C2SP signed-note, "Signature types"). The byte stays open: keys of other types
/// are read and kept.
inline constexpr std::uint8_t kEd25519Type = 0x01;  ///< Ed25519 of the note's text
inline constexpr std::uint8_t kCosignatureV1Type =
    0x04;  ///< Ed25519 of text and time, of a witness

/// A public key that makes signatures in notes, under a name. Two keys are the same where all is.
/// Made by `make_verifier_key` and `parse_verifier_key`. A value.
struct VerifierKey {
    static constexpr std::size_t kMaxTextBytes = 8192;

    std::string name;
    NoteKeyId id{0};
    std::uint8_t type = 0;
    std::vector<std::byte> key;  ///< behind the type; 32 bytes for the two types above

    friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

enum class [[nodiscard]] VerifierKeyError{
    kTooLong,   ///< the text has more than VerifierKey::kMaxTextBytes
    kSyntax,    ///< not name, id and key with a plus between each
    kName,      ///< a name that is empty, not UTF-8, or has a space, control character or plus
    kId,        ///< the id is not eight lower-case hexadecimal digits
    kBase64,    ///< the key is not base64 in its one form
    kNoKey,     ///< no byte after the type
    kLength,    ///< not the 32 bytes of an Ed25519 key, for a type that has one
    kOtherKey,  ///< the id is not the one of this name, type and key
};

/// Words for a person: what was expected.
const char* to_string(VerifierKeyError error);

/// "example.com/log+33d7b496+AeHT...": name, id in hexadecimal, base64 of type and key. Reads what
/// `to_string` writes and nothing else.
base::Expected<VerifierKey, VerifierKeyError> parse_verifier_key(std::string_view text);

std::string to_string(const VerifierKey& key);

/// Gives the key its id; see `note_key_id`.
base::Expected<VerifierKey, VerifierKeyError> make_verifier_key(std::string_view name,
                                                                std::uint8_t type,
                                                                std::span<const std::byte> key);

/// The first four bytes of SHA-256(name || newline || type || key).
NoteKeyId note_key_id(std::string_view name, std::uint8_t type, std::span<const std::byte> key);

/// Whether it can name a key: UTF-8, not empty, without Unicode spaces, control characters and plus
/// signs. Letters that look alike are not the same: nothing is folded.
bool is_key_name(std::string_view name);

}  // namespace comity::seal
