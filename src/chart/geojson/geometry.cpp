// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "geojson/geometry.hpp"

#include "geojson/json_reader.hpp"

#include "comity/base/expected.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/position.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <simdjson.h>

namespace comity::chart {
namespace {

constexpr std::size_t kMostNumbers = 4;

constexpr std::array<std::string_view, 4> kWgs84Names = {
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "EPSG:4326",
};

ChartErrorCode code_of(geo::PositionError error) {
    switch (error) {
        case geo::PositionError::kLatitudeRange:
            return ChartErrorCode::kLatitudeRange;
        case geo::PositionError::kLongitudeRange:
            return ChartErrorCode::kLongitudeRange;
        case geo::PositionError::kNotFinite:
            break;
    }
    return ChartErrorCode::kNotANumber;
}

/// Reads the coordinates of one geometry, ring by ring.
class RingReader {
  public:
    RingReader(JsonReader& reader, std::size_t feature, std::size_t& vertices_left)
        : reader_(reader), feature_(feature), vertices_left_(vertices_left) {}

    /// The coordinates of a Polygon: an array of rings.
    Checked read_polygon(json::value& value) {
        constexpr std::string_view kExpected = "an array of rings";
        auto rings = reader_.array(value, kExpected);
        if (!rings) return Failure(rings.error());
        const std::size_t before = ring_;
        Checked read = reader_.each_element(*rings, kExpected,
                                            [this](json::value& ring) { return read_ring(ring); });
        if (read && ring_ == before) return fail(geo::PolygonError::kNoRing);
        return read;
    }

    /// The coordinates of a MultiPolygon: an array of those of Polygons.
    Checked read_multi_polygon(json::value& value) {
        constexpr std::string_view kExpected = "an array of polygons";
        auto polygons = reader_.array(value, kExpected);
        if (!polygons) return Failure(polygons.error());
        return reader_.each_element(*polygons, kExpected,
                                    [this](json::value& polygon) { return read_polygon(polygon); });
    }

    base::Expected<geo::Polygon, ChartError> finish() {
        auto polygon = std::move(builder_).finish();
        if (!polygon) return fail(polygon.error());
        return std::move(*polygon);
    }

  private:
    Failure fail(geo::PolygonError error) const {
        const auto code = error == geo::PolygonError::kTooMany ? ChartErrorCode::kTooManyVertices
                                                               : ChartErrorCode::kRing;
        return reader_.fail(code, place() + geo::to_string(error));
    }

    std::string place() const { return fmt::format("feature {}, ring {}: ", feature_, ring_); }

    Checked read_ring(json::value& value) {
        ++ring_;
        constexpr std::string_view kExpected = "an array of positions";
        auto positions = reader_.array(value, kExpected);
        if (!positions) return Failure(positions.error());
        Checked read = reader_.each_element(*positions, kExpected, [this](json::value& position) {
            return read_position(position);
        });
        if (!read) return read;
        if (const auto ended = builder_.end_ring(); !ended) return fail(ended.error());
        return {};
    }

    /// [longitude, latitude] and up to two more numbers, which are not used.
    Checked read_position(json::value& value) {
        constexpr std::string_view kExpected = "a position of two numbers, longitude and latitude";
        auto numbers = reader_.array(value, kExpected);
        if (!numbers) return Failure(numbers.error());
        std::array<double, kMostNumbers> read{};
        std::size_t count = 0;
        for (auto element : *numbers) {
            json::value number;
            if (const auto error = std::move(element).get(number)) {
                return reader_.fail(error, kExpected);
            }
            if (count == kMostNumbers) return wrong_count("more than 4");
            reader_.stand_at(number);
            if (number.get_double().get(read[count])) {
                return reader_.fail(ChartErrorCode::kNotANumber,
                                    place() +
                                        "a coordinate that is not a finite number, expected "
                                        "decimal degrees");
            }
            ++count;
        }
        if (count < 2) return wrong_count(count == 0 ? "0" : "1");
        return add({.latitude = read[1], .longitude = read[0]});
    }

    Failure wrong_count(const char* count) const {
        return reader_.fail(ChartErrorCode::kPosition,
                            fmt::format("{}a position of {} numbers, expected longitude, latitude "
                                        "and at most two more",
                                        place(), count));
    }

