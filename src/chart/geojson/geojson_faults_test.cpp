// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// What is refused: one row or more for each error code.
#include "comity/chart/file_buffer.hpp"
#include "comity/chart/geojson.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::chart {
namespace {

using testing::HasSubstr;

struct Fault {
    ChartErrorCode code;
    std::size_t line;
    std::string text;  ///< a part of the message
    std::string file;
};

void expect_fault(const Fault& fault) {
    const auto result = read_geojson(FileBuffer::copy_of(fault.file));
    ASSERT_FALSE(result) << fault.text;
    EXPECT_EQ(static_cast<int>(result.error().code), static_cast<int>(fault.code))
        << result.error().text;
    EXPECT_EQ(result.error().line, fault.line) << result.error().text;
    EXPECT_THAT(result.error().text, HasSubstr(fault.text));
    EXPECT_THAT(result.error().text, HasSubstr("expected"));
}

/// A collection of one feature, its parts on lines 3 (properties) and 4 (geometry).
std::string file(std::string_view properties, std::string_view geometry) {
    return "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\","
           "\n\"properties\":" +
           std::string(properties) + ",\n\"geometry\":" + std::string(geometry) + "\n}\n]}\n";
}

constexpr std::string_view kName = R"({"name":"A"})";
constexpr std::string_view kSquare =
    R"({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})";

std::string with_properties(std::string_view properties) {
    return file(properties, kSquare);
}
std::string with_geometry(std::string_view geometry) {
    return file(kName, geometry);
}
std::string with_rings(const std::string& rings) {
    return with_geometry(R"({"type":"Polygon","coordinates":)" + rings + "}");
}

TEST(GeoJsonFaults, TheRestOfTheTableIsValid) {
    EXPECT_TRUE(read_geojson(FileBuffer::copy_of(file(kName, kSquare))));
}

TEST(GeoJsonFaults, WhatIsNotJson) {
    using enum ChartErrorCode;
    const std::string good = file(kName, kSquare);
    std::string unbalanced = good;
    unbalanced.replace(unbalanced.rfind("]}"), 2, "}");
    std::string nested =
        with_properties("{\"x\":" + std::string(100, '[') + std::string(100, ']') + "}");
    const Fault kFaults[] = {
        {kEmpty, 1, "empty", ""},
        {kEmpty, 3, "empty", " \n\t\r\n "},
        {kInvalidUtf8, 3, "UTF-8", with_properties("{\"name\":\"\xFF\"}")},
        {kInvalidUtf8, 1, "UTF-8", "\xFF\xFE{"},
        {kSyntax, 3, "comma", with_properties(R"({"name":"A" "b":1})")},
        {kSyntax, 3, "member", with_properties(R"({"name":"A",})")},
        {kSyntax, 3, "escape", with_properties(R"({"name":"A","x":"\q"})")},
        {kSyntax, 3, "escape", with_properties(R"({"name":"A","\u12":1})")},
        {kSyntax, 3, "control character", with_properties("{\"name\":\"A\tB\"}")},
        {kSyntax, 3, "not JSON", with_properties(R"({"name":"A","x":nul})")},
        {kSyntax, 3, "not JSON", with_properties(R"({"name":"A","x":truth})")},
        {kSyntax, 3, "not JSON", with_properties(R"({"name":"A","x":[1 2]})")},
        {kSyntax, 3, "not JSON", with_properties(R"({"name":"A","x":})")},
        {kNotANumber, 3, "number", with_properties(R"({"name":"A","x":01})")},
        {kNotANumber, 3, "number", with_properties(R"({"name":"A","x":1.})")},
        {kNotANumber, 3, "number", with_properties(R"({"name":"A","x":1e999})")},
        {kSyntax, 6, "", unbalanced},
        {kTruncated, 7, "ends too early", good.substr(0, good.size() - 3) + "\n"},
        {kTruncated, 3, "not closed", good.substr(0, good.find("name") + 2)},
        {kTruncated, 1, "closing bracket", R"({"type":"FeatureCollection","features":[])"},
        {kTrailingContent, 7, "after the end", good + "x"},
        {kTrailingContent, 7, "after the end", good + "{}"},
        {kTrailingContent, 7, "after the end", good + "}"},
        {kTrailingContent, 7, "after the end", good + std::string(1, '\0')},
        {kTooDeep, 3, "deeper than 64", nested},
    };
    for (const Fault& fault : kFaults) expect_fault(fault);
}

TEST(GeoJsonFaults, EveryTruncation) {
    const std::string good = file(kName, kSquare);
    const std::size_t end = good.rfind('}') + 1;
    for (std::size_t size = 0; size < end; ++size) {
        EXPECT_FALSE(read_geojson(FileBuffer::copy_of(good.substr(0, size)))) << size;
    }
    EXPECT_TRUE(read_geojson(FileBuffer::copy_of(good.substr(0, end))));
}

TEST(GeoJsonFaults, ANestingBomb) {
    for (const char* const bomb : {"[", "{\"a\":"}) {
        std::string text = "{\"type\":\"Feature\",\"x\":";
        for (int i = 0; i < 1'000'000; ++i) text += bomb;
        EXPECT_FALSE(read_geojson(FileBuffer::copy_of(text)));
        EXPECT_FALSE(read_geojson(FileBuffer::copy_of(text + "}")));
    }
}

TEST(GeoJsonFaults, WhatIsNotACollectionOfFeatures) {
    using enum ChartErrorCode;
    const Fault kFaults[] = {
        {kNotGeoJson, 1, "not an object", "[1,2]"},
        {kNotGeoJson, 3, "not an object", "\n \n17\n"},
        {kNotGeoJson, 1, "type ''", "{}"},
        {kNotGeoJson, 1, "type 'Polygon'", std::string(kSquare)},
        {kNotGeoJson, 1, "type 'Topology'", R"({"type":"Topology"})"},
        {kNotGeoJson, 1, "type ''", R"({"type":"FeatureCollection","features":[{}]})"},
        {kMemberType, 1, "type", R"({"type":7})"},
        {kMemberType, 1, "array of features", R"({"type":"FeatureCollection","features":{}})"},
        {kMemberType, 1, "a feature", R"({"type":"FeatureCollection","features":[1]})"},
        {kMissingMember, 1, "no features", R"({"type":"FeatureCollection"})"},
        {kNoFeature, 1, "collection is empty", R"({"type":"FeatureCollection","features":[]})"},
        {kMissingMember, 1, "geometry", R"({"type":"Feature","properties":{"name":"A"}})"},
        {kDuplicateMember, 1, "type twice", R"({"type":"Feature","type":"Feature"})"},
        {kDuplicateMember, 1, "properties twice",
         R"({"type":"Feature","properties":{"name":"A"},"properties":{"name":"B"}})"},
        {kDuplicateMember, 1, "features twice",
         R"({"type":"FeatureCollection","features":[],"features":[]})"},
        {kForeignCrs, 1, "EPSG:3857",
         R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}}})"},
        {kMemberType, 1, "crs", R"({"type":"FeatureCollection","crs":null})"},
    };
    for (const Fault& fault : kFaults) expect_fault(fault);
}

