// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "field.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace comity::surveillance {
namespace {

TEST(ParseNumber, ReadsDecimalNumbers) {
    for (const auto& [text, value] :
         std::initializer_list<std::pair<const char*, double>>{{"0", 0.0},
                                                               {"-0.5", -0.5},
                                                               {"+64", 64.0},
                                                               {"1e3", 1000.0},
                                                               {"47.70520", 47.7052},
                                                               {".5", 0.5},
                                                               {"5.", 5.0}}) {
        const auto read = parse_number(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(*read, value) << text;
    }
}

TEST(ParseNumber, RefusesWhatIsNone) {
    for (const auto& [text, fault] : std::initializer_list<std::pair<const char*, FieldFault>>{
             {"", FieldFault::kSyntax},
             {"x", FieldFault::kSyntax},
             {"1,5", FieldFault::kSyntax},
             {"1 2", FieldFault::kSyntax},
             {"0x10", FieldFault::kSyntax},
             {"+-1", FieldFault::kSyntax},
             {"--1", FieldFault::kSyntax},
             {"12m", FieldFault::kSyntax},
             {"nan", FieldFault::kNotFinite},
             {"NaN", FieldFault::kNotFinite},
             {"inf", FieldFault::kNotFinite},
             {"-INF", FieldFault::kNotFinite},
             {"1e999", FieldFault::kNotFinite}}) {
        const auto read = parse_number(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error(), fault) << text;
    }
}

TEST(ParseNumber, RefusesWhatIsOutOfRange) {
    EXPECT_TRUE(parse_number("1000000", kAltitudeFeet));
    EXPECT_EQ(parse_number("1000001", kAltitudeFeet).error(), FieldFault::kRange);
    EXPECT_EQ(parse_number("-1", kSpeedKnots).error(), FieldFault::kRange);
}

TEST(ParseFlag, KnowsTheSpellingsInUse) {
    for (const char* const text : {"1", "-1", "true", "True", "TRUE"}) {
        EXPECT_EQ(parse_flag(text), true) << text;
    }
    for (const char* const text : {"0", "false", "False"}) {
        EXPECT_EQ(parse_flag(text), false) << text;
    }
    for (const char* const text : {"", "2", "yes", "00", "tru", "truer"}) {
        EXPECT_EQ(parse_flag(text), std::nullopt) << text;
    }
}

TEST(ParseSquawk, GivesFourOctalDigits) {
    std::string code;
    for (const auto& [text, expected] : std::initializer_list<std::pair<const char*, const char*>>{
             {"7700", "7700"}, {"51", "0051"}, {"0", "0000"}, {"1000.0", "1000"}}) {
        ASSERT_TRUE(parse_squawk(text, code)) << text;
        EXPECT_EQ(code, expected);
    }
    for (const char* const text : {"", "7780", "77000", "7a00", "-1", ".0"}) {
        EXPECT_FALSE(parse_squawk(text, code)) << text;
    }
}

TEST(TextFault, FindsWhatIsNotText) {
    EXPECT_EQ(text_fault("plain, with\ttab and Z\xC3\xBCrich \xF0\x9F\x9B\xA9"), std::nullopt);
    for (const char* const text : {"a\x01", "\x7F", "a\rb"}) {
        EXPECT_EQ(text_fault(text), TextFault::kControlCharacter);
    }
    EXPECT_EQ(text_fault(std::string_view("a\0b", 3)), TextFault::kControlCharacter);
    // A lone continuation, a cut sequence, overlong forms, a surrogate, beyond U+10FFFF.
    for (const char* const text : {"\x80", "a\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80",
                                   "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
        EXPECT_EQ(text_fault(text), TextFault::kInvalidUtf8);
    }
}

TEST(Shown, MakesACellFitForAMessage) {
    EXPECT_EQ(shown("a\tb\xC3\xBC"), "a?b??");
    EXPECT_EQ(shown(std::string(50, 'x')), std::string(40, 'x') + "...");
}

}  // namespace
}  // namespace comity::surveillance
