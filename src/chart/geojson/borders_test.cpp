// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Borders as published.
#include "shared_data.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/chart/file_buffer.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/geo/polygon.hpp"

#include <cstddef>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace comity::chart {
namespace {

struct Borders {
    const char* file;
    std::size_t airspaces;
    std::size_t vertices;  ///< the closing ones not counted
    double accuracy_m;     ///< of the first; -1: not stated
    const char* first;
};

class PublishedBorders : public testing::TestWithParam<Borders> {};

TEST_P(PublishedBorders, AreReadWhole) {
    const Borders& borders = GetParam();
    const auto content = shared_data(borders.file);
    if (!content) GTEST_SKIP() << missing_data(borders.file);
    const auto airspaces = read_geojson(FileBuffer::copy_of(*content));
    ASSERT_TRUE(airspaces) << airspaces.error().line << ": " << airspaces.error().text;
    ASSERT_EQ(airspaces->size(), borders.airspaces);
    std::size_t vertices = 0;
    for (const airspace::Airspace& one : *airspaces) {
        for (const geo::Polygon& polygon : one.footprint) vertices += polygon.vertex_count();
    }
    EXPECT_EQ(vertices, borders.vertices);
    const airspace::Airspace& first = airspaces->front();
    EXPECT_EQ(first.name, borders.first);
    EXPECT_EQ(first.accuracy ? first.accuracy->in_metres() : -1.0, borders.accuracy_m);
    EXPECT_FALSE(first.source.empty());
}

INSTANTIATE_TEST_SUITE_P(
    GeoJson, PublishedBorders,
    testing::Values(Borders{"borders/osm10m_maritime_CHE.geojson", 1, 11'794, 10.0, "CHE"},
                    Borders{"borders/osm10m_maritime_TUR_SYR.geojson", 5, 7'374, 10.0, "TUR"},
                    Borders{"borders/osm10m_maritime_hatay.geojson", 2, 1'932, 10.0, "TUR"},
                    Borders{"borders/ne_10m_TUR_SYR_neighbours.geojson", 4, 5'288, -1.0, "Lebanon"},
                    Borders{"borders/ne_50m_TUR_SYR_neighbours.geojson", 4, 1'021, -1.0, "Turkey"},
                    Borders{"su24/salient_osm.geojson", 1, 99, -1.0,
                            "Hatay (Yayladagi) salient, southern tip, Turkey"}));

TEST(PublishedBorders, AsALineAreRefused) {
    constexpr const char* kFile = "borders/ne_10m_TUR_SYR_boundary_line.geojson";
    const auto content = shared_data(kFile);
    if (!content) GTEST_SKIP() << missing_data(kFile);
    EXPECT_FALSE(read_geojson(FileBuffer::copy_of(*content)));
}

// 38 MB of 250 countries, the file for which the reader builds no tree.
TEST(PublishedBorders, OfTheWholeWorldAreRead) {
    const auto content =
        file_content(std::filesystem::path(COMITY_SOURCE_DIR) / "build/borders" / "osm.geojson");
    if (!content)
        GTEST_SKIP() << "build/borders/osm.geojson is not there: ./dev run hatay-2015 fetches it";
    const auto airspaces = read_geojson(FileBuffer::copy_of(*content));
    ASSERT_TRUE(airspaces) << airspaces.error().line << ": " << airspaces.error().text;
    EXPECT_EQ(airspaces->size(), 250U);
    std::size_t vertices = 0;
    std::size_t rings = 0;
    for (const airspace::Airspace& one : *airspaces) {
        ASSERT_EQ(one.footprint.size(), 1U);
        vertices += one.footprint[0].vertex_count();
        rings += one.footprint[0].ring_count();
    }
    EXPECT_EQ(vertices + rings, 1'903'784U) << "each ring is closed by one more vertex";
}

}  // namespace
}  // namespace comity::chart
