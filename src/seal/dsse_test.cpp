// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/dsse.hpp"

#include "shared_data.hpp"
#include "test_bytes.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/signer.hpp"
#include "comity/base/testing/fake_signer.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/ed25519.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::seal {
namespace {

/// The seed of RFC 8032's TEST 1.
const std::vector<std::byte> kSeed =
    from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

std::vector<std::byte> copied(std::string_view text) {
    const auto bytes = base::bytes_of(text);
    return {bytes.begin(), bytes.end()};
}

/// DSSE's own example, signed here by Ed25519.
DsseEnvelope example(base::Signer& signer) {
    DsseEnvelope envelope{.payload_type = "http://example.com/HelloWorld",
                          .payload = copied("hello world"),
                          .signatures = {}};
    envelope.signatures.push_back(*sign_dsse(signer, envelope, "duty desk"));
    return envelope;
}

/// protocol.md, "Test Vectors".
TEST(Dsse, SignsTheBytesOfTheProtocol) {
    EXPECT_EQ(base::text_of(dsse_signed_bytes("http://example.com/HelloWorld",
                                              base::bytes_of("hello world"))),
              "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    EXPECT_EQ(base::text_of(dsse_signed_bytes("", {})), "DSSEv1 0  0 ");
    // Lengths are of bytes, and blanks move nothing from one part to the other.
    EXPECT_NE(dsse_signed_bytes("a 1 b", base::bytes_of("c")),
              dsse_signed_bytes("a", base::bytes_of("b 1 c")));
}

TEST(Dsse, IsSignedWrittenReadAndVerified) {
    SeedSigner signer(sized<32>(kSeed));
    SeedSigner other(sized<32>(std::vector<std::byte>(32, std::byte{9})));
    DsseEnvelope envelope = example(signer);
    const std::string text = to_string(envelope);
    const auto read = parse_dsse(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, envelope);
    EXPECT_EQ(to_string(*read), text);
    EXPECT_TRUE(verify_dsse(*read, signer.key_id()));
    EXPECT_FALSE(verify_dsse(*read, other.key_id()));
    envelope.signatures.insert(envelope.signatures.begin(), *sign_dsse(other, envelope, ""));
    const auto both = parse_dsse(to_string(envelope));
    ASSERT_TRUE(both);
    EXPECT_EQ(*both, envelope);
    EXPECT_TRUE(verify_dsse(*both, signer.key_id()));
    EXPECT_TRUE(verify_dsse(*both, other.key_id()));
}

TEST(Dsse, TypeAndPayloadAreSignedAndTheIdOfTheKeyIsNot) {
    SeedSigner signer(sized<32>(kSeed));
    const DsseEnvelope envelope = example(signer);
    DsseEnvelope other = envelope;
    other.payload_type += "2";
    EXPECT_FALSE(verify_dsse(other, signer.key_id()));
    other = envelope;
    other.payload.pop_back();
    EXPECT_FALSE(verify_dsse(other, signer.key_id()));
    other = envelope;
    other.signatures.front().key_id = "another";
    EXPECT_TRUE(verify_dsse(other, signer.key_id()));
    for (const std::size_t size : {1U, 63U, 65U}) {
        other = envelope;
        other.signatures.front().bytes.resize(size);
        EXPECT_FALSE(verify_dsse(other, signer.key_id()));
    }
    other.signatures.clear();
    EXPECT_FALSE(verify_dsse(other, signer.key_id()));
}

TEST(Dsse, EveryByteOfALargestPayloadCounts) {
    SeedSigner signer(sized<32>(kSeed));
    DsseEnvelope envelope{.payload_type = "application/octet-stream",
                          .payload = std::vector<std::byte>(DsseEnvelope::kMaxPayload),
                          .signatures = {}};
    envelope.signatures.assign(DsseEnvelope::kMaxSignatures, *sign_dsse(signer, envelope, ""));
    const auto read = parse_dsse(to_string(envelope));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, envelope);
    EXPECT_TRUE(verify_dsse(*read, signer.key_id()));
    envelope.payload.back() = std::byte{1};
    EXPECT_FALSE(verify_dsse(envelope, signer.key_id()));
}

/// protocol.md's envelope, with a signature by ECDSA, which is read and kept.
TEST(Dsse, ReadsTheEnvelopeOfTheProtocol) {
    const auto envelope = parse_dsse(
        R"({"payload": "aGVsbG8gd29ybGQ=",
 "payloadType": "http://example.com/HelloWorld",
 "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ)"
        R"(+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}
)");
    ASSERT_TRUE(envelope);
    EXPECT_EQ(base::text_of(envelope->payload), "hello world");
    EXPECT_EQ(envelope->signatures.at(0).key_id, "");
    EXPECT_EQ(envelope->signatures.at(0).bytes.size(), 64U);
}

TEST(Dsse, ReadsAllThatMeansTheSame) {
    const auto envelope = parse_dsse(
        R"({"payload":"+/+/","payloadType":"a/b","signatures":[{"keyid":"k","sig":"+A=="}]})");
    ASSERT_TRUE(envelope);
    for (const std::string_view text :
         {R"({"signatures":[{"sig":"+A==","keyid":"k"}],"payloadType":"a/b","payload":"+/+/"})",
          R"({"payload":"-_-_","payloadType":"a/b","signatures":[{"keyid":"k","sig":"-A=="}]})",
          R"({"payload":"\u002b\/\u002B\u002f","payloadType":"a\/b",
              "signatures":[{"keyid":"\u006B","s\u0069g":"+A\u003d="}]})",
          " \t\r\n{ \"payload\" :\n\"+/+/\" , \"payloadType\":\"a/b\",\"signatures\":[ {\"keyid\":"
          "\"k\",\"sig\":\"+A==\"} ] } \n"}) {
        EXPECT_EQ(parse_dsse(text), envelope) << text;
    }
    const auto without_id = parse_dsse(
        R"({"payload":"","payloadType":"a/b","signatures":[{"keyid":"","sig":"+A=="}]})");
    ASSERT_TRUE(without_id);
    EXPECT_EQ(to_string(*without_id),
              R"({"payload":"","payloadType":"a/b","signatures":[{"sig":"+A=="}]})");
}

