// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "codec.hpp"

#include "golden_records.hpp"
#include "test_bytes.hpp"

#include "comity/ledger/record.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

// --- Text ----------------------------------------------------------------------------------------

struct TextRow {
    std::string_view text;
    std::optional<FormatFault> fault;
};

const TextRow kTexts[] = {
    {"", std::nullopt},
    {"plain ~ text", std::nullopt},
    {"K\xC3\xBCstenwache", std::nullopt},
    // The first and the last of each length (RFC 3629, section 3).
    {"\x20", std::nullopt},
    {"\x7E", std::nullopt},
    {"\xC2\x80", std::nullopt},
    {"\xDF\xBF", std::nullopt},
    {"\xE0\xA0\x80", std::nullopt},
    {"\xEF\xBF\xBF", std::nullopt},
    {"\xF0\x90\x80\x80", std::nullopt},
    {"\xF4\x8F\xBF\xBF", std::nullopt},
    // Beside the surrogates.
    {"\xED\x9F\xBF", std::nullopt},
    {"\xEE\x80\x80", std::nullopt},
    // Surrogates: U+D800, U+DFFF, and a pair of them.
    {"\xED\xA0\x80", FormatFault::kNotUtf8},
    {"\xED\xBF\xBF", FormatFault::kNotUtf8},
    {"\xED\xA0\xBD\xED\xB8\x80", FormatFault::kNotUtf8},
    // Beyond U+10FFFF.
    {"\xF4\x90\x80\x80", FormatFault::kNotUtf8},
    {"\xF5\x80\x80\x80", FormatFault::kNotUtf8},
    {"\xF8\x88\x80\x80\x80", FormatFault::kNotUtf8},
    {"\xFF", FormatFault::kNotUtf8},
    // Longer than they need be: /, U+007F, U+07FF, U+FFFF.
    {"\xC0\xAF", FormatFault::kNotUtf8},
    {"\xC1\xBF", FormatFault::kNotUtf8},
    {"\xE0\x80\xAF", FormatFault::kNotUtf8},
    {"\xE0\x9F\xBF", FormatFault::kNotUtf8},
    {"\xF0\x80\x80\xAF", FormatFault::kNotUtf8},
    {"\xF0\x8F\xBF\xBF", FormatFault::kNotUtf8},
    // A tail without a lead, and leads whose tails are missing or something else.
    {"\x80", FormatFault::kNotUtf8},
    {"a\xBF", FormatFault::kNotUtf8},
    {"\xC3", FormatFault::kNotUtf8},
    {"\xC3(", FormatFault::kNotUtf8},
    {"\xE2\x82", FormatFault::kNotUtf8},
    {"\xE2(\xAC", FormatFault::kNotUtf8},
    {"\xF0\x9F\x98", FormatFault::kNotUtf8},
    {"\xF0\x9F\x98(", FormatFault::kNotUtf8},
    // Control characters.
    {std::string_view("\0", 1), FormatFault::kControlCharacter},
    {"a\tb", FormatFault::kControlCharacter},
    {"a\n", FormatFault::kControlCharacter},
    {"\x1F", FormatFault::kControlCharacter},
    {"\x7F", FormatFault::kControlCharacter},
};

TEST(TextFault, FollowsRfc3629AndRefusesControlCharacters) {
    for (const TextRow& row : kTexts) {
        EXPECT_EQ(text_fault(row.text, 64), row.fault) << to_hex(bytes_of(row.text));
    }
}

TEST(TextFault, CountsBytesAgainstTheLimit) {
    EXPECT_EQ(text_fault("1234", 4), std::nullopt);
    EXPECT_EQ(text_fault("12345", 4), FormatFault::kTooLong);
    EXPECT_EQ(text_fault("\xC3\xBC\xC3\xBC", 4), std::nullopt);
    EXPECT_EQ(text_fault("\xC3\xBC\xC3\xBC", 3), FormatFault::kTooLong);
}

