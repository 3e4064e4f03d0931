// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "time_text.hpp"

#include "codec.hpp"

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

struct TimeRow {
    std::int64_t milliseconds;
    std::string_view text;
};

const TimeRow kTimes[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {1, "1970-01-01T00:00:00.001Z"},
    {999, "1970-01-01T00:00:00.999Z"},
    {86'399'999, "1970-01-01T23:59:59.999Z"},
    {86'400'000, "1970-01-02T00:00:00.000Z"},
    {951'782'400'000, "2000-02-29T00:00:00.000Z"},
    {1'448'349'845'123, "2015-11-24T07:24:05.123Z"},
    {4'107'542'399'999, "2100-02-28T23:59:59.999Z"},
    {4'107'542'400'000, "2100-03-01T00:00:00.000Z"},
    {253'402'300'799'999, "9999-12-31T23:59:59.999Z"},
};

TEST(TimeText, IsWrittenAndReadInOneWay) {
    for (const TimeRow& row : kTimes) {
        const Instant instant{Milliseconds(row.milliseconds)};
        EXPECT_EQ(to_time_text(instant), row.text);
        EXPECT_EQ(from_time_text(row.text), instant) << row.text;
    }
}

TEST(TimeText, IsTheSameInstantAgain) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 100'000; ++i) {
        const Instant instant{
            Milliseconds(static_cast<std::int64_t>(random() % 253'402'300'800'000))};
        ASSERT_EQ(from_time_text(to_time_text(instant)), instant) << to_time_text(instant);
    }
}

TEST(TimeText, IsNothingElse) {
    for (const std::string_view text : {
             "",
             "2015-11-24",
             "2015-11-24T07:24:05Z",
             "2015-11-24T07:24:05.1Z",
             "2015-11-24T07:24:05.1234Z",
             "2015-11-24T07:24:05,123Z",
             "2015-11-24 07:24:05.123Z",
             "2015-11-24t07:24:05.123z",
             "2015-11-24T07:24:05.123z",
             "2015-11-24T07:24:05.123+00:00",
             "2015-11-24T07:24:05.123",
             " 2015-11-24T07:24:05.123Z",
             "2015-11-24T07:24:05.123Z ",
             "2015-11-24T07:24:05.12aZ",
             "-015-11-24T07:24:05.123Z",
             "+015-11-24T07:24:05.123Z",
             "dddd-dd-ddTdd:dd:dd.dddZ",
             // No such day, no such time.
             "2015-00-24T07:24:05.123Z",
             "2015-13-24T07:24:05.123Z",
             "2015-11-00T07:24:05.123Z",
             "2015-11-31T07:24:05.123Z",
             "2015-02-29T07:24:05.123Z",
             "2100-02-29T07:24:05.123Z",
             "2015-11-24T24:00:00.000Z",
             "2015-11-24T07:60:05.123Z",
             "2016-12-31T23:59:60.000Z",
             // Before 1970.
             "1969-12-31T23:59:59.999Z",
             "0000-01-01T00:00:00.000Z",
         }) {
        EXPECT_EQ(from_time_text(text), std::nullopt) << text;
    }
}

TEST(TimeTextDeathTest, OfAnInstantOutOfRangeIsABug) {
    EXPECT_DEATH((void)to_time_text(kLastInstant + Milliseconds(1)), "check failed");
    EXPECT_DEATH((void)to_time_text(Instant(Milliseconds(-1))), "check failed");
}

}  // namespace
}  // namespace comity::ledger
