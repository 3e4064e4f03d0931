// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace comity::watch {

/// Where the aircraft means to be at a time.
struct RoutePoint {
    geo::Position position;
    geo::Instant time;
};

/// A flight announced in advance. Between two points of the route it is straight in longitude and
/// latitude at even speed. A value.
struct Plan {
    static constexpr std::size_t kMaxAircraft = 16;
    static constexpr std::size_t kMaxRoute = 1024;

    std::string intent;                 ///< its id
    std::vector<std::string> aircraft;  ///< the track ids under which they are seen, of any feed
    std::vector<RoutePoint> route;      ///< two points at least, times ascend strictly
    geo::Interval validity;             ///< reports outside of it follow no plan
};

}  // namespace comity::watch
