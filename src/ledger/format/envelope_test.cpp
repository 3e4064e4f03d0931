// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/envelope.hpp"

#include "golden_records.hpp"
#include "test_bytes.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {

std::ostream& operator<<(std::ostream& out, const EnvelopeError& error) {
    return out << to_string(error.fault) << " at '" << error.member << "'";
}

namespace {

using enum EnvelopeFault;

// --- Payloads, member by member ------------------------------------------------------------------

/// An envelope's members as they are written; each test changes some.
class Payload {
  public:
    Payload& set(std::string_view name, std::string value) {
        at(name) = std::move(value);
        return *this;
    }
    Payload& remove(std::string_view name) {
        members_.erase(std::find_if(members_.begin(), members_.end(),
                                    [&](const auto& member) { return member.first == name; }));
        return *this;
    }
    Payload& add(std::string name, std::string value) {
        members_.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    Payload& shuffle(std::uint64_t seed) {
        std::mt19937_64 random(seed);
        for (std::size_t i = members_.size() - 1; i > 0; --i) {
            std::swap(members_[i], members_[random() % (i + 1)]);
        }
        return *this;
    }
    std::string text() const {
        std::string text = "{";
        for (const auto& [name, value] : members_) {
            if (text.size() > 1) text += ",";
            text += "\"" + name + "\":" + value;
        }
        return text + "}";
    }

  private:
    std::string& at(std::string_view name) {
        return std::find_if(members_.begin(), members_.end(),
                            [&](const auto& member) { return member.first == name; })
            ->second;
    }

    std::vector<std::pair<std::string, std::string>> members_{
        {"v", "1"},
        {"to", R"("log.example.org")"},
        {"from", R"({"party":"uss-7","key":""})"},
        {"id", R"("a")"},
        {"sent", R"("2015-11-24T07:24:05.000Z")"},
        {"valid_until", R"("2015-11-24T07:24:05.000Z")"},
        {"operation", R"("intent.put")"},
        {"object", "null"},
        {"expected_version", "null"},
        {"traffic", R"("live")"},
        {"seen", "null"},
        {"attachments", "[]"},
        {"body", "{}"}};
};

constexpr std::string_view kMembers[] = {"v",         "to",     "from",
                                         "id",        "sent",   "valid_until",
                                         "operation", "object", "expected_version",
                                         "traffic",   "seen",   "attachments",
                                         "body"};

/// Base64 of 32 bytes of zero.
const std::string kZeros = R"("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")";

std::string text_of(std::size_t size) {
    return '"' + std::string(size, 'x') + '"';
}

std::string attachments(std::size_t count) {
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? "" : ",") + (R"({"name":"n)" + std::to_string(i)) + R"(","commitment":)" +
                kZeros + "}";
    }
    return text + "]";
}

/// So many brackets within one another: objects and lists by turns, `inner` in the middle.
std::string nested(std::size_t depth, const std::string& inner = "") {
    std::string text = inner;
    for (std::size_t i = 0; i < depth; ++i) {
        const bool is_object = (depth - i) % 2 == 1;
        text = is_object ? (text.empty() ? "{}" : R"({"a":)" + text + "}") : "[" + text + "]";
    }
    return text;
}

std::optional<EnvelopeError> error_of(const std::string& payload) {
    const auto parsed = parse_envelope(payload);
    return parsed ? std::nullopt : std::optional(parsed.error());
}

std::optional<EnvelopeError> at(EnvelopeFault fault, std::string member) {
    return EnvelopeError{.fault = fault, .member = std::move(member)};
}

struct Row {
    std::string payload;
    std::optional<EnvelopeError> error;
};

void expect(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        EXPECT_EQ(error_of(row.payload), row.error)
            << std::string_view(row.payload).substr(0, 1'000);
    }
}

/// Rows for one member with these values.
std::vector<Row> with(
    std::string_view member,
    const std::vector<std::pair<std::string, std::optional<EnvelopeFault>>>& values,
    const std::string& at_fault = "") {
    std::vector<Row> rows;
    for (const auto& [value, fault] : values) {
        const std::string name = at_fault.empty() ? std::string(member) : at_fault;
        rows.push_back(
            {Payload().set(member, value).text(), fault ? at(*fault, name) : std::nullopt});
    }
    return rows;
}

// --- What is refused -----------------------------------------------------------------------------

TEST(ParseEnvelope, TakesOneJsonObjectInUtf8) {
    const std::string good = Payload().text();
    expect({{good, std::nullopt},
            {" \t\r\n" + good + "\n", std::nullopt},
            {"", at(kSyntax, "")},
            {" ", at(kSyntax, "")},
            {"{", at(kSyntax, "")},
            {"null", at(kSyntax, "")},
            {"1", at(kSyntax, "")},
            {"[" + good + "]", at(kSyntax, "")},
            {good + good, at(kSyntax, "")},
            {good + "x", at(kSyntax, "")},
            {good + '\0', at(kSyntax, "")},
            {"\xEF\xBB\xBF" + good, at(kSyntax, "")},
            {good.substr(0, good.size() - 1) + ",}", at(kSyntax, "")},
            {Payload().set("to", "\"\xFF\"").text(), at(kSyntax, "")},
            {Payload().set("to", "\"\xED\xA0\x80\"").text(), at(kSyntax, "")},
            {Payload().set("to", R"("\ud800")").text(), at(kSyntax, "")},
            {Payload().set("to", "\"a\nb\"").text(), at(kSyntax, "")},
            {Payload().set("to", "'a'").text(), at(kSyntax, "")},
            {Payload().set("body", "{/**/}").text(), at(kSyntax, "")},
            {Payload().set("body", R"({"a":NaN})").text(), at(kSyntax, "")},
            {Payload().set("body", R"({"a":01})").text(), at(kSyntax, "")},
            {Payload().set("body", R"({"a":+1})").text(), at(kSyntax, "")},
            {Payload().set("body", R"({"a":.5})").text(), at(kSyntax, "")}});
}

TEST(ParseEnvelope, RefusesEveryTruncation) {
    const std::string good = golden::file("envelope_signed.json");
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_EQ(error_of(good.substr(0, size)), at(kSyntax, "")) << size;
    }
}

