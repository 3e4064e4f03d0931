// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/fraction.hpp"
#include "comity/geo/polygon.hpp"
#include "comity/geo/position.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace comity::geo {

/// A stretch of a path, from `begin` to `end`, both closed; a point where they are equal.
struct Stretch {
    Fraction begin;
    Fraction end;
    friend constexpr bool operator==(const Stretch&, const Stretch&) = default;
};

/// Says exactly, for borders of millions of vertices, which regions a place is in and where a path
/// enters and leaves them. A region is what lies in any of its polygons (each by the even-odd
/// rule), its boundary included. All answers are computed in whole numbers: there is no tolerance,
/// and a point on the boundary is on it. (Geodesic edges are first replaced by straight ones within
/// 2 cm.)
///
/// -180 and 180 degrees of longitude are the same meridian. A resource, not copyable; const members
/// may be called from several threads.
class RegionIndex {
  public:
    /// Regions are numbered 0, 1, 2 ... in the order in which they are added.
    class Builder {
      public:
        Builder();
        ~Builder();
        Builder(const Builder&) = delete;
        Builder& operator=(const Builder&) = delete;
        void add_region(std::span<const Polygon> polygons);
        RegionIndex build() &&;

      private:
        friend class RegionIndex;
        struct State;
        std::unique_ptr<State> state_;
    };

    /// An index of one region, number 0.
    explicit RegionIndex(std::span<const Polygon> polygons);
    ~RegionIndex();
    RegionIndex(RegionIndex&&) noexcept;
    RegionIndex& operator=(RegionIndex&&) noexcept;

    std::size_t region_count() const;

    /// The numbers of all regions that `place` is in, ascending, in place of what `regions` held.
    void regions_at(Position place, std::vector<std::uint32_t>& regions) const;

    bool contains(std::size_t region, Position place) const;

    /// Where the path from `from` to `to`, straight in longitude and latitude and the shorter way
    /// round (eastward where both ways are 180 degrees), is in `region`: disjoint stretches in
    /// order, appended to `stretches`. A touch is a stretch of one point. Of a path of no length
    /// the answer is all of it or nothing.
    void stretches_inside(std::size_t region, Position from, Position to,
                          std::vector<Stretch>& stretches) const;

    /// A stretch of an edge, as `boundary` gives it.
    struct BoundaryStretch {
        Position from;  ///< the edge's begin
        Position to;    ///< the edge's end
        Stretch stretch;
    };

    /// The boundary of a region: its edges, less what has the region on both sides (where its
    /// polygons overlap or adjoin, where edges coincide, the cut at the antimeridian) and less
    /// edges at a pole. Appended to `boundary`.
    void boundary(std::size_t region, std::vector<BoundaryStretch>& boundary) const;

    /// How many pairs of edges of the same polygon of `region` cross each other (in a point inside
    /// both): more than 0 where a ring crosses itself or another.
    std::size_t self_crossings(std::size_t region) const;

  private:
    struct Impl;
    explicit RegionIndex(std::unique_ptr<const Impl> impl);
    std::unique_ptr<const Impl> impl_;
};

}  // namespace comity::geo
