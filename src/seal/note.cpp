// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/note.hpp"

#include "text_rules.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::seal {
namespace {

constexpr std::string_view kLineStart = "\xE2\x80\x94 ";  // U+2014, em dash
constexpr std::size_t kKeyIdSize = 4;

using Failure = base::Unexpected<NoteError>;

/// "— NAME BASE64", without the newline.
base::Expected<NoteSignature, NoteError> parse_line(std::string_view line) {
    if (!line.starts_with(kLineStart)) return Failure(NoteError::kSignatureLine);
    line.remove_prefix(kLineStart.size());
    const auto name_end = line.find(' ');
    if (name_end == line.npos) return Failure(NoteError::kSignatureLine);
    const std::string_view name = line.substr(0, name_end);
    if (!is_key_name(name)) return Failure(NoteError::kName);
    const auto bytes = decode_base64(line.substr(name_end + 1), Note::kMaxBytes);
    if (!bytes) return Failure(NoteError::kBase64);
    base::ByteCursor cursor(*bytes);
    const auto id = cursor.read_u32be();
    if (!id || cursor.remaining() == 0) return Failure(NoteError::kShortSignature);
    const auto made = *cursor.take(cursor.remaining());
    return NoteSignature{
        .name = std::string(name), .key_id = NoteKeyId(*id), .bytes = {made.begin(), made.end()}};
}

void append_line(std::string& to, const NoteSignature& line) {
    COMITY_CHECK(is_key_name(line.name));
    COMITY_CHECK(!line.bytes.empty());
    std::vector<std::byte> bytes;
    bytes.reserve(kKeyIdSize + line.bytes.size());
    for (unsigned i = 0; i < kKeyIdSize; ++i) {
        bytes.push_back(static_cast<std::byte>(line.key_id.value() >> (24 - 8 * i) & 0xFFU));
    }
    bytes.insert(bytes.end(), line.bytes.begin(), line.bytes.end());
    to.append(kLineStart).append(line.name).append(" ").append(encode_base64(bytes)).append("\n");
}

}  // namespace

const char* to_string(NoteError error) {
    switch (error) {
        case NoteError::kTooLarge:
            return "the note is too large, expected at most 1 MiB";
        case NoteError::kNotUtf8:
            return "expected UTF-8";
        case NoteError::kControlCharacter:
            return "expected no control characters but newlines";
        case NoteError::kNoSignatures:
            return "expected an empty line and signature lines after the text";
        case NoteError::kUnended:
            return "expected a newline at the end";
        case NoteError::kSignatureLine:
            return "expected a signature line: em dash, key name, base64, with a blank between "
                   "each";
        case NoteError::kName:
            return "expected a key name without spaces and plus signs";
        case NoteError::kBase64:
            return "expected a signature as base64";
        case NoteError::kShortSignature:
            return "expected four bytes of key id and a signature";
        case NoteError::kTooManySignatures:
            return "expected at most 64 signatures";
        case NoteError::kAmbiguousKey:
            return "two known keys have the same name and id";
        case NoteError::kWrongSignature:
            return "the signature of a known key does not verify";
        case NoteError::kNoKnownSignature:
            return "expected a signature of a known key";
    }
    return "unknown error";
}

bool is_note_text(std::string_view text) {
    return text.ends_with('\n') && is_utf8(text) && !has_control(text, "\n");
}

base::Expected<Note, NoteError> parse_note(std::string_view bytes) {
    if (bytes.size() > Note::kMaxBytes) return Failure(NoteError::kTooLarge);
    if (!is_utf8(bytes)) return Failure(NoteError::kNotUtf8);
    if (has_control(bytes, "\n")) return Failure(NoteError::kControlCharacter);
    // The last empty line separates: the text may have others.
    const auto text_end = bytes.rfind("\n\n");
    if (text_end == bytes.npos) return Failure(NoteError::kNoSignatures);
    std::string_view lines = bytes.substr(text_end + 2);
    if (lines.empty()) return Failure(NoteError::kNoSignatures);
    if (!lines.ends_with('\n')) return Failure(NoteError::kUnended);
    // Before any of them is read.
    if (std::ranges::count(lines, '\n') > std::ptrdiff_t{Note::kMaxSignatures}) {
        return Failure(NoteError::kTooManySignatures);
    }
    Note note{.text = std::string(bytes.substr(0, text_end + 1)), .signatures = {}};
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        auto line = parse_line(lines.substr(0, end));
        if (!line) return Failure(line.error());
        note.signatures.push_back(std::move(*line));
        lines.remove_prefix(end + 1);
    }
    return note;
}

std::string to_string(const Note& note) {
    COMITY_CHECK(is_note_text(note.text));
    COMITY_CHECK(!note.signatures.empty());
    COMITY_CHECK(note.signatures.size() <= Note::kMaxSignatures);
    std::string bytes = note.text + '\n';
    for (const NoteSignature& line : note.signatures) append_line(bytes, line);
    COMITY_CHECK(bytes.size() <= Note::kMaxBytes);
    return bytes;
}

bool verify_signature(std::string_view note_text, const NoteSignature& line,
                      const VerifierKey& key) {
    std::array<std::byte, 32> public_key{};
    Signature signature{};
    if (!line.is_of(key) || key.type != kEd25519Type || key.key.size() != public_key.size() ||
        line.bytes.size() != signature.size()) {
        return false;
    }
    std::ranges::copy(key.key, public_key.begin());
    std::ranges::copy(line.bytes, signature.begin());
    return verify(PublicKey(public_key), base::bytes_of(note_text), signature);
}

base::Expected<std::vector<std::size_t>, NoteError> verify_note(
    const Note& note, std::span<const VerifierKey> known) {
    std::vector<std::size_t> signers;
    for (const NoteSignature& line : note.signatures) {
        const auto of_line = [&](const VerifierKey& key) { return line.is_of(key); };
        const auto key = std::ranges::find_if(known, of_line);
        if (key == known.end()) continue;
        const auto other = [&](const VerifierKey& one) { return line.is_of(one) && one != *key; };
        if (std::any_of(key, known.end(), other)) return Failure(NoteError::kAmbiguousKey);
        if (key->type != kEd25519Type) continue;
        if (!verify_signature(note.text, line, *key)) return Failure(NoteError::kWrongSignature);
        signers.push_back(static_cast<std::size_t>(key - known.begin()));
    }
    if (signers.empty()) return Failure(NoteError::kNoKnownSignature);
    std::ranges::sort(signers);
    signers.erase(std::unique(signers.begin(), signers.end()), signers.end());
    return signers;
}

base::Expected<NoteSignature, base::SignerError> sign_note(base::Signer& signer,
                                                           std::string_view name,
                                                           std::string_view note_text) {
    COMITY_CHECK(is_key_name(name));
    COMITY_CHECK(is_note_text(note_text));
    const auto signature = signer.sign(base::bytes_of(note_text));
    if (!signature) return base::Unexpected(signature.error());
    return NoteSignature{.name = std::string(name),
                         .key_id = note_key_id(name, kEd25519Type, signer.key_id().value()),
                         .bytes = {signature->begin(), signature->end()}};
}

}  // namespace comity::seal
