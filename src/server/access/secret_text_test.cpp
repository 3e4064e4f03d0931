// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "secret_text.hpp"

#include "fingerprint.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/testing/seeded_entropy.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

TEST(SecretText, TokensAndKeys) {
    base::testing::SeededEntropy entropy(1);
    std::set<std::string> seen;
    std::string all;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = make_token(entropy);
        EXPECT_TRUE(is_token(token)) << token;
        EXPECT_TRUE(seen.insert(token).second);
        all += token;
    }
    EXPECT_EQ(all.find_first_of("+/="), std::string::npos);
    EXPECT_NE(all.find('-'), std::string::npos);
    EXPECT_NE(all.find('_'), std::string::npos);
    const std::string key = make_api_key(entropy);
    EXPECT_TRUE(is_api_key(key)) << key;
    EXPECT_EQ(key.substr(0, 7), "comity_");
    EXPECT_EQ(key.size(), 50U);
}

TEST(SecretText, WhatIsNone) {
    base::testing::SeededEntropy entropy(1);
    const std::string token = make_token(entropy);
    EXPECT_FALSE(is_token(""));
    EXPECT_FALSE(is_token(token + "A"));
    EXPECT_FALSE(is_token(token.substr(1)));
    EXPECT_FALSE(is_token("=" + token.substr(1)));
    EXPECT_FALSE(is_token("+" + token.substr(1)));
    EXPECT_FALSE(is_token(token.substr(0, 42) + "B")) << "bits that stand for nothing";
    EXPECT_FALSE(is_api_key(token));
    EXPECT_FALSE(is_api_key("Comity_" + token));
    EXPECT_FALSE(is_api_key("comity_" + token + "A"));
}

TEST(SecretText, Passwords) {
    base::testing::SeededEntropy entropy(1);
    std::set<char> letters;
    for (int i = 0; i < 200; ++i) {
        const std::string password = make_password(entropy);
        ASSERT_EQ(password.size(), 23U);
        for (std::size_t at = 0; at < password.size(); ++at) {
            EXPECT_EQ(password[at] == '-', at % 6 == 5) << password;
            letters.insert(password[at]);
        }
    }
    EXPECT_EQ(letters.size(), 33U) << "all letters, and the dash";
    for (const char c : {'l', '1', '0'}) EXPECT_FALSE(letters.contains(c)) << "looks alike";
}

TEST(SecretText, SameOrNot) {
    EXPECT_TRUE(is_same_secret("", ""));
    EXPECT_TRUE(is_same_secret("abc", "abc"));
    EXPECT_FALSE(is_same_secret("abc", "abd"));
    EXPECT_FALSE(is_same_secret("abc", "ab"));
    EXPECT_FALSE(is_same_secret("", "a"));
}

TEST(Fingerprint, InEitherForm) {
    const seal::Hash hash = hash_of("abc");
    const std::string hex = base::to_hex(hash.span());
    EXPECT_EQ(hex.substr(0, 8), "ba7816bf") << "FIPS 180-4, B.1";
    std::string upper;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        if (i > 0) upper += ':';
        for (const char c : hex.substr(i, 2)) {
            upper += 'a' <= c && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    EXPECT_EQ(parse_fingerprint(hex), hash);
    EXPECT_EQ(parse_fingerprint(upper), hash);
    EXPECT_FALSE(parse_fingerprint(""));
    EXPECT_FALSE(parse_fingerprint(hex.substr(1)));
    EXPECT_FALSE(parse_fingerprint(hex + "0"));
    EXPECT_FALSE(parse_fingerprint("g" + hex.substr(1)));
    EXPECT_FALSE(parse_fingerprint("-" + hex.substr(1)));
    EXPECT_FALSE(parse_fingerprint("0x" + hex.substr(2)));
    upper[2] = ' ';
    EXPECT_FALSE(parse_fingerprint(upper));
}

}  // namespace
}  // namespace comity::server