// Every lead with every one to three tails: each character has one sequence, and no other is text.
TEST(TextFault, FindsOneSequenceForEachCharacterAndNoOther) {
    std::vector<bool> is_known(0x110000);
    const auto count = [&](std::string_view bytes, std::uint32_t character) {
        if (text_fault(bytes, 4)) return;
        ASSERT_LE(character, 0x10FFFFU);
        ASSERT_FALSE(is_known[character]) << to_hex(bytes_of(bytes));
        is_known[character] = true;
    };
    const auto as_char = [](std::uint32_t value) { return static_cast<char>(value); };
    for (std::uint32_t a = 0; a < 0x80; ++a) count(std::string{as_char(a)}, a);
    for (std::uint32_t lead = 0x80; lead < 0x100; ++lead) {
        count(std::string{as_char(lead)}, 0);
        for (std::uint32_t b = 0x80; b < 0xC0; ++b) {
            const std::string two{as_char(lead), as_char(b)};
            count(two, ((lead & 0x1F) << 6) | (b & 0x3F));
            for (std::uint32_t c = 0x80; c < 0xC0; ++c) {
                const std::string three = two + as_char(c);
                const std::uint32_t tail = ((b & 0x3F) << 6) | (c & 0x3F);
                count(three, ((lead & 0xF) << 12) | tail);
                for (std::uint32_t d = 0x80; lead >= 0xF0 && d < 0xC0; ++d) {
                    count(three + as_char(d), ((lead & 0xF) << 18) | (tail << 6) | (d & 0x3F));
                }
            }
        }
    }
    for (std::uint32_t c = 0; c < is_known.size(); ++c) {
        const bool is_text = c >= 0x20 && c != 0x7F && (c < 0xD800 || c > 0xDFFF);
        ASSERT_EQ(is_known[c], is_text) << c;
    }
}

// --- Fields --------------------------------------------------------------------------------------

enum class Three : std::uint8_t { kOne = 1, kTwo, kThree };

template <typename Read>
std::optional<FormatError> error_of(std::string_view hex, const Read& read) {
    const std::vector<std::byte> bytes = from_hex(hex);
    Decoder decoder(bytes);
    read(decoder);
    const auto finished = decoder.finish();
    return finished ? std::nullopt : std::optional(finished.error());
}

std::optional<FormatError> at(FormatFault fault, std::size_t offset) {
    return FormatError{.fault = fault, .offset = offset};
}

TEST(Decoder, EachFaultNamesItsField) {
    const auto text4 = [](Decoder& d) {
        std::uint8_t before = 0;
        std::string text;
        d.u8(before);
        d.text(text, 4);
    };
    const auto bytes4 = [](Decoder& d) {
        Bytes bytes;
        d.bytes(bytes, 4);
    };
    const auto instant = [](Decoder& d) {
        Instant value{};
        d.instant(value);
    };
    const auto choice = [](Decoder& d) {
        Three value = Three::kOne;
        d.choice8(value, Three::kOne, Three::kThree);
    };
    const auto flag = [](Decoder& d) {
        bool value = false;
        d.flag(value);
    };
    const auto hashes = [](Decoder& d) {
        std::vector<seal::Hash> values;
        d.hashes8(values);
    };
    EXPECT_EQ(error_of("ff 0004 61626364", text4), std::nullopt);
    EXPECT_EQ(error_of("ff 0000", text4), std::nullopt);
    EXPECT_EQ(error_of("", text4), at(FormatFault::kTruncated, 0));
    EXPECT_EQ(error_of("ff 00", text4), at(FormatFault::kTruncated, 1));
    EXPECT_EQ(error_of("ff 0004 616263", text4), at(FormatFault::kTruncated, 1));
    EXPECT_EQ(error_of("ff 0005 6162636465", text4), at(FormatFault::kTooLong, 1));
    EXPECT_EQ(error_of("ff ffff", text4), at(FormatFault::kTooLong, 1));
    EXPECT_EQ(error_of("ff 0001 c3", text4), at(FormatFault::kNotUtf8, 1));
    EXPECT_EQ(error_of("ff 0001 0a", text4), at(FormatFault::kControlCharacter, 1));
    EXPECT_EQ(error_of("ff 0001 61 00", text4), at(FormatFault::kTrailing, 4));
    EXPECT_EQ(error_of("00000004 00ff00ff", bytes4), std::nullopt);
    EXPECT_EQ(error_of("00000005 00ff00ff00", bytes4), at(FormatFault::kTooLong, 0));
    EXPECT_EQ(error_of("ffffffff", bytes4), at(FormatFault::kTooLong, 0));
    EXPECT_EQ(error_of("00000004 00ff00", bytes4), at(FormatFault::kTruncated, 0));
    EXPECT_EQ(error_of("0000e677d21fdbff", instant), std::nullopt);
    EXPECT_EQ(error_of("0000e677d21fdc00", instant), at(FormatFault::kInstantRange, 0));
    EXPECT_EQ(error_of("ffffffffffffffff", instant), at(FormatFault::kInstantRange, 0));
    EXPECT_EQ(error_of("01", choice), std::nullopt);
    EXPECT_EQ(error_of("03", choice), std::nullopt);
    EXPECT_EQ(error_of("00", choice), at(FormatFault::kValueRange, 0));
    EXPECT_EQ(error_of("04", choice), at(FormatFault::kValueRange, 0));
    EXPECT_EQ(error_of("00", flag), std::nullopt);
    EXPECT_EQ(error_of("01", flag), std::nullopt);
    EXPECT_EQ(error_of("02", flag), at(FormatFault::kValueRange, 0));
    EXPECT_EQ(error_of("00", hashes), std::nullopt);
    EXPECT_EQ(error_of("01 00", hashes), at(FormatFault::kTruncated, 1));
}

