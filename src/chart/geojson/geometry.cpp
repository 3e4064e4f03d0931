// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "geojson/geometry.hpp"

#include "geojson/json_reader.hpp"

#include "comity/base/expected.hpp"
#include "comity/chart/file_buffer.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/position.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

    /// All rings since the last call as one polygon.
    base::Expected<geo::Polygon, ChartError> finish() {
        auto polygon =
            std::exchange(builder_, geo::PolygonBuilder(geo::EdgeKind::kStraightLonLat)).finish();
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

/// The members of a geometry: hands `coordinates` to the reader of its type. `whose` begins an
/// error.
template <typename One, typename Many>
Checked read_members(JsonReader& reader, json::object& object, const std::string& whose,
                     const One& read_polygon, const Many& read_multi_polygon) {
    const auto type = reader.type_of(object);
    if (!type) return Failure(type.error());
    const bool multi = *type == "MultiPolygon";
    if (!multi && *type != "Polygon") {
        return reader.fail(
            type->empty() ? ChartErrorCode::kMissingMember : ChartErrorCode::kGeometryKind,
            fmt::format("{} has a geometry of type '{}', expected Polygon or MultiPolygon", whose,
                        *type));
    }
    int types = 0;
    int coordinates = 0;
    Checked read = reader.each_member(object, [&](std::string_view key, json::value& member) {
        if ((key == "type" && types++ > 0) || (key == "coordinates" && coordinates++ > 0)) {
            return Checked(
                reader.fail(ChartErrorCode::kDuplicateMember,
                            fmt::format("a geometry has {} twice, expected it once", key)));
        }
        if (key == "crs") return check_crs(reader, member);
        if (key != "coordinates") return reader.walk(member);
        return multi ? read_multi_polygon(member) : read_polygon(member);
    });
    if (read && coordinates == 0) {
        return reader.fail(
            ChartErrorCode::kMissingMember,
            fmt::format("the geometry of {} has no coordinates, expected an array of them", whose));
    }
    return read;
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
    RingReader rings(reader, feature, vertices_left);
    const Checked read = read_members(
        reader, *object, fmt::format("feature {}", feature),
        [&](json::value& member) { return rings.read_polygon(member); },
        [&](json::value& member) { return rings.read_multi_polygon(member); });
    if (!read) return base::Unexpected(read.error());
    return rings.finish();
}

base::Expected<std::vector<geo::Polygon>, ChartError> read_footprint(const FileBuffer& geometry,
                                                                     std::size_t most_vertices) {
    JsonReader reader(geometry.text(), FileBuffer::kPadding);
    auto object = reader.open();
    if (!object) return base::Unexpected(object.error());
    std::vector<geo::Polygon> footprint;
    std::size_t vertices_left = most_vertices;
    RingReader rings(reader, 1, vertices_left);
    const auto read_part = [&](json::value& value) -> Checked {
        if (Checked read = rings.read_polygon(value); !read) return read;
        auto polygon = rings.finish();
        if (!polygon) return Failure(polygon.error());
        footprint.push_back(std::move(*polygon));
        return {};
    };
    const auto read_parts = [&](json::value& value) -> Checked {
        constexpr std::string_view kExpected = "an array of polygons";
        auto parts = reader.array(value, kExpected);
        if (!parts) return Failure(parts.error());
        Checked read = reader.each_element(*parts, kExpected, read_part);
        if (read && footprint.empty()) return Failure(rings.finish().error());
        return read;
    };
    const Checked read =
        read_members(reader, *object, "the footprint", read_part, read_parts).and_then([&] {
            return reader.close();
        });
    if (!read) return base::Unexpected(read.error());
    return footprint;
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
