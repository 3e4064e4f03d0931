// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/accord/testing/build.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace comity::accord::testing {
namespace {

constexpr std::string_view kDay = "2015-11-24T";

}  // namespace

geo::Instant clock(std::string_view text) {
    std::chrono::days later{0};
    if (text.starts_with('+')) {
        const std::size_t blank = text.find(' ');
        later = std::chrono::days{std::stoi(std::string(text.substr(1, blank)))};
        text.remove_prefix(blank + 1);
    }
    std::string time(text);
    if (time.size() == 5) time += ":00";
    const auto instant = geo::parse_instant(std::string(kDay) + time + "Z");
    if (!instant) throw std::runtime_error("no clock time: " + time);
    return *instant + later;
}

std::string clock_text(geo::Instant time) {
    const std::string text = geo::to_string(time);
    return text.starts_with(kDay) ? text.substr(kDay.size(), text.size() - kDay.size() - 1) : text;
}

PartyId party_of(std::string_view id) {
    return PartyId(std::string(id));
}

std::set<PartyId> parties_of(std::initializer_list<std::string_view> ids) {
    std::set<PartyId> parties;
    for (const auto id : ids) parties.insert(party_of(id));
    return parties;
}

geo::Position place(double latitude, double longitude) {
    return geo::Position::from_degrees({.latitude = latitude, .longitude = longitude}).value();
}

geo::Polygon square(double south, double west, double degrees) {
    const double north = south + degrees;
    const double east = west + degrees;
    geo::PolygonBuilder builder(geo::EdgeKind::kStraightLonLat);
    for (const auto& [latitude, longitude] :
         {std::pair(south, west), {south, east}, {north, east}, {north, west}, {south, west}}) {
        if (!builder.add(place(latitude, longitude))) throw std::runtime_error("no vertex");
    }
    if (!builder.end_ring()) throw std::runtime_error("no ring");
    return std::move(builder).finish().value();
}

TermsOf::TermsOf(std::initializer_list<std::string_view> signatories) {
    for (const auto id : signatories) terms_.signatories.push_back(party_of(id));
}

TermsOf& TermsOf::shares(std::string_view from, std::string_view to, Shared what, Level level) {
    terms_.share.push_back(
        {.what = what, .from = party_of(from), .to = party_of(to), .level = level});
    return *this;
}

TermsOf& TermsOf::always_shares(std::string_view from, std::string_view to, Shared what,
                                Level level) {
    shares(from, to, what, level);
    terms_.share.back().is_residual = true;
    return *this;
}

TermsOf& TermsOf::relays(std::string_view by, std::string_view to, Level level) {
    terms_.relay.push_back({.by = party_of(by), .to = party_of(to), .level = level});
    return *this;
}

TermsOf& TermsOf::escalates_to(std::initializer_list<std::string_view> parties) {
    for (const auto id : parties) terms_.escalation.push_back(party_of(id));
    return *this;
}

TermsOf& TermsOf::within(std::chrono::seconds received, std::chrono::seconds read,
                         std::chrono::seconds passed_on) {
    terms_.intents = {.received = received, .read = read, .passed_on = passed_on};
    terms_.alerts = terms_.intents;
    return *this;
}

IntentOf& IntentOf::circle(double latitude, double longitude, double nautical_miles) {
    footprints_.emplace_back(
        airspace::Circle{.centre = place(latitude, longitude),
                         .radius = geo::Distance::nautical_miles(nautical_miles)});
    return *this;
}

IntentOf& IntentOf::polygon(const geo::Polygon& polygon) {
    footprints_.emplace_back(polygon);
    return *this;
}

IntentOf& IntentOf::from(geo::Instant time) {
    time_.begin = time;
    return *this;
}

IntentOf& IntentOf::to(geo::Instant time) {
    time_.end = time;
    return *this;
}

