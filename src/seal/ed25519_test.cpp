// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/ed25519.hpp"

#include "test_bytes.hpp"

#include "comity/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::seal {
namespace {

struct Vector {
    std::string_view seed;
    std::string_view key;
    std::string_view message;
    std::string_view signature;
};

// RFC 8032, section 7.1: TEST 1, 2, 3 and SHA(abc).
constexpr Vector kVectors[] = {
    {.seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     .key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
     .message = "",
     .signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                  "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {.seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     .key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
     .message = "72",
     .signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                  "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {.seed = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     .key = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
     .message = "af82",
     .signature = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
                  "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
    {.seed = "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     .key = "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     .message = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836"
                "ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
     .signature = "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ec"
                  "fdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"},
};

TEST(Ed25519, SignsAndVerifiesTheVectorsOfRfc8032) {
    for (const Vector& row : kVectors) {
        SeedSigner signer(sized<32>(from_hex(row.seed)));
        EXPECT_EQ(base::to_hex(signer.key_id().value()), row.key);
        const auto message = from_hex(row.message);
        const auto signature = signer.sign(message);
        ASSERT_TRUE(signature);
        EXPECT_EQ(base::to_hex(*signature), row.signature);
        EXPECT_TRUE(verify(signer.key_id(), message, *signature));
    }
}

TEST(Ed25519, RefusesEveryOtherBit) {
    const Vector& row = kVectors[2];
    const auto key = sized<32>(from_hex(row.key));
    const auto message = from_hex(row.message);
    const auto signature = sized<64>(from_hex(row.signature));
    const auto flip = [](auto bytes, std::size_t bit) {
        bytes[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
        return bytes;
    };
    ASSERT_TRUE(verify(PublicKey(key), message, signature));
    for (std::size_t bit = 0; bit < 8 * key.size(); ++bit) {
        EXPECT_FALSE(verify(PublicKey(flip(key, bit)), message, signature)) << bit;
    }
    for (std::size_t bit = 0; bit < 8 * message.size(); ++bit) {
        EXPECT_FALSE(verify(PublicKey(key), flip(message, bit), signature)) << bit;
    }
    for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
        EXPECT_FALSE(verify(PublicKey(key), message, flip(signature, bit))) << bit;
    }
    EXPECT_FALSE(verify(PublicKey(key), {}, signature));
}

/// S + L, little-endian: the same signature to a verifier that does not bound S.
TEST(Ed25519, RefusesTheSameSignatureWithAnotherS) {
    const Vector& row = kVectors[1];
    // L, RFC 8032, section 5.1.
    const auto order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    auto signature = sized<64>(from_hex(row.signature));
    unsigned carry = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const unsigned sum = std::to_integer<unsigned>(signature[32 + i]) +
                             std::to_integer<unsigned>(order[i]) + carry;
        signature[32 + i] = static_cast<std::byte>(sum & 0xFFU);
        carry = sum >> 8U;
    }
    ASSERT_EQ(carry, 0U);
    EXPECT_FALSE(verify(PublicKey(sized<32>(from_hex(row.key))), from_hex(row.message), signature));
}

TEST(SeedSigner, GivesTheSameSignatureForTheSameBytes) {
    SeedSigner signer(sized<32>(from_hex(kVectors[0].seed)));
    const auto first = signer.sign(base::bytes_of("abc"));
    const auto other = signer.sign(base::bytes_of("abd"));
    EXPECT_EQ(signer.sign(base::bytes_of("abc")), first);
    EXPECT_NE(first, other);
}

}  // namespace
}  // namespace comity::seal
