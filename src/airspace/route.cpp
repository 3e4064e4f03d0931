// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/airspace/route.hpp"

#include "comity/base/check.hpp"
#include "comity/geo/geodesic.hpp"
#include "comity/geo/line.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/trig.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace comity::airspace {
namespace {

// Parts of a leg as long as this differ little from geodesics; the rest is measured and added.
constexpr geo::Distance kPart = geo::Distance::metres(10'000);
// Corners are rounded to 1e-7 degree and geodesic edges drawn within 2 cm.
constexpr geo::Distance kRounding = geo::Distance::metres(0.1);
// An edge beside a bent leg differs more than the leg does: with the greatest half width at the
// greatest latitude by 1 + 100 km / 557 km, the radius of the leg's bend there.
constexpr double kBesideBend = 2.0;
// Circumscribed about a circle, an octagon's corners are 1 / cos(22.5 degrees) of its radius away.
constexpr double kCorner = 1.0823922002923940;
constexpr double kCornersOfCap[] = {-67.5, -22.5, 22.5, 67.5};  // degrees from the way ahead

// The azimuth of a line that is straight in longitude and latitude; 0 where it has no length.
geo::Angle azimuth_at(const geo::Line& leg, double fraction) {
    const geo::LatLon begin = leg.at(0.0);
    const geo::LatLon end = leg.at(1.0);
    const auto [sin_lat, cos_lat] = geo::sin_cos(geo::Angle::degrees(leg.at(fraction).latitude));
    const double meridian_to_normal =
        (1.0 - geo::wgs84::kE2) / (1.0 - geo::wgs84::kE2 * sin_lat * sin_lat);
    return geo::atan2(cos_lat * (end.longitude - begin.longitude),
                      meridian_to_normal * (end.latitude - begin.latitude));
}

// How far the middle of any of the parts is from the middle of the geodesic between its ends.
geo::Distance deviation(const geo::Line& leg, int parts) {
    geo::Distance greatest;
    for (int i = 0; i < parts; ++i) {
        const geo::LatLon from = leg.at(static_cast<double>(i) / parts);
        const geo::LatLon to = leg.at(static_cast<double>(i + 1) / parts);
        const geo::LatLon middle = leg.at((static_cast<double>(i) + 0.5) / parts);
        const geo::LatLon straight = geo::geodesic_direct(from, geo::geodesic_azimuth(from, to),
                                                          geo::geodesic_distance(from, to) * 0.5);
        greatest = std::max(greatest, geo::geodesic_distance(middle, straight));
    }
    return greatest;
}

// The corners of the polygon about one leg, clockwise from the left of its begin.
class Corridor {
  public:
    Corridor(const geo::Line& leg, geo::Distance half_width)
        : leg_(leg),
          parts_(leg.short_part_count(kPart)),
          radius_(half_width + deviation(leg, parts_) * kBesideBend + kRounding) {}

    geo::Polygon polygon() && {
        for (int i = 0; i <= parts_; ++i) add(i, -90.0, radius_);
        for (const double corner : kCornersOfCap) add(parts_, corner, radius_ * kCorner);
        for (int i = parts_; i >= 0; --i) add(i, 90.0, radius_);
        for (const double corner : kCornersOfCap) add(0, 180.0 + corner, radius_ * kCorner);
        add(0, -90.0, radius_);
        COMITY_CHECK(builder_.end_ring().has_value());
        auto polygon = std::move(builder_).finish();
        COMITY_CHECK(polygon.has_value());
        return *std::move(polygon);
    }

  private:
    void add(int part, double degrees_from_ahead, geo::Distance distance) {
        const double fraction = static_cast<double>(part) / parts_;
        const geo::Angle azimuth =
            azimuth_at(leg_, fraction) + geo::Angle::degrees(degrees_from_ahead);
        const geo::LatLon corner = geo::geodesic_direct(leg_.at(fraction), azimuth, distance);
        const auto position = geo::Position::from_degrees(
            {.latitude = corner.latitude, .longitude = corner.longitude});
        COMITY_CHECK(position.has_value());
        COMITY_CHECK(builder_.add(*position).has_value());
    }

    const geo::Line& leg_;
    int parts_;
    geo::Distance radius_;
    geo::PolygonBuilder builder_{geo::EdgeKind::kGeodesic};
};

std::optional<RouteFault> fault_of(const Route& route, std::size_t i) {
    const RoutePoint& point = route.points[i];
    if (std::fabs(point.position.degrees().latitude) > Route::kMaxLatitudeDegrees) {
        return RouteFault::kNearPole;
    }
    if (i == 0) return std::nullopt;
    const RoutePoint& before = route.points[i - 1];
    if (point.time <= before.time) return RouteFault::kTimeOrder;
    if (geo::Line(before.position, point.position).length_at_most() > Route::kMaxLeg) {
        return RouteFault::kLegTooLong;
    }
    return std::nullopt;
}

std::optional<RouteError> error_of(const Route& route, geo::Distance half_width,
                                   geo::Milliseconds slack) {
    const auto whole = [](RouteFault fault) { return RouteError{.fault = fault, .point = 0}; };
    if (route.points.size() < 2) return whole(RouteFault::kTooFewPoints);
    if (route.points.size() > Route::kMaxPoints) return whole(RouteFault::kTooManyPoints);
    const bool has_width = half_width > geo::Distance() && half_width <= Route::kMaxHalfWidth;
    if (!has_width) return whole(RouteFault::kHalfWidth);
    if (slack < geo::Milliseconds(0) || slack > Route::kMaxSlack) return whole(RouteFault::kSlack);
    for (std::size_t i = 0; i < route.points.size(); ++i) {
        if (const auto fault = fault_of(route, i)) return RouteError{.fault = *fault, .point = i};
    }
    return std::nullopt;
}

}  // namespace

const char* to_string(RouteFault fault) {
    switch (fault) {
        case RouteFault::kTooFewPoints:
            return "expected at least two points";
        case RouteFault::kTooManyPoints:
            return "expected at most 1024 points";
        case RouteFault::kTimeOrder:
            return "expected a time later than that of the point before";
        case RouteFault::kNearPole:
            return "expected a latitude from -85 to 85 degrees";
        case RouteFault::kLegTooLong:
            return "expected a point at most 5000 km from the one before";
        case RouteFault::kHalfWidth:
            return "expected a half width above 0 m and up to 100 km";
        case RouteFault::kSlack:
            return "expected a slack from 0 s to 24 h";
    }
    return "unknown";
}

base::Expected<std::vector<Volume>, RouteError> volumes_of(const Route& route,
                                                           geo::Distance half_width,
                                                           const AltitudeBand& band,
                                                           geo::Milliseconds slack) {
    if (const auto error = error_of(route, half_width, slack)) return base::Unexpected(*error);
    std::vector<Volume> volumes;
    volumes.reserve(route.points.size() - 1);
    for (std::size_t i = 1; i < route.points.size(); ++i) {
        const RoutePoint& from = route.points[i - 1];
        const RoutePoint& to = route.points[i];
        const geo::Line leg(from.position, to.position);
        volumes.push_back({.footprint = Corridor(leg, half_width).polygon(),
                           .band = band,
                           .time = {.begin = from.time - slack, .end = to.time + slack}});
    }
    return volumes;
}

}  // namespace comity::airspace