TEST(ParseEnvelope, TakesUpTo16MiB) {
    const std::string good = Payload().text();
    const std::string blanks(EnvelopeLimits::kMaxBytes - good.size(), ' ');
    expect({{good + blanks, std::nullopt}, {good + blanks + " ", at(kTooLarge, "")}});
}

TEST(ParseEnvelope, TakesBracketsUpTo64Deep) {
    for (const char* inner : {"1", ""}) {
        // The envelope is one of them.
        expect({{Payload().set("body", nested(63, inner)).text(), std::nullopt},
                {Payload().set("body", nested(64, inner)).text(),
                 inner[0] == '1' ? at(kTooDeep, "") : at(kTooDeep, "body")}});
    }
    expect({{Payload().set("body", nested(100'000)).text(), at(kTooDeep, "")},
            {std::string(1'000'000, '['), at(kSyntax, "")}});
}

TEST(ParseEnvelope, TakesEachMemberOnce) {
    for (const std::string_view name : kMembers) {
        expect({{Payload().remove(name).text(), at(kMissingMember, std::string(name))},
                {Payload().add(std::string(name), "null").text(),
                 at(kDuplicateMember, std::string(name))}});
    }
    expect(
        {{"{}", at(kMissingMember, "v")},
         {Payload().add("x", "1").text(), at(kUnknownMember, "x")},
         {Payload().add("V", "1").text(), at(kUnknownMember, "V")},
         {Payload().add("", "1").text(), at(kUnknownMember, "")},
         {Payload().add("body\\u0000", "1").text(), at(kUnknownMember, std::string("body\0", 5))},
         // The same name, written with an escape.
         {Payload().add("b\\u006fdy", "{}").text(), at(kDuplicateMember, "body")}});
    expect(with("from", {{R"({"party":"a"})", kMissingMember}}, "from.key"));
    expect(with("from", {{R"({"key":""})", kMissingMember}}, "from.party"));
    expect(with("from", {{R"({"party":"a","key":"","x":1})", kUnknownMember}}, "from.x"));
    expect(with("from", {{R"({"party":"a","key":"","party":"a"})", kDuplicateMember}}));
    expect(with("seen", {{R"({"size":1})", kMissingMember}}, "seen.root"));
    expect(
        with("seen", {{R"({"size":1,"root":)" + kZeros + R"(,"x":1})", kUnknownMember}}, "seen.x"));
    expect(with("attachments", {{R"([{"name":"a"}])", kMissingMember}}, "attachments.commitment"));
    expect(with("body", {{R"({"a":1,"b":1})", std::nullopt},
                         {R"({"a":{"b":1},"c":{"b":1}})", std::nullopt},
                         {R"({"a":1,"a":1})", kDuplicateMember},
                         {R"({"a":1,"\u0061":1})", kDuplicateMember},
                         {R"({"":1,"":1})", kDuplicateMember},
                         {R"({"a":[[{"b":{"c":1,"d":2,"c":1}}]]})", kDuplicateMember}}));
}

TEST(ParseEnvelope, TakesAMemberOfItsTypeOnly) {
    const std::vector<std::pair<std::string_view, std::vector<std::string>>> rows{
        {"v", {"null", "\"1\"", "true", "[]", "{}"}},
        {"to", {"null", "1", "[]", "{}"}},
        {"from", {"null", "1", "\"a\"", "[]"}},
        {"id", {"null", "1", "[]"}},
        {"sent", {"null", "1448349845000"}},
        {"valid_until", {"null", "1448349845000"}},
        {"operation", {"null", "1"}},
        {"object", {"1", "false", "[]", "{}"}},
        {"expected_version", {"\"1\"", "false", "[]"}},
        {"traffic", {"null", "1", "true"}},
        {"seen", {"1", "\"\"", "[]", "false"}},
        {"attachments", {"null", "{}", "\"\"", "[1]", "[null]", "[[]]"}},
        {"body", {"null", "[]", "\"{}\"", "1"}}};
    EXPECT_EQ(rows.size(), std::size(kMembers));
    for (const auto& [member, values] : rows) {
        for (const std::string& value : values) expect(with(member, {{value, kMemberType}}));
    }
    expect(with("from", {{R"({"party":1,"key":""})", kMemberType}}, "from.party"));
    expect(with("from", {{R"({"party":"a","key":null})", kMemberType}}, "from.key"));
    expect(with("seen", {{R"({"size":"1","root":)" + kZeros + "}", kMemberType}}, "seen.size"));
    expect(with("seen", {{R"({"size":1,"root":1})", kMemberType}}, "seen.root"));
}

TEST(ParseEnvelope, TakesVersion1Only) {
    expect(
        with("v", {{"1", std::nullopt}, {"0", kVersion}, {"2", kVersion}, {"1.0", kNumberRange}}));
}

TEST(ParseEnvelope, TakesTextWithinItsLimit) {
    expect(with("to", {{text_of(1), std::nullopt},
                       {text_of(256), std::nullopt},
                       {text_of(257), kText},
                       {"\"\"", kText},
                       {R"("a\u0000")", kText},
                       {R"("a\nb")", kText},
                       {R"("\u007f")", kText},
                       {R"("\u00fc \ud83d\ude81 \"\\\/")", std::nullopt}}));
    expect(with("object", {{text_of(128), std::nullopt}, {text_of(129), kText}, {"\"\"", kText}}));
    const auto from = [](const std::string& party) {
        return R"({"key":"","party":)" + party + "}";
    };
    expect(with("from",
                {{from(text_of(128)), std::nullopt},
                 {from(text_of(129)), kText},
                 {from("\"\""), kText},
                 // Bytes are counted, not characters.
                 {from("\"" + std::string(126, 'x') + "\u00FC\""), std::nullopt},
                 {from("\"" + std::string(127, 'x') + "\u00FC\""), kText}},
                "from.party"));
    const auto named = [](const std::string& name) {
        return R"([{"name":)" + name + R"(,"commitment":)" + kZeros + "}]";
    };
    expect(with(
        "attachments",
        {{named(text_of(64)), std::nullopt}, {named(text_of(65)), kText}, {named("\"\""), kText}},
        "attachments.name"));
}

TEST(ParseEnvelope, TakesIdsAndOperationsOfTheirCharacters) {
    expect(with("id", {{R"("AZaz09._:-")", std::nullopt},
                       {text_of(64), std::nullopt},
                       {text_of(65), kText},
                       {"\"\"", kText},
                       {R"("a b")", kId},
                       {R"("a/b")", kId},
                       {"\"\u00FC\"", kId}}));
    expect(with("operation", {{R"("az09._-")", std::nullopt},
                              {text_of(64), std::nullopt},
                              {text_of(65), kText},
                              {R"("Intent.put")", kId},
                              {R"("intent:put")", kId}}));
}

TEST(ParseEnvelope, TakesTimesOfOneForm) {
    expect(with("sent", {{R"("1970-01-01T00:00:00.000Z")", std::nullopt},
                         {R"("2015-11-24T07:24:05Z")", kTime},
                         {R"("2015-11-24T07:24:05.00Z")", kTime},
                         {R"("2015-11-24T07:24:05.000+00:00")", kTime},
                         {R"("2015-11-31T07:24:05.000Z")", kTime},
                         {R"("2015-11-24T07:24:60.000Z")", kTime},
                         {"\"\"", kTime}}));
    expect(with("valid_until", {{R"("9999-12-31T23:59:59.999Z")", std::nullopt},
                                {R"("2015-11-24T07:24:05.000Z")", std::nullopt},
                                {R"("2015-11-24T07:24:04.999Z")", kTimeOrder},
                                {R"("10000-01-01T00:00:00.000Z")", kTime}}));
}

TEST(ParseEnvelope, TakesWholeNumbersBelowTwoToThe53) {
    expect(with("expected_version", {{"0", std::nullopt},
                                     {"1", std::nullopt},
                                     {"9007199254740991", std::nullopt},
                                     {"9007199254740992", kNumberRange},
                                     {"18446744073709551615", kNumberRange},
                                     {"-1", kNumberRange},
                                     {"-9223372036854775808", kNumberRange},
                                     {"1.0", kNumberRange},
                                     {"1.5", kNumberRange},
                                     {"1e3", kNumberRange},
                                     {"1E0", kNumberRange},
                                     {"0.0", kNumberRange}}));
    const auto seen = [](const std::string& size) {
        return R"({"root":)" + kZeros + R"(,"size":)" + size + "}";
    };
    expect(
        with("seen",
             {{seen("9007199254740991"), std::nullopt}, {seen("9007199254740992"), kNumberRange}},
             "seen.size"));
    // No number of 64 bits: the library reads nothing of the whole.
    expect({{Payload().set("expected_version", "18446744073709551616").text(), at(kSyntax, "")},
            {Payload().set("body", R"({"a":18446744073709551615,"b":-9223372036854775808})").text(),
             std::nullopt},
            {Payload().set("body", R"({"a":18446744073709551616})").text(), at(kSyntax, "")},
            {Payload().set("body", R"({"a":-9223372036854775809})").text(), at(kSyntax, "")},
            {Payload().set("body", R"({"a":1e308})").text(), std::nullopt},
            {Payload().set("body", R"({"a":1e309})").text(), at(kSyntax, "")}});
}

TEST(ParseEnvelope, TakesLiveOrExercise) {
    expect(with("traffic", {{"\"live\"", std::nullopt},
                            {"\"exercise\"", std::nullopt},
                            {"\"\"", kTraffic},
                            {"\"Live\"", kTraffic},
                            {"\"test\"", kTraffic}}));
}

TEST(ParseEnvelope, TakesHashesAsBase64Of32Bytes) {
    const auto key = [](const std::string& text) { return R"({"party":"a","key":)" + text + "}"; };
    const std::vector<std::pair<std::string, std::optional<EnvelopeFault>>> values{
        {kZeros, std::nullopt},
        {R"("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")", kHash},
        {R"("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=")", kHash},
        {R"("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")", kHash},
        {R"("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")", kHash},
        {R"(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")", kHash},
        {R"("_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")", kHash},
        {R"("0000000000000000000000000000000000000000000000000000000000000000")", kHash}};
    for (const auto& [value, fault] : values) {
        expect(with("from", {{key(value), fault}}, "from.key"));
        expect(with("seen", {{R"({"size":0,"root":)" + value + "}", fault}}, "seen.root"));
        expect(with("attachments", {{R"([{"name":"a","commitment":)" + value + "}]", fault}},
                    "attachments.commitment"));
    }
    expect(with("seen", {{R"({"size":0,"root":""})", kHash}}, "seen.root"));
    const auto big = "\"" + std::string(15 << 20, 'A') + "\"";
    expect(with("from", {{key(big), kHash}}, "from.key"));
}

TEST(ParseEnvelope, TakesUpTo64AttachmentsOfDifferentNames) {
    expect(with("attachments", {{attachments(0), std::nullopt},
                                {attachments(64), std::nullopt},
                                {attachments(65), kTooManyAttachments},
                                {attachments(100'000), kTooManyAttachments}}));
    const std::string one = R"({"name":"a","commitment":)" + kZeros + "}";
    const std::string escaped = R"({"name":"\u0061","commitment":)" + kZeros + "}";
    expect(with("attachments", {{"[" + one + "," + one + "]", kAttachmentName},
                                {"[" + one + "," + escaped + "]", kAttachmentName}}));
}

TEST(EnvelopeFault, EachHasWordsOfItsOwn) {
    std::vector<std::string_view> words;
    for (int i = 0; i <= static_cast<int>(kAttachmentName); ++i) {
        words.emplace_back(to_string(static_cast<EnvelopeFault>(i)));
        EXPECT_TRUE(words.back().starts_with("expected")) << words.back();
    }
    std::sort(words.begin(), words.end());
    EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end());
}

// --- What is read --------------------------------------------------------------------------------

TEST(ParseEnvelope, TakesMembersInAnyOrder) {
    const auto expected = parse_envelope(Payload().text());
    ASSERT_TRUE(expected) << expected.error();
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const std::string text = Payload().shuffle(seed).text();
        const auto parsed = parse_envelope(text);
        ASSERT_TRUE(parsed) << parsed.error() << text;
        ASSERT_EQ(*parsed, *expected) << text;
    }
}

TEST(ParseEnvelope, KeepsTheBytesOfTheBody) {
    for (const std::string& body : std::vector<std::string>{
             "{}", "{ }", "{\n}",
             R"({ "b" : 1.50 ,"a":[ 1e2,{"x":"}{"} ], "\u0061b":"\u00fc\/\\\"" })",
             R"({"body":{"body":{}},"v":1})", "{\"a\":\"K\u00FCste\"}"}) {
        for (const std::string& blanks : std::vector<std::string>{"", " ", "\r\n\t "}) {
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                const std::string text =
                    Payload().set("body", blanks + body + blanks).shuffle(seed).text();
                const auto parsed = parse_envelope(text);
                ASSERT_TRUE(parsed) << parsed.error() << text;
                ASSERT_EQ(parsed->body, body) << text;
            }
        }
    }
}

TEST(ParseEnvelope, FindsABodyWhoseNameIsWrittenWithAnEscape) {
    const auto parsed =
        parse_envelope(Payload().remove("body").add("\\u0062ody", R"({"a":1})").text());
    ASSERT_TRUE(parsed) << parsed.error();
    EXPECT_EQ(parsed->body, R"({"a":1})");
}

// --- Writing -------------------------------------------------------------------------------------

Envelope plain_envelope() {
    return *parse_envelope(Payload().text());
}

TEST(WriteEnvelope, WritesTheMembersInTheOrderOfTheDocument) {
    Envelope envelope = plain_envelope();
    EXPECT_EQ(write_envelope(envelope), Payload().text());
    envelope.to = R"(a"b\c/)"
                  "\u00FC";
    envelope.key = seal::Hash{};
    envelope.object = "x";
    envelope.expected_version = 9'007'199'254'740'991;
    envelope.traffic = Traffic::kExercise;
    envelope.seen = Seen{.size = 0};
    envelope.attachments = {{.name = "a"}, {.name = "b"}};
    envelope.body = "{ }";
    EXPECT_EQ(write_envelope(envelope),
              Payload()
                  .set("to", R"("a\"b\\c/)"
                             "\u00FC\"")
                  .set("from", R"({"party":"uss-7","key":)" + kZeros + "}")
                  .set("object", "\"x\"")
                  .set("expected_version", "9007199254740991")
                  .set("traffic", "\"exercise\"")
                  .set("seen", R"({"size":0,"root":)" + kZeros + "}")
                  .set("attachments", R"([{"name":"a","commitment":)" + kZeros +
                                          R"(},{"name":"b","commitment":)" + kZeros + "}]")
                  .set("body", "{ }")
                  .text());
}

TEST(WriteEnvelope, RefusesWhatDoesNotParseToTheSame) {
    const auto error_with = [](const auto& change) {
        Envelope envelope = plain_envelope();
        change(envelope);
        const auto written = write_envelope(envelope);
        return written ? std::nullopt : std::optional(written.error());
    };
    EXPECT_EQ(error_with([](Envelope&) {}), std::nullopt);
    EXPECT_EQ(error_with([](Envelope& e) { e.to = ""; }), at(kText, "to"));
    EXPECT_EQ(error_with([](Envelope& e) { e.to = "a\n"; }), at(kText, "to"));
    EXPECT_EQ(error_with([](Envelope& e) { e.to = std::string("a\0b", 3); }), at(kText, "to"));
    EXPECT_EQ(error_with([](Envelope& e) { e.to = "\xFF"; }), at(kSyntax, ""));
    EXPECT_EQ(error_with([](Envelope& e) { e.party = std::string(129, 'x'); }),
              at(kText, "from.party"));
    EXPECT_EQ(error_with([](Envelope& e) { e.id = "a b"; }), at(kId, "id"));
    EXPECT_EQ(error_with([](Envelope& e) { e.object = ""; }), at(kText, "object"));
    EXPECT_EQ(error_with([](Envelope& e) { e.expected_version = std::uint64_t{1} << 53; }),
              at(kNumberRange, "expected_version"));
    EXPECT_EQ(error_with([](Envelope& e) { e.attachments.resize(65); }),
              at(kText, "attachments.name"));
    EXPECT_EQ(error_with([](Envelope& e) { e.valid_until -= std::chrono::milliseconds(1); }),
              at(kTimeOrder, "valid_until"));
    EXPECT_EQ(error_with([](Envelope& e) { e.sent = Instant(std::chrono::milliseconds(-1)); }),
              at(kTime, "sent"));
    EXPECT_EQ(error_with([](Envelope& e) {
                  e.valid_until = Instant(std::chrono::milliseconds(253'402'300'800'000));
              }),
              at(kTime, "valid_until"));
    EXPECT_EQ(error_with([](Envelope& e) { e.body = ""; }), at(kSyntax, ""));
    EXPECT_EQ(error_with([](Envelope& e) { e.body = "[]"; }), at(kMemberType, "body"));
    EXPECT_EQ(error_with([](Envelope& e) { e.body = " {}"; }), at(kSyntax, "body"));
    EXPECT_EQ(error_with([](Envelope& e) { e.body = "{} "; }), at(kSyntax, "body"));
    EXPECT_EQ(error_with([](Envelope& e) { e.body = R"({},"x":{})"; }), at(kUnknownMember, "x"));
    EXPECT_EQ(error_with([](Envelope& e) { e.body = R"({},"body":{})"; }),
              at(kDuplicateMember, "body"));
    EXPECT_EQ(error_with([](Envelope& e) { e.body = "{}}{"; }), at(kSyntax, ""));
    EXPECT_EQ(error_with([](Envelope& e) { e.body.resize(EnvelopeLimits::kMaxBytes); }),
              at(kTooLarge, ""));
}

}  // namespace
}  // namespace comity::ledger
