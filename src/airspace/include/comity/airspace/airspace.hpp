// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/altitude.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/quantity.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace comity::airspace {

/// What an airspace is for those who fly (AIXM, ICAO Annex 2 and 15, ERNIP Part 3, Doc 9554). The
/// three kinds of protected ground are not among them: they never stand in one list with these.
enum class AirspaceType : std::uint8_t {
    kUnstated,             ///< the source does not say
    kNational,             ///< a state's claim; may overlap another's
    kProhibited,           ///< P
    kRestricted,           ///< R
    kDanger,               ///< D
    kHazard,               ///< an announced activity there endangers aircraft
    kTemporarySegregated,  ///< TSA: no transit
    kTemporaryReserved,    ///< TRA: transit on the controlling unit's word
    kBuffer,               ///< a strip along a line in which an agreement restrains flights
};

/// The names used in files: "national", "prohibited", ... "tsa", "tra", "buffer", "unstated".
const char* to_string(AirspaceType type);
std::optional<AirspaceType> airspace_type_from(std::string_view name);

/// A lower and an upper limit above one datum, both closed; absent is unlimited.
template <typename AltitudeType>
struct Band {
    std::optional<AltitudeType> lower;
    std::optional<AltitudeType> upper;
    friend bool operator==(const Band&, const Band&) = default;
};

/// The band of an airspace in the datum of its source; never converted.
using AltitudeBand = std::variant<Band<geo::AltitudeMsl>, Band<geo::AltitudeWgs84>,
                                  Band<geo::PressureAltitude>, Band<geo::HeightAgl>>;

/// A footprint x altitude band x time, with a type, an owner, a source and an accuracy. What lies
/// in any of the polygons (each by the even-odd rule) is in the footprint. A value.
struct Airspace {
    std::string name;
    AirspaceType type = AirspaceType::kUnstated;
    std::string owner;                      ///< who claims or controls it; empty: not stated
    std::string source;                     ///< where the figures are from; empty: not stated
    std::optional<geo::Distance> accuracy;  ///< 95 % radius of the boundary; absent: not stated
    AltitudeBand band;                      ///< unlimited unless stated
    std::optional<geo::Interval> validity;  ///< absent: always
    std::vector<geo::Polygon> footprint;    ///< at least one
};

}  // namespace comity::airspace
