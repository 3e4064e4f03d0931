// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Real borders, recorded flights, and the two accounts of 24 November 2015.
#include "shared_data.hpp"
#include "test_tracks.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/geo/instant.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace comity::airspace {
namespace {

using geo::Distance;
using geo::Instant;
using geo::LatLon;

// The polygons of all features of that name.
std::vector<geo::Polygon> footprint_of(const std::string& geojson, const std::string& a3) {
    std::vector<geo::Polygon> footprint;
    const auto add = [&](const nlohmann::json& rings_of_polygon, std::vector<Ring>& rings) {
        for (const nlohmann::json& positions : rings_of_polygon) {
            rings.emplace_back();
            for (const nlohmann::json& p : positions) {
                rings.back().push_back(at(p[0].get<double>(), p[1].get<double>()));
            }
            rings.back().pop_back();
        }
    };
    const nlohmann::json file = nlohmann::json::parse(geojson);
    for (const nlohmann::json& feature : file["features"]) {
        if (feature["properties"]["A3"] != a3) continue;
        const nlohmann::json& geometry = feature["geometry"];
        std::vector<Ring> rings;
        if (geometry["type"] == "Polygon") {
            add(geometry["coordinates"], rings);
        } else {
            for (const nlohmann::json& polygon : geometry["coordinates"]) add(polygon, rings);
        }
        footprint.push_back(polygon_of(rings));
    }
    return footprint;
}

Instant instant_of(const std::string& text) {
    const auto instant = geo::parse_instant(text);
    COMITY_CHECK(instant.has_value());
    return *instant;
}

using Tracks = std::map<std::string, std::vector<TrackPoint>>;

Tracks tracks_of(const std::string& csv, const char* id_column) {
    Tracks tracks;
    for (auto& row : simple_csv(csv)) {
        if (row["lat"].empty()) continue;
        tracks[row[id_column]].push_back(
            {.time = instant_of(row["time_utc"]),
             .position = at(std::stod(row["lon"]), std::stod(row["lat"]))});
    }
    for (auto& [id, track] : tracks) {
        std::stable_sort(track.begin(), track.end(),
                         [](const auto& a, const auto& b) { return a.time < b.time; });
    }
    return tracks;
}

// --- 1 August 2018 -------------------------------------------------------------------------------

constexpr const char* kFlights = "trajectories/switzerland_20180801_dev.csv";
constexpr const char* kCrossings = "trajectories/switzerland_20180801_dev_CHE_crossings.csv";
constexpr const char* kSwitzerland = "borders/osm10m_maritime_CHE.geojson";

using Crossings = std::map<std::string, std::vector<std::pair<Instant, std::string>>>;

Crossings crossings_of(const std::string& csv) {
    Crossings crossings;
    for (auto& row : simple_csv(csv)) {
        crossings[row["icao24"]].emplace_back(instant_of(row["time_utc"]), row["event"]);
    }
    for (auto& [id, of_one] : crossings) std::sort(of_one.begin(), of_one.end());
    return crossings;
}

TEST(InsideRecordings, EveryCrossingOfTheSwissBorderIsFoundAndNoOther) {
    const auto flights = file_content(shared_data(kFlights));
    const auto expected_csv = file_content(shared_data(kCrossings));
    const auto border = file_content(shared_data(kSwitzerland));
    if (!flights || !expected_csv || !border) {
        GTEST_SKIP() << missing_data(std::string(kFlights) + " or " + kSwitzerland);
    }
    const Area area(footprint_of(*border, "CHE"));
    Crossings found;
    for (const auto& [id, track] : tracks_of(*flights, "icao24")) {
        for (const Stay& stay : assess_stays(area, track, {})) {
            if (stay.entry) found[id].emplace_back(*stay.entry, "enter");
            if (stay.exit) found[id].emplace_back(*stay.exit, "exit");
        }
    }
    const Crossings expected = crossings_of(*expected_csv);
    std::size_t count = 0;
    for (const auto& [id, of_one] : expected) {
        SCOPED_TRACE(id);
        count += of_one.size();
        ASSERT_EQ(found[id].size(), of_one.size());
        for (std::size_t i = 0; i < of_one.size(); ++i) {
            EXPECT_EQ(found[id][i].second, of_one[i].second);
            EXPECT_LE(std::chrono::abs(found[id][i].first - of_one[i].first),
                      geo::Milliseconds(100))
                << geo::to_string_ms(of_one[i].first);
        }
    }
    EXPECT_EQ(count, 1377U);
    for (const auto& [id, of_one] : found) EXPECT_TRUE(expected.contains(id)) << id;
}

TEST(InsideRecordings, WithAccuraciesOnlyWhatIsSureAndPossibleChanges) {
    const auto flights = file_content(shared_data(kFlights));
    const auto border = file_content(shared_data(kSwitzerland));
    if (!flights || !border) GTEST_SKIP() << missing_data(kFlights);
    const Area area(footprint_of(*border, "CHE"));
    for (const auto& [id, track] : tracks_of(*flights, "icao24")) {
        SCOPED_TRACE(id);
        double plain = 0.0;
        for (const Stay& stay : assess_stays(area, track, {})) plain += stay.inside.count();
        double nominal = 0.0;
        for (const Stay& stay :
             assess_stays(area, track,
                          {.area = Distance::metres(10), .every_point = Distance::metres(185)})) {
            nominal += stay.inside.count();
            EXPECT_LE(stay.surely_inside, stay.inside);
            EXPECT_LE(stay.inside, stay.possibly_inside);
        }
        EXPECT_NEAR(nominal, plain, 1e-6);
    }
}

// --- 24 November 2015 ----------------------------------------------------------------------------

constexpr const char* kHatay = "borders/osm10m_maritime_hatay.geojson";

std::optional<Tracks> account(const char* letter) {
    const auto csv = file_content(std::string(COMITY_SOURCE_DIR "/scenarios/hatay-2015/account_") +
                                  letter + ".csv");
    if (!csv) return std::nullopt;
    return tracks_of(*csv, "track_id");
}

// The least distance to any edge of the border, by brute force.
double metres_to_border(const std::vector<geo::Polygon>& footprint, LatLon place) {
    double least = std::numeric_limits<double>::infinity();
    for (const geo::Polygon& polygon : footprint) {
        for (std::size_t r = 0; r < polygon.ring_count(); ++r) {
            const auto ring = polygon.ring(r);
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const geo::Position a = ring[i];
                const geo::Position b = ring[(i + 1) % ring.size()];
                const auto far = [&](geo::Position p) {
                    return std::fabs(p.degrees().latitude - place.latitude) > 0.05 ||
                           std::fabs(p.degrees().longitude - place.longitude) > 0.05;
                };
                if (far(a) && far(b)) continue;
                // The best of twelve parts, then of twelve around it, and so on.
                double begin = 0.0;
                double end = 1.0;
                for (int round = 0; round < 7; ++round) {
                    double best = 0.0;
                    double best_metres = std::numeric_limits<double>::infinity();
                    constexpr int kParts = 12;
                    for (int k = 0; k <= kParts; ++k) {
                        const double t = begin + (end - begin) * k / kParts;
                        const double metres = geodesic_metres(between(a, b, t), place);
                        if (metres < best_metres) {
                            best_metres = metres;
                            best = t;
                        }
                    }
                    least = std::min(least, best_metres);
                    const double part = (end - begin) / kParts;
                    begin = std::max(0.0, best - part);
                    end = std::min(1.0, best + part);
                }
            }
        }
    }
    return least;
}

