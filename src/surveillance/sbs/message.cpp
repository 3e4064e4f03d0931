// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "sbs/message.hpp"

#include "field.hpp"

#include "comity/base/expected.hpp"
#include "comity/geo/altitude.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/surveillance/sbs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>

namespace comity::surveillance {
namespace {

constexpr std::size_t kMostFields = 22;

/// The fields' numbers as the source document counts them.
enum Field : int {
    kFieldType = 1,
    kFieldTransmission = 2,
    kFieldHexIdent = 5,
    kFieldDate = 7,
    kFieldTime = 8,
    kFieldCallsign = 11,
    kFieldAltitude = 12,
    kFieldGroundSpeed = 13,
    kFieldTrack = 14,
    kFieldLatitude = 15,
    kFieldLongitude = 16,
    kFieldVerticalRate = 17,
    kFieldSquawk = 18,
    kFieldOnGround = 22,
};

struct TypeRule {
    std::string_view name;
    SbsType type;
    std::size_t fields;  ///< at least
};

constexpr std::array<TypeRule, 6> kTypes = {{
    {"MSG", SbsType::kMsg, 22},
    {"SEL", SbsType::kSel, 10},
    {"ID", SbsType::kId, 11},
    {"AIR", SbsType::kAir, 10},
    {"STA", SbsType::kSta, 11},
    {"CLK", SbsType::kClk, 10},
}};

constexpr NumberRange kLatitudeDegrees{-90.0, 90.0, ""};
constexpr NumberRange kLongitudeDegrees{-180.0, 180.0, ""};

using Checked = base::Expected<void, SbsProblem>;

/// The fields of one message while it is read.
class Fields {
  public:
    /// False where there are more than 22.
    bool split(std::string_view line) {
        for (;;) {
            if (count_ == kMostFields) return false;
            const std::size_t comma = line.find(',');
            fields_[count_++] = trimmed(line.substr(0, comma));
            if (comma == std::string_view::npos) return true;
            line.remove_prefix(comma + 1);
        }
    }
    std::size_t count() const { return count_; }
    /// Empty where the message has no such field.
    std::string_view operator[](Field field) const {
        return fields_[static_cast<std::size_t>(field) - 1];
    }
    base::Unexpected<SbsProblem> problem(Field field, SbsFault fault) const {
        return base::Unexpected(
            SbsProblem{.fault = fault, .field = static_cast<int>(field), .value = (*this)[field]});
    }

