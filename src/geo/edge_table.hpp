// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exact.hpp"

#include "comity/geo/polygon.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace comity::geo {

/// The edges of many polygons, all straight in longitude and latitude, numbered in the order of
/// polygons, rings and vertices. Vertices stand once, eight bytes each, with each ring's closing
/// repetition, so that edge `i` runs from vertex `i` to vertex `i + 1`; the number of a closing
/// vertex is the number of no edge.
class EdgeTable {
  public:
    /// Adds a polygon; geodesic edges are replaced by straight ones (`straightened`).
    void add(const Polygon& polygon);

    std::size_t polygon_count() const { return polygon_begins_.size(); }
    std::uint32_t begin_of_polygon(std::size_t polygon) const {
        return polygon < polygon_begins_.size() ? polygon_begins_[polygon] : end();
    }
    std::uint32_t end() const { return static_cast<std::uint32_t>(vertices_.size()); }
    /// The polygon of an edge.
    std::uint32_t polygon_of(std::uint32_t edge) const;

    exact::Segment edge(std::uint32_t number) const {
        return {exact::point(vertices_[number]), exact::point(vertices_[number + 1])};
    }
    std::size_t edge_count() const { return vertices_.size() - ring_lasts_.size(); }

    /// Calls `f(number)` for each edge from `begin` to `end`, which are bounds of polygons.
    template <typename F>
    void for_each_edge(std::uint32_t begin, std::uint32_t end, F&& f) const {
        auto last = ring_last_from(begin);
        for (std::uint32_t number = begin; number < end; ++number) {
            if (number == *last) {
                ++last;
            } else {
                f(number);
            }
        }
    }

  private:
    std::vector<std::uint32_t>::const_iterator ring_last_from(std::uint32_t number) const;

    std::vector<Position> vertices_;
    std::vector<std::uint32_t> ring_lasts_;  // the closing vertex of each ring
    std::vector<std::uint32_t> polygon_begins_;
};

/// `polygon` with edges straight in longitude and latitude, cut at the antimeridian, its boundary
/// nowhere more than 2 cm from the geodesic one (vertices are rounded to 1e-7 degree). A ring
/// around a pole (longitude grows or falls by 360 degrees along it) is closed along the pole of the
/// hemisphere in which the mean of its vertices lies. A polygon that is straight already is
/// returned as it is.
Polygon straightened(const Polygon& polygon);

}  // namespace comity::geo
