// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include "comity/airspace/route.hpp"
#include "comity/geo/polygon.hpp"

#include <algorithm>
#include <utility>

namespace comity::wire {
namespace {

constexpr std::size_t kMostPoints =
    std::min({accord::Intent::kMaxRoute, airspace::Route::kMaxPoints,
              accord::Intent::kMaxVolumes + 1});  // one volume for each leg
constexpr DurationRange kSlack{.least = geo::Milliseconds(0), .most = airspace::Route::kMaxSlack};
constexpr NumberRange kWidth{
    .least = 1.0, .most = 2.0 * airspace::Route::kMaxHalfWidth.in_metres(), .unit = "m"};

airspace::RoutePoint point_of(Context& context, const YamlNode& node) {
    Fields fields(context.reading, node, "a point of a route");
    const geo::Instant time = instant_of(context.reading, fields.need("at"), context.times);
    const YamlNode* latitude = fields.need("lat");
    const YamlNode* longitude = fields.need("lon");
    fields.finish();
    return {.position = position_of(context, latitude, longitude), .time = time};
}

airspace::Route route_of(Context& context, const YamlNode* node) {
    airspace::Route route;
    for (const YamlNode& point : list_of(context.reading, node, kMostPoints)) {
        route.points.push_back(point_of(context, point));
    }
    return route;
}

// The line of what is wrong with a route: of its point, or of the route.
std::size_t line_of(const airspace::RouteError& error, const YamlNode& node) {
    return error.point < node.children.size() && error.point > 0 ? node.children[error.point].line
                                                                 : node.line;
}

ScenarioFault fault_of(airspace::RouteFault fault) {
    return fault == airspace::RouteFault::kTimeOrder ? ScenarioFault::kConflict
                                                     : ScenarioFault::kRange;
}

struct Shape {
    geo::Distance half_width;
    airspace::AltitudeBand band;
    geo::Milliseconds slack{0};
};

std::vector<airspace::Volume> volumes_of(Context& context, const airspace::Route& route,
                                         const Shape& shape, const YamlNode& node) {
    auto volumes = airspace::volumes_of(route, shape.half_width, shape.band, shape.slack);
    if (!volumes) {
        context.reading.fail(
            fault_of(volumes.error().fault), line_of(volumes.error(), node),
            std::string("a route that cannot be flown, ") + to_string(volumes.error().fault));
        return {};
    }
    for (const airspace::Volume& volume : *volumes) {
        context.vertex_count += std::get<geo::Polygon>(volume.footprint).vertex_count();
    }
    if (context.vertex_count > ScenarioLimits::kMaxRouteVertices) {
        context.reading.fail(ScenarioFault::kTooMany, node.line,
                             "routes too long, expected all volumes together of at most " +
                                 std::to_string(ScenarioLimits::kMaxRouteVertices) + " corners");
    }
    return *std::move(volumes);
}

void read_intent(Context& context, const YamlKey& key, const YamlNode& node) {
    Reading& reading = context.reading;
    Fields fields(reading, node, "an intent");
    ScenarioIntent one{
        .line = key.line,
        .id = key.text,
        .owner = party_of(context, fields.need("owner")),
        .at = instant_within(reading, fields.find("at"), context.times),
        .aircraft = tracks_of(context, fields.need("aircraft"), accord::Intent::kMaxAircraft),
        .route = {},
        .volumes = {}};
    const Shape shape{
        .half_width =
            geo::Distance::metres(number_of(reading, fields.need("width_m"), kWidth) / 2.0),
        .band = band_of(context, fields),
        .slack = duration_of(reading, fields.find("slack"), kSlack, geo::Milliseconds(0))};
    const YamlNode* route_node = fields.need("route");
    const airspace::Route route = route_of(context, route_node);
    fields.finish();
    if (reading.has_failed()) return;
    for (const airspace::RoutePoint& point : route.points) {
        one.route.push_back({.position = point.position, .time = point.time});
    }
    one.volumes = volumes_of(context, route, shape, *route_node);
    context.scenario.intents.push_back(std::move(one));
}

}  // namespace

void read_intents(Context& context, const YamlNode* node) {
    for (const auto& [key, value] :
         mapping_of(context.reading, node, ScenarioLimits::kMaxIntents)) {
        check_id(context, *key);
        read_intent(context, *key, *value);
        context.intents.add(key->text);
        if (context.reading.has_failed()) return;
    }
}

}  // namespace comity::wire
