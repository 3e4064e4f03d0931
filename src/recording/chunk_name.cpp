// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_name.hpp"

#include "comity/recording/chunk.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace comity::recording {
namespace {

constexpr std::string_view kChunkSuffix = ".chunk";
constexpr std::string_view kOpenSuffix = ".open";
constexpr std::size_t kTimeLength = 20;
constexpr std::size_t kNumberDigits = 10;
constexpr Instant kLatest{std::chrono::milliseconds(253'402'300'799'999)};

bool is_feed_character(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '.' ||
           c == '_' || c == ':' || c == '-';
}

std::string digits(std::uint64_t value, std::size_t count) {
    std::string text = std::to_string(value);
    if (text.size() < count) text.insert(0, count - text.size(), '0');
    return text;
}

// "20151124T072405.123Z".
std::string time_text(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    const auto number = [](auto value) { return static_cast<std::uint64_t>(value); };
    return digits(number(static_cast<int>(date.year())), 4) +
           digits(static_cast<unsigned>(date.month()), 2) +
           digits(static_cast<unsigned>(date.day()), 2) + "T" +
           digits(number(time.hours().count()), 2) + digits(number(time.minutes().count()), 2) +
           digits(number(time.seconds().count()), 2) + "." +
           digits(number(time.subseconds().count()), 3) + "Z";
}

std::optional<std::uint64_t> number_from(std::string_view text) {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end) return std::nullopt;
    return value;
}

// Any text of this length with digits where they belong; whoever calls writes it again to see
// whether it is one.
std::optional<Instant> time_from(std::string_view text) {
    if (text.size() != kTimeLength) return std::nullopt;
    const auto field = [&](std::size_t at, std::size_t size) {
        const auto value = number_from(text.substr(at, size));
        return value ? static_cast<int>(*value) : -1;
    };
    const int month = field(4, 2);
    const int day = field(6, 2);
    const std::chrono::year_month_day date(std::chrono::year(field(0, 4)),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day)));
    if (month < 0 || day < 0 || !date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(field(9, 2)) +
           std::chrono::minutes(field(11, 2)) + std::chrono::seconds(field(13, 2)) +
           std::chrono::milliseconds(field(16, 3));
}

// "NUMBER-FEED" without the suffix.
std::optional<OpenName> numbered_from(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto number = number_from(text.substr(0, dash));
    if (!number || !is_feed(text.substr(dash + 1))) return std::nullopt;
    return OpenName{.feed = std::string(text.substr(dash + 1)), .number = *number};
}

std::string numbered(std::uint64_t number, std::string_view feed) {
    return digits(number, kNumberDigits) + "-" + std::string(feed);
}

}  // namespace

bool is_feed(std::string_view text) {
    return !text.empty() && text.size() <= kMaxFeed && std::ranges::all_of(text, is_feed_character);
}

bool is_time(Instant instant) {
    return Instant{} <= instant && instant <= kLatest;
}

std::string to_string(const ChunkName& name) {
    return time_text(name.begin) + "-" + time_text(name.end) + "-" +
           numbered(name.number, name.feed) + std::string(kChunkSuffix);
}

std::optional<ChunkName> chunk_name_from(std::string_view text) {
    constexpr std::size_t kTimes = 2 * (kTimeLength + 1);
    if (text.size() < kTimes || !text.ends_with(kChunkSuffix)) return std::nullopt;
    const auto begin = time_from(text.substr(0, kTimeLength));
    const auto end = time_from(text.substr(kTimeLength + 1, kTimeLength));
    std::string_view rest = text.substr(kTimes);
    if (rest.size() < kChunkSuffix.size()) return std::nullopt;
    rest.remove_suffix(kChunkSuffix.size());
    const auto of = numbered_from(rest);
    if (!begin || !end || !of || !is_time(*begin) || !is_time(*end)) return std::nullopt;
    ChunkName name{.feed = of->feed, .begin = *begin, .end = *end, .number = of->number};
    if (name.end < name.begin || to_string(name) != text) return std::nullopt;
    return name;
}

std::string to_string(const OpenName& name) {
    return numbered(name.number, name.feed) + std::string(kOpenSuffix);
}

std::optional<OpenName> open_name_from(std::string_view text) {
    if (!text.ends_with(kOpenSuffix)) return std::nullopt;
    auto name = numbered_from(text.substr(0, text.size() - kOpenSuffix.size()));
    if (!name || to_string(*name) != text) return std::nullopt;
    return name;
}

}  // namespace comity::recording
