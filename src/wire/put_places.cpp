// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "put.hpp"
#include "words.hpp"

#include "comity/base/check.hpp"
#include "comity/geo/altitude.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

namespace comity::wire {
namespace {

void put_degrees(std::string& out, std::int32_t e7) {
    constexpr int kDigits = 7;
    put_decimal(out, e7, kDigits);
}

void put_lng_lat(std::string& out, const geo::Position& position) {
    out += R"({"lng":)";
    put_degrees(out, position.longitude().e7());
    out += R"(,"lat":)";
    put_degrees(out, position.latitude().e7());
    out += '}';
}

// Up to the next millimetre, as it is read.
void put_radius(std::string& out, geo::Distance radius) {
    constexpr int kDigits = 3;
    constexpr double kPerMetre = 1000.0;
    const double nearest = std::floor(radius.in_metres() * kPerMetre + 0.5);
    const bool is_within = nearest / kPerMetre >= radius.in_metres();
    out += R"({"value":)";
    put_decimal(out, static_cast<std::int64_t>(is_within ? nearest : nearest + 1.0), kDigits);
    out += R"(,"units":"M"})";
}

template <geo::Datum kDatum>
void put_limit(std::string& out, geo::Altitude<kDatum> altitude) {
    constexpr int kDigits = 4;
    out += R"({"value":)";
    put_decimal(out, altitude.above_datum().in_tenths_of_mm(), kDigits);
    out += R"(,"reference":")";
    out += word_of(kDatums, kDatum);
    out += R"(","units":"M"})";
}

void put_outline(std::string& out, const airspace::Circle& circle) {
    out += R"("outline_circle":{"center":)";
    put_lng_lat(out, circle.centre);
    out += R"(,"radius":)";
    put_radius(out, circle.radius);
    out += '}';
}

void put_outline(std::string& out, const geo::Polygon& polygon) {
    COMITY_CHECK(polygon.edge_kind() == geo::EdgeKind::kGeodesic && polygon.ring_count() == 1);
    out += R"("outline_polygon":{"vertices":)";
    put_list(out, polygon.ring(0), put_lng_lat);
    out += '}';
}

void put_f3548_time(std::string& out, geo::Instant time) {
    out += R"({"value":)";
    put_time(out, time);
    out += R"(,"format":"RFC3339"})";
}

void put_volume(std::string& out, const airspace::Volume& volume) {
    out += R"({"volume":{)";
    std::visit([&out](const auto& footprint) { put_outline(out, footprint); }, volume.footprint);
    std::visit(
        [&out](const auto& band) {
            if (band.lower) {
                out += R"(,"altitude_lower":)";
                put_limit(out, *band.lower);
            }
            if (band.upper) {
                out += R"(,"altitude_upper":)";
                put_limit(out, *band.upper);
            }
        },
        volume.band);
    out += R"(},"time_start":)";
    put_f3548_time(out, volume.time.begin);
    out += R"(,"time_end":)";
    put_f3548_time(out, volume.time.end);
    out += '}';
}

void put_position(std::string& out, const geo::Position& position) {
    out += '[';
    put_degrees(out, position.longitude().e7());
    out += ',';
    put_degrees(out, position.latitude().e7());
    out += ']';
}

// A geometry closes its rings.
void put_rings(std::string& out, const geo::Polygon& polygon) {
    COMITY_CHECK(polygon.edge_kind() == geo::EdgeKind::kStraightLonLat);
    out += '[';
    for (std::size_t i = 0; i < polygon.ring_count(); ++i) {
        out += i == 0 ? "[" : ",[";
        for (const geo::Position& vertex : polygon.ring(i)) {
            put_position(out, vertex);
            out += ',';
        }
        put_position(out, polygon.ring(i).front());
        out += ']';
    }
    out += ']';
}

void put_footprint(std::string& out, const std::vector<geo::Polygon>& footprint) {
    if (footprint.size() == 1) {
        out += R"({"type":"Polygon","coordinates":)";
        put_rings(out, footprint.front());
    } else {
        out += R"({"type":"MultiPolygon","coordinates":)";
        put_list(out, footprint, put_rings);
    }
    out += '}';
}

}  // namespace

void put_volumes(std::string& out, const std::vector<airspace::Volume>& volumes) {
    put_list(out, volumes, put_volume);
}

void put_route(std::string& out, const std::vector<accord::RoutePoint>& route) {
    put_list(out, route, [](std::string& to, const accord::RoutePoint& point) {
        to += R"({"lat":)";
        put_degrees(to, point.position.latitude().e7());
        to += R"(,"lng":)";
        put_degrees(to, point.position.longitude().e7());
        to += R"(,"time":)";
        put_time(to, point.time);
        to += '}';
    });
}

void put_area(std::string& out, const airspace::Airspace& area) {
    out += R"("accuracy_m":)";
    put_or_null(out, area.accuracy, [](std::string& to, geo::Distance accuracy) {
        fmt::format_to(std::back_inserter(to), "{}", accuracy.in_metres());
    });
    std::visit(
        [&out](const auto& band) {
            const auto put = [](std::string& to, const auto& limit) { put_limit(to, limit); };
            out += R"(,"lower":)";
            put_or_null(out, band.lower, put);
            out += R"(,"upper":)";
            put_or_null(out, band.upper, put);
        },
        area.band);
    out += R"(,"valid":)";
    put_or_null(out, area.validity, [](std::string& to, const geo::Interval& validity) {
        to += R"({"from":)";
        put_time(to, validity.begin);
        to += R"(,"until":)";
        put_time(to, validity.end);
        to += '}';
    });
    out += R"(,"footprint":)";
    put_footprint(out, area.footprint);
}

}  // namespace comity::wire
