// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/node/testing/signed_by.hpp"

#include "comity/seal/dsse.hpp"

#include <span>

namespace comity::node::testing {

std::unique_ptr<seal::SeedSigner> signer_of(std::string_view name) {
    const std::string text = "key of " + std::string(name);
    return std::make_unique<seal::SeedSigner>(seal::sha256(std::as_bytes(std::span(text))).span());
}

seal::Hash key_of(std::string_view name) {
    return {signer_of(name)->key_id().value()};
}

std::vector<std::byte> signed_by(std::string_view name, std::string_view payload,
                                 std::string_view type) {
    seal::DsseEnvelope dsse{.payload_type = std::string(type), .payload = bytes_of(payload)};
    dsse.signatures.push_back(seal::sign_dsse(*signer_of(name), dsse, "").value());
    return bytes_of(to_string(dsse));
}

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

}  // namespace comity::node::testing
