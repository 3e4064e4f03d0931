// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/testing/fake_signer.hpp"

#include "comity/base/signer.hpp"

#include <array>
#include <cstddef>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::base::testing {
namespace {

TEST(FakeSigner, SignsTheSameBytesTheSameWay) {
    const std::array<std::byte, 3> message{std::byte{1}, std::byte{2}, std::byte{3}};
    const std::array<std::byte, 3> other{std::byte{1}, std::byte{2}, std::byte{4}};
    FakeSigner signer(1);
    EXPECT_EQ(signer.sign(message), FakeSigner(1).sign(message));
    EXPECT_NE(signer.sign(message), signer.sign(other));
    EXPECT_NE(signer.sign(message), signer.sign({}));
    EXPECT_NE(signer.sign(message), FakeSigner(2).sign(message));
    EXPECT_EQ(signer.key_id(), FakeSigner(1).key_id());
    EXPECT_NE(signer.key_id(), FakeSigner(2).key_id());
}

TEST(FakeSigner, IsUnavailableWhereItIsToldTo) {
    FakeSigner signer(1);
    signer.set_unavailable(true);
    EXPECT_EQ(signer.sign({}).error(), SignerError::kUnavailable);
    EXPECT_EQ(std::string_view(to_string(SignerError::kUnavailable)),
              "the signing key is not available");
    signer.set_unavailable(false);
    EXPECT_TRUE(signer.sign({}).has_value());
}

}  // namespace
}  // namespace comity::base::testing
