// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/cosignature.hpp"

#include "test_notes.hpp"

#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

constexpr std::string_view kName = "party-b.example/witness";

seal::NoteSignature line() {
    return example::note().signatures.at(1);
}

std::optional<CosignatureError> error_of(const seal::VerifierKey& key,
                                         const seal::NoteSignature& signature) {
    const auto time = verify_cosignature(key, example::kText, signature);
    return time ? std::nullopt : std::optional(time.error());
}

TEST(Cosignature, IsMadeAsAnotherImplementationMakesIt) {
    seal::SeedSigner signer(example::seed(example::kWitnessSeed));
    EXPECT_EQ(cosign(signer, kName, example::kText, example::kWitnessTime), line());
}

TEST(Cosignature, SaysWhen) {
    EXPECT_EQ(verify_cosignature(example::key(example::kWitnessKey), example::kText, line()),
              example::kWitnessTime);
}

TEST(Cosignature, IsReadBack) {
    for (const std::uint64_t time :
         {std::uint64_t{0}, std::uint64_t{1}, example::kWitnessTime, kCosignatureTimeEnd - 1}) {
        const Cosignature cosignature{.time = time, .signature = {std::byte{7}, std::byte{8}}};
        const auto bytes = format_cosignature(cosignature);
        EXPECT_EQ(parse_cosignature(bytes), cosignature);
    }
}

TEST(Cosignature, HoldsForAnyTime) {
    seal::SeedSigner signer(example::seed(example::kWitnessSeed));
    for (const std::uint64_t time : {std::uint64_t{0}, kCosignatureTimeEnd - 1}) {
        const auto made = cosign(signer, kName, example::kText, time);
        EXPECT_EQ(verify_cosignature(example::key(example::kWitnessKey), example::kText, *made),
                  time);
    }
}

TEST(CosignatureError, KeyType) {
    seal::SeedSigner signer(example::seed(example::kWitnessSeed));
    for (const std::uint8_t type : std::initializer_list<std::uint8_t>{0x01, 0x06, 0xFE}) {
        const auto key = seal::make_verifier_key(kName, type, signer.key_id().value());
        EXPECT_EQ(error_of(*key, line()), CosignatureError::kKeyType);
    }
}

TEST(CosignatureError, OtherKey) {
    seal::SeedSigner other(example::seed(example::kOtherSeed));
    const auto other_key =
        seal::make_verifier_key(kName, seal::kCosignatureV1Type, other.key_id().value());
    EXPECT_EQ(error_of(*other_key, line()), CosignatureError::kOtherKey);
    seal::SeedSigner same(example::seed(example::kWitnessSeed));
    const auto other_name =
        seal::make_verifier_key("party-c.example", seal::kCosignatureV1Type, same.key_id().value());
    EXPECT_EQ(error_of(*other_name, line()), CosignatureError::kOtherKey);
}

TEST(CosignatureError, Length) {
    const std::vector<std::byte> bytes = line().bytes;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_EQ(parse_cosignature(std::span(bytes).first(size)).error(),
                  CosignatureError::kLength);
    }
    seal::NoteSignature longer = line();
    longer.bytes.push_back(std::byte{0});
    EXPECT_EQ(error_of(example::key(example::kWitnessKey), longer), CosignatureError::kLength);
}

TEST(CosignatureError, Time) {
    seal::NoteSignature far = line();
    far.bytes.front() = std::byte{0x80};
    EXPECT_EQ(error_of(example::key(example::kWitnessKey), far), CosignatureError::kTime);
}

TEST(CosignatureError, SignatureOfEachBitTurned) {
    const seal::VerifierKey key = example::key(example::kWitnessKey);
    for (std::size_t bit = 0; bit < 8 * Cosignature::kSize; ++bit) {
        seal::NoteSignature turned = line();
        turned.bytes.at(bit / 8) ^= std::byte{1} << (bit % 8);
        const auto expected = bit == 7 ? CosignatureError::kTime : CosignatureError::kSignature;
        ASSERT_EQ(error_of(key, turned), expected) << bit;
    }
}

TEST(CosignatureError, SignatureOfAnotherText) {
    const seal::VerifierKey key = example::key(example::kWitnessKey);
    EXPECT_EQ(verify_cosignature(key, example::kText + "extension\n", line()).error(),
              CosignatureError::kSignature);
}

TEST(CosignatureError, SignatureOfTheBareText) {
    // What the same key signs as a log does not pass for a cosignature.
    seal::SeedSigner signer(example::seed(example::kWitnessSeed));
    const auto bare = seal::sign_note(signer, kName, example::kText);
    seal::NoteSignature passed_off = line();
    std::ranges::copy(bare->bytes, passed_off.bytes.begin() + 8);
    EXPECT_EQ(error_of(example::key(example::kWitnessKey), passed_off),
              CosignatureError::kSignature);
}

TEST(CosignatureError, HasWordsForEach) {
    for (const auto error :
         {CosignatureError::kKeyType, CosignatureError::kOtherKey, CosignatureError::kLength,
          CosignatureError::kTime, CosignatureError::kSignature}) {
        EXPECT_NE(std::string_view(to_string(error)), "unknown error");
    }
}

}  // namespace
}  // namespace comity::ledger
