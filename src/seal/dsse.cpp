// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/dsse.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/ed25519.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity::seal {

const char* to_string(DsseError error) {
    switch (error) {
        case DsseError::kTooLarge:
            return "the envelope is too large, expected at most 23 MiB";
        case DsseError::kNotJson:
            return "expected one JSON value in UTF-8";
        case DsseError::kValueType:
            return "expected an object with payload and payloadType as strings and signatures as a "
                   "list of objects with keyid and sig as strings";
        case DsseError::kUnknownMember:
            return "expected no other members than payload, payloadType, signatures, keyid, sig";
        case DsseError::kDuplicateMember:
            return "expected each member once";
        case DsseError::kMissingMember:
            return "expected the members payload, payloadType and signatures, and sig in each of "
                   "these";
        case DsseError::kPayloadType:
            return "expected a payload type of 1 to 256 printable ASCII characters without quotes "
                   "and backslashes";
        case DsseError::kKeyId:
            return "expected a key id of at most 256 printable ASCII characters without quotes and "
                   "backslashes";
        case DsseError::kBase64:
            return "expected payload and signatures as base64";
        case DsseError::kPayloadTooLarge:
            return "the payload is too large, expected at most 16 MiB";
        case DsseError::kNoSignatures:
            return "expected a signature";
        case DsseError::kTooManySignatures:
            return "expected at most 8 signatures";
        case DsseError::kSignatureLength:
            return "expected signatures of 1 to 8192 bytes";
    }
    return "unknown error";
}

bool is_dsse_name(std::string_view name) {
    const auto is_allowed = [](char c) { return ' ' <= c && c <= '~' && c != '"' && c != '\\'; };
    return name.size() <= DsseEnvelope::kMaxName && std::ranges::all_of(name, is_allowed);
}

std::string to_string(const DsseEnvelope& envelope) {
    COMITY_CHECK(!envelope.payload_type.empty() && is_dsse_name(envelope.payload_type));
    COMITY_CHECK(envelope.payload.size() <= DsseEnvelope::kMaxPayload);
    COMITY_CHECK(!envelope.signatures.empty());
    COMITY_CHECK(envelope.signatures.size() <= DsseEnvelope::kMaxSignatures);
    std::string text = R"({"payload":")" + encode_base64(envelope.payload) +
                       R"(","payloadType":")" + envelope.payload_type + R"(","signatures":[)";
    for (const DsseSignature& one : envelope.signatures) {
        COMITY_CHECK(is_dsse_name(one.key_id));
        COMITY_CHECK(!one.bytes.empty() && one.bytes.size() <= DsseEnvelope::kMaxSignature);
        if (&one != &envelope.signatures.front()) text += ',';
        text += '{';
        if (!one.key_id.empty()) text += R"("keyid":")" + one.key_id + R"(",)";
        text += R"("sig":")" + encode_base64(one.bytes) + R"("})";
    }
    return text + "]}";
}

std::vector<std::byte> dsse_signed_bytes(std::string_view payload_type,
                                         std::span<const std::byte> payload) {
    const std::string head = "DSSEv1 " + std::to_string(payload_type.size()) + ' ' +
                             std::string(payload_type) + ' ' + std::to_string(payload.size()) + ' ';
    std::vector<std::byte> bytes;
    bytes.reserve(head.size() + payload.size());
    const std::span<const std::byte> head_bytes = base::bytes_of(head);
    bytes.insert(bytes.end(), head_bytes.begin(), head_bytes.end());
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
}

bool verify_dsse(const DsseEnvelope& envelope, const PublicKey& key) {
    const std::vector<std::byte> bytes = dsse_signed_bytes(envelope.payload_type, envelope.payload);
    return std::ranges::any_of(envelope.signatures, [&](const DsseSignature& one) {
        Signature signature{};
        if (one.bytes.size() != signature.size()) return false;
        std::ranges::copy(one.bytes, signature.begin());
        return verify(key, bytes, signature);
    });
}

base::Expected<DsseSignature, base::SignerError> sign_dsse(base::Signer& signer,
                                                           const DsseEnvelope& envelope,
                                                           std::string_view key_id) {
    COMITY_CHECK(is_dsse_name(key_id));
    const auto signature = signer.sign(dsse_signed_bytes(envelope.payload_type, envelope.payload));
    if (!signature) return base::Unexpected(signature.error());
    return DsseSignature{.key_id = std::string(key_id),
                         .bytes = {signature->begin(), signature->end()}};
}

}  // namespace comity::seal