// The greatest distance from the border along the track between two instants.
double greatest_metres(const std::vector<geo::Polygon>& footprint,
                       const std::vector<TrackPoint>& track, Instant from, Instant until) {
    double greatest = 0.0;
    for (std::size_t i = 0; i + 1 < track.size(); ++i) {
        if (track[i + 1].time < from || track[i].time > until) continue;
        constexpr int kParts = 20;
        for (int k = 0; k <= kParts; ++k) {
            const auto since = (track[i + 1].time - track[i].time) * k / kParts;
            if (track[i].time + since < from || track[i].time + since > until) continue;
            const LatLon place =
                between(track[i].position, track[i + 1].position, static_cast<double>(k) / kParts);
            greatest = std::max(greatest, metres_to_border(footprint, place));
        }
    }
    return greatest;
}

TEST(InsideAccounts, OfAccountABothAircraftAreInsideForSeventeenSeconds) {
    const auto border = file_content(shared_data(kHatay));
    if (!border) GTEST_SKIP() << missing_data(kHatay);
    const auto tracks = account("a");
    ASSERT_TRUE(tracks.has_value());
    const std::vector<geo::Polygon> turkey = footprint_of(*border, "TUR");
    const Area area(turkey);
    const std::map<std::string, double> depths = {{"SU24-1", 1077.0}, {"SU24-2", 1078.0}};
    for (const auto& [id, depth] : depths) {
        SCOPED_TRACE(id);
        const std::vector<TrackPoint>& track = tracks->at(id);
        const std::vector<Stay> stays = assess_stays(area, track, {});
        ASSERT_EQ(stays.size(), 1U);
        const Stay& stay = stays.front();
        EXPECT_NEAR(stay.inside.count(), 17.0, 0.005);
        ASSERT_TRUE(stay.entry && stay.exit);
        EXPECT_LE(std::chrono::abs(*stay.entry - instant_of("2015-11-24T07:24:05Z")),
                  geo::Milliseconds(10));
        EXPECT_NEAR(stay.max_depth->in_metres(), depth, 1.0);
        // Twenty places a second are within 8 m of the deepest, where the depth is level.
        const double sampled = greatest_metres(turkey, track, *stay.entry, *stay.exit);
        EXPECT_GE(stay.max_depth->in_metres(), sampled - 0.01);
        EXPECT_LE(stay.max_depth->in_metres(), sampled + 8.0);
        EXPECT_LE(stay.max_depth->in_metres(), depth + 0.5);
    }
}

