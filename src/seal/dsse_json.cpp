// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The JSON envelope, read in one pass. All that it may hold is known, so every value is consumed
// and thereby checked; the parser's own tolerance of what is only skipped has no place.
#include "comity/base/expected.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/dsse.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

namespace comity::seal {
namespace {

namespace json = simdjson::ondemand;

using Checked = base::Expected<void, DsseError>;
using Failure = base::Unexpected<DsseError>;

Failure fail(simdjson::error_code error) {
    return Failure(error == simdjson::INCORRECT_TYPE ? DsseError::kValueType : DsseError::kNotJson);
}

/// Calls `read(key, value)` for each member.
template <typename Read>
Checked each_member(json::object object, Read&& read) {
    for (auto member : object) {
        json::field field;
        if (const auto error = std::move(member).get(field)) return fail(error);
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key)) return fail(error);
        if (Checked done = read(key, field.value()); !done) return done;
    }
    return {};
}

/// A string without its escapes; valid as long as the parser.
base::Expected<std::string_view, DsseError> read_string(json::value value) {
    std::string_view text;
    if (const auto error = value.get_string().get(text)) return fail(error);
    return text;
}

/// DSSE protocol.md: signers may use either alphabet, verifiers accept either.
base::Expected<std::vector<std::byte>, DsseError> read_base64(json::value value,
                                                              std::size_t max_bytes,
                                                              DsseError too_long) {
    const auto text = read_string(value);
    if (!text) return Failure(text.error());
    auto bytes = decode_base64(*text, max_bytes);
    // Text of one alphabet alone is of the other only where it has none of what differs.
    if (!bytes && bytes.error() == Base64Error::kNotBase64) {
        bytes = decode_base64(*text, max_bytes, Base64Alphabet::kUrlSafe);
    }
    if (bytes) return std::move(*bytes);
    return Failure(bytes.error() == Base64Error::kTooLong ? too_long : DsseError::kBase64);
}

base::Expected<std::string, DsseError> read_name(json::value value, DsseError fault) {
    const auto text = read_string(value);
    if (!text) return Failure(text.error());
    if (!is_dsse_name(*text)) return Failure(fault);
    return std::string(*text);
}

/// Puts what was read where nothing stands yet.
template <typename T>
Checked put(std::optional<T>& to, base::Expected<T, DsseError> read) {
    if (!read) return Failure(read.error());
    to = std::move(*read);
    return {};
}

base::Expected<DsseSignature, DsseError> read_signature(json::value value) {
    json::object object;
    if (const auto error = value.get_object().get(object)) return fail(error);
    std::optional<std::string> key_id;
    std::optional<std::vector<std::byte>> bytes;
    const Checked done = each_member(object, [&](std::string_view key, json::value member) {
        const bool is_key_id = key == "keyid";
        if (!is_key_id && key != "sig") return Checked(Failure(DsseError::kUnknownMember));
        if (is_key_id ? key_id.has_value() : bytes.has_value()) {
            return Checked(Failure(DsseError::kDuplicateMember));
        }
        if (is_key_id) return put(key_id, read_name(member, DsseError::kKeyId));
        return put(bytes,
                   read_base64(member, DsseEnvelope::kMaxSignature, DsseError::kSignatureLength));
    });
    if (!done) return Failure(done.error());
    if (!bytes) return Failure(DsseError::kMissingMember);
    if (bytes->empty()) return Failure(DsseError::kSignatureLength);
    return DsseSignature{.key_id = key_id.value_or(""), .bytes = std::move(*bytes)};
}

base::Expected<std::vector<DsseSignature>, DsseError> read_signatures(json::value value) {
    json::array array;
    if (const auto error = value.get_array().get(array)) return fail(error);
    std::vector<DsseSignature> signatures;
    for (auto element : array) {
        if (signatures.size() == DsseEnvelope::kMaxSignatures) {
            return Failure(DsseError::kTooManySignatures);
        }
        json::value one;
        if (const auto error = std::move(element).get(one)) return fail(error);
        auto signature = read_signature(one);
        if (!signature) return Failure(signature.error());
        signatures.push_back(std::move(*signature));
    }
    if (signatures.empty()) return Failure(DsseError::kNoSignatures);
    return signatures;
}

base::Expected<DsseEnvelope, DsseError> read_envelope(json::object object) {
    std::optional<std::vector<std::byte>> payload;
    std::optional<std::string> payload_type;
    std::optional<std::vector<DsseSignature>> signatures;
    const Checked done = each_member(object, [&](std::string_view key, json::value member) {
        const auto once = [](bool is_there, auto&& read) {
            return is_there ? Checked(Failure(DsseError::kDuplicateMember)) : read();
        };
        if (key == "payload") {
            return once(payload.has_value(), [&] {
                return put(payload, read_base64(member, DsseEnvelope::kMaxPayload,
                                                DsseError::kPayloadTooLarge));
            });
        }
        if (key == "payloadType") {
            return once(payload_type.has_value(), [&] {
                return put(payload_type, read_name(member, DsseError::kPayloadType));
            });
        }
        if (key == "signatures") {
            return once(signatures.has_value(),
                        [&] { return put(signatures, read_signatures(member)); });
        }
        return Checked(Failure(DsseError::kUnknownMember));
    });
    if (!done) return Failure(done.error());
    if (!payload || !payload_type || !signatures) return Failure(DsseError::kMissingMember);
    if (payload_type->empty()) return Failure(DsseError::kPayloadType);
    return DsseEnvelope{.payload_type = std::move(*payload_type),
                        .payload = std::move(*payload),
                        .signatures = std::move(*signatures)};
}

}  // namespace

base::Expected<DsseEnvelope, DsseError> parse_dsse(std::string_view text) {
    if (text.size() > DsseEnvelope::kMaxText) return Failure(DsseError::kTooLarge);
    const simdjson::padded_string padded(text);
    json::parser parser;
    json::document document;
    if (const auto error = parser.iterate(padded).get(document)) return fail(error);
    json::object object;
    if (const auto error = document.get_object().get(object)) return fail(error);
    auto envelope = read_envelope(object);
    if (!envelope) return envelope;
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        return Failure(DsseError::kNotJson);
    }
    return envelope;
}

}  // namespace comity::seal
