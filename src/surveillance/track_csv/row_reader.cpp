// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "track_csv/row_reader.hpp"

#include "field.hpp"
#include "track_csv/dialect.hpp"

#include "comity/base/check.hpp"
#include "comity/base/expected.hpp"
#include "comity/geo/altitude.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/report/track_report.hpp"
#include "comity/surveillance/track_csv.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace comity::surveillance {
namespace {

constexpr NumberRange kLatitudeDegrees{-90.0, 90.0, "-90 to 90 degrees"};
constexpr NumberRange kLongitudeDegrees{-180.0, 180.0, "-180 to 180 degrees"};

}  // namespace

const ColumnRule& RowReader::rule(Column column) const {
    const ColumnRule* const found = rule_of_[static_cast<std::size_t>(column)];
    COMITY_CHECK(found != nullptr);
    return *found;
}

std::string_view RowReader::cell(Column column) const {
    const std::size_t at = where_[static_cast<std::size_t>(column)];
    if (at == kAbsent) return {};
    const std::string_view text = cells_.all()[at];
    return text == rules_.absent ? std::string_view() : text;
}

RowProblem RowReader::problem(Column column, RowFault fault, const char* expected) const {
    return {.fault = fault, .column = name(column), .value = cell(column), .expected = expected};
}

base::Expected<double, RowProblem> RowReader::number(Column column, const NumberRange& range,
                                                     RowFault out_of_range) const {
    const auto value = parse_number(cell(column));
    if (!value) {
        return base::Unexpected(problem(column, value.error() == FieldFault::kNotFinite
                                                    ? RowFault::kNotFinite
                                                    : RowFault::kBadNumber));
    }
    const double scaled = *value * rule(column).factor;
    if (scaled < range.least || scaled > range.greatest) {
        return base::Unexpected(problem(column, out_of_range, range.expected));
    }
    return scaled;
}

template <typename Field, typename Make>
RowReader::Checked RowReader::read_quantity(Column column, const NumberRange& range, Field& field,
                                            Make make, RowFault out_of_range) const {
    field.reset();
    if (cell(column).empty()) return {};
    const auto value = number(column, range, out_of_range);
    if (!value) return base::Unexpected(value.error());
    field = make(*value);
    return {};
}

RowReader::Checked RowReader::read(std::string_view line, report::TrackReport& report) {
    return split(line)
        .and_then([&] { return read_names(report); })
        .and_then([&] { return read_time(report); })
        .and_then([&] { return read_position(report); })
        .and_then([&] { return read_altitude(report); })
        .and_then([&] { return read_movement(report); })
        .and_then([&] { return read_codes(report); });
}

RowReader::Checked RowReader::split(std::string_view line) {
    if (const auto fault = text_fault(line)) {
        return base::Unexpected(RowProblem{.fault = *fault == TextFault::kInvalidUtf8
                                                        ? RowFault::kInvalidUtf8
                                                        : RowFault::kControlCharacter});
    }
    if (!cells_.split(line)) {
        return base::Unexpected(RowProblem{.fault = RowFault::kUnbalancedQuote});
    }
    const std::size_t count = cells_.all().size();
    if (count < cell_count_) return base::Unexpected(RowProblem{.fault = RowFault::kTooFewCells});
    if (count > cell_count_) return base::Unexpected(RowProblem{.fault = RowFault::kTooManyCells});
    return {};
}

RowReader::Checked RowReader::read_text(Column column, std::string& field,
                                        std::size_t most_bytes) const {
    const std::string_view text = cell(column);
    if (text.size() > most_bytes) {
        return base::Unexpected(
            problem(column, RowFault::kTextTooLong,
                    most_bytes == kMaxIdBytes ? "at most 64 bytes" : "at most 256 bytes"));
    }
    field.assign(text);
    return {};
}

RowReader::Checked RowReader::read_names(report::TrackReport& report) const {
    const Column id = cell(Column::kTrackId).empty() ? Column::kIcao24 : Column::kTrackId;
    if (cell(id).empty()) return base::Unexpected(RowProblem{.fault = RowFault::kNoId});
    return read_text(id, report.track_id, kMaxIdBytes)
        .and_then([&] { return read_text(Column::kCallsign, report.callsign, kMaxTextBytes); })
        .and_then([&] { return read_text(Column::kParty, report.party, kMaxTextBytes); })
        .and_then([&] { return read_text(Column::kStatus, report.status, kMaxTextBytes); });
}

