// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/password.hpp"

#include <string>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

TEST(Password, HoldsForItsHashAlone) {
    const std::string hash = hash_password("a password", PasswordCost::least());
    EXPECT_TRUE(is_password_hash(hash)) << hash;
    EXPECT_NE(hash, hash_password("a password", PasswordCost::least())) << "each has its salt";
    EXPECT_TRUE(verify_password(hash, "a password"));
    EXPECT_FALSE(verify_password(hash, "a passwore"));
    EXPECT_FALSE(verify_password(hash, "a password "));
    EXPECT_FALSE(verify_password(hash, ""));
    EXPECT_FALSE(verify_password("$argon2id$v=19$m=8", "a password"));
    EXPECT_TRUE(verify_password(hash_password("", PasswordCost::least()), ""));
}

TEST(Password, OfNobodyNeverHolds) {
    EXPECT_FALSE(verify_password("", ""));
    EXPECT_FALSE(verify_password("", "a password"));
}

TEST(Password, IsBounded) {
    const std::string most(kMaxPassword, 'a');
    const std::string hash = hash_password(most, PasswordCost::least());
    EXPECT_TRUE(verify_password(hash, most));
    EXPECT_FALSE(verify_password(hash, most + "a"));
}

TEST(Password, UsualCostIsTheOneOfNobody) {
    const std::string hash = hash_password("a", {});
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
}

TEST(Password, WhatIsNoHash) {
    const std::string good = hash_password("a", PasswordCost::least());
    ASSERT_TRUE(good.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << good;
    const std::string rest = good.substr(std::string("$argon2id$v=19$m=8,t=1,p=1").size());
    EXPECT_TRUE(is_password_hash("$argon2id$v=19$m=262144,t=8,p=1" + rest));
    for (const std::string& text :
         {std::string(), std::string("a password"), "$argon2i$v=19$m=8,t=1,p=1" + rest,
          "$argon2id$v=18$m=8,t=1,p=1" + rest, "$argon2id$v=19$m=262145,t=1,p=1" + rest,
          "$argon2id$v=19$m=8,t=9,p=1" + rest, "$argon2id$v=19$m=8,t=,p=1" + rest,
          "$argon2id$v=19$m=99999999999999999999,t=1,p=1" + rest, good + "$", good + "=",
          "$argon2id$v=19$m=8,t=1,p=1$!" + rest.substr(2), good.substr(0, 30),
          good + std::string(200, 'A'), good + std::string(1, '\0')}) {
        EXPECT_FALSE(is_password_hash(text)) << text;
    }
}

}  // namespace
}  // namespace comity::server
