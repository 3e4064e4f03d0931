// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/chart/geojson.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/chart/file_buffer.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/polygon.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace comity::chart {
namespace {

using testing::SizeIs;

std::vector<airspace::Airspace> read(std::string_view text) {
    auto result = read_geojson(FileBuffer::copy_of(text));
    if (result) return std::move(*result);
    ADD_FAILURE() << "line " << result.error().line << ": " << result.error().text;
    return {};
}

constexpr std::string_view kSquare = "[[0,0],[2,0],[2,2],[0,2],[0,0]]";
constexpr std::string_view kHole = "[[0.5,0.5],[1,0.5],[1,1],[0.5,0.5]]";

std::string polygon(std::string_view rings) {
    return fmt::format(R"({{"type":"Polygon","coordinates":[{}]}})", rings);
}

std::string feature(std::string_view properties, const std::string& geometry = polygon(kSquare)) {
    return fmt::format(R"({{"type":"Feature","properties":{},"geometry":{}}})", properties,
                       geometry);
}

std::string collection(std::string_view features) {
    return fmt::format(R"({{"type":"FeatureCollection","features":[{}]}})", features);
}

TEST(GeoJson, ReadsAPolygonWithAHole) {
    const auto airspaces =
        read(collection(feature(R"({"name":"A"})", polygon(fmt::format("{},{}", kSquare, kHole)))));
    ASSERT_THAT(airspaces, SizeIs(1));
    const airspace::Airspace& one = airspaces[0];
    EXPECT_EQ(one.name, "A");
    EXPECT_EQ(one.type, airspace::AirspaceType::kUnstated);
    EXPECT_EQ(one.owner + one.source, "");
    EXPECT_FALSE(one.accuracy || one.validity);
    ASSERT_THAT(one.footprint, SizeIs(1));
    const geo::Polygon& footprint = one.footprint[0];
    EXPECT_EQ(footprint.edge_kind(), geo::EdgeKind::kStraightLonLat);
    ASSERT_EQ(footprint.ring_count(), 2U);
    ASSERT_THAT(footprint.ring(0), SizeIs(4));
    EXPECT_EQ(footprint.ring(0)[1].longitude().e7(), 20'000'000) << "longitude comes first";
    EXPECT_EQ(footprint.ring(0)[1].latitude().e7(), 0);
    EXPECT_THAT(footprint.ring(1), SizeIs(3));
}

TEST(GeoJson, ReadsAMultiPolygonAsRingsOfOnePolygon) {
    const auto airspaces = read(collection(
        feature(R"({"name":"A"})",
                fmt::format(R"({{"type":"MultiPolygon","coordinates":[[{0},{1}],[{0}]]}})", kSquare,
                            kHole))));
    ASSERT_THAT(airspaces, SizeIs(1));
    ASSERT_THAT(airspaces[0].footprint, SizeIs(1));
    EXPECT_EQ(airspaces[0].footprint[0].ring_count(), 3U);
}

TEST(GeoJson, ReadsASingleFeature) {
    EXPECT_THAT(read(feature(R"({"name":"A"})")), SizeIs(1));
}

TEST(GeoJson, IsNamedByNameOrElseByA3) {
    const auto airspaces = read(collection(
        feature(R"({"A3":"TUR","name":"Turkey"})") + "," + feature(R"({"A3":"SYR","name":""})") +
        "," + feature(R"({"A3":"CPV"})") + "," + feature(R"({"name":null,"A3":"IRQ"})")));
    ASSERT_THAT(airspaces, SizeIs(4));
    EXPECT_EQ(airspaces[0].name, "Turkey");
    EXPECT_EQ(airspaces[1].name, "SYR");
    EXPECT_EQ(airspaces[2].name, "CPV");
    EXPECT_EQ(airspaces[3].name, "IRQ");
}

TEST(GeoJson, PutsFeaturesOfOneNameTogether) {
    const auto airspaces = read(collection(
        feature(R"({"name":"A","accuracy_m":10,"source":"x","owner":"O"})") + "," +
        feature(R"({"name":"B"})") + "," +
        feature(R"({"name":"A","accuracy_m":25.5,"source":"y","airspace_type":"danger"})") + "," +
        feature(R"({"name":"A","source":"x"})")));
    ASSERT_THAT(airspaces, SizeIs(2));
    EXPECT_EQ(airspaces[0].name, "A");
    EXPECT_THAT(airspaces[0].footprint, SizeIs(3));
    EXPECT_EQ(airspaces[0].accuracy->in_metres(), 25.5);
    EXPECT_EQ(airspaces[0].source, "x; y");
    EXPECT_EQ(airspaces[0].owner, "O");
    EXPECT_EQ(airspaces[0].type, airspace::AirspaceType::kDanger);
    EXPECT_EQ(airspaces[1].name, "B");
    EXPECT_FALSE(airspaces[1].accuracy);
}

TEST(GeoJson, ReadsWhenAnAirspaceIsValid) {
    const auto airspaces =
        read(collection(feature(R"({"name":"A","valid_from":"2026-01-01T00:00:00Z",)"
                                R"("valid_until":"2026-01-02T00:00:00Z"})") +
                        "," + feature(R"({"name":"B","valid_from":"2026-01-01T00:00:00Z"})") + "," +
                        feature(R"({"name":"C","valid_until":"2026-01-02T00:00:00Z"})")));
    ASSERT_THAT(airspaces, SizeIs(3));
    EXPECT_EQ(geo::to_string(airspaces[0].validity->begin), "2026-01-01T00:00:00Z");
    EXPECT_EQ(geo::to_string(airspaces[0].validity->end), "2026-01-02T00:00:00Z");
    EXPECT_EQ(geo::to_string(airspaces[1].validity->end), "9999-12-31T23:59:59.999Z");
    EXPECT_EQ(geo::to_string(airspaces[2].validity->begin), "1970-01-01T00:00:00Z");
}

TEST(GeoJson, TakesMembersInAnyOrder) {
    const std::string backwards = fmt::format(
        R"({{"features":[{{"geometry":{{"bbox":[0,0,2,2],"coordinates":[{}],"type":"Polygon"}},)"
        R"("properties":{{"a":{{"deep":[1,[2,{{"x":null}}]]}},"name":"A"}},"id":7,)"
        R"("type":"Feature"}}],)"
        R"("type":"FeatureCollection"}})",
        kSquare);
    const auto airspaces = read(backwards);
    ASSERT_THAT(airspaces, SizeIs(1));
    EXPECT_EQ(airspaces[0].name, "A");
    EXPECT_EQ(airspaces[0].footprint[0].vertex_count(), 4U);
}

TEST(GeoJson, IgnoresWhatHasNoMeaningHere) {
    const auto airspaces = read(
        R"({"type":"FeatureCollection","name":"ne_10m","bbox":[-1,-1,1,1],)"
        R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},)"
        R"("features":[)" +
        feature(
            R"({"name":"A","type":"Sovereign country","TYPE":1,"x":[true,false,null,-1.5e3]})") +
        R"(],"features_":"\u00e9\n\\"})");
    ASSERT_THAT(airspaces, SizeIs(1));
    EXPECT_EQ(airspaces[0].type, airspace::AirspaceType::kUnstated)
        << "`type` is used by others for other things; ours is airspace_type";
}