RowReader::Checked RowReader::read_time(report::TrackReport& report) const {
    const std::string_view text = cell(Column::kTime);
    if (text.empty()) return base::Unexpected(problem(Column::kTime, RowFault::kNoTime));
    const auto time = geo::parse_instant(text);
    if (!time) {
        return base::Unexpected(
            problem(Column::kTime, RowFault::kBadTime, geo::to_string(time.error())));
    }
    report.time = *time;
    return {};
}

RowReader::Checked RowReader::read_position(report::TrackReport& report) const {
    for (const Column column : {Column::kLatitude, Column::kLongitude}) {
        if (cell(column).empty()) return base::Unexpected(problem(column, RowFault::kNoPosition));
    }
    const auto latitude = number(Column::kLatitude, kLatitudeDegrees, RowFault::kLatitudeRange);
    if (!latitude) return base::Unexpected(latitude.error());
    const auto longitude = number(Column::kLongitude, kLongitudeDegrees, RowFault::kLongitudeRange);
    if (!longitude) return base::Unexpected(longitude.error());
    const auto position =
        geo::Position::from_degrees({.latitude = *latitude, .longitude = *longitude});
    COMITY_CHECK(position.has_value());
    report.position = *position;
    return {};
}

RowReader::Checked RowReader::read_altitude(report::TrackReport& report) const {
    report.altitude.reset();
    const std::string_view datum = cell(Column::kAltitudeDatum);
    const bool wgs84 = datum == "wgs84";
    const bool msl = datum == "msl";
    if (!datum.empty() && !wgs84 && !msl && datum != "pressure") {
        return base::Unexpected(problem(Column::kAltitudeDatum, RowFault::kBadAltitudeDatum));
    }
    const bool fallback = cell(Column::kAltitude).empty();
    const Column column = fallback ? Column::kAltitudeWgs84 : Column::kAltitude;
    if (cell(column).empty()) return {};
    const auto feet = number(column, kAltitudeFeet, RowFault::kOutOfRange);
    if (!feet) return base::Unexpected(feet.error());
    const geo::Height height = geo::Height::feet(*feet);
    if (fallback || wgs84) {
        report.altitude = geo::AltitudeWgs84::at(height);
    } else if (msl) {
        report.altitude = geo::AltitudeMsl::at(height);
    } else {
        report.altitude = geo::PressureAltitude::at(height);
    }
    return {};
}

RowReader::Checked RowReader::read_movement(report::TrackReport& report) const {
    return read_quantity(Column::kGroundSpeed, kSpeedKnots, report.ground_speed, geo::Speed::knots)
        .and_then([&] {
            return read_quantity(Column::kTrack, kTrackDegrees, report.track, geo::Angle::degrees);
        })
        .and_then([&] {
            return read_quantity(Column::kVerticalRate, kVerticalFeetPerMinute,
                                 report.vertical_rate, geo::Speed::feet_per_minute);
        })
        .and_then([&] {
            return read_quantity(Column::kAccuracy, kAccuracyMetres, report.accuracy,
                                 geo::Distance::metres, RowFault::kAccuracyRange);
        });
}

RowReader::Checked RowReader::read_codes(report::TrackReport& report) const {
    report.on_ground.reset();
    report.squawk.clear();
    if (const std::string_view flag = cell(Column::kOnGround); !flag.empty()) {
        report.on_ground = parse_flag(flag);
        if (!report.on_ground) {
            return base::Unexpected(problem(Column::kOnGround, RowFault::kBadFlag));
        }
    }
    if (const std::string_view squawk = cell(Column::kSquawk); !squawk.empty()) {
        if (!parse_squawk(squawk, report.squawk)) {
            return base::Unexpected(problem(Column::kSquawk, RowFault::kBadSquawk));
        }
    }
    return {};
}

}  // namespace comity::surveillance
