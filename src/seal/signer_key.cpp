// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/signer_key.hpp"

#include "comity/base/check.hpp"
#include "comity/seal/base64.hpp"

#include <vector>

namespace comity::seal {
namespace {

constexpr std::string_view kPrefix = "PRIVATE+KEY+";
constexpr std::size_t kIdDigits = 8;

// "name+id+" of the public key, which its text begins with.
std::string name_and_id(const VerifierKey& key) {
    return to_string(key).substr(0, key.name.size() + 1 + kIdDigits + 1);
}

}  // namespace

const char* to_string(SignerKeyError error) {
    switch (error) {
        case SignerKeyError::kSyntax:
            return "expected a private key: PRIVATE+KEY+, name, id and key with a plus between "
                   "each";
        case SignerKeyError::kName:
            return "expected a key name without spaces, control characters and plus signs";
        case SignerKeyError::kBase64:
            return "expected the key as base64";
        case SignerKeyError::kType:
            return "expected an Ed25519 key: a byte 1 and a seed of 32 bytes";
        case SignerKeyError::kOtherKey:
            return "the id is not the one of this name and key";
    }
    return "unknown error";
}

VerifierKey NamedSigner::verifier_key() const {
    const auto key = make_verifier_key(name, kEd25519Type, signer->key_id().value());
    COMITY_CHECK(key.has_value());
    return *key;
}

base::Expected<NamedSigner, SignerKeyError> parse_signer_key(std::string_view text) {
    const auto refuse = [](SignerKeyError error) { return base::Unexpected(error); };
    if (!text.starts_with(kPrefix)) return refuse(SignerKeyError::kSyntax);
    const std::string_view rest = text.substr(kPrefix.size());
    const auto name_end = rest.find('+');
    const auto id_end = name_end == rest.npos ? rest.npos : rest.find('+', name_end + 1);
    if (id_end == rest.npos) return refuse(SignerKeyError::kSyntax);
    if (!is_key_name(rest.substr(0, name_end))) return refuse(SignerKeyError::kName);
    const auto bytes = decode_base64(rest.substr(id_end + 1), 1 + SeedSigner::kSeedSize);
    if (!bytes) return refuse(SignerKeyError::kBase64);
    const bool is_seed =
        bytes->size() == 1 + SeedSigner::kSeedSize && bytes->front() == std::byte{kEd25519Type};
    if (!is_seed) return refuse(SignerKeyError::kType);
    NamedSigner named{.name = std::string(rest.substr(0, name_end)),
                      .signer = std::make_unique<SeedSigner>(
                          std::span<const std::byte>(*bytes).subspan<1, SeedSigner::kSeedSize>())};
    if (name_and_id(named.verifier_key()) != rest.substr(0, id_end + 1)) {
        return refuse(SignerKeyError::kOtherKey);
    }
    return named;
}

std::string format_signer_key(std::string_view name,
                              std::span<const std::byte, SeedSigner::kSeedSize> seed) {
    COMITY_CHECK(is_key_name(name));
    const NamedSigner named{.name = std::string(name),
                            .signer = std::make_unique<SeedSigner>(seed)};
    std::vector<std::byte> key{std::byte{kEd25519Type}};
    key.insert(key.end(), seed.begin(), seed.end());
    return std::string(kPrefix) + name_and_id(named.verifier_key()) + encode_base64(key);
}

}  // namespace comity::seal
