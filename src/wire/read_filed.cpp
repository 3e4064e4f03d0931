// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "places.hpp"
#include "values.hpp"
#include "words.hpp"

#include "comity/accord/filed.hpp"
#include "comity/accord/request.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/wire/request.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace comity::wire {
namespace {

using accord::PartyId;

Result read_keys(dom::element value, std::vector<seal::Hash>& out) {
    constexpr Count kKeys{.least = 0, .most = accord::Party::kMaxKeys};
    return read_list(value, kKeys,
                     [&](dom::element key) { return read_hash(key, out.emplace_back()); });
}

Result read_group(dom::element value, accord::Group& out) {
    constexpr Count kMembers{.least = 0, .most = accord::Party::kMaxMembers};
    return Members(value)
        .required("lead", read_party, out.lead)
        .required("members",
                  [&](dom::element list) { return read_party_set(list, kMembers, out.members); })
        .finish();
}

Result read_route_point(dom::element value, accord::RoutePoint& out) {
    geo::PositionDegrees degrees{};
    Result read = Members(value)
                      .required("lat", read_decimal, degrees.latitude)
                      .required("lng", read_decimal, degrees.longitude)
                      .required("time", read_time, out.time)
                      .finish();
    return read ? position_from(degrees, out.position) : read;
}

Result read_route(dom::element value, std::vector<accord::RoutePoint>& out) {
    constexpr Count kPoints{.least = 2, .most = accord::Intent::kMaxRoute};
    return read_list(value, kPoints, [&](dom::element point) {
        return read_route_point(point, out.emplace_back());
    });
}

Result read_aircraft(dom::element value, std::vector<std::string>& out) {
    constexpr Count kAircraft{.least = 0, .most = accord::Intent::kMaxAircraft};
    constexpr Count kBytes{.least = 1, .most = BodyLimits::kMaxText};
    return read_list(value, kAircraft, [&](dom::element track) {
        return read_text(track, kBytes, out.emplace_back());
    });
}

Result read_airspace_accuracy(dom::element value, geo::Distance& out) {
    double metres = 0.0;
    if (Result read = read_decimal(value, metres); !read) return read;
    if (metres < 0.0 || metres > BodyLimits::kMaxAccuracyMetres) {
        return fail(
            fmt::format("{} metres, expected 0 to {}", metres, BodyLimits::kMaxAccuracyMetres));
    }
    out = geo::Distance::metres(metres);
    return {};
}

Result read_validity(dom::element value, geo::Interval& out) {
    return Members(value)
        .required("from", read_time, out.begin)
        .required("until", read_time, out.end)
        .finish();
}

}  // namespace

Result read_put_party(const Body& body, accord::Operation& out) {
    accord::PutParty put;
    const accord::Group blank{.lead = PartyId{std::string()}, .members = {}};
    Result read = Members(body.value)
                      .required("keys", read_keys, put.keys)
                      .nullable("group", read_group, put.group, blank)
                      .finish();
    if (read) out = std::move(put);
    return read;
}

Result read_put_intent(const Body& body, accord::Operation& out) {
    accord::PutIntent put;
    const auto read_state = [](dom::element value, accord::IntentState& state) {
        return read_word(value, kIntentStates, state);
    };
    Result read = Members(body.value)
                      .required("state", read_state, put.state)
                      .required("aircraft", read_aircraft, put.aircraft)
                      .required("volumes", read_volumes, put.volumes)
                      .optional("route", read_route, put.route)
                      .finish();
    if (read) out = std::move(put);
    return read;
}

Result read_put_airspace(const Body& body, accord::Operation& out) {
    accord::PutAirspace put;
    airspace::Airspace& area = put.area;
    std::optional<Limit> lower;
    std::optional<Limit> upper;
    const auto read_type = [](dom::element value, airspace::AirspaceType& type) {
        return read_word(value, kAirspaceTypes, type);
    };
    const auto read_source = [](dom::element value, std::string& source) {
        return read_text(value, {.least = 0, .most = BodyLimits::kMaxSource}, source);
    };
    Result read = Members(body.value)
                      .required("type", read_type, area.type)
                      .required("source", read_source, area.source)
                      .nullable("accuracy_m", read_airspace_accuracy, area.accuracy)
                      .nullable("lower", read_limit_or_agl, lower)
                      .nullable("upper", read_limit_or_agl, upper)
                      .nullable("valid", read_validity, area.validity)
                      .required("footprint", read_footprint, area.footprint)
                      .finish();
    if (read) read = band_from(lower, upper, area.band);
    if (read) out = std::move(put);
    return read;
}

Result read_end_airspace(const Body& body, accord::Operation& out) {
    Result read = Members(body.value).finish();
    if (read) out = accord::EndAirspace{};
    return read;
}

}  // namespace comity::wire
