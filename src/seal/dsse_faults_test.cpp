// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/base64.hpp"
#include "comity/seal/dsse.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::seal {
namespace {

/// A good envelope but for one part.
struct Parts {
    std::string payload = R"("aGk=")";
    std::string type = R"("a/b")";
    std::string signatures = R"([{"keyid":"k","sig":"c2ln"}])";
};

std::string text_of(const Parts& parts) {
    return R"({"payload":)" + parts.payload + R"(,"payloadType":)" + parts.type +
           R"(,"signatures":)" + parts.signatures + "}";
}

const std::string kGood = text_of(Parts{});

std::string payload(std::string text) {
    return text_of({.payload = std::move(text)});
}
std::string type(std::string text) {
    return text_of({.type = std::move(text)});
}
std::string signatures(std::string text) {
    return text_of({.signatures = std::move(text)});
}
std::string encoded(std::size_t size) {
    return '"' + encode_base64(std::vector<std::byte>(size)) + '"';
}
std::string many(std::size_t count) {
    std::string list = "[";
    for (std::size_t i = 0; i < count; ++i) list += R"({"sig":"c2ln"},)";
    list.back() = ']';
    return list;
}

struct Refused {
    std::string text;
    DsseError error;
};

const Refused kRefused[] = {
    {"", DsseError::kNotJson},
    {" ", DsseError::kNotJson},
    {"{", DsseError::kNotJson},
    {kGood.substr(0, kGood.size() - 1), DsseError::kNotJson},
    {kGood.substr(0, 10), DsseError::kNotJson},
    {"\xEF\xBB\xBF" + kGood, DsseError::kValueType},
    {R"({"payload")", DsseError::kNotJson},
    {R"({payload:"aGk="})", DsseError::kNotJson},
    {R"({"payload" "aGk="})", DsseError::kNotJson},
    {R"({"payload":"aGk=" "payloadType":"a/b"})", DsseError::kNotJson},
    {kGood.substr(0, kGood.size() - 1) + ",}", DsseError::kNotJson},
    {payload("\"\\q\""), DsseError::kNotJson},
    {payload("\"\\u00zz\""), DsseError::kNotJson},
    {payload("\"a\nk=\""), DsseError::kNotJson},
    {type("\"\xFF\""), DsseError::kNotJson},
    {signatures(R"([{"sig":"c2ln"},])"), DsseError::kValueType},
    {signatures(R"([{"sig":"c2ln"} {"sig":"c2ln"}])"), DsseError::kNotJson},
    {kGood + "x", DsseError::kNotJson},
    {kGood + "{}", DsseError::kNotJson},
    {kGood + kGood, DsseError::kNotJson},
    {"[]", DsseError::kValueType},
    {"null", DsseError::kValueType},
    {"\"a\"", DsseError::kValueType},
    {"1", DsseError::kValueType},
    {payload("null"), DsseError::kValueType},
    {payload("1"), DsseError::kValueType},
    {payload("[]"), DsseError::kValueType},
    {payload("{\"a\":1}"), DsseError::kValueType},
    {type("true"), DsseError::kValueType},
    {signatures("{}"), DsseError::kValueType},
    {signatures("null"), DsseError::kValueType},
    {signatures("\"c2ln\""), DsseError::kValueType},
    {signatures("[\"c2ln\"]"), DsseError::kValueType},
    {signatures("[null]"), DsseError::kValueType},
    {signatures(R"([{"keyid":null,"sig":"c2ln"}])"), DsseError::kValueType},
    {signatures(R"([{"sig":7}])"), DsseError::kValueType},
    {R"({"Payload":"aGk="})", DsseError::kUnknownMember},
    {R"({"":1})", DsseError::kUnknownMember},
    {"{\"a\":" + std::string(100'000, '['), DsseError::kNotJson},
    {"{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}",
     DsseError::kUnknownMember},
    {signatures(R"([{"sig":"c2ln","cert":""}])"), DsseError::kUnknownMember},
    {R"({"payload":"aGk=","payload":"aGk="})", DsseError::kDuplicateMember},
    {R"({"payload":"aGk=","p\u0061yload":"aGk="})", DsseError::kDuplicateMember},
    {R"({"payloadType":"a","payloadType":"a"})", DsseError::kDuplicateMember},
    {R"({"signatures":[{"sig":"c2ln"}],"signatures":[{"sig":"c2ln"}]})",
     DsseError::kDuplicateMember},
    {signatures(R"([{"sig":"c2ln","sig":"c2ln"}])"), DsseError::kDuplicateMember},
    {signatures(R"([{"keyid":"","keyid":"k","sig":"c2ln"}])"), DsseError::kDuplicateMember},
    {"{}", DsseError::kMissingMember},
    {R"({"payload":"aGk=","payloadType":"a/b"})", DsseError::kMissingMember},
    {R"({"payload":"aGk=","signatures":[{"sig":"c2ln"}]})", DsseError::kMissingMember},
    {R"({"payloadType":"a/b","signatures":[{"sig":"c2ln"}]})", DsseError::kMissingMember},
    {signatures(R"([{"keyid":"k"}])"), DsseError::kMissingMember},
    {signatures("[{}]"), DsseError::kMissingMember},
    {type("\"\""), DsseError::kPayloadType},
    {type("\"a\\\"b\""), DsseError::kPayloadType},
    {type("\"a\\\\b\""), DsseError::kPayloadType},
    {type("\"a\\u0000b\""), DsseError::kPayloadType},
    {type("\"a\\nb\""), DsseError::kPayloadType},
    {type("\"\\u007f\""), DsseError::kPayloadType},
    {type("\"\xC3\xA9\""), DsseError::kPayloadType},
    {type("\"\\ud83d\\ude80\""), DsseError::kPayloadType},
    {type("\"\\udc00\""), DsseError::kNotJson},
    {type('"' + std::string(257, 'a') + '"'), DsseError::kPayloadType},
    {signatures(R"([{"keyid":"a\u0009b","sig":"c2ln"}])"), DsseError::kKeyId},
    {signatures("[{\"keyid\":\"" + std::string(257, 'a') + "\",\"sig\":\"c2ln\"}]"),
     DsseError::kKeyId},
    {payload("\"aGk\""), DsseError::kBase64},
    {payload("\"aGl=\""), DsseError::kBase64},
    {payload("\"aGk= \""), DsseError::kBase64},
    {payload("\"aG\\u000a=\""), DsseError::kBase64},
    {payload("\"+A-A\""), DsseError::kBase64},
    {payload("\"/A_A\""), DsseError::kBase64},
    {payload("\"\xC3\xA9\xC3\xA9\""), DsseError::kBase64},
    {signatures(R"([{"sig":"c2l"}])"), DsseError::kBase64},
    {payload(encoded(DsseEnvelope::kMaxPayload + 1)), DsseError::kPayloadTooLarge},
    {signatures("[]"), DsseError::kNoSignatures},
    {signatures(many(9)), DsseError::kTooManySignatures},
    {signatures(many(1000)), DsseError::kTooManySignatures},
    {signatures(R"([{"sig":""}])"), DsseError::kSignatureLength},
    {signatures("[{\"sig\":" + encoded(DsseEnvelope::kMaxSignature + 1) + "}]"),
     DsseError::kSignatureLength},
    {payload('"' + std::string(100'000'000, 'A') + '"'), DsseError::kTooLarge},
};

TEST(DsseFaults, AllAreRefusedWithTheirCode) {
    std::set<DsseError> provoked;
    for (const Refused& row : kRefused) {
        const auto envelope = parse_dsse(row.text);
        const auto shown = std::string_view(row.text).substr(0, 80);
        ASSERT_FALSE(envelope) << shown;
        EXPECT_EQ(envelope.error(), row.error) << shown << ": " << to_string(envelope.error());
        EXPECT_NE(std::string_view(to_string(envelope.error())), "unknown error");
        provoked.insert(envelope.error());
    }
    EXPECT_EQ(provoked.size(), 13U);  // every one of them
}

TEST(DsseFaults, GoodIsGood) {
    EXPECT_TRUE(parse_dsse(kGood));
    EXPECT_TRUE(parse_dsse(signatures(many(8))));
    EXPECT_TRUE(parse_dsse(type('"' + std::string(256, 'a') + '"')));
    for (std::size_t size = 0; size < kGood.size(); ++size) {
        EXPECT_FALSE(parse_dsse(kGood.substr(0, size))) << size;
    }
}

}  // namespace
}  // namespace comity::seal
