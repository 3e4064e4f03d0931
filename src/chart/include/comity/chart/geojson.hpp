// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/airspace/airspace.hpp"
#include "comity/base/expected.hpp"
#include "comity/chart/file_buffer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace comity::chart {

/// Why a file of airspaces cannot be read.
enum class [[nodiscard]] ChartErrorCode : std::uint8_t{
    kEmpty,            ///< no bytes, or nothing but blanks
    kTooLarge,         ///< larger than kMaxFileBytes, or than the memory there is
    kInvalidUtf8,      ///< not UTF-8
    kSyntax,           ///< not JSON (RFC 8259)
    kTruncated,        ///< JSON that ends before its last bracket is closed
    kTrailingContent,  ///< something after the value
    kTooDeep,          ///< brackets nested deeper than kMaxDepth
    kNotGeoJson,       ///< neither a FeatureCollection nor a Feature, or no Feature in a collection
    kMissingMember,    ///< a member that GeoJSON requires is missing
    kDuplicateMember,  ///< a member with a meaning is there twice
    kMemberType,       ///< a member is of the wrong kind (text where an array is expected ...)
    kGeometryKind,     ///< a geometry other than Polygon and MultiPolygon
    kNullGeometry,     ///< a feature without a geometry
    kForeignCrs,       ///< coordinates in another reference system than WGS-84
    kPosition,         ///< a position of fewer than two or more than four numbers
    kNotANumber,       ///< a coordinate or accuracy that is not a finite number
    kLatitudeRange,    ///< a latitude outside [-90, 90] degrees
    kLongitudeRange,   ///< a longitude outside [-180, 180] degrees
    kRing,             ///< a ring that is none (geo::PolygonError)
    kTooManyVertices,  ///< more than kMaxVertices in the file
    kTooManyFeatures,  ///< more than kMaxFeatures in the file
    kNoFeature,        ///< a collection without a feature: no airspace at all
    kNoName,           ///< a feature with neither a `name` nor an `A3`
    kTextTooLong,      ///< a property over its limit of bytes
    kControlCharacter,  ///< a property with a control character
    kAccuracyRange,     ///< accuracy_m is negative or beyond half the earth's circumference
    kUnknownType,       ///< airspace_type is not a name of an airspace type
    kBadTime,           ///< valid_from or valid_until is no time, or the first is after the last
    kConflict,          ///< features of one name differ in type, owner or validity
};

struct ChartError {
    ChartErrorCode code;
    std::size_t line;  ///< counted from 1
    std::string text;  ///< what is wrong, what was expected
    friend bool operator==(const ChartError&, const ChartError&) = default;
};

/// The limits of a GeoJSON file.
struct GeoJsonLimits {
    static constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;
    static constexpr std::size_t kMaxVertices = 20'000'000;
    static constexpr std::size_t kMaxFeatures = 100'000;
    static constexpr std::size_t kMaxNameBytes = 256;     ///< of name, A3, owner
    static constexpr std::size_t kMaxSourceBytes = 1024;  ///< of source
    static constexpr int kMaxDepth = 64;
};

/// Reads the airspaces of a GeoJSON file (RFC 7946; docs/formats/geojson.md): a FeatureCollection
/// or one Feature, of Polygons and MultiPolygons, members in any order. Features of one name, the
/// property `name` or else `A3`, are one airspace, in the order of their first features; each
/// feature is one geo::Polygon of its footprint, edges straight in longitude and latitude, all its
/// rings by the even-odd rule. Altitudes in positions are ignored: GeoJSON has no datum for them.
///
/// The whole file is checked, also what has no meaning here; the first fault is the answer and
/// nothing half read is given out. Needs, beside the file and the result, four bytes for each
/// bracket, comma, colon, number and string of the file. Pure.
///
/// `most_vertices` is for tests, which would need a file of 200 MB to reach the limit.
base::Expected<std::vector<airspace::Airspace>, ChartError> read_geojson(
    const FileBuffer& file, std::size_t most_vertices = GeoJsonLimits::kMaxVertices);

/// Reads one geometry, a Polygon or a MultiPolygon, as it stands inside other formats: each polygon
/// of it is one geo::Polygon, edges and rings as above. A line of an error counts in `geometry`.
base::Expected<std::vector<geo::Polygon>, ChartError> read_footprint(const FileBuffer& geometry,
                                                                     std::size_t most_vertices);

}  // namespace comity::chart