TEST(GeoJsonFaults, AGeometryThatIsNoArea) {
    using enum ChartErrorCode;
    const Fault kFaults[] = {
        {kNullGeometry, 4, "no geometry", with_geometry("null")},
        {kMemberType, 4, "a geometry", with_geometry("[]")},
        {kMissingMember, 4, "type ''", with_geometry("{}")},
        {kGeometryKind, 4, "'Point'", with_geometry(R"({"type":"Point","coordinates":[1,2]})")},
        {kGeometryKind, 4, "'LineString'",
         with_geometry(R"({"coordinates":[[1,2],[3,4]],"type":"LineString"})")},
        {kGeometryKind, 4, "'GeometryCollection'",
         with_geometry(R"({"type":"GeometryCollection","geometries":[]})")},
        {kMissingMember, 4, "no coordinates", with_geometry(R"({"type":"Polygon"})")},
        {kDuplicateMember, 4, "coordinates twice",
         with_geometry(R"({"type":"MultiPolygon","coordinates":[],"coordinates":[]})")},
        {kForeignCrs, 4, "'EPSG:21781'",
         with_geometry(R"({"type":"Polygon","crs":{"properties":{"name":"EPSG:21781"}}})")},
    };
    for (const Fault& fault : kFaults) expect_fault(fault);
}

