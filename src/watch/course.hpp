// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sample.hpp"

#include "comity/geo/region_index.hpp"

#include <optional>

namespace comity::watch {

/// How a track moves over ground. A value.
struct Course {
    geo::Speed speed;
    geo::Angle track;  ///< clockwise from true north
};

/// From `last`, where it says both, else from the two samples if they are at most
/// `airspace::kLongestGap` apart; absent where nothing says it, or where it is faster than
/// `max_speed`.
std::optional<Course> course_of(const Sample& last, const std::optional<Sample>& previous,
                                geo::Speed max_speed);

/// The earliest time after `start`, within [from, until], at which the geodesic from there is in
/// region 0 of `region`; to the millisecond, rounded down.
///
/// The geodesic is cut into pieces straight in longitude and latitude that stay within 5 m of it,
/// sideways and along, up to 85 degrees of latitude; nearer to a pole pieces of 500 m are used.
std::optional<geo::Milliseconds> first_entry(const geo::RegionIndex& region, geo::Position start,
                                             const Course& course, geo::Milliseconds from,
                                             geo::Milliseconds until);

}  // namespace comity::watch
