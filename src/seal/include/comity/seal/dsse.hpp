// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/seal/ed25519.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// DSSE version 1: a signature of bytes together with what they are. docs/formats/dsse.md has an
/// example to the byte.
namespace comity::seal {

struct DsseSignature {
    /// Which key it may be of. Not signed: a hint, of which nothing may depend. May be empty.
    std::string key_id;
    std::vector<std::byte> bytes;

    friend bool operator==(const DsseSignature&, const DsseSignature&) = default;
};

/// A payload, its type and who signed both. Nothing in it is verified. A value.
struct DsseEnvelope {
    static constexpr std::size_t kMaxPayload = std::size_t{16} << 20U;  ///< bytes
    static constexpr std::size_t kMaxSignatures = 8;
    static constexpr std::size_t kMaxSignature = 8192;  ///< bytes of one
    static constexpr std::size_t kMaxName = 256;        ///< characters of a type or a key's id
    static constexpr std::size_t kMaxText = std::size_t{23} << 20U;  ///< bytes of the JSON text

    std::string payload_type;  ///< see is_dsse_name; not empty
    std::vector<std::byte> payload;
    std::vector<DsseSignature> signatures;

    friend bool operator==(const DsseEnvelope&, const DsseEnvelope&) = default;
};

enum class [[nodiscard]] DsseError{
    kTooLarge,           ///< more than DsseEnvelope::kMaxText
    kNotJson,            ///< not one JSON value in UTF-8
    kValueType,          ///< a value that is not of its member's type
    kUnknownMember,      ///< a member that the format does not have
    kDuplicateMember,    ///< a member that stands twice
    kMissingMember,      ///< no payload, payloadType, signatures or sig
    kPayloadType,        ///< a type that is empty or no is_dsse_name
    kKeyId,              ///< a key's id that is no is_dsse_name
    kBase64,             ///< a payload or signature that is not base64 in one of its two forms
    kPayloadTooLarge,    ///< more than DsseEnvelope::kMaxPayload
    kNoSignatures,       ///< an envelope that nobody signed
    kTooManySignatures,  ///< more than DsseEnvelope::kMaxSignatures
    kSignatureLength,    ///< none, or more than DsseEnvelope::kMaxSignature bytes
};

/// Words for a person: what was expected.
const char* to_string(DsseError error);

/// Reads the JSON envelope (DSSE envelope.md): members in any order, base64 in the standard or the
/// URL-safe alphabet with padding. It verifies nothing: see `verify_dsse`.
base::Expected<DsseEnvelope, DsseError> parse_dsse(std::string_view text);

/// The envelope in its one form: members in the order of the format, no blanks, no escapes,
/// standard base64, a key's id left out where it is empty. What `parse_dsse` would refuse fails a
/// check.
std::string to_string(const DsseEnvelope& envelope);

/// The bytes that are signed (DSSE protocol.md, PAE): no other type and payload have the same.
std::vector<std::byte> dsse_signed_bytes(std::string_view payload_type,
                                         std::span<const std::byte> payload);

/// Whether one of the signatures is this key's, by the one strict rule (`verify`). Ids of keys are
/// not regarded. That the type is one that the caller expects is for the caller to see.
[[nodiscard]] bool verify_dsse(const DsseEnvelope& envelope, const PublicKey& key);

/// The signer's signature of the envelope's type and payload, to be added to its signatures.
base::Expected<DsseSignature, base::SignerError> sign_dsse(base::Signer& signer,
                                                           const DsseEnvelope& envelope,
                                                           std::string_view key_id);

/// Whether it can be a payload's type or a key's id: printable ASCII without quote and backslash,
/// at most DsseEnvelope::kMaxName characters.
bool is_dsse_name(std::string_view name);

}  // namespace comity::seal