TEST(GeoJsonFaults, AFaultyRing) {
    using enum ChartErrorCode;
    const Fault kFaults[] = {
        {kRing, 4, "at least one ring", with_rings("[]")},
        {kRing, 4, "at least one ring",
         with_geometry(R"({"type":"MultiPolygon","coordinates":[]})")},
        {kRing, 4, "at least one ring",
         with_geometry(R"({"type":"MultiPolygon","coordinates":[[]]})")},
        {kRing, 4, "ring 1: expected at least four", with_rings("[[]]")},
        {kRing, 4, "ring 1: expected at least four", with_rings("[[[0,0],[1,0],[0,0]]]")},
        {kRing, 5, "ring 2: expected the last position of a ring to be its first",
         with_rings("[[[0,0],[2,0],[2,2],[0,0]],\n[[0,0],[2,0],[2,2],[0,1]]]")},
        {kRing, 4, "180 degrees", with_rings("[[[-170,0],[170,0],[170,2],[-170,0]]]")},
        {kPosition, 4, "0 numbers", with_rings("[[[]]]")},
        {kPosition, 4, "1 numbers", with_rings("[[[0]]]")},
        {kPosition, 4, "more than 4 numbers", with_rings("[[[0,0,0,0,0]]]")},
        {kMemberType, 4, "array of rings", with_rings("{}")},
        {kMemberType, 4, "array of positions", with_rings("[1]")},
        {kMemberType, 4, "a position", with_rings("[[1]]")},
        {kNotANumber, 4, "not a finite number", with_rings("[[[[0,0]]]]")},
        {kNotANumber, 4, "not a finite number", with_rings(R"([[["0",0]]])")},
        {kNotANumber, 4, "not a finite number", with_rings("[[[0,NaN]]]")},
        {kNotANumber, 4, "not a finite number", with_rings("[[[0,Infinity]]]")},
        {kNotANumber, 4, "not a finite number", with_rings("[[[0,null]]]")},
        {kNotANumber, 4, "not a finite number", with_rings("[[[0,-]]]")},
        {kNotANumber, 4, "not a finite number", with_rings("[[[0,1e999]]]")},
        {kLatitudeRange, 6, "latitude 91", with_rings("[[[0,0],\n[2,0],\n[2,91\n],[0,0]]]")},
        {kLongitudeRange, 4, "longitude 180.5", with_rings("[[[180.5,0]]]")},
    };
    for (const Fault& fault : kFaults) expect_fault(fault);
}

TEST(GeoJsonFaults, APropertyThatIsNone) {
    using enum ChartErrorCode;
    const std::string long_name(257, 'x');
    const Fault kFaults[] = {
        {kNoName, 3, "no name", with_properties("null")},
        {kNoName, 3, "no name", with_properties("{}")},
        {kNoName, 3, "no name", with_properties(R"({"name":"","A3":null})")},
        {kMemberType, 3, "properties", with_properties("[]")},
        {kMemberType, 3, "name to be text", with_properties(R"({"name":7})")},
        {kTextTooLong, 3, "257 bytes", with_properties(R"({"name":")" + long_name + "\"}")},
        {kControlCharacter, 3, "name", with_properties(R"({"name":"A\u0000"})")},
        {kControlCharacter, 3, "owner", with_properties(R"({"name":"A","owner":"a\nb"})")},
        {kDuplicateMember, 3, "name twice", with_properties(R"({"name":"A","n\u0061me":"B"})")},
        {kNotANumber, 3, "accuracy_m", with_properties(R"({"name":"A","accuracy_m":"10"})")},
        {kAccuracyRange, 3, "accuracy_m is -1", with_properties(R"({"name":"A","accuracy_m":-1})")},
        {kAccuracyRange, 3, "20,000,000", with_properties(R"({"name":"A","accuracy_m":1e30})")},
        {kUnknownType, 3, "'park'", with_properties(R"({"name":"A","airspace_type":"park"})")},
        {kBadTime, 3, "valid_from is 'noon'",
         with_properties(R"({"name":"A","valid_from":"noon"})")},
        {kBadTime, 3, "valid_from after valid_until",
         with_properties(R"({"name":"A","valid_until":"2026-01-01T00:00:00Z",)"
                         R"("valid_from":"2026-01-02T00:00:00Z"})")},
    };
    for (const Fault& fault : kFaults) expect_fault(fault);
    EXPECT_TRUE(read_geojson(FileBuffer::copy_of(
        with_properties(R"({"name":")" + long_name.substr(1) + "\",\"accuracy_m\":0}"))));
}