TEST(DsseSigning, SaysWhereTheSignerIsNotAvailable) {
    base::testing::FakeSigner signer(1);
    DsseEnvelope envelope = example(signer);
    signer.set_unavailable(true);
    EXPECT_EQ(sign_dsse(signer, envelope, "").error(), base::SignerError::kUnavailable);
}

TEST(DsseDeathTest, WhatCannotBeReadIsNotWritten) {
    base::testing::FakeSigner signer(1);
    const DsseEnvelope good = example(signer);
    DsseEnvelope bad = good;
    bad.payload_type = "quote\"";
    EXPECT_DEATH((void)to_string(bad), "check failed");
    bad = good;
    bad.signatures.clear();
    EXPECT_DEATH((void)to_string(bad), "check failed");
    bad = good;
    bad.signatures.front().key_id = "\n";
    EXPECT_DEATH((void)to_string(bad), "check failed");
    EXPECT_DEATH((void)sign_dsse(signer, good, "\x7F"), "check failed");
}

/// The example of docs/formats/dsse.md.
TEST(DsseDocument, ShowsTheseBytes) {
    SeedSigner signer(sized<32>(kSeed));
    const DsseEnvelope envelope = example(signer);
    const auto document = file_content(std::string(COMITY_SOURCE_DIR) + "/docs/formats/dsse.md");
    ASSERT_TRUE(document);
    const auto signed_bytes = dsse_signed_bytes(envelope.payload_type, envelope.payload);
    using testing::HasSubstr;
    EXPECT_THAT(*document, HasSubstr("    " + to_string(envelope) + "\n"));
    EXPECT_THAT(*document, HasSubstr("    " + std::string(base::text_of(signed_bytes)) + "\n"));
    EXPECT_THAT(*document, HasSubstr(std::to_string(signed_bytes.size()) + " bytes"));
    EXPECT_THAT(*document, HasSubstr(base::to_hex(std::span(signed_bytes).first(10))));
    EXPECT_THAT(*document, HasSubstr(base::to_hex(signer.key_id().value())));
}

}  // namespace
}  // namespace comity::seal
