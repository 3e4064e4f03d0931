// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

/// Private keys of notes as text, in the form that Go's `sumdb/note` made common:
///
///     PRIVATE+KEY+<name>+<id>+<base64 of the type and the seed>
namespace comity::seal {

enum class [[nodiscard]] SignerKeyError{
    kSyntax,    ///< not PRIVATE+KEY+, name, id and key with a plus between each
    kName,      ///< see `is_key_name`
    kBase64,    ///< the key is not base64 in its one form
    kType,      ///< not of kEd25519Type with a seed of 32 bytes
    kOtherKey,  ///< the id is not the one of this name and key
};

/// Words for a person: what was expected.
const char* to_string(SignerKeyError error);

/// A key pair and its name. A resource.
struct NamedSigner {
    std::string name;
    std::unique_ptr<SeedSigner> signer;

    VerifierKey verifier_key() const;
};

/// Reads what `format_signer_key` writes and nothing else. The caller wipes the text.
base::Expected<NamedSigner, SignerKeyError> parse_signer_key(std::string_view text);

/// A name that is none fails a check.
std::string format_signer_key(std::string_view name,
                              std::span<const std::byte, SeedSigner::kSeedSize> seed);

}  // namespace comity::seal
