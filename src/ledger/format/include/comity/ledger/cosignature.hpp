// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// C2SP tlog-cosignature, version 1, by Ed25519: what a witness adds to a checkpoint. Its key has
/// the type seal::kCosignatureV1Type; other types exist (0x06 is ML-DSA-44) and are not verified
/// here. docs/formats/tlog-cosignature.md has an example to the byte.
namespace comity::ledger {

/// Timestamps are below this.
inline constexpr std::uint64_t kCosignatureTimeEnd = std::uint64_t{1} << 63U;

/// The bytes behind the key's id in a signature line.
///
///     0..7    timestamp: whole seconds since 1970 UTC, most significant byte first
///     8..71   Ed25519 signature of `cosigned_text`
struct Cosignature {
    static constexpr std::size_t kSize = 72;

    std::uint64_t time = 0;
    base::Ed25519Signature signature{};
    friend bool operator==(const Cosignature&, const Cosignature&) = default;
};

enum class [[nodiscard]] CosignatureError{
    kKeyType,    ///< the key is not of kCosignatureV1Type
    kOtherKey,   ///< the line is not of this key: another name or id
    kLength,     ///< not Cosignature::kSize bytes
    kTime,       ///< kCosignatureTimeEnd or more
    kSignature,  ///< the signature does not verify
};

/// Words for a person: what is wrong with the cosignature.
const char* to_string(CosignatureError error);

/// What the witness signs: two lines, then the note's text.
std::string cosigned_text(std::uint64_t time, std::string_view note_text);

base::Expected<Cosignature, CosignatureError> parse_cosignature(std::span<const std::byte> bytes);
/// A time of kCosignatureTimeEnd or more fails a check.
std::array<std::byte, Cosignature::kSize> format_cosignature(const Cosignature& cosignature);

/// When the witness with this key says that it signed this text. Nothing says that it was then, or
/// that the time is not in the future.
base::Expected<std::uint64_t, CosignatureError> verify_cosignature(const seal::VerifierKey& witness,
                                                                   std::string_view note_text,
                                                                   const seal::NoteSignature& line);

/// The line that the witness of this name adds. Whoever calls it has verified that the checkpoint
/// is consistent with the last one that it signed. A name or a text that is none, and a time of
/// kCosignatureTimeEnd or more, fail a check.
base::Expected<seal::NoteSignature, base::SignerError> cosign(base::Signer& signer,
                                                              std::string_view witness_name,
                                                              std::string_view note_text,
                                                              std::uint64_t time);

}  // namespace comity::ledger
