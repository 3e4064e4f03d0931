// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "course.hpp"
#include "sample.hpp"

#include "comity/geo/instant.hpp"
#include "comity/geo/region_index.hpp"
#include "comity/watch/plan.hpp"

#include <optional>
#include <span>
#include <vector>

namespace comity::watch {

/// When an aircraft exactly on its route and in time is in region 0 of `region`: in order, to the
/// millisecond.
std::vector<geo::Interval> times_inside(const geo::RegionIndex& region,
                                        std::span<const RoutePoint> route);

/// How far from its route, and how early or late, an aircraft may be to be following it.
struct Conformance {
    geo::Distance distance;
    geo::Milliseconds time;
};

/// How late the aircraft is on its route (early: negative); absent where it does not follow it.
///
/// Legs that it flies the other way do not count. Where the route passes it several times, each
/// pass counts with its nearest place, and the pass with the least difference of time is taken, of
/// equal ones the first. Distances are within 1 % up to 85 degrees of latitude.
std::optional<geo::Milliseconds> lateness(std::span<const RoutePoint> route, const Sample& sample,
                                          const std::optional<Course>& course,
                                          const Conformance& conformance);

}  // namespace comity::watch
