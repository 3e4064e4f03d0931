// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/chart/geojson.hpp"

#include "geojson/geometry.hpp"
#include "geojson/json_reader.hpp"
#include "geojson/properties.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/base/expected.hpp"
#include "comity/chart/file_buffer.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/polygon.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <simdjson.h>

namespace comity::chart {
namespace {

static_assert(FileBuffer::kPadding >= simdjson::SIMDJSON_PADDING);

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Puts features of one name together.
class Assembly {
  public:
    explicit Assembly(const JsonReader& reader) : reader_(reader) {}

    Checked add(FeatureProperties properties, geo::Polygon polygon) {
        const auto [known, is_new] = by_name_.try_emplace(properties.name, airspaces_.size());
        if (is_new) {
            airspaces_.emplace_back().name = properties.name;
            sources_.emplace_back();
        }
        airspace::Airspace& airspace = airspaces_[known->second];
        if (!merge(properties.type, airspace::AirspaceType::kUnstated, airspace.type)) {
            return conflict(properties.name, "airspace_type");
        }
        if (!merge(properties.owner, std::string(), airspace.owner)) {
            return conflict(properties.name, "owner");
        }
        if (!merge(properties.validity, std::optional<geo::Interval>(), airspace.validity)) {
            return conflict(properties.name, "valid_from or valid_until");
        }
        if (!properties.source.empty() &&
            sources_[known->second].insert(properties.source).second) {
            if (!airspace.source.empty()) airspace.source += "; ";
            airspace.source += properties.source;
        }
        if (properties.accuracy &&
            (!airspace.accuracy || *airspace.accuracy < *properties.accuracy)) {
            airspace.accuracy = properties.accuracy;
        }
        airspace.footprint.push_back(std::move(polygon));
        return {};
    }

    std::vector<airspace::Airspace> finish() { return std::move(airspaces_); }

  private:
    /// False where both are stated and differ.
    template <typename T>
    static bool merge(const T& stated, const T& unstated, T& merged) {
        if (stated == unstated) return true;
        if (merged == unstated) merged = stated;
        return merged == stated;
    }

    Checked conflict(const std::string& name, const char* property) const {
        return reader_.fail(ChartErrorCode::kConflict,
                            fmt::format("features named '{}' differ in {}, expected one value for "
                                        "one airspace",
                                        name, property));
    }

    const JsonReader& reader_;
    std::vector<airspace::Airspace> airspaces_;
    std::vector<std::set<std::string>> sources_;  ///< of each airspace
    std::map<std::string, std::size_t> by_name_;
};

class GeoJsonReader {
  public:
    GeoJsonReader(std::string_view text, std::size_t padding, std::size_t most_vertices)
        : reader_(text, padding), assembly_(reader_), vertices_left_(most_vertices) {}

    base::Expected<std::vector<airspace::Airspace>, ChartError> read() {
        auto root = reader_.open();
        if (!root) return base::Unexpected(root.error());
        const Checked done = read_root(*root).and_then([this] { return reader_.close(); });
        if (!done) return base::Unexpected(done.error());
        return assembly_.finish();
    }

  private:
    Checked read_root(json::object& root) {
        const auto type = reader_.type_of(root);
        if (!type) return Failure(type.error());
        if (*type == "Feature") return read_feature(root);
        if (*type == "FeatureCollection") return read_collection(root);
        return reader_.fail(ChartErrorCode::kNotGeoJson,
                            fmt::format("the file's value has the type '{}', expected "
                                        "FeatureCollection or Feature",
                                        *type));
    }

    Checked read_collection(json::object& collection) {
        int types = 0;
        int lists = 0;
        Checked read =
            reader_.each_member(collection, [&](std::string_view key, json::value& member) {
                if ((key == "type" && types++ > 0) || (key == "features" && lists++ > 0)) {
                    return duplicate("the collection", key);
                }
                if (key == "features") return read_features(member);
                if (key == "crs") return check_crs(reader_, member);
                return reader_.walk(member);
            });
        if (!read) return read;
        if (lists == 0) {
            return reader_.fail(ChartErrorCode::kMissingMember,
                                "the collection has no features, expected an array of them");
        }
        if (features_ == 0) {
            return reader_.fail(ChartErrorCode::kNoFeature,
                                "the collection is empty, expected at least one feature");
        }
        return {};
    }

    Checked read_features(json::value& value) {
        constexpr std::string_view kExpected = "an array of features";
        auto features = reader_.array(value, kExpected);
        if (!features) return Failure(features.error());
        return reader_.each_element(*features, kExpected, [this](json::value& element) -> Checked {
            auto feature = reader_.object(element, "a feature");
            if (!feature) return Failure(feature.error());
            const auto type = reader_.type_of(*feature);
            if (!type) return Failure(type.error());
            if (*type != "Feature") {
                return reader_.fail(
                    ChartErrorCode::kNotGeoJson,
                    fmt::format("an element of features has the type '{}', expected "
                                "Feature",
                                *type));
            }
            return read_feature(*feature);
        });
    }

    Checked read_feature(json::object& feature) {
        if (++features_ > GeoJsonLimits::kMaxFeatures) {
            return reader_.fail(
                ChartErrorCode::kTooManyFeatures,
                fmt::format("more than {} features, expected fewer", GeoJsonLimits::kMaxFeatures));
        }
        int types = 0;
        std::optional<geo::Polygon> polygon;
        std::optional<FeatureProperties> properties;
        Checked read = reader_.each_member(feature, [&](std::string_view key, json::value& member) {
            if ((key == "type" && types++ > 0) || (key == "geometry" && polygon) ||
                (key == "properties" && properties)) {
                return duplicate(fmt::format("feature {}", features_), key);
            }
            if (key == "geometry") {
                auto done = read_geometry(reader_, member, features_, vertices_left_);
                if (!done) return Checked(Failure(done.error()));
                polygon = std::move(*done);
                return Checked();
            }
            if (key == "properties") {
                auto done = read_properties(reader_, member, features_);
                if (!done) return Checked(Failure(done.error()));
                properties = std::move(*done);
                return Checked();
            }
            if (key == "crs") return check_crs(reader_, member);
            return reader_.walk(member);
        });
        if (!read) return read;
        if (!polygon) {
            return reader_.fail(ChartErrorCode::kMissingMember,
                                fmt::format("feature {} has no member geometry, expected a Polygon "
                                            "or MultiPolygon",
                                            features_));
        }
        if (!properties) return no_name(reader_, features_);
        return assembly_.add(std::move(*properties), std::move(*polygon));
    }

    Checked duplicate(std::string_view where, std::string_view key) const {
        return reader_.fail(ChartErrorCode::kDuplicateMember,
                            fmt::format("{} has {} twice, expected it once", where, key));
    }

    JsonReader reader_;
    Assembly assembly_;
    std::size_t features_ = 0;
    std::size_t vertices_left_;
};

}  // namespace

base::Expected<std::vector<airspace::Airspace>, ChartError> read_geojson(
    const FileBuffer& file, std::size_t most_vertices) {
    std::string_view text = file.text();
    if (text.size() > GeoJsonLimits::kMaxFileBytes) {
        return base::Unexpected(
            ChartError{.code = ChartErrorCode::kTooLarge,
                       .line = 1,
                       .text = fmt::format("the file has {} bytes, expected at most {}",
                                           text.size(), GeoJsonLimits::kMaxFileBytes)});
    }
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    return GeoJsonReader(text, FileBuffer::kPadding, most_vertices).read();
}

}  // namespace comity::chart
