// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/instant.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace comity::geo {
namespace {

// clang-tidy 19 does not know that <chrono> provides days and floor.
using std::chrono::days;  // NOLINT(misc-include-cleaner)
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

constexpr Instant kFirst{};
// The first moment of the year 10000.
constexpr Instant kEnd = sys_days{std::chrono::year{9999} / std::chrono::December / 31} + days{1};

bool is_digit(char c) {
    return '0' <= c && c <= '9';
}

/// What is left to read of a text. A failed read leaves it anywhere: the text is then refused.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    // The next character, if it is one of two.
    bool take(char one, char other) {
        if (rest_.empty() || (rest_.front() != one && rest_.front() != other)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take(char one) { return take(one, one); }

    // Exactly `count` digits.
    bool take_digits(std::size_t count, int& value) {
        if (rest_.size() < count) return false;
        value = 0;
        for (const char c : rest_.substr(0, count)) {
            if (!is_digit(c)) return false;
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(count);
        return true;
    }

    // One digit or more; what is too great for any year stays too great.
    bool take_number(std::int64_t& value) {
        constexpr std::int64_t kCeiling = 1'000'000'000'000;
        if (rest_.empty() || !is_digit(rest_.front())) return false;
        value = 0;
        while (!rest_.empty() && is_digit(rest_.front())) {
            if (value < kCeiling) value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return true;
    }

    // Nothing, or a point and digits: milliseconds, 0 to 1000, rounded halves upward.
    bool take_fraction(Milliseconds& value) {
        value = Milliseconds{0};
        if (!take('.')) return true;
        if (rest_.empty() || !is_digit(rest_.front())) return false;
        int sum = 0;
        int weight = 1000;
        for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
            const int digit = rest_.front() - '0';
            // The fourth digit decides the rounding; those behind it no longer count.
            if (weight == 1 && digit >= 5) sum += 1;
            weight /= 10;
            sum += weight * digit;
        }
        value = Milliseconds{sum};
        return true;
    }

  private:
    std::string_view rest_;
};

base::Expected<Instant, InstantError> in_range(Instant instant) {
    if (instant < kFirst || instant >= kEnd) return base::Unexpected(InstantError::kOutOfRange);
    return instant;
}

base::Expected<Instant, InstantError> parse_unix(std::string_view text) {
    Reader reader(text);
    const bool negative = reader.take('-');
    std::int64_t count = 0;
    Milliseconds fraction{};
    if (!reader.take_number(count) || !reader.take_fraction(fraction) || !reader.at_end()) {
        return base::Unexpected(InstantError::kSyntax);
    }
    if (negative) return base::Unexpected(InstantError::kOutOfRange);
    return in_range(Instant{seconds{count}} + fraction);
}

/// The fields of RFC 3339, 5.6, as read.
struct Fields {
    int year, month, day, hour, minute, second;
    Milliseconds fraction;
    bool west;
    int offset_hour, offset_minute;
};

// Z, or an offset from UTC.
bool take_zone(Reader& reader, Fields& f) {
    f.west = false;
    f.offset_hour = 0;
    f.offset_minute = 0;
    if (reader.take('Z', 'z')) return true;
    f.west = reader.take('-');
    return (f.west || reader.take('+')) && reader.take_digits(2, f.offset_hour) &&
           reader.take(':') && reader.take_digits(2, f.offset_minute);
}

bool take_fields(Reader& reader, Fields& f) {
    return reader.take_digits(4, f.year) && reader.take('-') && reader.take_digits(2, f.month) &&
           reader.take('-') && reader.take_digits(2, f.day) &&
           (reader.take('T', 't') || reader.take(' ')) && reader.take_digits(2, f.hour) &&
           reader.take(':') && reader.take_digits(2, f.minute) && reader.take(':') &&
           reader.take_digits(2, f.second) && reader.take_fraction(f.fraction) &&
           take_zone(reader, f) && reader.at_end();
}

base::Expected<Instant, InstantError> parse_rfc3339(std::string_view text) {
    Fields f{};
    Reader reader(text);
    if (!take_fields(reader, f)) return base::Unexpected(InstantError::kSyntax);
    const std::chrono::year_month_day date{std::chrono::year{f.year},
                                           std::chrono::month{static_cast<unsigned>(f.month)},
                                           std::chrono::day{static_cast<unsigned>(f.day)}};
    if (!date.ok() || f.hour > 23 || f.minute > 59 || f.second > 59 || f.offset_hour > 23 ||
        f.offset_minute > 59) {
        return base::Unexpected(InstantError::kOutOfRange);
    }
    const minutes offset = hours{f.offset_hour} + minutes{f.offset_minute};
    return in_range(sys_days{date} + hours{f.hour} + minutes{f.minute} + seconds{f.second} +
                    f.fraction - (f.west ? -offset : offset));
}

/// A text of known length, written from front to back.
class Writer {
  public:
    void put(char c) {
        text_.at(size_) = c;
        ++size_;
    }
    // The decimal digits from that of `unit` (1000, say) down to the ones.
    void put_digits(std::int64_t value, std::int64_t unit) {
        for (; unit > 0; unit /= 10) put(static_cast<char>('0' + value / unit % 10));
    }
    std::string text() const { return std::string(text_.data(), size_); }

  private:
    std::array<char, 24> text_{};
    std::size_t size_ = 0;
};

std::string written(Instant instant, bool always_milliseconds) {
    const auto day = std::chrono::floor<days>(instant);  // NOLINT(misc-include-cleaner)
    const std::chrono::year_month_day date{day};
    const Milliseconds of_day = instant - day;
    const auto year = static_cast<int>(date.year());
    COMITY_CHECK(0 <= year && year <= 9999);
    Writer out;
    out.put_digits(year, 1000);
    out.put('-');
    out.put_digits(static_cast<unsigned>(date.month()), 10);
    out.put('-');
    out.put_digits(static_cast<unsigned>(date.day()), 10);
    out.put('T');
    out.put_digits(of_day / hours{1}, 10);
    out.put(':');
    out.put_digits(of_day % hours{1} / minutes{1}, 10);
    out.put(':');
    out.put_digits(of_day % minutes{1} / seconds{1}, 10);
    const Milliseconds fraction = of_day % seconds{1};
    if (always_milliseconds || fraction != Milliseconds{0}) {
        out.put('.');
        out.put_digits(fraction.count(), 100);
    }
    out.put('Z');
    return out.text();
}

}  // namespace

const char* to_string(InstantError error) {
    switch (error) {
        case InstantError::kEmpty:
            return "expected a time, not nothing";
        case InstantError::kSyntax:
            return "expected a time such as 2015-11-24T07:24:05.123Z or Unix seconds";
        case InstantError::kOutOfRange:
            return "expected a time that exists, in the years 1970 to 9999";
    }
    return "unknown error";
}

base::Expected<Instant, InstantError> parse_instant(std::string_view text) {
    if (text.empty()) return base::Unexpected(InstantError::kEmpty);
    // Only a date has a hyphen behind its year; no number has one there.
    const bool is_date = text.size() > 4 && text[4] == '-';
    return is_date ? parse_rfc3339(text) : parse_unix(text);
}

std::string to_string(Instant instant) {
    return written(instant, false);
}

std::string to_string_ms(Instant instant) {
    return written(instant, true);
}

}  // namespace comity::geo