TEST(GeoJsonFaults, AFeatureWithoutProperties) {
    expect_fault({ChartErrorCode::kNoName, 1, "no name",
                  R"({"type":"Feature","geometry":)" + std::string(kSquare) + "}"});
}

TEST(GeoJsonFaults, TwoGeometries) {
    const std::string square(kSquare);
    expect_fault({ChartErrorCode::kDuplicateMember, 1, "geometry twice",
                  R"({"type":"Feature","geometry":)" + square + ",\"geometry\":" + square + "}"});
}

TEST(GeoJsonFaults, FeaturesOfOneNameThatDisagree) {
    for (const char* const property :
         {R"("airspace_type":"danger"|"airspace_type":"national")", R"("owner":"a"|"owner":"b")",
          R"("valid_from":"2026-01-01T00:00:00Z"|"valid_from":"2026-01-02T00:00:00Z")"}) {
        const std::string both = property;
        const std::size_t bar = both.find('|');
        std::string features;
        for (const std::string& one : {both.substr(0, bar), both.substr(bar + 1)}) {
            features += std::string(features.empty() ? "" : ",\n") +
                        R"({"type":"Feature","properties":{"name":"A",)" + one +
                        "},\"geometry\":" + std::string(kSquare) + "}";
        }
        expect_fault({ChartErrorCode::kConflict, 2, "differ in",
                      R"({"type":"FeatureCollection","features":[)" + features + "]}"});
    }
}

TEST(GeoJsonFaults, TooManyFeatures) {
    std::string text = R"({"type":"FeatureCollection","features":[)";
    const std::string feature =
        R"({"type":"Feature","properties":{"name":"A"},"geometry":)" + std::string(kSquare) + "},";
    for (std::size_t i = 0; i <= GeoJsonLimits::kMaxFeatures; ++i) text += feature;
    text.pop_back();
    expect_fault({ChartErrorCode::kTooManyFeatures, 1, "100000 features", text + "]}"});
}

// The limit is the file's, not the polygon's.
TEST(GeoJsonFaults, TooManyVertices) {
    const std::string feature =
        R"({"type":"Feature","properties":{"name":"A"},"geometry":)" + std::string(kSquare) + "}";
    const FileBuffer buffer = FileBuffer::copy_of(R"({"type":"FeatureCollection","features":[)" +
                                                  feature + ",\n" + feature + "]}");
    EXPECT_TRUE(read_geojson(buffer, 10));
    const auto result = read_geojson(buffer, 9);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ChartErrorCode::kTooManyVertices);
    EXPECT_EQ(result.error().line, 2U);
    EXPECT_THAT(result.error().text, HasSubstr("expected at most 20,000,000"));
}

TEST(GeoJsonFaults, AFileThatIsTooLarge) {
    // Never touched, so the memory does not exist.
    const FileBuffer buffer(GeoJsonLimits::kMaxFileBytes + 1);
    const auto result = read_geojson(buffer);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ChartErrorCode::kTooLarge);
}

}  // namespace
}  // namespace comity::chart
