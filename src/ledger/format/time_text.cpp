// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "time_text.hpp"

#include "codec.hpp"

#include <chrono>

namespace comity::ledger {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd.dddZ";

int number_at(std::string_view text, std::size_t at, std::size_t digits) {
    int number = 0;
    for (const char digit : text.substr(at, digits)) number = 10 * number + (digit - '0');
    return number;
}

}  // namespace

std::string to_time_text(Instant instant) {
    COMITY_CHECK(Instant{} <= instant && instant <= kLastInstant);
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    std::string text(kShape);
    const auto put = [&](std::size_t at, std::size_t digits, long long number) {
        for (std::size_t i = digits; i-- > 0; number /= 10) {
            text[at + i] = static_cast<char>('0' + number % 10);
        }
    };
    put(0, 4, static_cast<int>(date.year()));
    put(5, 2, static_cast<unsigned>(date.month()));
    put(8, 2, static_cast<unsigned>(date.day()));
    put(11, 2, time.hours().count());
    put(14, 2, time.minutes().count());
    put(17, 2, time.seconds().count());
    put(20, 3, time.subseconds().count());
    return text;
}

std::optional<Instant> from_time_text(std::string_view text) {
    if (text.size() != kShape.size()) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool fits =
            kShape[i] == 'd' ? '0' <= text[i] && text[i] <= '9' : text[i] == kShape[i];
        if (!fits) return std::nullopt;
    }
    const year_month_day date{std::chrono::year(number_at(text, 0, 4)),
                              std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
                              std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2)))};
    const int hour = number_at(text, 11, 2);
    const int minute = number_at(text, 14, 2);
    const int second = number_at(text, 17, 2);
    if (!date.ok() || date.year() < std::chrono::year(1970)) return std::nullopt;
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return Instant(sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second) + Milliseconds(number_at(text, 20, 3));
}

}  // namespace comity::ledger
