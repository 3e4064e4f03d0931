// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "cell_grid.hpp"

#include "comity/base/check.hpp"

#include <compare>
#include <limits>

namespace comity::geo {

using exact::Point;
using exact::Segment;

struct CellGrid::Toggle {
    std::uint32_t row;
    std::uint32_t polygon;
    std::uint32_t column;
    friend auto operator<=>(const Toggle&, const Toggle&) = default;
};

namespace {

// About as many cells as edges, and at most this many entries for each edge: long edges, as in a
// star, and large polygons that overlap would fill many cells each.
constexpr std::size_t kEntriesPerEdge = 8;
constexpr std::int64_t kMinCells = 64;
constexpr std::int64_t kMaxCells = std::int64_t{1} << 23;

int shift_for(std::int64_t extent, double cells) {
    int shift = 1;
    while (static_cast<double>(extent >> shift) >= cells) ++shift;
    return shift;
}

}  // namespace

CellGrid::CellGrid(const EdgeTable& edges) {
    if (edges.edge_count() == 0) return;
    choose_cells(edges);
    enter_edges(edges);
    enter_polygons(edges);
}

void CellGrid::choose_cells(const EdgeTable& edges) {
    constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();
    Point low{kFar, kFar};
    Point high{-kFar, -kFar};
    edges.for_each_edge(0, edges.end(), [&](std::uint32_t number) {
        const Point p = edges.edge(number).a;
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    });
    origin_ = low;
    extent_ = high - low;
    const auto wanted = static_cast<double>(
        std::clamp(static_cast<std::int64_t>(edges.edge_count()), kMinCells, kMaxCells));
    const double side = std::sqrt((static_cast<double>(extent_.x) + 2) *
                                  (static_cast<double>(extent_.y) + 2) / wanted);
    column_shift_ = shift_for(extent_.x, (static_cast<double>(extent_.x) + 2) / side);
    row_shift_ = shift_for(extent_.y, (static_cast<double>(extent_.y) + 2) / side);
    for (;; ++column_shift_, ++row_shift_) {
        columns_ = (extent_.x >> column_shift_) + 1;
        rows_ = (extent_.y >> row_shift_) + 1;
        std::size_t entries = 0;
        const std::size_t limit = kEntriesPerEdge * edges.edge_count() + 1024;
        for (std::size_t polygon = 0; polygon < edges.polygon_count(); ++polygon) {
            if (entries <= limit) entries += entries_of(edges, polygon);
        }
        if (entries <= limit || (columns_ == 1 && rows_ == 1)) return;
    }
}

// Of its edges, and of its interior at most.
std::size_t CellGrid::entries_of(const EdgeTable& edges, std::size_t polygon) const {
    std::size_t entries = 0;
    std::int64_t first_column = columns_;
    std::int64_t first_row = rows_;
    std::int64_t last_column = 0;
    std::int64_t last_row = 0;
    const auto count = [&](std::uint32_t number) {
        const Segment edge = edges.edge(number);
        first_column = std::min(first_column, column(edge.a.x));
        first_row = std::min(first_row, row(edge.a.y));
        last_column = std::max(last_column, column(edge.a.x));
        last_row = std::max(last_row, row(edge.a.y));
        for_each_cell(edge, [&](std::size_t) { ++entries; });
    };
    edges.for_each_edge(edges.begin_of_polygon(polygon), edges.begin_of_polygon(polygon + 1),
                        count);
    return entries +
           static_cast<std::size_t>((last_column - first_column + 1) * (last_row - first_row + 1));
}

void CellGrid::enter_edges(const EdgeTable& edges) {
    edge_begins_.assign(cell_count() + 1, 0);
    edges.for_each_edge(0, edges.end(), [&](std::uint32_t number) {
        for_each_cell(edges.edge(number), [&](std::size_t cell) { ++edge_begins_[cell + 1]; });
    });
    for (std::size_t i = 1; i < edge_begins_.size(); ++i) edge_begins_[i] += edge_begins_[i - 1];
    edges_.resize(edge_begins_.back());
    std::vector<std::size_t> next(edge_begins_.begin(), edge_begins_.end() - 1);
    edges.for_each_edge(0, edges.end(), [&](std::uint32_t number) {
        for_each_cell(edges.edge(number), [&](std::size_t cell) { edges_[next[cell]++] = number; });
    });
}

// The first column whose centre is on the edge or right of it, at the level of the row's centres;
// `columns_` where none is. The edge straddles that level.
std::int64_t CellGrid::first_column_right_of(const Segment& edge, std::int64_t row) const {
    const std::int64_t y = doubled_centre_y(row);
    const Point a{2 * edge.a.x, 2 * edge.a.y};
    const Point b{2 * edge.b.x, 2 * edge.b.y};
    const Point low = a.y < b.y ? a : b;
    const Point high = a.y < b.y ? b : a;
    const auto right_of_edge = [&](std::int64_t column) {
        return exact::side(low, high, {doubled_centre_x(column), y}) <= 0;
    };
    const double x = static_cast<double>(low.x) + static_cast<double>(y - low.y) *
                                                      static_cast<double>(high.x - low.x) /
                                                      static_cast<double>(high.y - low.y);
    const auto guess = static_cast<std::int64_t>(std::floor(x / 2.0));
    std::int64_t column = std::clamp<std::int64_t>(this->column(guess), 0, columns_);
    while (column > 0 && right_of_edge(column - 1)) --column;
    while (column < columns_ && !right_of_edge(column)) ++column;
    return column;
}

void CellGrid::enter_polygons(const EdgeTable& edges) {
    std::vector<Toggle> toggles;
    for (std::size_t polygon = 0; polygon < edges.polygon_count(); ++polygon) {
        const auto enter = [&](std::uint32_t number) {
            const Segment edge = edges.edge(number);
            const auto [y_min, y_max] = std::minmax({edge.a.y, edge.b.y});
            for (std::int64_t r = row(y_min); r <= row(y_max); ++r) {
                const std::int64_t y = doubled_centre_y(r);
                if ((2 * edge.a.y > y) == (2 * edge.b.y > y)) continue;
                toggles.push_back(
                    {.row = static_cast<std::uint32_t>(r),
                     .polygon = static_cast<std::uint32_t>(polygon),
                     .column = static_cast<std::uint32_t>(first_column_right_of(edge, r))});
            }
        };
        edges.for_each_edge(edges.begin_of_polygon(polygon), edges.begin_of_polygon(polygon + 1),
                            enter);
    }
    std::sort(toggles.begin(), toggles.end());
    // Rings are closed, so that toggles of a polygon come in pairs in each row.
    COMITY_CHECK(toggles.size() % 2 == 0);
    const auto for_each_entry = [&](auto&& f) {
        for (std::size_t i = 0; i < toggles.size(); i += 2) {
            const Toggle& from = toggles[i];
            const std::size_t row_begin =
                std::size_t{from.row} * static_cast<std::size_t>(columns_);
            for (std::uint32_t c = from.column; c < toggles[i + 1].column; ++c) {
                f(row_begin + c, from.polygon);
            }
        }
    };
    polygon_begins_.assign(cell_count() + 1, 0);
    for_each_entry([&](std::size_t cell, std::uint32_t) { ++polygon_begins_[cell + 1]; });
    for (std::size_t i = 1; i < polygon_begins_.size(); ++i) {
        polygon_begins_[i] += polygon_begins_[i - 1];
    }
    polygons_.resize(polygon_begins_.back());
    std::vector<std::uint32_t> next(polygon_begins_.begin(), polygon_begins_.end() - 1);
    for_each_entry(
        [&](std::size_t cell, std::uint32_t polygon) { polygons_[next[cell]++] = polygon; });
}

}  // namespace comity::geo
