// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/seal/note.hpp"

#include "shared_data.hpp"
#include "test_bytes.hpp"

#include "comity/base/bytes.hpp"
#include "comity/base/signer.hpp"
#include "comity/base/testing/fake_signer.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/ed25519.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::seal {
namespace {

using testing::ElementsAre;

constexpr std::string_view kText = "This is an example message.\n";

/// A key pair under a name; the seed is one byte, 32 times.
struct Author {
    Author(std::string_view name_, unsigned seed)
        : signer(sized<32>(std::vector<std::byte>(32, static_cast<std::byte>(seed)))),
          key(*make_verifier_key(name_, kEd25519Type, signer.key_id().value())) {}

    NoteSignature sign(std::string_view text) { return *sign_note(signer, key.name, text); }

    SeedSigner signer;
    VerifierKey key;
};

base::Expected<std::vector<std::size_t>, NoteError> verify(const Note& note,
                                                           const std::vector<VerifierKey>& known) {
    return verify_note(note, known);
}

TEST(Note, IsWrittenAndReadAndVerified) {
    Author a("example.com/a", 1);
    Author b("example.com/b", 2);
    const Note note{.text = std::string(kText), .signatures = {b.sign(kText), a.sign(kText)}};
    const std::string bytes = to_string(note);
    const auto read = parse_note(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, note);
    EXPECT_THAT(*verify(*read, {a.key, b.key}), ElementsAre(0, 1));
    EXPECT_THAT(*verify(*read, {b.key}), ElementsAre(0));
    EXPECT_THAT(*verify(*read, {Author("example.com/c", 3).key, a.key}), ElementsAre(1));
}

TEST(Note, TextMayHaveEmptyLinesAndAnyLanguage) {
    Author a("example.com/a", 1);
    for (const std::string_view text :
         {"\n", "\n\n", "a\n\nb\n", "a\n\n\n", "\xE2\x80\x94 x AAAAAAA=\n",
          "\xE2\x80\x94 x AAAAAAA=\n\n", "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7\n\x7F\n"}) {
        const Note note{.text = std::string(text), .signatures = {a.sign(text)}};
        const auto read = parse_note(to_string(note));
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(*read, note);
        EXPECT_TRUE(verify(*read, {a.key}));
    }
}

TEST(Note, SignatureOfNoKnownFormIsKept) {
    const Note note{
        .text = std::string(kText),
        .signatures = {{.name = "x", .key_id = NoteKeyId(0x80000001), .bytes = from_hex("00")},
                       {.name = "x", .key_id = NoteKeyId(1), .bytes = {5000, std::byte{1}}}}};
    EXPECT_EQ(parse_note(to_string(note)), note);
}

const std::string kLine = "\xE2\x80\x94 x AAAAAQI=\n";  // key id 1, then one byte

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

struct Refused {
    std::string bytes;
    NoteError error;
};

const Refused kRefused[] = {
    {"", NoteError::kNoSignatures},
    {"text", NoteError::kNoSignatures},
    {"text\n", NoteError::kNoSignatures},
    {"text\n\n", NoteError::kNoSignatures},
    {"\n\n", NoteError::kNoSignatures},
    {"text\n" + kLine, NoteError::kNoSignatures},
    {"\n" + kLine, NoteError::kNoSignatures},
    {kLine, NoteError::kNoSignatures},
    {"text\n\n" + kLine + "\n", NoteError::kNoSignatures},
    {"text\n\n\xE2\x80\x94 x AAAAAQI=", NoteError::kUnended},
    {"text\n\n" + kLine + "x", NoteError::kUnended},
    {"text\n\n- x AAAAAQI=\n", NoteError::kSignatureLine},
    {"text\n\n\xE2\x80\x94x AAAAAQI=\n", NoteError::kSignatureLine},
    {"text\n\n\xE2\x80\x93 x AAAAAQI=\n", NoteError::kSignatureLine},  // en dash
    {"text\n\n\xE2\x80\x94 x\n", NoteError::kSignatureLine},
    {"text\n\n" + kLine + "more text\n", NoteError::kSignatureLine},
    {"text\n\n\xE2\x80\x94  AAAAAQI=\n", NoteError::kName},
    {"text\n\n\xE2\x80\x94 x+y AAAAAQI=\n", NoteError::kName},
    {"text\n\n\xE2\x80\x94 x\xC2\xA0y AAAAAQI=\n", NoteError::kName},
    {"text\n\n\xE2\x80\x94 x\n\n", NoteError::kNoSignatures},
    {"text\n\n\xE2\x80\x94 x AAAAAQI\n", NoteError::kBase64},
    {"text\n\n\xE2\x80\x94 x AAAAAQJ=\n", NoteError::kBase64},
    {"text\n\n\xE2\x80\x94 x  AAAAAQI=\n", NoteError::kBase64},
    {"text\n\n\xE2\x80\x94 x AAAAAQI= \n", NoteError::kBase64},
    {"text\n\n\xE2\x80\x94 x AAAAAQI= y\n", NoteError::kBase64},
    {"text\n\n\xE2\x80\x94 x \n", NoteError::kShortSignature},
    {"text\n\n\xE2\x80\x94 x AAAA\n", NoteError::kShortSignature},
    {"text\n\n\xE2\x80\x94 x AAAAAQ==\n", NoteError::kShortSignature},
    {"te\xFFxt\n\n" + kLine, NoteError::kNotUtf8},
    {"text\xED\xA0\x80\n\n" + kLine, NoteError::kNotUtf8},
    {"text\xE2\n\n" + kLine, NoteError::kNotUtf8},
    {"te\txt\n\n" + kLine, NoteError::kControlCharacter},
    {"text\r\n\r\n" + kLine, NoteError::kControlCharacter},
    {std::string("te\0xt\n\n", 7) + kLine, NoteError::kControlCharacter},
    {"text\n\n" + repeated(kLine, 65), NoteError::kTooManySignatures},
    {"text\n\n" + repeated(kLine, 1000), NoteError::kTooManySignatures},
    {"text\n\n" + repeated("x\n", 65), NoteError::kTooManySignatures},
    {std::string(Note::kMaxBytes, 'a') + "\n\n" + kLine, NoteError::kTooLarge},
    {std::string(100'000'000, 'A'), NoteError::kTooLarge},
};

TEST(Note, RefusesAllElse) {
    std::set<NoteError> provoked;
    for (const Refused& row : kRefused) {
        const auto note = parse_note(row.bytes);
        const auto shown = std::string_view(row.bytes).substr(0, 80);
        ASSERT_FALSE(note) << shown;
        EXPECT_EQ(note.error(), row.error) << shown;
        EXPECT_NE(std::string_view(to_string(note.error())), "unknown error");
        provoked.insert(note.error());
    }
    EXPECT_EQ(provoked.size(), 10U);  // every one of reading
}

TEST(Note, LimitsAreReached) {
    EXPECT_EQ(parse_note("text\n\n" + repeated(kLine, 64))->signatures.size(), 64U);
    const std::string rest = "\n\n" + kLine;
    const std::string largest = std::string(Note::kMaxBytes - rest.size(), 'a') + rest;
    const auto note = parse_note(largest);
    ASSERT_TRUE(note);
    EXPECT_EQ(to_string(*note), largest);
    EXPECT_EQ(parse_note("a" + largest).error(), NoteError::kTooLarge);
}

TEST(NoteVerification, ChangesToTheTextAreSeen) {
    Author a("example.com/a", 1);
    Note note{.text = std::string(kText), .signatures = {a.sign(kText)}};
    for (std::size_t bit = 0; bit < 8 * note.text.size(); ++bit) {
        Note other = note;
        other.text[bit / 8] = static_cast<char>(other.text[bit / 8] ^ 1 << bit % 8);
        EXPECT_EQ(verify(other, {a.key}).error(), NoteError::kWrongSignature) << bit;
    }
    note.text += "\n";
    EXPECT_EQ(verify(note, {a.key}).error(), NoteError::kWrongSignature);
}

TEST(NoteVerification, SignaturesOfOthersAreIgnored) {
    Author a("example.com/a", 1);
    Author b("example.com/b", 2);
    NoteSignature same_name = a.sign(kText);
    same_name.key_id = NoteKeyId(same_name.key_id.value() ^ 1U);
    NoteSignature same_id = a.sign(kText);
    same_id.name = "example.com/c";
    const Note others{.text = std::string(kText), .signatures = {same_name, same_id}};
    EXPECT_EQ(verify(others, {a.key}).error(), NoteError::kNoKnownSignature);
    EXPECT_EQ(verify(others, {}).error(), NoteError::kNoKnownSignature);
    Note note = others;
    note.signatures.push_back(a.sign(kText));
    EXPECT_THAT(*verify(note, {b.key, a.key}), ElementsAre(1));
}

TEST(NoteVerification, OneWrongSignatureOfAKnownKeyRefusesTheNote) {
    Author a("example.com/a", 1);
    Author b("example.com/b", 2);
    Note note{.text = std::string(kText), .signatures = {a.sign(kText), b.sign("other\n")}};
    EXPECT_THAT(*verify(note, {a.key}), ElementsAre(0));
    EXPECT_EQ(verify(note, {a.key, b.key}).error(), NoteError::kWrongSignature);
    // A second line of the same key counts as much as the first.
    note.signatures = {a.sign(kText), a.sign("other\n")};
    EXPECT_EQ(verify(note, {a.key}).error(), NoteError::kWrongSignature);
    note.signatures = {a.sign(kText), a.sign(kText)};
    EXPECT_THAT(*verify(note, {a.key}), ElementsAre(0));
    for (const std::size_t size : {1U, 63U, 65U, 72U}) {
        note.signatures = {a.sign(kText)};
        note.signatures.front().bytes.resize(size);
        EXPECT_EQ(verify(note, {a.key}).error(), NoteError::kWrongSignature) << size;
    }
}

TEST(NoteVerification, TwoKeysOfOneNameAndIdAreAmbiguous) {
    Author a("example.com/a", 1);
    VerifierKey other = Author("example.com/a", 2).key;
    other.id = a.key.id;
    const Note note{.text = std::string(kText), .signatures = {a.sign(kText)}};
    EXPECT_EQ(verify(note, {a.key, other}).error(), NoteError::kAmbiguousKey);
    EXPECT_EQ(verify(note, {other, a.key}).error(), NoteError::kAmbiguousKey);
    // The same key twice is one key.
    EXPECT_THAT(*verify(note, {a.key, a.key}), ElementsAre(0));
}

TEST(NoteVerification, NamesThatLookAlikeAreOthers) {
    Author latin("example.com/a", 1);
    Author cyrillic("example.com/\xD0\xB0", 1);
    Author composed("\xC3\xA9", 1);
    Author decomposed("e\xCC\x81", 1);
    const Note note{.text = std::string(kText),
                    .signatures = {cyrillic.sign(kText), decomposed.sign(kText)}};
    EXPECT_EQ(verify(note, {latin.key, composed.key}).error(), NoteError::kNoKnownSignature);
    EXPECT_THAT(*verify(note, {latin.key, cyrillic.key, composed.key, decomposed.key}),
                ElementsAre(1, 3));
}

TEST(NoteVerification, KeysOfOtherTypesSignOtherThings) {
    Author a("example.com/a", 1);
    VerifierKey witness = *make_verifier_key("example.com/a", kCosignatureV1Type, a.key.key);
    NoteSignature line = a.sign(kText);
    line.key_id = witness.id;
    const Note note{.text = std::string(kText), .signatures = {line, a.sign(kText)}};
    EXPECT_FALSE(verify_signature(kText, line, witness));
    EXPECT_EQ(verify(note, {witness}).error(), NoteError::kNoKnownSignature);
    EXPECT_THAT(*verify(note, {witness, a.key}), ElementsAre(1));
}

TEST(NoteVerification, AnErrorHasWords) {
    for (const NoteError error :
         {NoteError::kAmbiguousKey, NoteError::kWrongSignature, NoteError::kNoKnownSignature}) {
        EXPECT_NE(std::string_view(to_string(error)), "unknown error");
    }
}

TEST(NoteSigning, SaysWhereTheSignerIsNotAvailable) {
    base::testing::FakeSigner signer(1);
    signer.set_unavailable(true);
    EXPECT_EQ(sign_note(signer, "a", kText).error(), base::SignerError::kUnavailable);
}

TEST(NoteDeathTest, WhatCannotBeReadIsNotWritten) {
    Author a("example.com/a", 1);
    EXPECT_DEATH((void)sign_note(a.signer, "a b", kText), "check failed");
    EXPECT_DEATH((void)sign_note(a.signer, "a", "no newline"), "check failed");
    EXPECT_DEATH((void)sign_note(a.signer, "a", "tab\t\n"), "check failed");
    const NoteSignature line = a.sign(kText);
    EXPECT_DEATH((void)to_string(Note{.text = std::string(kText), .signatures = {}}),
                 "check failed");
    EXPECT_DEATH((void)to_string(Note{.text = "\xFF\n", .signatures = {line}}), "check failed");
    const Note many{.text = std::string(kText), .signatures = {65, line}};
    EXPECT_DEATH((void)to_string(many), "check failed");
}

/// The example of docs/formats/signed-note.md: the seed of RFC 8032's TEST 1.
TEST(NoteDocument, ShowsTheseBytes) {
    SeedSigner signer(
        sized<32>(from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
    const std::string text = "Line closed at 07:24:05Z.\n\nAll parties told.\n";
    const Note note{.text = text, .signatures = {*sign_note(signer, "example.com/coord", text)}};
    const auto key = *make_verifier_key("example.com/coord", kEd25519Type, signer.key_id().value());
    std::string shown;
    std::string_view rest = "";
    const std::string bytes = to_string(note);
    for (rest = bytes; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        shown += line.empty() ? "\n" : "    " + std::string(line) + "\n";
    }
    const auto document =
        file_content(std::string(COMITY_SOURCE_DIR) + "/docs/formats/signed-note.md");
    ASSERT_TRUE(document);
    EXPECT_THAT(*document, testing::HasSubstr(shown));
    EXPECT_THAT(*document, testing::HasSubstr("    " + to_string(key) + "\n"));
    EXPECT_THAT(*document,
                testing::HasSubstr(base::to_hex(note.signatures.front().bytes).substr(0, 16)));
    EXPECT_THAT(*document, testing::HasSubstr(std::to_string(bytes.size()) + " bytes"));
}

}  // namespace
}  // namespace comity::seal
