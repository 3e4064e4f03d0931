// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "reading_times.hpp"

#include "comity/wire/scenario_reader.hpp"

#include <algorithm>
#include <chrono>

namespace comity::wire {
namespace {

constexpr std::string_view kExpected =
    "a time such as 2026-06-01T07:05:00Z, or 07:05:00 of the day of the start";

int two_digits(std::string_view text) {
    return (text[0] - '0') * 10 + (text[1] - '0');
}

// Whether it is written as HH:MM:SS, with .m, .mm or .mmm behind it.
bool looks_like_time_of_day(std::string_view text) {
    constexpr std::string_view kPattern = "00:00:00.000";
    if (text.size() < 8 || text.size() == 9 || text.size() > kPattern.size()) return false;
    return std::equal(text.begin(), text.end(), kPattern.begin(), [](char c, char pattern) {
        return pattern == '0' ? '0' <= c && c <= '9' : c == pattern;
    });
}

// Since midnight; absent where a field is out of range.
std::optional<geo::Milliseconds> time_of_day(std::string_view text) {
    const int hour = two_digits(text.substr(0, 2));
    const int minute = two_digits(text.substr(3, 2));
    const int second = two_digits(text.substr(6, 2));
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    int ms = 0;
    int place = 100;
    for (std::size_t i = 9; i < text.size(); ++i, place /= 10) ms += (text[i] - '0') * place;
    return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) +
           geo::Milliseconds(ms);
}

void refuse(Reading& reading, const YamlNode& node, ScenarioFault fault,
            std::string_view expected) {
    reading.fail(fault, node.line, instead_of(node.text, expected));
}

}  // namespace

geo::Instant full_instant_of(Reading& reading, const YamlNode* node) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return {};
    const auto instant = geo::parse_instant(text);
    if (!instant)
        refuse(reading, *node, ScenarioFault::kValue,
               "a time such as "
               "2026-06-01T07:00:00Z");
    return instant.value_or(geo::Instant{});
}

geo::Instant instant_of(Reading& reading, const YamlNode* node, const Times& times) {
    const std::string_view text = word_of(reading, node);
    if (text.empty()) return {};
    if (looks_like_time_of_day(text)) {
        const auto since_midnight = time_of_day(text);
        if (!since_midnight) refuse(reading, *node, ScenarioFault::kValue, kExpected);
        return std::chrono::floor<std::chrono::days>(times.start) +
               since_midnight.value_or(geo::Milliseconds(0));
    }
    const auto instant = geo::parse_instant(text);
    if (!instant) refuse(reading, *node, ScenarioFault::kValue, kExpected);
    return instant.value_or(geo::Instant{});
}

geo::Instant instant_within(Reading& reading, const YamlNode* node, const Times& times) {
    if (node == nullptr) return times.start;
    const geo::Instant instant = instant_of(reading, node, times);
    if (instant < times.start || instant > times.end) {
        refuse(reading, *node, ScenarioFault::kRange,
               "a time from " + geo::to_string(times.start) + " to " + geo::to_string(times.end));
    }
    return instant;
}

}  // namespace comity::wire