IntentOf& IntentOf::band(std::int64_t lower_feet, std::int64_t upper_feet) {
    const auto at = [](std::int64_t feet) {
        return geo::AltitudeMsl::at(geo::Height::whole_feet(feet));
    };
    band_ = airspace::Band<geo::AltitudeMsl>{.lower = at(lower_feet), .upper = at(upper_feet)};
    return *this;
}

IntentOf& IntentOf::aircraft(std::string_view track) {
    put_.aircraft.emplace_back(track);
    return *this;
}

IntentOf& IntentOf::route(std::initializer_list<RoutePoint> points) {
    put_.route = points;
    return *this;
}

IntentOf& IntentOf::in_state(IntentState state) {
    put_.state = state;
    return *this;
}

IntentOf& IntentOf::exercise() {
    traffic = Traffic::kExercise;
    return *this;
}

PutIntent IntentOf::put() const {
    PutIntent put = put_;
    std::vector<airspace::Footprint> footprints = footprints_;
    if (footprints.empty()) {
        footprints.emplace_back(airspace::Circle{.centre = place(36.05, 36.05),
                                                 .radius = geo::Distance::nautical_miles(1)});
    }
    for (const auto& footprint : footprints) {
        put.volumes.push_back({.footprint = footprint, .band = band_, .time = time_});
    }
    return put;
}

AreaOf& AreaOf::square(double south, double west, double degrees) {
    put_.area.footprint.push_back(testing::square(south, west, degrees));
    return *this;
}

AreaOf& AreaOf::from(std::string_view time) {
    begin_ = clock(time);
    return *this;
}

AreaOf& AreaOf::to(std::string_view time) {
    end_ = clock(time);
    return *this;
}

AreaOf& AreaOf::type(airspace::AirspaceType type) {
    put_.area.type = type;
    return *this;
}

AreaOf& AreaOf::source(std::string_view source) {
    put_.area.source = std::string(source);
    return *this;
}

AreaOf& AreaOf::exercise() {
    traffic = Traffic::kExercise;
    return *this;
}

PutAirspace AreaOf::put() const {
    PutAirspace put = put_;
    if (put.area.footprint.empty()) put.area.footprint.push_back(testing::square(37.0, 36.0, 1.0));
    if (begin_ || end_) {
        put.area.validity = geo::Interval{.begin = begin_.value_or(clock("00:00")),
                                          .end = end_.value_or(clock("23:59"))};
    }
    return put;
}

AlertOf::AlertOf(std::string_view id)
    : alert{.id = std::string(id), .track = "T1", .feed_of = party_of("north")} {}

AlertOf& AlertOf::in(std::string_view airspace) {
    alert.airspace = std::string(airspace);
    return *this;
}

AlertOf& AlertOf::seen_by(std::string_view party) {
    alert.feed_of = party_of(party);
    return *this;
}

AlertOf& AlertOf::flown_by(std::string_view party) {
    alert.operated_by = party_of(party);
    return *this;
}

AlertOf& AlertOf::of(std::string_view intent, std::string_view entry) {
    alert.intent = std::string(intent);
    alert.entry_by_intent = clock(entry);
    return *this;
}

AlertOf& AlertOf::ahead(std::string_view entry) {
    alert.entry_by_track = clock(entry);
    return *this;
}

AlertOf& AlertOf::entered(std::string_view time) {
    alert.phase = AlertPhase::kInside;
    alert.entered = clock(time);
    return *this;
}

AlertOf& AlertOf::resolved(std::string_view left) {
    alert.phase = AlertPhase::kResolved;
    alert.left = clock(left);
    return *this;
}

AlertOf& AlertOf::lost() {
    alert.phase = AlertPhase::kUnresolved;
    return *this;
}

AlertOf& AlertOf::distance(std::int64_t metres) {
    alert.distance_m = metres;
    return *this;
}

AlertOf& AlertOf::as_of(std::uint64_t record) {
    alert.as_of_record = record;
    return *this;
}

AlertOf& AlertOf::exercise() {
    alert.traffic = Traffic::kExercise;
    return *this;
}

}  // namespace comity::accord::testing
