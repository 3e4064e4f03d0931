// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "geojson/properties.hpp"

#include "geojson/json_reader.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/base/expected.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/quantity.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <simdjson.h>

namespace comity::chart {
namespace {

/// The properties with a meaning; all others are only checked to be JSON.
enum Property : std::size_t {
    kName,
    kA3,
    kOwner,
    kSource,
    kType,
    kAccuracy,
    kValidFrom,
    kValidUntil,
    kPropertyCount,
};

constexpr std::array<std::string_view, kPropertyCount> kPropertyNames = {
    "name", "A3", "owner", "source", "airspace_type", "accuracy_m", "valid_from", "valid_until",
};

constexpr double kMostAccuracyMetres = 2e7;

// A validity that is open at one end reaches to the end of what readers accept.
constexpr geo::Instant kEarliest{};
constexpr geo::Instant kLatest =
    std::chrono::sys_days(std::chrono::year{10'000} / 1 / 1) - geo::Milliseconds{1};

class PropertiesReader {
  public:
    PropertiesReader(JsonReader& reader, std::size_t feature)
        : reader_(reader), feature_(feature) {}

    Checked read_member(std::string_view key, json::value& value) {
        std::size_t property = 0;
        while (property < kPropertyCount && kPropertyNames[property] != key) ++property;
        if (property == kPropertyCount) return reader_.walk(value);
        if (std::exchange(seen_[property], true)) {
            return reader_.fail(
                ChartErrorCode::kDuplicateMember,
                fmt::format("feature {} has the property {} twice, expected it once", feature_,
                            key));
        }
        const auto null = reader_.is_null(value);
        if (!null) return Failure(null.error());
        if (*null) return {};
        if (property == kAccuracy) return read_accuracy(value);
        const std::size_t most_bytes =
            property == kSource ? GeoJsonLimits::kMaxSourceBytes : GeoJsonLimits::kMaxNameBytes;
        auto text = reader_.text(value, kPropertyNames[property], most_bytes);
        if (!text) return Failure(text.error());
        return take(static_cast<Property>(property), std::move(*text));
    }

    base::Expected<FeatureProperties, ChartError> finish() {
        result_.name = name_.empty() ? std::move(a3_) : std::move(name_);
        if (result_.name.empty()) return no_name(reader_, feature_);
        if (!from_ && !until_) return std::move(result_);
        result_.validity =
            geo::Interval{.begin = from_.value_or(kEarliest), .end = until_.value_or(kLatest)};
        if (result_.validity->begin > result_.validity->end) {
            return reader_.fail(ChartErrorCode::kBadTime,
                                fmt::format("feature {} has valid_from after valid_until, expected "
                                            "it before",
                                            feature_));
        }
        return std::move(result_);
    }

  private:
    Checked read_accuracy(json::value& value) {
        const auto metres = reader_.number(value, "accuracy_m to be a number of metres");
        if (!metres) return Failure(metres.error());
        if (*metres < 0.0 || *metres > kMostAccuracyMetres) {
            return reader_.fail(
                ChartErrorCode::kAccuracyRange,
                fmt::format("accuracy_m is {}, expected 0 to 20,000,000 m", *metres));
        }
        result_.accuracy = geo::Distance::metres(*metres);
        return {};
    }

    Checked take(Property property, std::string text) {
        switch (property) {
            case kName:
                name_ = std::move(text);
                break;
            case kA3:
                a3_ = std::move(text);
                break;
            case kOwner:
                result_.owner = std::move(text);
                break;
            case kSource:
                result_.source = std::move(text);
                break;
            case kType:
                return take_type(text);
            case kValidFrom:
                return take_time("valid_from", text, from_);
            case kValidUntil:
                return take_time("valid_until", text, until_);
            case kAccuracy:
            case kPropertyCount:
                break;
        }
        return {};
    }

    Checked take_type(const std::string& text) {
        const auto type = airspace::airspace_type_from(text);
        if (!type) {
            return reader_.fail(ChartErrorCode::kUnknownType,
                                fmt::format("airspace_type is '{}', expected national, prohibited, "
                                            "restricted, danger, hazard, tsa, tra, buffer or "
                                            "unstated",
                                            text));
        }
        result_.type = *type;
        return {};
    }

    Checked take_time(const char* what, const std::string& text,
                      std::optional<geo::Instant>& time) {
        const auto parsed = geo::parse_instant(text);
        if (!parsed) {
            return reader_.fail(
                ChartErrorCode::kBadTime,
                fmt::format("{} is '{}', {}", what, text, geo::to_string(parsed.error())));
        }
        time = *parsed;
        return {};
    }

    JsonReader& reader_;
    std::size_t feature_;
    std::array<bool, kPropertyCount> seen_{};
    FeatureProperties result_;
    std::string name_;
    std::string a3_;
    std::optional<geo::Instant> from_;
    std::optional<geo::Instant> until_;
};

}  // namespace

Failure no_name(const JsonReader& reader, std::size_t feature) {
    return reader.fail(ChartErrorCode::kNoName,
                       fmt::format("feature {} has no name, expected a property name or A3 that is "
                                   "not empty",
                                   feature));
}

base::Expected<FeatureProperties, ChartError> read_properties(JsonReader& reader,
                                                              json::value& value,
                                                              std::size_t feature) {
    const auto null = reader.is_null(value);
    if (!null) return base::Unexpected(null.error());
    if (*null) return no_name(reader, feature);
    auto object = reader.object(value, "properties to be an object");
    if (!object) return base::Unexpected(object.error());
    PropertiesReader properties(reader, feature);
    const Checked read =
        reader.each_member(*object, [&](std::string_view key, json::value& member) {
            return properties.read_member(key, member);
        });
    if (!read) return base::Unexpected(read.error());
    return properties.finish();
}

}  // namespace comity::chart
