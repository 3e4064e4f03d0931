// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The one strict rule on signatures that were made to split verifiers (C2SP CCTV, ed25519).
#include "shared_data.hpp"
#include "test_bytes.hpp"

#include "comity/base/bytes.hpp"
#include "comity/seal/ed25519.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace comity::seal {
namespace {

constexpr const char* kFile = "tlog/c2sp-cctv-ed25519/ed25519/ed25519vectors.json";

struct Case {
    PublicKey key;
    Signature signature;
    std::string message;
    std::vector<std::string> flags;
};

std::vector<Case> cases_of(const std::string& text) {
    std::vector<Case> cases;
    for (const auto& row : nlohmann::json::parse(text)) {
        const auto& flags = row.at("flags");
        cases.push_back({.key = PublicKey(sized<32>(from_hex(row.at("key").get<std::string>()))),
                         .signature = sized<64>(from_hex(row.at("sig").get<std::string>())),
                         .message = row.at("msg").get<std::string>(),
                         .flags = flags.is_null() ? std::vector<std::string>{}
                                                  : flags.get<std::vector<std::string>>()});
    }
    return cases;
}

/// What the rule says of a case: no point of low order, no help of the cofactor, and the hash over
/// the bytes as they stand.
bool is_to_be_accepted(const Case& one) {
    return std::ranges::none_of(one.flags, [](const std::string& flag) {
        return flag == "low_order_A" || flag == "low_order_R" || flag == "non_canonical_A" ||
               flag == "non_canonical_R" || flag == "low_order_residue" || flag == "reencoded_k";
    });
}

bool openssl_accepts(const Case& one) {
    const auto raw = [](const auto& bytes) {
        return reinterpret_cast<const unsigned char*>(bytes.data());
    };
    EVP_PKEY* const key =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(one.key.value()), 32);
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    const bool accepts = EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, key) == 1 &&
                         EVP_DigestVerify(context, raw(one.signature), 64, raw(one.message),
                                          one.message.size()) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return accepts;
}

TEST(Ed25519Vectors, AcceptsThe43AndRefusesThe871) {
    const auto text = shared_data(kFile);
    if (!text) GTEST_SKIP() << missing_data(kFile);
    const std::vector<Case> cases = cases_of(*text);
    ASSERT_EQ(cases.size(), 914U);
    std::size_t accepted = 0;
    std::size_t accepted_by_openssl = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const Case& one = cases[i];
        const bool accepts = verify(one.key, base::bytes_of(one.message), one.signature);
        EXPECT_EQ(accepts, is_to_be_accepted(one)) << "case " << i;
        if (accepts) ++accepted;
        if (openssl_accepts(one)) ++accepted_by_openssl;
    }
    EXPECT_EQ(accepted, 43U);
    // Why there has to be one rule.
    EXPECT_EQ(accepted_by_openssl, 208U);
}

}  // namespace
}  // namespace comity::seal
