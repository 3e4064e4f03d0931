// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/line.hpp"
#include "comity/geo/quantity.hpp"
#include "comity/geo/region_index.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace comity::geo {

/// A part of a line, as fractions of it; closed.
struct Part {
    double begin = 0.0;
    double end = 1.0;
    friend constexpr bool operator==(const Part&, const Part&) = default;
};

/// Distances on the ellipsoid from places and paths to a boundary of up to millions of edges,
/// within 1 mm. Pieces of edges lie in a hierarchy of boxes in space, so that poles and the
/// antimeridian are places like others. A boundary may be empty: nothing is then near it. A
/// resource, not copyable; const members may be called from several threads.
class BoundaryIndex {
  public:
    explicit BoundaryIndex(std::span<const RegionIndex::BoundaryStretch> boundary);
    BoundaryIndex(BoundaryIndex&&) noexcept;
    BoundaryIndex& operator=(BoundaryIndex&&) noexcept;
    ~BoundaryIndex();

    bool empty() const;

    /// From `place` to the nearest point of the boundary; absent where there is none.
    std::optional<Distance> distance(const PointOnEllipsoid& place) const;

    /// The parts of `path` that are nearer than `reach` to the boundary: disjoint, in order,
    /// appended to `parts`. The ends are good to 0.1 mm of the path, or to what 1 mm of distance
    /// makes of it.
    void parts_within(const Line& path, Distance reach, std::vector<Part>& parts) const;

    /// The least distance from `part` of `path` to the boundary, where it is below `below`.
    std::optional<Distance> least_along(const Line& path, Part part, Distance below) const;

    /// The greatest distance that any point of `part` of `path` has to the boundary (to what of it
    /// is nearest to that point), where it is above `above`.
    std::optional<Distance> greatest_along(const Line& path, Part part, Distance above) const;

  private:
    struct Impl;
    std::unique_ptr<const Impl> impl_;
};

}  // namespace comity::geo
