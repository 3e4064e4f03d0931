// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/verifier_key.hpp"

#include "text_rules.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::seal {
namespace {

std::string id_text(NoteKeyId id) {
    std::array<std::byte, 4> bytes{};
    for (unsigned i = 0; i < 4; ++i) {
        bytes[i] = static_cast<std::byte>(id.value() >> (24 - 8 * i) & 0xFFU);
    }
    return base::to_hex(bytes);
}

std::vector<std::byte> typed_key(const VerifierKey& key) {
    std::vector<std::byte> bytes = {std::byte{key.type}};
    bytes.insert(bytes.end(), key.key.begin(), key.key.end());
    return bytes;
}

}  // namespace

const char* to_string(VerifierKeyError error) {
    switch (error) {
        case VerifierKeyError::kTooLong:
            return "the verifier key is too long";
        case VerifierKeyError::kSyntax:
            return "expected a verifier key: name, id and key with a plus between each";
        case VerifierKeyError::kName:
            return "expected a key name without spaces, control characters and plus signs";
        case VerifierKeyError::kId:
            return "expected the key's id as eight lower-case hexadecimal digits";
        case VerifierKeyError::kBase64:
            return "expected the key as base64";
        case VerifierKeyError::kNoKey:
            return "expected a key behind the byte of its type";
        case VerifierKeyError::kLength:
            return "expected the 32 bytes of an Ed25519 key";
        case VerifierKeyError::kOtherKey:
            return "the id is not the one of this name and key";
    }
    return "unknown error";
}

bool is_key_name(std::string_view name) {
    return !name.empty() && is_utf8(name) && !has_space(name) && !has_control(name, "") &&
           name.find('+') == name.npos;
}

NoteKeyId note_key_id(std::string_view name, std::uint8_t type, std::span<const std::byte> key) {
    const std::array<std::byte, 2> between = {std::byte{'\n'}, std::byte{type}};
    const Hash hash = Sha256().of({base::bytes_of(name), between, key});
    return NoteKeyId(*base::ByteCursor(hash.span()).read_u32be());
}

base::Expected<VerifierKey, VerifierKeyError> make_verifier_key(std::string_view name,
                                                                std::uint8_t type,
                                                                std::span<const std::byte> key) {
    if (!is_key_name(name)) return base::Unexpected(VerifierKeyError::kName);
    if (key.empty()) return base::Unexpected(VerifierKeyError::kNoKey);
    const bool is_ed25519 = type == kEd25519Type || type == kCosignatureV1Type;
    if (is_ed25519 && key.size() != 32) return base::Unexpected(VerifierKeyError::kLength);
    VerifierKey made{.name = std::string(name),
                     .id = note_key_id(name, type, key),
                     .type = type,
                     .key = {key.begin(), key.end()}};
    // What is written can be read.
    const std::size_t text_bytes = name.size() + 10 + base64_size(1 + key.size());
    if (text_bytes > VerifierKey::kMaxTextBytes) {
        return base::Unexpected(VerifierKeyError::kTooLong);
    }
    return made;
}

base::Expected<VerifierKey, VerifierKeyError> parse_verifier_key(std::string_view text) {
    const auto refuse = [](VerifierKeyError error) { return base::Unexpected(error); };
    if (text.size() > VerifierKey::kMaxTextBytes) return refuse(VerifierKeyError::kTooLong);
    const auto name_end = text.find('+');
    const auto id_end = name_end == text.npos ? text.npos : text.find('+', name_end + 1);
    if (id_end == text.npos) return refuse(VerifierKeyError::kSyntax);
    const std::string_view name = text.substr(0, name_end);
    const std::string_view id = text.substr(name_end + 1, id_end - name_end - 1);
    const auto is_digit = [](char c) { return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f'); };
    if (id.size() != 8 || !std::ranges::all_of(id, is_digit)) return refuse(VerifierKeyError::kId);
    const auto bytes = decode_base64(text.substr(id_end + 1), VerifierKey::kMaxTextBytes);
    if (!bytes) return refuse(VerifierKeyError::kBase64);
    if (bytes->empty()) return refuse(VerifierKeyError::kNoKey);
    auto key = make_verifier_key(name, std::to_integer<std::uint8_t>(bytes->front()),
                                 std::span(*bytes).subspan(1));
    if (key && id_text(key->id) != id) return refuse(VerifierKeyError::kOtherKey);
    return key;
}

std::string to_string(const VerifierKey& key) {
    return key.name + '+' + id_text(key.id) + '+' + encode_base64(typed_key(key));
}

}  // namespace comity::seal