TEST(Decoder, KeepsTheFirstFaultAndReadsNothingMore) {
    const std::vector<std::byte> bytes = from_hex("02 0001 61");
    Decoder decoder(bytes);
    bool flag = true;
    std::string text = "before";
    decoder.flag(flag);
    decoder.text(text, 4);
    EXPECT_TRUE(decoder.failed());
    EXPECT_EQ(text, "before");
    EXPECT_EQ(decoder.finish().error(), *at(FormatFault::kValueRange, 0));
}

TEST(Encoder, WritesTheMostSignificantByteFirst) {
    Bytes out;
    Encoder encoder(out);
    encoder.u8(0x01);
    encoder.u16(0x0203);
    encoder.u32(0x04050607);
    encoder.u64(0x08090A0B0C0D0E0F);
    encoder.flag(true);
    encoder.text("\xC3\xBC", 2);
    encoder.bytes(from_hex("00"), 1);
    encoder.instant(kLastInstant);
    EXPECT_EQ(to_hex(out), "0102030405060708090a0b0c0d0e0f010002c3bc00000001000000e677d21fdbff");
}

TEST(EncoderDeathTest, WhatIsOverItsLimitIsABug) {
    Bytes out;
    Encoder encoder(out);
    EXPECT_DEATH(encoder.text("12345", 4), "check failed");
    EXPECT_DEATH(encoder.text("\n", 4), "check failed");
    EXPECT_DEATH(encoder.bytes(Bytes(5), 4), "check failed");
    EXPECT_DEATH(encoder.hashes8(std::vector<seal::Hash>(256)), "check failed");
    EXPECT_DEATH(encoder.instant(kLastInstant + Milliseconds(1)), "check failed");
    EXPECT_DEATH(encoder.instant(Instant(Milliseconds(-1))), "check failed");
    EXPECT_DEATH(encoder.choice8(Three{4}, Three::kOne, Three::kThree), "check failed");
}

// --- Records: one row for each fault -------------------------------------------------------------

