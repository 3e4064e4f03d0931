// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/boundary_index.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/position.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/geo/region_index.hpp"

#include <optional>
#include <span>
#include <vector>

namespace comity::airspace {

/// A place on a recorded track.
struct TrackPoint {
    geo::Instant time;
    geo::Position position;
    std::optional<geo::Distance> accuracy;  ///< 95 % horizontal radius; absent: not stated
};

/// A footprint, ready for many questions.
class Area {
  public:
    explicit Area(std::span<const geo::Polygon> footprint);

    const geo::RegionIndex& region() const { return region_; }
    const geo::BoundaryIndex& boundary() const { return boundary_; }

  private:
    geo::RegionIndex region_;
    geo::BoundaryIndex boundary_;
};

/// What is known of the accuracy of both sides, 95 % radii.
struct Accuracies {
    geo::Distance area;                        ///< of the area's boundary
    std::optional<geo::Distance> every_point;  ///< of the track, in place of what its points say
};

/// One stay: a maximal time in which the aircraft was possibly inside.
///
/// With d the distance on the ellipsoid from the aircraft to the area's boundary, positive inside,
/// and u the sum of both accuracies (that of a stretch between two points is the greater of
/// theirs): nominally inside where d >= 0, surely where d >= u, possibly where d > -u (d >= 0 where
/// u = 0).
struct Stay {
    std::optional<geo::Instant> entry;  ///< first nominal entry; absent: none, or before the data
    std::optional<geo::Instant> exit;   ///< last nominal exit; absent: none, or after the data
    geo::Seconds inside{};
    geo::Seconds surely_inside{};
    geo::Seconds possibly_inside{};
    /// The greatest d along the path; negative where it never was nominally inside. Absent where
    /// the area has no boundary (the whole earth).
    std::optional<geo::Distance> max_depth;
    /// The least -d along the path; only where the nominal time is 0.
    std::optional<geo::Distance> min_distance_outside;
};

/// A longer time between two points is not bridged: the track ends, and another begins.
inline constexpr geo::Milliseconds kLongestGap{60'000};

/// The stays of one track in `area`, in order; of a track without any, one stay of zeros with its
/// least distance. `track` holds at least one point, ordered by time; of points of equal time the
/// first counts. Between two points at most `kLongestGap` apart the aircraft moves straight in
/// longitude and latitude at even speed. A track of one point is a stay of no length where it is
/// inside.
std::vector<Stay> assess_stays(const Area& area, std::span<const TrackPoint> track,
                               const Accuracies& accuracies);

}  // namespace comity::airspace
