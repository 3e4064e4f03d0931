// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/signer_key.hpp"

#include <array>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace comity::seal {
namespace {

// The example of Go's sumdb/note.
constexpr const char* kPrivate =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr const char* kPublic =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

TEST(SignerKey, IsReadAsOthersWriteIt) {
    const auto named = parse_signer_key(kPrivate);
    ASSERT_TRUE(named.has_value()) << to_string(named.error());
    EXPECT_EQ(named->name, "PeterNeumann");
    EXPECT_EQ(to_string(named->verifier_key()), kPublic);
}

TEST(SignerKey, IsTheSameAfterItsText) {
    std::array<std::byte, SeedSigner::kSeedSize> seed{std::byte{3}, std::byte{250}};
    const std::string text = format_signer_key("log.test/one", seed);
    const auto named = parse_signer_key(text);
    ASSERT_TRUE(named.has_value());
    EXPECT_EQ(named->signer->key_id(), SeedSigner(seed).key_id());
    EXPECT_EQ(format_signer_key("log.test/one", seed), text);
}

TEST(SignerKey, EachFaultHasItsCodeAndWords) {
    const std::pair<const char*, SignerKeyError> rows[] = {
        {"", SignerKeyError::kSyntax},
        {kPublic, SignerKeyError::kSyntax},
        {"PRIVATE+KEY+PeterNeumann", SignerKeyError::kSyntax},
        {"PRIVATE+KEY++c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
         SignerKeyError::kName},
        {"PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDF",
         SignerKeyError::kBase64},
        {"PRIVATE+KEY+PeterNeumann+c74f20a3+AYEK", SignerKeyError::kType},
        {"PRIVATE+KEY+PeterNeumann+c74f20a3+AoEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
         SignerKeyError::kType},
        {"PRIVATE+KEY+PeterNeuman+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
         SignerKeyError::kOtherKey},
    };
    std::set<std::string> words;
    for (const auto& [text, error] : rows) {
        const auto named = parse_signer_key(text);
        ASSERT_FALSE(named.has_value()) << text;
        EXPECT_EQ(named.error(), error) << text;
        words.insert(to_string(named.error()));
    }
    EXPECT_EQ(words.size(), 5U);
}

}  // namespace
}  // namespace comity::seal
