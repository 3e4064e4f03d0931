// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/record_envelope.hpp"

#include "comity/ledger/testing/small_ledger.hpp"
#include "comity/seal/dsse.hpp"
#include "comity/seal/ed25519.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

// A request whose signature says it is of this type.
SignedRequest signed_by(const seal::SeedSigner& author, base::Signer& signer,
                        std::string_view type) {
    Envelope envelope = testing::request_of("air-unit-a", "r1");
    envelope.key = Hash{.bytes = author.key_id().value()};
    seal::DsseEnvelope dsse{.payload_type = std::string(type),
                            .payload = bytes_of(write_envelope(envelope).value())};
    dsse.signatures.push_back(seal::sign_dsse(signer, dsse, "").value());
    return {.dsse = bytes_of(to_string(dsse))};
}

TEST(RecordEnvelope, IsThatOfASignedRequest) {
    const auto author = testing::signer_of("air-unit-a");
    const auto other = testing::signer_of("air-unit-b");
    const SignedRequest request = signed_by(*author, *author, kEnvelopeType);
    const auto envelope = envelope_of({.content = request});
    ASSERT_TRUE(envelope.has_value());
    EXPECT_EQ(envelope->id, "r1");
    EXPECT_TRUE(is_signed_by_its_author(request));
    const SignedRequest forged = signed_by(*author, *other, kEnvelopeType);
    EXPECT_TRUE(envelope_of({.content = forged}).has_value()) << "signatures are not looked at";
    EXPECT_FALSE(is_signed_by_its_author(forged));
    const SignedRequest of_another_type = signed_by(*author, *author, "text/plain");
    EXPECT_FALSE(envelope_of({.content = of_another_type}).has_value());
    EXPECT_FALSE(is_signed_by_its_author(of_another_type));
    EXPECT_FALSE(envelope_of({.content = SignedRequest{}}).has_value());
    EXPECT_FALSE(is_signed_by_its_author({}));
}

TEST(RecordEnvelope, IsThatOfAVouchedRequestAndOfNoOtherRecord) {
    const Envelope made = testing::request_of("air-unit-a", "r1");
    const VouchedRequest request{.payload = bytes_of(write_envelope(made).value())};
    const auto envelope = envelope_of({.content = request});
    ASSERT_TRUE(envelope.has_value());
    EXPECT_EQ(envelope->id, "r1");
    EXPECT_FALSE(envelope_of({.content = VouchedRequest{}}).has_value());
    EXPECT_FALSE(envelope_of({.content = NodeRecord(node::TimeTick{})}).has_value());
}

}  // namespace
}  // namespace comity::ledger
