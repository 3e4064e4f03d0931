// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "edge_table.hpp"
#include "exact.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace comity::geo {

/// A grid of equal cells over the longitudes and latitudes of an edge table. Each cell knows every
/// edge that meets it (and perhaps a few that pass close by) and the polygons that its centre is
/// inside of; so whether a point is inside is a matter of the few edges between it and the centre.
/// Centres lie between whole coordinates, so that no vertex is ever level with one; a centre on an
/// edge counts as just east of it.
class CellGrid {
  public:
    explicit CellGrid(const EdgeTable& edges);

    bool covers(exact::Point p) const {
        return p.x >= origin_.x && p.y >= origin_.y && column(p.x) < columns_ && row(p.y) < rows_;
    }
    /// The cell of a point that the grid covers.
    std::size_t cell_at(exact::Point p) const {
        return static_cast<std::size_t>(row(p.y) * columns_ + column(p.x));
    }
    /// Numbers of edges, ascending.
    std::span<const std::uint32_t> edges(std::size_t cell) const {
        return std::span(edges_).subspan(edge_begins_[cell],
                                         edge_begins_[cell + 1] - edge_begins_[cell]);
    }
    /// Numbers of the polygons that the centre is inside of, ascending.
    std::span<const std::uint32_t> polygons_at_centre(std::size_t cell) const {
        return std::span(polygons_).subspan(polygon_begins_[cell],
                                            polygon_begins_[cell + 1] - polygon_begins_[cell]);
    }
    /// The centre of a cell in doubled coordinates; both are odd.
    exact::Point doubled_centre(std::size_t cell) const {
        const auto number = static_cast<std::int64_t>(cell);
        return {doubled_centre_x(number % columns_), doubled_centre_y(number / columns_)};
    }
    std::size_t cell_count() const { return static_cast<std::size_t>(columns_ * rows_); }

    /// Calls `f(cell)` for every cell that the segment meets, each once, and perhaps for some that
    /// it passes close by. The segment may leave the grid.
    template <typename F>
    void for_each_cell(const exact::Segment& segment, F&& f) const;

  private:
    struct Toggle;  // polygon parity changes for the centres of `row` from `column` on

    std::int64_t column(std::int64_t x) const { return (x - origin_.x) >> column_shift_; }
    std::int64_t row(std::int64_t y) const { return (y - origin_.y) >> row_shift_; }
    std::int64_t doubled_centre_x(std::int64_t column) const {
        return 2 * origin_.x + ((2 * column + 1) << column_shift_) + 1;
    }
    std::int64_t doubled_centre_y(std::int64_t row) const {
        return 2 * origin_.y + ((2 * row + 1) << row_shift_) + 1;
    }
    void choose_cells(const EdgeTable& edges);
    std::size_t entries_of(const EdgeTable& edges, std::size_t polygon) const;
    void enter_edges(const EdgeTable& edges);
    void enter_polygons(const EdgeTable& edges);
    std::int64_t first_column_right_of(const exact::Segment& edge, std::int64_t row) const;

    exact::Point origin_;
    exact::Point extent_;
    int column_shift_ = 1;
    int row_shift_ = 1;
    std::int64_t columns_ = 0;
    std::int64_t rows_ = 0;
    std::vector<std::size_t> edge_begins_;
    std::vector<std::uint32_t> edges_;
    std::vector<std::uint32_t> polygon_begins_;
    std::vector<std::uint32_t> polygons_;
};

template <typename F>
void CellGrid::for_each_cell(const exact::Segment& segment, F&& f) const {
    const exact::Point low = segment.a.y <= segment.b.y ? segment.a : segment.b;
    const exact::Point high = segment.a.y <= segment.b.y ? segment.b : segment.a;
    const auto [x_min, x_max] = std::minmax({low.x, high.x});
    const std::int64_t first_row = std::max<std::int64_t>(row(low.y), 0);
    const std::int64_t last_row = std::min(row(high.y), rows_ - 1);
    const double slope =
        low.y == high.y ? 0.0
                        : static_cast<double>(high.x - low.x) / static_cast<double>(high.y - low.y);
    // One unit on either side is far above the rounding error of the product.
    const auto x_at = [&](std::int64_t y) {
        return static_cast<double>(low.x) + slope * static_cast<double>(y - low.y);
    };
    for (std::int64_t r = first_row; r <= last_row; ++r) {
        const std::int64_t y_begin = std::max(origin_.y + (r << row_shift_), low.y);
        const std::int64_t y_end = std::min(origin_.y + ((r + 1) << row_shift_), high.y);
        std::int64_t x_begin = x_min;
        std::int64_t x_end = x_max;
        if (low.y != high.y) {
            const auto [x0, x1] = std::minmax({x_at(y_begin), x_at(y_end)});
            x_begin = std::max(x_begin, static_cast<std::int64_t>(std::floor(x0)) - 1);
            x_end = std::min(x_end, static_cast<std::int64_t>(std::floor(x1)) + 2);
        }
        const std::int64_t first = std::max<std::int64_t>(column(x_begin), 0);
        const std::int64_t last = std::min(column(x_end), columns_ - 1);
        for (std::int64_t c = first; c <= last; ++c) f(static_cast<std::size_t>(r * columns_ + c));
    }
}

}  // namespace comity::geo
