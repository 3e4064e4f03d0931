// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "places.hpp"

#include "values.hpp"
#include "words.hpp"

#include "comity/accord/filed.hpp"
#include "comity/chart/file_buffer.hpp"
#include "comity/chart/geojson.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/wire/request.hpp"

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

namespace comity::wire {
namespace {

enum class Unit { kMetre, kFoot };

// A word that can only be this one.
Result read_fixed(dom::element value, std::string_view word) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS && text == word) return {};
    return fail(fmt::format("something else, expected \"{}\"", word));
}

Result read_any_limit(dom::element value, bool may_be_agl, Limit& out) {
    static constexpr std::array kUnits{Word{"M", Unit::kMetre}, Word{"FT", Unit::kFoot}};
    double number = 0.0;
    Unit unit = Unit::kMetre;
    const auto read_datum = [&](dom::element word, geo::Datum& datum) -> Result {
        if (Result read = read_word(word, kDatums, datum); !read) return read;
        if (datum != geo::Datum::kGround || may_be_agl) return {};
        return fail("AGL, expected one of W84, MSL, STD");
    };
    const auto read_unit = [](dom::element word, Unit& to) { return read_word(word, kUnits, to); };
    Result read = Members(value)
                      .required("value", read_decimal, number)
                      .required("reference", read_datum, out.datum)
                      .required("units", read_unit, unit)
                      .finish();
    if (!read) return read;
    const double metres = unit == Unit::kFoot ? number * 0.3048 : number;
    if (metres < BodyLimits::kLowestMetres || metres > BodyLimits::kHighestMetres) {
        return fail(fmt::format("{} metres, expected {} to {}", metres, BodyLimits::kLowestMetres,
                                BodyLimits::kHighestMetres));
    }
    out.height = unit == Unit::kFoot ? geo::Height::feet(number) : geo::Height::metres(number);
    return {};
}

template <typename AltitudeType>
airspace::AltitudeBand band_above(const std::optional<Limit>& lower,
                                  const std::optional<Limit>& upper) {
    airspace::Band<AltitudeType> band;
    if (lower) band.lower = AltitudeType::at(lower->height);
    if (upper) band.upper = AltitudeType::at(upper->height);
    return band;
}

// --- Volumes
// --------------------------------------------------------------------------------------

Result read_lat_lng(dom::element value, geo::Position& out) {
    geo::PositionDegrees degrees{};
    Result read = Members(value)
                      .required("lng", read_decimal, degrees.longitude)
                      .required("lat", read_decimal, degrees.latitude)
                      .finish();
    return read ? position_from(degrees, out) : read;
}

// Up to the next millimetre, so that nothing that was inside is outside.
Result read_radius(dom::element value, geo::Distance& out) {
    double metres = 0.0;
    Result read = Members(value)
                      .required("value", read_decimal, metres)
                      .required("units", read_fixed, "M")
                      .finish();
    if (!read) return read;
    if (!(metres > 0.0) || metres > BodyLimits::kMaxRadiusMetres) {
        return fail(fmt::format("{} metres, expected more than 0 and at most {}", metres,
                                BodyLimits::kMaxRadiusMetres));
    }
    constexpr double kPerMetre = 1000.0;
    const double nearest = std::floor(metres * kPerMetre + 0.5);
    const bool is_within = nearest / kPerMetre >= metres;
    out = geo::Distance::metres((is_within ? nearest : nearest + 1.0) / kPerMetre);
    return {};
}

Result read_circle(dom::element value, airspace::Footprint& out) {
    airspace::Circle circle;
    Result read = Members(value)
                      .required("center", read_lat_lng, circle.centre)
                      .required("radius", read_radius, circle.radius)
                      .finish();
    if (read) out = circle;
    return read;
}

Result polygon_fault(geo::PolygonError error) {
    return fail(geo::to_string(error));
}

/// Reads the volumes of one intent.
class VolumeReader {
  public:
    Result read(dom::element value, airspace::Volume& out) {
        return Members(value)
            .required("volume", [&](dom::element inner) { return read_volume(inner, out); })
            .required("time_start", read_f3548_time, out.time.begin)
            .required("time_end", read_f3548_time, out.time.end)
            .finish();
    }

  private:
    static Result read_f3548_time(dom::element value, geo::Instant& out) {
        return Members(value)
            .required("value", read_time, out)
            .required("format", read_fixed, "RFC3339")
            .finish();
    }

