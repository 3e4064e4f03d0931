// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "agreed_key.hpp"

#include "example_bundle.hpp"

#include "comity/ledger/record.hpp"
#include "comity/seal/dsse.hpp"

#include <functional>
#include <span>
#include <string>

#include <gtest/gtest.h>

namespace comity::verify {
namespace {

// The proposal of the example, its record and envelope spoiled.
class AgreedKeyTest : public ::testing::Test {
  protected:
    using Spoil = std::function<void(ledger::Record&, seal::DsseEnvelope&)>;

    std::optional<AgreedKey> agreed(const Spoil& spoil) {
        ledger::Receipt receipt = ledger::parse_receipt(example_.proposal()).value();
        ledger::Record record = ledger::decode_record(receipt.record).value();
        auto& request = std::get<ledger::SignedRequest>(record.content);
        seal::DsseEnvelope dsse =
            seal::parse_dsse(
                {reinterpret_cast<const char*>(request.dsse.data()), request.dsse.size()})
                .value();
        spoil(record, dsse);
        const std::string text = to_string(dsse);
        const auto bytes = std::as_bytes(std::span(text));
        request.dsse.assign(bytes.begin(), bytes.end());
        receipt.record = encode(record);
        return agreed_key(receipt);
    }

    testing::Example example_;
};

TEST_F(AgreedKeyTest, SaysWhoNamedWhichLog) {
    const auto found = agreed([](ledger::Record&, seal::DsseEnvelope&) {});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->agreement, "line-1");
    EXPECT_EQ(found->party, "air-unit-a");
    EXPECT_EQ(found->log, example_.key());
    EXPECT_FALSE(agreed_key(ledger::parse_receipt(example_.intent()).value()));
    EXPECT_FALSE(agreed_key(ledger::parse_receipt(example_.delivery(1)).value()));
    EXPECT_FALSE(agreed_key(ledger::parse_receipt(example_.vouched()).value()));
}

TEST_F(AgreedKeyTest, WhatWasRefusedNamesNone) {
    EXPECT_FALSE(agreed([](ledger::Record& record, seal::DsseEnvelope&) { record.outcome = 7; }));
}

TEST_F(AgreedKeyTest, WhatItsAuthorDidNotSignNamesNone) {
    EXPECT_FALSE(agreed([](ledger::Record&, seal::DsseEnvelope& dsse) {
        dsse.signatures[0].bytes[5] ^= std::byte{1};
    }));
    EXPECT_FALSE(
        agreed([](ledger::Record&, seal::DsseEnvelope& dsse) { dsse.payload_type = "text"; }));
    EXPECT_FALSE(agreed([](ledger::Record&, seal::DsseEnvelope& dsse) {
        const std::string_view other = "{}";
        const auto bytes = std::as_bytes(std::span(other));
        dsse.payload.assign(bytes.begin(), bytes.end());
    }));
}

}  // namespace
}  // namespace comity::verify
