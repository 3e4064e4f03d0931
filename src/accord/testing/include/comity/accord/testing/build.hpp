// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/filed.hpp"
#include "comity/accord/request.hpp"

#include <chrono>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What parties of a test agree and file, said in few words. Whatever a test does not say has a
/// value that is valid. Clock times are of one day.
namespace comity::accord::testing {

/// "07:24", "07:24:05" or "07:24:05.123" of 24 November 2015; "+1 07:24" of the next day.
geo::Instant clock(std::string_view text);
/// "07:24:05", with milliseconds where there are any, and with days where it is another day.
std::string clock_text(geo::Instant time);

PartyId party_of(std::string_view id);
std::set<PartyId> parties_of(std::initializer_list<std::string_view> ids);
geo::Position place(double latitude, double longitude);
/// A square, straight in longitude and latitude, from its south-west corner.
geo::Polygon square(double south, double west, double degrees);

/// What signatories agree on: `terms({"south", "lead"}).shares(...)`.
class TermsOf {
  public:
    explicit TermsOf(std::initializer_list<std::string_view> signatories);
    TermsOf& shares(std::string_view from, std::string_view to, Shared what, Level level);
    /// Shares also while it is suspended.
    TermsOf& always_shares(std::string_view from, std::string_view to, Shared what, Level level);
    TermsOf& relays(std::string_view by, std::string_view to, Level level);
    TermsOf& escalates_to(std::initializer_list<std::string_view> parties);
    /// Of intents and alerts alike.
    TermsOf& within(std::chrono::seconds received, std::chrono::seconds read,
                    std::chrono::seconds passed_on);
    operator const Terms&() const { return terms_; }

  private:
    Terms terms_;
};
inline TermsOf terms(std::initializer_list<std::string_view> signatories) {
    return TermsOf(signatories);
}

/// An intent to be filed: `intent("S1").circle(36.0, 36.0, 5).from("07:20").to("07:40")`.
class IntentOf {
  public:
    explicit IntentOf(std::string_view item) : id(item) {}
    IntentOf& circle(double latitude, double longitude, double nautical_miles);
    IntentOf& polygon(const geo::Polygon& polygon);
    IntentOf& from(std::string_view time) { return from(clock(time)); }
    IntentOf& to(std::string_view time) { return to(clock(time)); }
    IntentOf& from(geo::Instant time);
    IntentOf& to(geo::Instant time);
    IntentOf& band(std::int64_t lower_feet, std::int64_t upper_feet);
    IntentOf& aircraft(std::string_view track);
    IntentOf& route(std::initializer_list<RoutePoint> points);
    IntentOf& in_state(IntentState state);
    IntentOf& exercise();

    std::string id;
    Traffic traffic = Traffic::kLive;
    /// With the circle of the day where no place was said.
    PutIntent put() const;

  private:
    PutIntent put_;
    airspace::AltitudeBand band_;
    geo::Interval time_{.begin = clock("07:20"), .end = clock("07:40")};
    std::vector<airspace::Footprint> footprints_;
};
inline IntentOf intent(std::string_view id) {
    return IntentOf(id);
}

/// An airspace to be filed: `area("north-airspace").square(37.0, 36.0, 1.0)`.
class AreaOf {
  public:
    explicit AreaOf(std::string_view item) : id(item) {}
    AreaOf& square(double south, double west, double degrees);
    AreaOf& from(std::string_view time);
    AreaOf& to(std::string_view time);
    AreaOf& type(airspace::AirspaceType type);
    AreaOf& source(std::string_view source);
    AreaOf& exercise();

    std::string id;
    Traffic traffic = Traffic::kLive;
    PutAirspace put() const;

  private:
    PutAirspace put_;
    std::optional<geo::Instant> begin_;
    std::optional<geo::Instant> end_;
};
inline AreaOf area(std::string_view id) {
    return AreaOf(id);
}

/// What the watch found: `alert("a1").in("north-airspace").seen_by("lead").of("S1", "07:30")`.
class AlertOf {
  public:
    explicit AlertOf(std::string_view id);
    AlertOf& in(std::string_view airspace);
    AlertOf& seen_by(std::string_view party);
    AlertOf& flown_by(std::string_view party);
    /// An entry is predicted by this intent.
    AlertOf& of(std::string_view intent, std::string_view entry);
    /// An entry is predicted by the straight line.
    AlertOf& ahead(std::string_view entry);
    AlertOf& entered(std::string_view time);
    AlertOf& resolved(std::string_view left);
    AlertOf& lost();
    AlertOf& distance(std::int64_t metres);
    AlertOf& as_of(std::uint64_t record);
    AlertOf& exercise();

    Alert alert;
};
inline AlertOf alert(std::string_view id) {
    return AlertOf(id);
}

}  // namespace comity::accord::testing