    Result read_volume(dom::element value, airspace::Volume& out) {
        int outlines = 0;
        std::optional<Limit> lower;
        std::optional<Limit> upper;
        const auto limit = [](dom::element one, std::optional<Limit>& to) {
            return read_limit(one, to.emplace());
        };
        Result read = Members(value)
                          .optional("outline_circle",
                                    [&](dom::element circle) {
                                        ++outlines;
                                        return read_circle(circle, out.footprint);
                                    })
                          .optional("outline_polygon",
                                    [&](dom::element polygon) {
                                        ++outlines;
                                        return read_polygon(polygon, out.footprint);
                                    })
                          .optional("altitude_lower", limit, lower)
                          .optional("altitude_upper", limit, upper)
                          .finish();
        if (!read) return read;
        if (outlines != 1) {
            return fail(fmt::format(
                "{} outlines, expected one of outline_circle and outline_polygon", outlines));
        }
        return band_from(lower, upper, out.band);
    }

    Result read_polygon(dom::element value, airspace::Footprint& out) {
        return Members(value)
            .required("vertices", [&](dom::element vertices) { return read_ring(vertices, out); })
            .finish();
    }

    // The standard leaves the ring open; one that comes closed is the same ring.
    Result read_ring(dom::element value, airspace::Footprint& out) {
        std::vector<geo::Position> ring;
        Result read = read_list(
            value, {.least = 3, .most = vertices_left_},
            [&](dom::element vertex) { return read_lat_lng(vertex, ring.emplace_back()); });
        if (!read) return read;
        vertices_left_ -= ring.size();
        if (ring.front() != ring.back()) ring.push_back(ring.front());
        geo::PolygonBuilder builder(geo::EdgeKind::kGeodesic);
        for (const geo::Position& vertex : ring) {
            if (const auto added = builder.add(vertex); !added) return polygon_fault(added.error());
        }
        if (const auto ended = builder.end_ring(); !ended) return polygon_fault(ended.error());
        auto polygon = std::move(builder).finish();
        if (!polygon) return polygon_fault(polygon.error());
        out = std::move(*polygon);
        return {};
    }

    std::size_t vertices_left_ = BodyLimits::kMaxIntentVertices;
};

}  // namespace

Result read_limit(dom::element value, Limit& out) {
    return read_any_limit(value, false, out);
}

Result read_limit_or_agl(dom::element value, Limit& out) {
    return read_any_limit(value, true, out);
}

Result band_from(const std::optional<Limit>& lower, const std::optional<Limit>& upper,
                 airspace::AltitudeBand& out) {
    out = airspace::AltitudeBand{};
    if (!lower && !upper) return {};
    if (lower && upper && lower->datum != upper->datum) {
        return fail("limits of two references, expected one");
    }
    if (lower && upper && lower->height > upper->height) {
        return fail("a lower limit above the upper one, expected it not to be");
    }
    switch (lower ? lower->datum : upper->datum) {
        case geo::Datum::kWgs84:
            out = band_above<geo::AltitudeWgs84>(lower, upper);
            break;
        case geo::Datum::kMsl:
            out = band_above<geo::AltitudeMsl>(lower, upper);
            break;
        case geo::Datum::kPressure:
            out = band_above<geo::PressureAltitude>(lower, upper);
            break;
        case geo::Datum::kGround:
            out = band_above<geo::HeightAgl>(lower, upper);
            break;
    }
    return {};
}

Result read_volumes(dom::element value, std::vector<airspace::Volume>& out) {
    constexpr Count kVolumes{.least = 1, .most = accord::Intent::kMaxVolumes};
    VolumeReader reader;
    return read_list(value, kVolumes,
                     [&](dom::element volume) { return reader.read(volume, out.emplace_back()); });
}

Result read_footprint(dom::element value, std::vector<geo::Polygon>& out) {
    const auto read_any = [](dom::element) { return Result(); };
    Result read =
        Members(value).required("type", read_any).required("coordinates", read_any).finish();
    if (!read) return read;
    auto footprint = chart::read_footprint(chart::FileBuffer::copy_of(simdjson::minify(value)),
                                           accord::FiledAirspace::kMaxVertices);
    if (!footprint) return fail(std::move(footprint.error().text));
    out = std::move(*footprint);
    return {};
}

}  // namespace comity::wire
