// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/verifier_key.hpp"

#include "comity/base/bytes.hpp"
#include "comity/seal/base64.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::seal {
namespace {

constexpr std::string_view kPeter =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kWitness =
    "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN";

std::vector<std::byte> key_bytes(std::size_t size) {
    return std::vector<std::byte>(size, std::byte{7});
}

TEST(VerifierKey, ReadsNameIdTypeAndKey) {
    const auto peter = parse_verifier_key(kPeter);
    ASSERT_TRUE(peter);
    EXPECT_EQ(peter->name, "PeterNeumann");
    EXPECT_EQ(peter->id, NoteKeyId(0xC74F20A3));
    EXPECT_EQ(peter->type, kEd25519Type);
    EXPECT_EQ(base::to_hex(peter->key),
              "1a5cd907143c384c41e830c5bce12aa8817ec5649aaabf2c31388b35b2d744d6");
    EXPECT_EQ(to_string(*peter), kPeter);

    const auto witness = parse_verifier_key(kWitness);
    ASSERT_TRUE(witness);
    EXPECT_EQ(witness->type, kCosignatureV1Type);
    EXPECT_EQ(witness->key.size(), 32U);
    EXPECT_EQ(to_string(*witness), kWitness);
}

TEST(VerifierKey, KeepsTypesThatItDoesNotKnow) {
    // ML-DSA-44 (0x06) has keys of 1,312 bytes; 0xFF is followed by a longer name of the type.
    const auto bytes = key_bytes(1312);
    for (const unsigned type : {0x06U, 0xFFU}) {
        const auto key = make_verifier_key("example.com/w", static_cast<std::uint8_t>(type), bytes);
        ASSERT_TRUE(key);
        EXPECT_EQ(key->type, type);
        EXPECT_EQ(parse_verifier_key(to_string(*key)), key);
    }
}

TEST(VerifierKey, HasAnIdForEachNameTypeAndKey) {
    const auto bytes = key_bytes(32);
    auto other = bytes;
    other[0] = std::byte{8};
    const auto id = note_key_id("a", kEd25519Type, bytes);
    EXPECT_NE(note_key_id("b", kEd25519Type, bytes), id);
    EXPECT_NE(note_key_id("a", kCosignatureV1Type, bytes), id);
    EXPECT_NE(note_key_id("a", kEd25519Type, other), id);
}

std::string with_key(std::string_view name_and_id, std::size_t key_size) {
    std::vector<std::byte> bytes(key_size, std::byte{7});
    if (!bytes.empty()) bytes.front() = std::byte{kEd25519Type};
    return std::string(name_and_id) + encode_base64(bytes);
}

struct Refused {
    std::string text;
    VerifierKeyError error;
};

const Refused kRefused[] = {
    {"", VerifierKeyError::kSyntax},
    {"PeterNeumann", VerifierKeyError::kSyntax},
    {"PeterNeumann+c74f20a3", VerifierKeyError::kSyntax},
    {"+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", VerifierKeyError::kName},
    {"Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
     VerifierKeyError::kName},
    {"Peter\x01Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
     VerifierKeyError::kName},
    {"PeterNeumann++ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", VerifierKeyError::kId},
    {"PeterNeumann+c74f20a+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", VerifierKeyError::kId},
    {"PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", VerifierKeyError::kId},
    {"PeterNeumann+0xc74f2+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", VerifierKeyError::kId},
    {"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
     VerifierKeyError::kBase64},
    {"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq_LDE4izWy10TW",
     VerifierKeyError::kBase64},
    {std::string(kPeter) + "\n", VerifierKeyError::kBase64},
    {with_key("PeterNeumann+c74f20a3+", 0), VerifierKeyError::kNoKey},
    {with_key("PeterNeumann+c74f20a3+", 1), VerifierKeyError::kNoKey},
    {with_key("PeterNeumann+c74f20a3+", 32), VerifierKeyError::kLength},
    {with_key("PeterNeumann+c74f20a3+", 34), VerifierKeyError::kLength},
    {with_key("PeterNeumann+c74f20a3+", 33), VerifierKeyError::kOtherKey},
    {"PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
     VerifierKeyError::kOtherKey},
    {with_key("PeterNeumann+c74f20a3+", 7000), VerifierKeyError::kTooLong},
    {std::string(100'000'000, 'A'), VerifierKeyError::kTooLong},
};

TEST(VerifierKey, RefusesAllElse) {
    std::set<VerifierKeyError> provoked;
    for (const Refused& row : kRefused) {
        const auto key = parse_verifier_key(row.text);
        const auto shown = std::string_view(row.text).substr(0, 80);
        ASSERT_FALSE(key) << shown;
        EXPECT_EQ(key.error(), row.error) << shown;
        EXPECT_NE(std::string_view(to_string(key.error())), "unknown error");
        provoked.insert(key.error());
    }
    EXPECT_EQ(provoked.size(), 8U);  // every one of them
    EXPECT_EQ(make_verifier_key("a", 0x06, key_bytes(6200)).error(), VerifierKeyError::kTooLong);
    EXPECT_EQ(make_verifier_key("a", kCosignatureV1Type, key_bytes(31)).error(),
              VerifierKeyError::kLength);
}

TEST(VerifierKey, NamesHaveNoSpacesOfUnicode) {
    for (const std::string_view name :
         {"a", "example.com/log", "\xC3\xA9", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xE2\x80\x94",
          "\x7F", "\xF0\x9F\x9B\xA9"}) {
        EXPECT_TRUE(is_key_name(name)) << name;
    }
    for (const std::string_view space :
         {"\t", "\n", "\v", "\f", "\r", " ", "\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80",
          "\xE2\x80\x85", "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF",
          "\xE2\x81\x9F", "\xE3\x80\x80", "+", "\x1F"}) {
        EXPECT_FALSE(is_key_name(space)) << base::to_hex(base::bytes_of(space));
        EXPECT_FALSE(is_key_name("a" + std::string(space))) << base::to_hex(base::bytes_of(space));
        EXPECT_FALSE(is_key_name(std::string(space) + "a")) << base::to_hex(base::bytes_of(space));
    }
    EXPECT_FALSE(is_key_name(""));
    EXPECT_FALSE(is_key_name(std::string_view("a\0b", 3)));
    for (const std::string_view broken :
         {"\xFF", "a\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80"}) {
        EXPECT_FALSE(is_key_name(broken)) << base::to_hex(base::bytes_of(broken));
    }
}

}  // namespace
}  // namespace comity::seal
