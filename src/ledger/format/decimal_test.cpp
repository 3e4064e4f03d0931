// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "decimal.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

TEST(ParseDecimal, ReadsNumbersBelowTwoToThe63InOneWay) {
    for (const std::uint64_t number :
         {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{10}, std::uint64_t{20'852'163},
          std::uint64_t{9'223'372'036'854'775'799U}, std::uint64_t{9'223'372'036'854'775'807U}}) {
        EXPECT_EQ(parse_decimal(std::to_string(number)), number);
    }
}

TEST(ParseDecimal, RefusesAllOtherTexts) {
    for (const std::string_view text : {"", "00", "01", "-1", "+1", " 1", "1 ", "1,0", "1.0", "1e3",
                                        "0x1", "a", "99999999999999999999999999x", "\xd9\xa1"}) {
        const auto number = parse_decimal(text);
        ASSERT_FALSE(number) << text;
        EXPECT_EQ(number.error(), DecimalError::kSyntax) << text;
    }
    for (const std::string_view text :
         {"9223372036854775808", "9223372036854775810", "18446744073709551615",
          "18446744073709551616", "92233720368547758080", "99999999999999999999999999999999"}) {
        const auto number = parse_decimal(text);
        ASSERT_FALSE(number) << text;
        EXPECT_EQ(number.error(), DecimalError::kTooLarge) << text;
    }
}

}  // namespace
}  // namespace comity::ledger
