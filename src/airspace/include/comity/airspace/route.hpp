// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/airspace/airspace.hpp"
#include "comity/airspace/volume.hpp"
#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Routes made into the volumes that an intent announces.
namespace comity::airspace {

/// Where the aircraft means to be at a time. A value.
struct RoutePoint {
    geo::Position position;
    geo::Instant time;
    friend bool operator==(const RoutePoint&, const RoutePoint&) = default;
};

/// Legs between neighbouring points, straight in longitude and latitude, the shorter way round. A
/// value.
struct Route {
    static constexpr std::size_t kMaxPoints = 1024;
    static constexpr geo::Distance kMaxHalfWidth = geo::Distance::metres(100'000);
    static constexpr geo::Distance kMaxLeg = geo::Distance::metres(5'000'000);
    static constexpr geo::Milliseconds kMaxSlack = std::chrono::hours{24};
    static constexpr int kMaxLatitudeDegrees = 85;  ///< north and south

    std::vector<RoutePoint> points;  ///< at least two; times ascend strictly
    friend bool operator==(const Route&, const Route&) = default;
};

enum class [[nodiscard]] RouteFault : std::uint8_t{
    kTooFewPoints,   ///< fewer than two
    kTooManyPoints,  ///< more than Route::kMaxPoints
    kTimeOrder,      ///< a point that is not later than the one before it
    kNearPole,       ///< a point beyond Route::kMaxLatitudeDegrees
    kLegTooLong,     ///< a point more than Route::kMaxLeg from the one before it, on the leg
    kHalfWidth,      ///< a half width that is not above 0 and up to Route::kMaxHalfWidth
    kSlack,          ///< a slack below 0 or above Route::kMaxSlack
};

/// Words for a person: what was expected.
const char* to_string(RouteFault fault);

struct RouteError {
    RouteFault fault;
    std::size_t point;  ///< its place in the route; 0 where the fault is of no point
    friend bool operator==(const RouteError&, const RouteError&) = default;
};

/// One volume for each leg, in order. Its footprint is a polygon with geodesic edges that holds
/// every place within `half_width` of the leg, and with octagonal ends and margins none further
/// away than 1.1 times that and 250 m; its time is that of the leg, `slack` earlier to `slack`
/// later.
base::Expected<std::vector<Volume>, RouteError> volumes_of(const Route& route,
                                                           geo::Distance half_width,
                                                           const AltitudeBand& band,
                                                           geo::Milliseconds slack);

}  // namespace comity::airspace