TEST(InsideAccounts, OfAccountATheAccuraciesSayHowSureThatIs) {
    const auto border = file_content(shared_data(kHatay));
    if (!border) GTEST_SKIP() << missing_data(kHatay);
    const auto tracks = account("a");
    ASSERT_TRUE(tracks.has_value());
    const Area area(footprint_of(*border, "TUR"));
    const std::vector<Stay> stays =
        assess_stays(area, tracks->at("SU24-2"),
                     {.area = Distance::metres(100), .every_point = Distance::metres(100)});
    double surely = 0.0;
    double inside = 0.0;
    double possibly = 0.0;
    for (const Stay& stay : stays) {
        surely += stay.surely_inside.count();
        inside += stay.inside.count();
        possibly += stay.possibly_inside.count();
    }
    EXPECT_NEAR(surely, 13.75, 0.006);
    EXPECT_NEAR(inside, 17.0, 0.006);
    EXPECT_NEAR(possibly, 23.05, 0.006);
}

TEST(InsideAccounts, OfAccountBNeitherAircraftIsEverInside) {
    const auto border = file_content(shared_data(kHatay));
    if (!border) GTEST_SKIP() << missing_data(kHatay);
    const auto tracks = account("b");
    ASSERT_TRUE(tracks.has_value());
    const std::vector<geo::Polygon> turkey = footprint_of(*border, "TUR");
    const Area area(turkey);
    double nearest = std::numeric_limits<double>::infinity();
    for (const char* id : {"SU24-1", "SU24-2"}) {
        SCOPED_TRACE(id);
        const std::vector<TrackPoint>& track = tracks->at(id);
        const std::vector<Stay> stays = assess_stays(area, track, {});
        ASSERT_EQ(stays.size(), 1U);
        EXPECT_EQ(stays.front().possibly_inside.count(), 0.0);
        ASSERT_TRUE(stays.front().min_distance_outside.has_value());
        const double ours = stays.front().min_distance_outside->in_metres();
        nearest = std::min(nearest, ours);
        // At the recorded points none is nearer; between them, a second apart, little.
        double at_points = std::numeric_limits<double>::infinity();
        for (const TrackPoint& p : track) {
            at_points = std::min(
                at_points, metres_to_border(turkey, {.latitude = p.position.degrees().latitude,
                                                     .longitude = p.position.degrees().longitude}));
        }
        EXPECT_LE(ours, at_points + 0.01);
        EXPECT_GE(ours, at_points - 100.0);
    }
    EXPECT_NEAR(nearest, 1000.0, 50.0);
}

}  // namespace
}  // namespace comity::airspace
