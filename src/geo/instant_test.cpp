// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/instant.hpp"

#include "comity/base/testing/random_arguments.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::geo {
namespace {

using base::testing::RandomArguments;

/// A text, and what it is to give: milliseconds since 1970, or an error.
struct Row {
    std::string_view text;
    std::optional<std::int64_t> milliseconds;
    InstantError error = InstantError::kSyntax;
};

Row reads(std::string_view text, std::int64_t milliseconds) {
    return {text, milliseconds};
}
Row no_time(std::string_view text) {
    return {text, std::nullopt, InstantError::kSyntax};
}
Row out_of_range(std::string_view text) {
    return {text, std::nullopt, InstantError::kOutOfRange};
}

constexpr std::int64_t kShot = 1'448'349'845'000;  // 2015-11-24T07:24:05Z
constexpr std::int64_t kLast = 253'402'300'799'999;

const Row kRows[] = {
    {"", std::nullopt, InstantError::kEmpty},

    reads("2015-11-24T07:24:05Z", kShot),
    reads("2015-11-24t07:24:05z", kShot),
    reads("2015-11-24 07:24:05Z", kShot),
    no_time("2015-11-24_07:24:05Z"),
    no_time("2015-11-24  07:24:05Z"),
    no_time("2015-11-2407:24:05Z"),
    no_time(" 2015-11-24T07:24:05Z"),
    no_time("2015-11-24T07:24:05Z "),
    no_time("2015-11-24T07:24:05Z\n"),
    no_time("2015-11-24T07:24:05ZZ"),
    no_time("2015-11-24T07:24:05"),
    no_time("2015-11-24T07:24Z"),
    no_time("2015-11-24"),
    no_time("2015-"),
    no_time("2015-11-24T7:24:05Z"),
    no_time("2015-1-24T07:24:05Z"),
    no_time("2015/11/24T07:24:05Z"),
    no_time("20151124T072405Z"),
    no_time("15-11-24T07:24:05Z"),
    no_time("2015-11-24T07-24-05Z"),
    no_time("2015-11-24T07:24:+5Z"),
    no_time("2015-11-24T07:24: 5Z"),
    no_time("2015-11-24T07:24:0\xd9\xa5Z"),
    no_time(std::string_view("2015-11-24T07:24:05Z\0", 21)),

    reads("2015-11-24T07:24:05.1Z", kShot + 100),
    reads("2015-11-24T07:24:05.12Z", kShot + 120),
    reads("2015-11-24T07:24:05.123Z", kShot + 123),
    reads("2015-11-24T07:24:05.1234999999Z", kShot + 123),
    reads("2015-11-24T07:24:05.1235Z", kShot + 124),
    reads("2015-11-24T07:24:05.12350000000000000000000001Z", kShot + 124),
    reads("2015-11-24T07:24:05.00049Z", kShot),
    reads("2015-11-24T07:24:05.9994999Z", kShot + 999),
    reads("2015-11-24T07:24:05.9995Z", kShot + 1000),
    reads("2015-12-31T23:59:59.9995Z", 1'451'606'400'000),
    no_time("2015-11-24T07:24:05.Z"),
    no_time("2015-11-24T07:24:05,123Z"),
    no_time("2015-11-24T07:24:05.12.3Z"),

    reads("2015-11-24T07:24:05+00:00", kShot),
    reads("2015-11-24T07:24:05-00:00", kShot),
    reads("2015-11-24T09:24:05+02:00", kShot),
    reads("2015-11-24T12:54:05.5+05:30", kShot + 500),
    reads("2015-11-23T23:24:05-08:00", kShot),
    reads("2015-11-25T07:23:05+23:59", kShot),
    out_of_range("2015-11-24T07:24:05+24:00"),
    out_of_range("2015-11-24T07:24:05+00:60"),
    no_time("2015-11-24T07:24:05+0000"),
    no_time("2015-11-24T07:24:05+00"),
    no_time("2015-11-24T07:24:05+2:00"),
    no_time("2015-11-24T07:24:05Z+00:00"),

    reads("2015-01-31T00:00:00Z", 1'422'662'400'000),
    out_of_range("2015-00-24T07:24:05Z"),
    out_of_range("2015-13-24T07:24:05Z"),
    out_of_range("2015-11-00T07:24:05Z"),
    out_of_range("2015-11-31T07:24:05Z"),
    out_of_range("2015-12-32T07:24:05Z"),
    out_of_range("2015-02-30T07:24:05Z"),
    out_of_range("2015-02-29T07:24:05Z"),
    reads("2016-02-29T00:00:00Z", 1'456'704'000'000),
    reads("2000-02-29T00:00:00Z", 951'782'400'000),
    out_of_range("2100-02-29T00:00:00Z"),
    reads("2015-11-24T23:59:59Z", 1'448'409'599'000),
    out_of_range("2015-11-24T24:00:00Z"),
    out_of_range("2015-11-24T07:60:05Z"),
    out_of_range("2015-11-24T07:24:60Z"),
    out_of_range("2016-12-31T23:59:60Z"),
    // Of two faults, that of the syntax.
    no_time("2015-13-24T07:24:05"),

    reads("1970-01-01T00:00:00Z", 0),
    out_of_range("1969-12-31T23:59:59Z"),
    out_of_range("1969-12-31T23:59:59.9994Z"),
    reads("1969-12-31T23:00:00-01:00", 0),
    out_of_range("1970-01-01T00:00:00+00:01"),
    out_of_range("0000-01-01T00:00:00Z"),
    reads("9999-12-31T23:59:59.999Z", kLast),
    out_of_range("9999-12-31T23:59:59.9995Z"),
    out_of_range("9999-12-31T23:59:59-00:01"),
    no_time("10000-01-01T00:00:00Z"),

    reads("0", 0),
    reads("2015", 2'015'000),
    reads("1448349845", kShot),
    reads("1448349845.123", kShot + 123),
    reads("1448349845.1", kShot + 100),
    reads("1448349845.1235", kShot + 124),
    reads("1448349845.9995", kShot + 1000),
    reads("0001448349845", kShot),
    reads("00000000000000000000000000000001", 1000),
    reads("253402300799.999", kLast),
    out_of_range("253402300799.9995"),
    out_of_range("253402300800"),
    out_of_range("9223372036854775808"),
    out_of_range("99999999999999999999999999999999999999999999"),
    out_of_range("-1"),
    out_of_range("-1448349845.5"),
    no_time("1448349845."),
    no_time(".5"),
    no_time("."),
    no_time("-"),
    no_time("+1448349845"),
    no_time("1448349845Z"),
    no_time("1448349845 "),
    no_time("1448349845,5"),
    no_time("1.448349845e9"),
    no_time("1448349845.12e3"),
    no_time("0x5654"),
    no_time("nan"),
    no_time("now"),
    no_time("--1"),
};

TEST(ParseInstant, ReadsWhatIsATimeAndRefusesWhatIsNot) {
    for (const Row& row : kRows) {
        SCOPED_TRACE(std::string(row.text));
        const auto instant = parse_instant(row.text);
        ASSERT_EQ(instant.has_value(), row.milliseconds.has_value());
        if (instant) {
            EXPECT_EQ(instant->time_since_epoch().count(), *row.milliseconds);
        } else {
            EXPECT_EQ(instant.error(), row.error);
        }
    }
}

TEST(ParseInstant, RefusesEveryTimeCutShort) {
    constexpr std::string_view kWhole = "2015-11-24T07:24:05.123+01:00";
    for (std::size_t size = 5; size < kWhole.size(); ++size) {
        const auto instant = parse_instant(kWhole.substr(0, size));
        ASSERT_FALSE(instant.has_value()) << size;
        EXPECT_EQ(instant.error(), InstantError::kSyntax) << size;
    }
}

TEST(ParseInstant, ReadsBackWhatIsWritten) {
    RandomArguments random(1);
    for (int i = 0; i < 200'000; ++i) {
        std::int64_t count = random.integer(0, kLast);
        if (i % 2 == 0) count -= count % 1000;
        const Instant instant{Milliseconds{count}};
        ASSERT_EQ(parse_instant(to_string(instant)), instant);
        ASSERT_EQ(parse_instant(to_string_ms(instant)), instant);
    }
}

TEST(ToString, WritesRfc3339) {
    const auto at = [](std::int64_t milliseconds) { return Instant{Milliseconds{milliseconds}}; };
    EXPECT_EQ(to_string(at(kShot)), "2015-11-24T07:24:05Z");
    EXPECT_EQ(to_string(at(kShot + 7)), "2015-11-24T07:24:05.007Z");
    EXPECT_EQ(to_string(at(kShot + 120)), "2015-11-24T07:24:05.120Z");
    EXPECT_EQ(to_string_ms(at(kShot)), "2015-11-24T07:24:05.000Z");
    EXPECT_EQ(to_string_ms(at(kShot + 123)), "2015-11-24T07:24:05.123Z");
    EXPECT_EQ(to_string(at(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_string(at(kLast)), "9999-12-31T23:59:59.999Z");
    // Not a time that is read, but one that arithmetic may reach.
    EXPECT_EQ(to_string_ms(at(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(ToStringDeathTest, RefusesAYearOfFiveDigits) {
    EXPECT_DEATH((void)to_string(Instant{Milliseconds{kLast + 1}}), "check failed");
}

TEST(InstantError, HasWordsForEach) {
    for (const auto error :
         {InstantError::kEmpty, InstantError::kSyntax, InstantError::kOutOfRange}) {
        EXPECT_TRUE(std::string_view(to_string(error)).starts_with("expected "));
    }
}

}  // namespace
}  // namespace comity::geo