    Checked add(geo::PositionDegrees degrees) {
        const auto position = geo::Position::from_degrees(degrees);
        if (!position) {
            return reader_.fail(
                code_of(position.error()),
                fmt::format("{}longitude {}, latitude {}, expected {}", place(), degrees.longitude,
                            degrees.latitude, "-180 to 180 and -90 to 90 degrees"));
        }
        if (vertices_left_ == 0) return fail(geo::PolygonError::kTooMany);
        --vertices_left_;
        if (const auto added = builder_.add(*position); !added) return fail(added.error());
        return {};
    }

    JsonReader& reader_;
    geo::PolygonBuilder builder_{geo::EdgeKind::kStraightLonLat};
    std::size_t feature_;
    std::size_t ring_ = 0;  ///< counted over all polygons of the feature, from 1
    std::size_t& vertices_left_;
};

/// The member `name` of the member `properties` of a `crs`, empty where there is none.
base::Expected<std::string, ChartError> crs_name(JsonReader& reader, json::object& crs) {
    std::string name;
    const Checked read = reader.each_member(crs, [&](std::string_view key, json::value& member) {
        if (key != "properties") return reader.walk(member);
        auto properties = reader.object(member, "crs to have an object properties");
        if (!properties) return Checked(Failure(properties.error()));
        return reader.each_member(*properties, [&](std::string_view inner, json::value& value) {
            if (inner != "name") return reader.walk(value);
            auto text = reader.text(value, "the name of crs", GeoJsonLimits::kMaxNameBytes);
            if (!text) return Checked(Failure(text.error()));
            name = std::move(*text);
            return Checked();
        });
    });
    if (!read) return base::Unexpected(read.error());
    return name;
}

}  // namespace

base::Expected<geo::Polygon, ChartError> read_geometry(JsonReader& reader, json::value& value,
                                                       std::size_t feature,
                                                       std::size_t& vertices_left) {
    const auto null = reader.is_null(value);
    if (!null) return base::Unexpected(null.error());
    if (*null) {
        return reader.fail(
            ChartErrorCode::kNullGeometry,
            fmt::format("feature {} has no geometry, expected a Polygon or MultiPolygon", feature));
    }
    auto object = reader.object(value, "a geometry");
    if (!object) return base::Unexpected(object.error());
    const auto type = reader.type_of(*object);
    if (!type) return base::Unexpected(type.error());
    const bool multi = *type == "MultiPolygon";
    if (!multi && *type != "Polygon") {
        return reader.fail(
            type->empty() ? ChartErrorCode::kMissingMember : ChartErrorCode::kGeometryKind,
            fmt::format("feature {} has a geometry of type '{}', expected Polygon or MultiPolygon",
                        feature, *type));
    }

    RingReader rings(reader, feature, vertices_left);
    int types = 0;
    int coordinates = 0;
    const Checked read =
        reader.each_member(*object, [&](std::string_view key, json::value& member) {
            if ((key == "type" && types++ > 0) || (key == "coordinates" && coordinates++ > 0)) {
                return Checked(
                    reader.fail(ChartErrorCode::kDuplicateMember,
                                fmt::format("a geometry has {} twice, expected it once", key)));
            }
            if (key == "crs") return check_crs(reader, member);
            if (key != "coordinates") return reader.walk(member);
            return multi ? rings.read_multi_polygon(member) : rings.read_polygon(member);
        });
    if (!read) return base::Unexpected(read.error());
    if (coordinates == 0) {
        return reader.fail(ChartErrorCode::kMissingMember,
                           fmt::format("the geometry of feature {} has no coordinates, expected an "
                                       "array of them",
                                       feature));
    }
    return rings.finish();
}

Checked check_crs(JsonReader& reader, json::value& value) {
    auto crs = reader.object(value, "crs to be an object that names WGS-84");
    if (!crs) return Failure(crs.error());
    const auto name = crs_name(reader, *crs);
    if (!name) return Failure(name.error());
    if (std::find(kWgs84Names.begin(), kWgs84Names.end(), *name) != kWgs84Names.end()) return {};
    return reader.fail(ChartErrorCode::kForeignCrs,
                       fmt::format("coordinates in the reference system '{}', expected WGS-84 "
                                   "(RFC 7946, 4)",
                                   *name));
}

}  // namespace comity::chart
