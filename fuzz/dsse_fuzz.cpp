// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// DSSE envelopes. Beside "no crash": what is read is written in one form, which reads as the same;
// simdjson's tree-building parser sees the same members; an envelope verifies just where one of
// its signatures does of the bytes that the protocol names; and what the known key did not sign
// does not verify.
#include "comity/base/check.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/dsse.hpp"
#include "comity/seal/ed25519.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

namespace {

using namespace comity;

// docs/formats/dsse.md: the key of RFC 8032's TEST 1, and what it signed.
const seal::PublicKey kKey = [] {
    const auto bytes = *seal::decode_base64("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", 32);
    std::array<std::byte, 32> key{};
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return seal::PublicKey(key);
}();
constexpr std::string_view kSigned = "DSSEv1 29 http://example.com/HelloWorld 11 hello world";

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void check_members(const seal::DsseEnvelope& envelope, std::string_view text) {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    COMITY_CHECK(parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS);
    std::string_view type;
    simdjson::dom::array signatures;
    COMITY_CHECK(root["payloadType"].get(type) == simdjson::SUCCESS);
    COMITY_CHECK(type == envelope.payload_type);
    COMITY_CHECK(root["signatures"].get(signatures) == simdjson::SUCCESS);
    COMITY_CHECK(signatures.size() == envelope.signatures.size());
}

void check_envelope(const seal::DsseEnvelope& envelope) {
    const std::string written = seal::to_string(envelope);
    const auto again = seal::parse_dsse(written);
    COMITY_CHECK(again && *again == envelope);
    COMITY_CHECK(seal::to_string(*again) == written);

    const std::string signed_text = "DSSEv1 " + std::to_string(envelope.payload_type.size()) + ' ' +
                                    envelope.payload_type + ' ' +
                                    std::to_string(envelope.payload.size()) + ' ' +
                                    std::string(text_of(envelope.payload));
    const auto signed_bytes = seal::dsse_signed_bytes(envelope.payload_type, envelope.payload);
    COMITY_CHECK(text_of(signed_bytes) == signed_text);
    const bool any = std::ranges::any_of(envelope.signatures, [&](const auto& signature) {
        seal::Signature bytes{};
        if (signature.bytes.size() != bytes.size()) return false;
        std::ranges::copy(signature.bytes, bytes.begin());
        return seal::verify(kKey, signed_bytes, bytes);
    });
    COMITY_CHECK(seal::verify_dsse(envelope, kKey) == any);
    COMITY_CHECK(!any || signed_text == kSigned);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto envelope = seal::parse_dsse(text)) {
        check_members(*envelope, text);
        check_envelope(*envelope);
    }
    return 0;
}