TEST(GeoJson, IgnoresAltitudesInPositions) {
    const auto airspaces = read(collection(
        feature(R"({"name":"A"})", polygon("[[0,0,100],[2,0,100],[2,2,100,5],[0,0,1e3]]"))));
    ASSERT_THAT(airspaces, SizeIs(1));
    EXPECT_EQ(airspaces[0].footprint[0].vertex_count(), 3U);
}

TEST(GeoJson, ReadsAByteOrderMarkAndLinesThatEndInCrLf) {
    EXPECT_THAT(
        read("\xEF\xBB\xBF" + collection("\r\n" + feature(R"({"name":"A"})") + "\r\n") + "\r\n"),
        SizeIs(1));
}

TEST(GeoJson, ReadsEscapesInNamesAndKeys) {
    const auto airspaces = read(collection(feature(R"({"n\u0061me":"Z\u00fcrich \"TMA\""})")));
    ASSERT_THAT(airspaces, SizeIs(1));
    EXPECT_EQ(airspaces[0].name, "Z\xC3\xBCrich \"TMA\"");
}

TEST(GeoJson, AcceptsARingThatCrossesItself) {
    EXPECT_THAT(
        read(collection(feature(R"({"name":"A"})", polygon("[[0,0],[2,2],[2,0],[0,2],[0,0]]")))),
        SizeIs(1));
}

TEST(GeoJson, AcceptsARingAroundAPole) {
    EXPECT_THAT(read(collection(feature(
                    R"({"name":"A"})",
                    polygon("[[-180,60],[-90,60],[0,60],[90,60],[180,60],[180,90],[-180,90],"
                            "[-180,60]]")))),
                SizeIs(1));
}

TEST(GeoJson, ReadsAMultiPolygonOfManyRings) {
    constexpr int kRings = 100'000;
    std::string coordinates;
    for (int i = 0; i < kRings; ++i) coordinates += "[[[0,0],[1,0],[1,1],[0,0]]],";
    coordinates.pop_back();
    const auto airspaces = read(collection(
        feature(R"({"name":"A"})",
                fmt::format(R"({{"type":"MultiPolygon","coordinates":[{}]}})", coordinates))));
    ASSERT_THAT(airspaces, SizeIs(1));
    EXPECT_EQ(airspaces[0].footprint[0].ring_count(), static_cast<std::size_t>(kRings));
}

TEST(FileBuffer, KeepsWhatAFileHadWhenItIsShorterThanItSaid) {
    FileBuffer buffer = FileBuffer::copy_of(feature(R"({"name":"A"})") + "garbage");
    buffer.truncate(buffer.text().size() - 7);
    EXPECT_TRUE(read_geojson(buffer));
    buffer.truncate(0);
    EXPECT_FALSE(read_geojson(buffer));
    EXPECT_EQ(FileBuffer().text(), "");
}

TEST(GeoJson, ReadsAFootprintPolygonByPolygon) {
    const std::string two = fmt::format(R"({{"coordinates":[[{},{}],[{}]],"type":"MultiPolygon"}})",
                                        kSquare, kHole, kSquare);
    const auto footprint = read_footprint(FileBuffer::copy_of(two), 14);
    ASSERT_TRUE(footprint) << footprint.error().text;
    ASSERT_THAT(*footprint, SizeIs(2));
    EXPECT_EQ(footprint->at(0).ring_count(), 2U);
    EXPECT_EQ(footprint->at(1).ring_count(), 1U);
    EXPECT_EQ(footprint->at(1).vertex_count(), 4U);
    const auto one = read_footprint(FileBuffer::copy_of(polygon(kSquare)), 5);
    ASSERT_TRUE(one) << one.error().text;
    EXPECT_THAT(*one, SizeIs(1));
}

TEST(GeoJson, RefusesAFootprintThatIsNone) {
    using enum ChartErrorCode;
    const std::pair<ChartErrorCode, std::string> faults[] = {
        {kNotGeoJson, "[]"},
        {kTooManyVertices, fmt::format(R"({{"type":"Polygon","coordinates":[{}]}})", kSquare)},
        {kRing, R"({"type":"MultiPolygon","coordinates":[]})"},
        {kRing, R"({"type":"Polygon","coordinates":[]})"},
        {kMissingMember, R"({"type":"Polygon"})"},
        {kGeometryKind, R"({"type":"Point","coordinates":[0,0]})"},
        {kTrailingContent, R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]} 1)"},
    };
    for (const auto& [code, text] : faults) {
        const auto footprint = read_footprint(FileBuffer::copy_of(text), 4);
        ASSERT_FALSE(footprint) << text;
        EXPECT_EQ(static_cast<int>(footprint.error().code), static_cast<int>(code))
            << text << ": " << footprint.error().text;
    }
}

}  // namespace
}  // namespace comity::chart