  private:
    std::array<std::string_view, kMostFields> fields_{};
    std::size_t count_ = 0;
};

SbsFault fault_of(FieldFault fault, SbsFault out_of_range) {
    switch (fault) {
        case FieldFault::kSyntax:
            return SbsFault::kBadNumber;
        case FieldFault::kNotFinite:
            return SbsFault::kNotFinite;
        case FieldFault::kRange:
            break;
    }
    return out_of_range;
}

template <typename Quantity, typename Make>
Checked read_quantity(const Fields& fields, Field field, const NumberRange& range,
                      std::optional<Quantity>& result, Make make,
                      SbsFault out_of_range = SbsFault::kOutOfRange) {
    if (fields[field].empty()) return {};
    const auto value = parse_number(fields[field], range);
    if (!value) return fields.problem(field, fault_of(value.error(), out_of_range));
    result = make(*value);
    return {};
}

Checked read_hex_ident(const Fields& fields, SbsMessage& message) {
    std::string_view digits = fields[kFieldHexIdent];
    const bool not_icao = digits.starts_with('~');
    if (not_icao) digits.remove_prefix(1);
    const char* const begin = digits.data();
    const char* const end = begin + digits.size();
    const auto [stop, error] = std::from_chars(begin, end, message.address, 16);
    if (digits.size() != 6 || error != std::errc{} || stop != end) {
        return fields.problem(kFieldHexIdent, SbsFault::kBadHexIdent);
    }
    if (not_icao) message.address |= SbsMessage::kNotIcao;
    return {};
}

Checked read_time(const Fields& fields, geo::Milliseconds utc_offset, SbsMessage& message) {
    const std::string_view date = fields[kFieldDate];
    const std::string_view time = fields[kFieldTime];
    if (date.empty()) return fields.problem(kFieldDate, SbsFault::kNoTime);
    if (time.empty()) return fields.problem(kFieldTime, SbsFault::kNoTime);
    constexpr std::size_t kDateBytes = 10;
    constexpr std::size_t kMostTimeBytes = 18;  // 05:00:00.123456789
    if (date.size() != kDateBytes || date[4] != '/' || date[7] != '/') {
        return fields.problem(kFieldDate, SbsFault::kBadTime);
    }
    const auto of_time = [](char c) { return (c >= '0' && c <= '9') || c == ':' || c == '.'; };
    if (time.size() > kMostTimeBytes || !std::all_of(time.begin(), time.end(), of_time)) {
        return fields.problem(kFieldTime, SbsFault::kBadTime);
    }
    std::array<char, kDateBytes + 1 + kMostTimeBytes + 1> text{};
    auto* end = std::copy(date.begin(), date.end(), text.data());
    text[4] = '-';
    text[7] = '-';
    *end++ = 'T';
    end = std::copy(time.begin(), time.end(), end);
    *end++ = 'Z';
    const auto instant =
        geo::parse_instant({text.data(), static_cast<std::size_t>(end - text.data())});
    if (!instant) return fields.problem(kFieldTime, SbsFault::kBadTime);
    message.time = *instant - utc_offset;
    return {};
}

Checked read_callsign(const Fields& fields, SbsMessage& message) {
    message.callsign = fields[kFieldCallsign];
    if (message.callsign.size() <= kMaxIdBytes) return {};
    return fields.problem(kFieldCallsign, SbsFault::kTextTooLong);
}

Checked read_position(const Fields& fields, SbsMessage& message) {
    std::optional<double> latitude;
    std::optional<double> longitude;
    const auto as_is = [](double degrees) { return degrees; };
    const Checked read = read_quantity(fields, kFieldLatitude, kLatitudeDegrees, latitude, as_is,
                                       SbsFault::kLatitudeRange)
                             .and_then([&] {
                                 return read_quantity(fields, kFieldLongitude, kLongitudeDegrees,
                                                      longitude, as_is, SbsFault::kLongitudeRange);
                             });
    if (!read || !latitude || !longitude) return read;
    const auto position =
        geo::Position::from_degrees({.latitude = *latitude, .longitude = *longitude});
    if (position) message.position = *position;
    return {};
}

Checked read_codes(const Fields& fields, SbsMessage& message) {
    if (!fields[kFieldSquawk].empty() && !parse_squawk(fields[kFieldSquawk], message.squawk)) {
        return fields.problem(kFieldSquawk, SbsFault::kBadSquawk);
    }
    if (fields[kFieldOnGround].empty()) return {};
    message.on_ground = parse_flag(fields[kFieldOnGround]);
    if (message.on_ground) return {};
    return fields.problem(kFieldOnGround, SbsFault::kBadFlag);
}

Checked read_measurements(const Fields& fields, SbsMessage& message) {
    return read_quantity(
               fields, kFieldAltitude, kAltitudeFeet, message.altitude,
               [](double feet) { return geo::PressureAltitude::at(geo::Height::feet(feet)); })
        .and_then([&] {
            return read_quantity(fields, kFieldGroundSpeed, kSpeedKnots, message.ground_speed,
                                 geo::Speed::knots);
        })
        .and_then([&] {
            return read_quantity(fields, kFieldTrack, kTrackDegrees, message.track,
                                 geo::Angle::degrees);
        })
        .and_then([&] { return read_position(fields, message); })
        .and_then([&] {
            return read_quantity(fields, kFieldVerticalRate, kVerticalFeetPerMinute,
                                 message.vertical_rate, geo::Speed::feet_per_minute);
        })
        .and_then([&] { return read_codes(fields, message); });
}

Checked read_transmission(const Fields& fields, SbsMessage& message) {
    const std::string_view text = fields[kFieldTransmission];
    if (text.size() != 1 || text[0] < '1' || text[0] > '8') {
        return fields.problem(kFieldTransmission, SbsFault::kBadTransmissionType);
    }
    message.transmission = text[0] - '0';
    return {};
}

}  // namespace

base::Expected<SbsMessage, SbsProblem> parse_sbs_message(std::string_view line,
                                                         geo::Milliseconds utc_offset) {
    if (const auto fault = text_fault(line)) {
        return base::Unexpected(SbsProblem{.fault = *fault == TextFault::kInvalidUtf8
                                                        ? SbsFault::kInvalidUtf8
                                                        : SbsFault::kControlCharacter});
    }
    Fields fields;
    const bool whole = fields.split(line);
    const auto* const rule = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRule& known) {
        return known.name == fields[kFieldType];
    });
    if (rule == kTypes.end()) return fields.problem(kFieldType, SbsFault::kUnknownType);
    if (!whole) return base::Unexpected(SbsProblem{.fault = SbsFault::kTooManyFields});
    if (fields.count() < rule->fields) {
        return base::Unexpected(SbsProblem{.fault = SbsFault::kTooFewFields});
    }

    SbsMessage message;
    message.type = rule->type;
    Checked read;
    switch (rule->type) {
        case SbsType::kMsg:
            read = read_transmission(fields, message)
                       .and_then([&] { return read_hex_ident(fields, message); })
                       .and_then([&] { return read_time(fields, utc_offset, message); })
                       .and_then([&] { return read_callsign(fields, message); })
                       .and_then([&] { return read_measurements(fields, message); });
            break;
        case SbsType::kId:
        case SbsType::kSta:
            read = read_hex_ident(fields, message).and_then([&] {
                return read_time(fields, utc_offset, message);
            });
            if (read && rule->type == SbsType::kId) read = read_callsign(fields, message);
            message.removed = rule->type == SbsType::kSta && fields[kFieldCallsign] == "RM";
            break;
        case SbsType::kSel:
        case SbsType::kAir:
        case SbsType::kClk:
            break;
    }
    if (!read) return base::Unexpected(read.error());
    return message;
}

}  // namespace comity::surveillance