// The golden record with bytes from `offset` on replaced.
std::optional<FormatError> error_with(const std::string& name, std::size_t offset,
                                      std::string_view hex) {
    std::vector<std::byte> bytes = golden::bytes(name);
    const std::vector<std::byte> other = from_hex(hex);
    std::copy(other.begin(), other.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
    const auto decoded = decode_record(bytes);
    return decoded ? std::nullopt : std::optional(decoded.error());
}

// Of "record_..." with the rules "2015-11": where the outcome, kind, type, length and body stand.
constexpr std::size_t kTimeAt = 34;
constexpr std::size_t kRulesAt = 46;
constexpr std::size_t kKindAt = 57;
constexpr std::size_t kLengthAt = 60;
constexpr std::size_t kBodyAt = 64;

TEST(DecodeRecord, EachFaultOnceAndWhereItStands) {
    const std::string stop = "record_stop";
    EXPECT_EQ(error_with(stop, 0, "0001"), std::nullopt);
    EXPECT_EQ(error_with(stop, 0, "0000"), at(FormatFault::kUnknownVersion, 0));
    EXPECT_EQ(error_with(stop, 0, "0002"), at(FormatFault::kUnknownVersion, 0));
    EXPECT_EQ(error_with(stop, kTimeAt, "0000e677d21fdc00"),
              at(FormatFault::kInstantRange, kTimeAt));
    EXPECT_EQ(error_with(stop, kRulesAt, "0041"), at(FormatFault::kTooLong, kRulesAt));
    EXPECT_EQ(error_with(stop, kRulesAt + 2, "ff"), at(FormatFault::kNotUtf8, kRulesAt));
    EXPECT_EQ(error_with(stop, kRulesAt + 8, "7f"), at(FormatFault::kControlCharacter, kRulesAt));
    EXPECT_EQ(error_with(stop, kKindAt, "00"), at(FormatFault::kUnknownKind, kKindAt));
    EXPECT_EQ(error_with(stop, kKindAt, "04"), at(FormatFault::kUnknownKind, kKindAt));
    EXPECT_EQ(error_with(stop, kLengthAt, "00000003"), at(FormatFault::kTruncated, kLengthAt));
    EXPECT_EQ(error_with(stop, kLengthAt, "00000001"), at(FormatFault::kTruncated, kBodyAt));
    EXPECT_EQ(error_with(stop, kLengthAt, "00100001"), at(FormatFault::kTooLong, kLengthAt));
    // A role of 4; a level of 0 and of 5; a flag of 2; the body of a type that has none.
    EXPECT_EQ(error_with("record_key_change", kBodyAt, "04"), at(FormatFault::kValueRange, 64));
    const std::size_t level = kBodyAt + 2 + 11 + 8 + 2 + 11 + 8;
    EXPECT_EQ(error_with("record_delivery", level, "04"), std::nullopt);
    EXPECT_EQ(error_with("record_delivery", level, "00"), at(FormatFault::kValueRange, level));
    EXPECT_EQ(error_with("record_delivery", level, "05"), at(FormatFault::kValueRange, level));
    EXPECT_EQ(error_with("record_time_quality", kBodyAt + 2 + 3 + 4, "02"),
              at(FormatFault::kValueRange, kBodyAt + 9));
    EXPECT_EQ(error_with("record_stop", kKindAt + 1, "000c"), at(FormatFault::kTrailing, kBodyAt));
}

TEST(DecodeRecord, RefusesEveryTruncationOfEveryKind) {
    for (const auto& [name, record] : golden::records()) {
        const std::vector<std::byte> bytes = golden::bytes(name);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const auto decoded = decode_record(std::span(bytes).first(size));
            ASSERT_FALSE(decoded) << name << " " << size;
            ASSERT_EQ(decoded.error().fault, FormatFault::kTruncated) << name << " " << size;
            ASSERT_LE(decoded.error().offset, size) << name;
        }
    }
}

TEST(DecodeRecord, RefusesAByteAfterTheLastField) {
    for (const auto& [name, record] : golden::records()) {
        std::vector<std::byte> bytes = golden::bytes(name);
        bytes.push_back(std::byte{0});
        const auto decoded = decode_record(bytes);
        ASSERT_FALSE(decoded) << name;
        EXPECT_EQ(decoded.error(), *at(FormatFault::kTrailing, bytes.size() - 1)) << name;
    }
}

TEST(FormatFault, EachHasWordsOfItsOwn) {
    std::vector<std::string_view> words;
    for (int i = 0; i <= static_cast<int>(FormatFault::kValueRange); ++i) {
        words.emplace_back(to_string(static_cast<FormatFault>(i)));
        EXPECT_TRUE(words.back().starts_with("expected")) << words.back();
    }
    std::sort(words.begin(), words.end());
    EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end());
}

}  // namespace
}  // namespace comity::ledger
