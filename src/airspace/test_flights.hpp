// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "test_tracks.hpp"

#include "comity/airspace/pairs.hpp"
#include "comity/geo/instant.hpp"

#include <cstdint>
#include <iomanip>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/// Words for tests of flights and their losses of separation.
namespace comity::airspace {

inline FlightAltitude pressure_feet(double feet) {
    return geo::PressureAltitude::at(geo::Height::feet(feet));
}

inline FlightAltitude msl_metres(double metres) {
    return geo::AltitudeMsl::at(geo::Height::metres(metres));
}

inline FlightAltitude wgs84_metres(double metres) {
    return geo::AltitudeWgs84::at(geo::Height::metres(metres));
}

inline const SeparationMinima kUsual{.horizontal = geo::Distance::nautical_miles(5.0),
                                     .vertical = geo::Height::feet(1000.0)};

// From one place to another in `seconds`, a point every 10 s.
inline Flight flight(std::string id, geo::Position from, geo::Position to, std::int64_t seconds,
                     std::optional<FlightAltitude> altitude) {
    Flight flight{.id = std::move(id)};
    for (std::int64_t s = 0; s <= seconds; s += 10) {
        const auto along = [&](std::int32_t a, std::int32_t b) {
            return a + (std::int64_t{b} - a) * s / seconds;
        };
        flight.points.push_back(
            {.time = after_ms(1000 * s),
             .position = at_e7(along(from.longitude().e7(), to.longitude().e7()),
                               along(from.latitude().e7(), to.latitude().e7())),
             .altitude = altitude});
    }
    return flight;
}

inline Flight standing(std::string id, geo::Position place,
                       std::optional<FlightAltitude> altitude) {
    return flight(std::move(id), place, place, 60, altitude);
}

inline std::vector<SeparationLoss> losses_of(const std::vector<Flight>& flights,
                                             const SeparationMinima& minima = kUsual) {
    return find_losses(flights, minima);
}

inline std::string in_words(const std::vector<Flight>& flights, const SeparationLoss& loss) {
    const auto time = [](geo::Instant t) { return geo::to_string(t).substr(11, 8); };
    std::ostringstream words;
    words << flights[loss.first].id << ' ' << flights[loss.second].id << ' ' << time(loss.start)
          << '-' << time(loss.end) << ' ' << std::fixed << std::setprecision(3)
          << loss.min_horizontal.in_nautical_miles() << ' ' << time(loss.at) << ' '
          << std::setprecision(1) << loss.vertical_there.in_feet();
    return words.str();
}

inline std::vector<std::string> in_words(const std::vector<Flight>& flights,
                                         const SeparationMinima& minima = kUsual) {
    std::vector<std::string> words;
    for (const SeparationLoss& loss : find_losses(flights, minima)) {
        words.push_back(in_words(flights, loss));
    }
    return words;
}

}  // namespace comity::airspace
