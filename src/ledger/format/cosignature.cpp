// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/cosignature.hpp"

#include "comity/base/check.hpp"
#include "comity/base/cursor.hpp"
#include "comity/base/expected.hpp"
#include "comity/base/signer.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace comity::ledger {

const char* to_string(CosignatureError error) {
    switch (error) {
        case CosignatureError::kKeyType:
            return "expected a key of the type of an Ed25519 cosignature";
        case CosignatureError::kOtherKey:
            return "the signature line is of another key";
        case CosignatureError::kLength:
            return "expected a timestamp and a signature, 72 bytes";
        case CosignatureError::kTime:
            return "expected a timestamp below 2^63";
        case CosignatureError::kSignature:
            return "the cosignature does not verify";
    }
    return "unknown error";
}

std::string cosigned_text(std::uint64_t time, std::string_view note_text) {
    std::string text = "cosignature/v1\ntime " + std::to_string(time) + '\n';
    return text.append(note_text);
}

base::Expected<Cosignature, CosignatureError> parse_cosignature(std::span<const std::byte> bytes) {
    if (bytes.size() != Cosignature::kSize) return base::Unexpected(CosignatureError::kLength);
    base::ByteCursor cursor(bytes);
    Cosignature cosignature;
    cosignature.time = *cursor.read_u64be();
    if (cosignature.time >= kCosignatureTimeEnd) return base::Unexpected(CosignatureError::kTime);
    std::ranges::copy(*cursor.take(cosignature.signature.size()), cosignature.signature.begin());
    return cosignature;
}

std::array<std::byte, Cosignature::kSize> format_cosignature(const Cosignature& cosignature) {
    COMITY_CHECK(cosignature.time < kCosignatureTimeEnd);
    std::array<std::byte, Cosignature::kSize> bytes{};
    auto* to = bytes.begin();
    for (unsigned shift = 64; shift > 0;) {
        shift -= 8;
        *to++ = static_cast<std::byte>(cosignature.time >> shift & 0xFFU);
    }
    std::ranges::copy(cosignature.signature, to);
    return bytes;
}

base::Expected<std::uint64_t, CosignatureError> verify_cosignature(
    const seal::VerifierKey& witness, std::string_view note_text, const seal::NoteSignature& line) {
    const auto refuse = [](CosignatureError error) { return base::Unexpected(error); };
    std::array<std::byte, 32> public_key{};
    if (witness.type != seal::kCosignatureV1Type || witness.key.size() != public_key.size()) {
        return refuse(CosignatureError::kKeyType);
    }
    if (!line.is_of(witness)) return refuse(CosignatureError::kOtherKey);
    const auto cosignature = parse_cosignature(line.bytes);
    if (!cosignature) return refuse(cosignature.error());
    std::ranges::copy(witness.key, public_key.begin());
    const std::string text = cosigned_text(cosignature->time, note_text);
    if (!seal::verify(seal::PublicKey(public_key), std::as_bytes(std::span(text)),
                      cosignature->signature)) {
        return refuse(CosignatureError::kSignature);
    }
    return cosignature->time;
}

base::Expected<seal::NoteSignature, base::SignerError> cosign(base::Signer& signer,
                                                              std::string_view witness_name,
                                                              std::string_view note_text,
                                                              std::uint64_t time) {
    COMITY_CHECK(seal::is_key_name(witness_name));
    COMITY_CHECK(seal::is_note_text(note_text));
    COMITY_CHECK(time < kCosignatureTimeEnd);
    const std::string text = cosigned_text(time, note_text);
    const auto signature = signer.sign(std::as_bytes(std::span(text)));
    if (!signature) return base::Unexpected(signature.error());
    const auto bytes = format_cosignature({.time = time, .signature = *signature});
    const auto key = signer.key_id();
    return seal::NoteSignature{
        .name = std::string(witness_name),
        .key_id = seal::note_key_id(witness_name, seal::kCosignatureV1Type, key.value()),
        .bytes = {bytes.begin(), bytes.end()}};
}

}  // namespace comity::ledger
