// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/region_index.hpp"

#include "cell_grid.hpp"
#include "edge_table.hpp"
#include "exact.hpp"
#include "path_trace.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace comity::geo {

using exact::Point;
using exact::Segment;

struct RegionIndex::Builder::State {
    EdgeTable edges;
    std::vector<std::uint32_t> region_begins;  // the first polygon of each region
};

struct RegionIndex::Impl {
    explicit Impl(Builder::State&& state)
        : edges(std::move(state.edges)),
          region_begins(std::move(state.region_begins)),
          grid(edges) {}

    std::uint32_t region_of(std::uint32_t polygon) const;
    std::uint32_t end_of_region(std::size_t region) const;
    std::span<const std::uint32_t> edges_of(std::size_t cell, std::size_t region) const;
    std::span<const std::uint32_t> centre_polygons_of(std::size_t cell, std::size_t region) const;
    Place place_in(std::uint32_t polygon, std::span<const std::uint32_t> polygon_edges,
                   std::size_t cell, const Probe& probe) const;
    void regions_at(Point p, std::vector<std::uint32_t>& regions) const;
    void trace(std::size_t region, const Segment& path, std::vector<PathTrace>& traces) const;
    void trace_in_frame(std::size_t region, const Segment& path,
                        std::vector<PathTrace>& traces) const;
    bool stands_alone(std::size_t region, std::uint32_t number, const Segment& edge) const;

    EdgeTable edges;
    std::vector<std::uint32_t> region_begins;
    CellGrid grid;
};

namespace {

// Calls f(polygon, edges) for each polygon of which `edges` holds some.
template <typename F>
void for_each_polygon(const EdgeTable& table, std::span<const std::uint32_t> edges, F&& f) {
    while (!edges.empty()) {
        const std::uint32_t polygon = table.polygon_of(edges.front());
        const std::uint32_t end = table.begin_of_polygon(polygon + 1);
        const auto after = std::lower_bound(edges.begin(), edges.end(), end);
        const auto count = static_cast<std::size_t>(after - edges.begin());
        f(polygon, edges.first(count));
        edges = edges.subspan(count);
    }
}

bool holds(std::span<const std::uint32_t> ascending, std::uint32_t number) {
    return std::binary_search(ascending.begin(), ascending.end(), number);
}

void merge(std::vector<Stretch>& stretches, std::size_t first) {
    const auto begin = stretches.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, stretches.end(), [](const Stretch& a, const Stretch& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    std::size_t kept = first;
    for (std::size_t i = first; i < stretches.size(); ++i) {
        if (kept > first && stretches[i].begin <= stretches[kept - 1].end) {
            stretches[kept - 1].end = std::max(stretches[kept - 1].end, stretches[i].end);
        } else {
            stretches[kept++] = stretches[i];
        }
    }
    stretches.resize(kept);
}

void add_stretches(const PathTrace& trace, std::vector<Stretch>& stretches) {
    for (const PathTrace::Break& point : trace.breaks) {
        if (point.on_boundary) stretches.push_back({.begin = point.at, .end = point.at});
    }
    for (std::size_t i = 0; i < trace.sides.size(); ++i) {
        const PathTrace::Sides& sides = trace.sides[i];
        if (sides.left || sides.right || sides.on) {
            stretches.push_back({.begin = trace.breaks[i].at, .end = trace.breaks[i + 1].at});
        }
    }
}

}  // namespace

std::uint32_t RegionIndex::Impl::region_of(std::uint32_t polygon) const {
    const auto after = std::upper_bound(region_begins.begin(), region_begins.end(), polygon);
    return static_cast<std::uint32_t>(after - region_begins.begin() - 1);
}

std::uint32_t RegionIndex::Impl::end_of_region(std::size_t region) const {
    return region + 1 < region_begins.size() ? region_begins[region + 1]
                                             : static_cast<std::uint32_t>(edges.polygon_count());
}

std::span<const std::uint32_t> RegionIndex::Impl::edges_of(std::size_t cell,
                                                           std::size_t region) const {
    const std::span<const std::uint32_t> all = grid.edges(cell);
    if (region_begins.size() == 1) return all;
    const auto begin =
        std::lower_bound(all.begin(), all.end(), edges.begin_of_polygon(region_begins[region]));
    const auto end =
        std::lower_bound(begin, all.end(), edges.begin_of_polygon(end_of_region(region)));
    return {begin, end};
}

std::span<const std::uint32_t> RegionIndex::Impl::centre_polygons_of(std::size_t cell,
                                                                     std::size_t region) const {
    const std::span<const std::uint32_t> all = grid.polygons_at_centre(cell);
    const auto begin = std::lower_bound(all.begin(), all.end(), region_begins[region]);
    const auto end = std::lower_bound(begin, all.end(), end_of_region(region));
    return {begin, end};
}

Place RegionIndex::Impl::place_in(std::uint32_t polygon,
                                  std::span<const std::uint32_t> polygon_edges, std::size_t cell,
                                  const Probe& probe) const {
    return place_of(probe, grid.doubled_centre(cell), holds(grid.polygons_at_centre(cell), polygon),
                    edges, polygon_edges);
}

// Both lists of the cell ascend by polygon; one pass over both.
void RegionIndex::Impl::regions_at(Point p, std::vector<std::uint32_t>& regions) const {
    if (!grid.covers(p)) return;
    const std::size_t cell = grid.cell_at(p);
    std::span<const std::uint32_t> at_centre = grid.polygons_at_centre(cell);
    const auto add_before = [&](std::uint32_t polygon) {
        while (!at_centre.empty() && at_centre.front() < polygon) {
            regions.push_back(region_of(at_centre.front()));
            at_centre = at_centre.subspan(1);
        }
    };
    for_each_polygon(edges, grid.edges(cell), [&](std::uint32_t polygon, auto polygon_edges) {
        add_before(polygon);
        const bool centre_inside = !at_centre.empty() && at_centre.front() == polygon;
        if (centre_inside) at_centre = at_centre.subspan(1);
        const Place place = place_of({.at = p, .direction = {}}, grid.doubled_centre(cell),
                                     centre_inside, edges, polygon_edges);
        if (place != Place::kOutside) regions.push_back(region_of(polygon));
    });
    add_before(static_cast<std::uint32_t>(edges.polygon_count()));
}

void RegionIndex::Impl::trace_in_frame(std::size_t region, const Segment& path,
                                       std::vector<PathTrace>& traces) const {
    std::vector<std::uint32_t> near;
    std::size_t cells = 0;
    grid.for_each_cell(path, [&](std::size_t cell) {
        const auto of_region = edges_of(cell, region);
        near.insert(near.end(), of_region.begin(), of_region.end());
        ++cells;
    });
    if (cells > 1) {
        std::sort(near.begin(), near.end());
        near.erase(std::unique(near.begin(), near.end()), near.end());
    }

    const bool begins_on_grid = grid.covers(path.a);
    const std::size_t cell = begins_on_grid ? grid.cell_at(path.a) : 0;
    const auto at_centre =
        begins_on_grid ? centre_polygons_of(cell, region) : std::span<const std::uint32_t>{};
    std::vector<std::uint32_t> met;
    for_each_polygon(edges, near, [&](std::uint32_t polygon, auto polygon_edges) {
        met.push_back(polygon);
        bool left_at_begin = false;
        if (begins_on_grid) {
            const Probe probe{.at = path.a, .direction = path.b - path.a};
            left_at_begin = place_in(polygon, polygon_edges, cell, probe) == Place::kInside;
        }
        traces.push_back(trace_path(path, edges, polygon_edges, left_at_begin));
    });
    for (const std::uint32_t polygon : at_centre) {
        if (!holds(met, polygon)) traces.push_back(trace_path(path, edges, {}, true));
    }
}

// The plane of the polygons is one turn wide; a path that leaves it, or runs along its edge, is
// also traced one turn further. Each trace starts from an end that lies in the plane.
void RegionIndex::Impl::trace(std::size_t region, const Segment& path,
                              std::vector<PathTrace>& traces) const {
    const auto in_plane = [](std::int64_t x) { return std::abs(x) <= exact::kHalfTurn; };
    for (const std::int64_t turn : {std::int64_t{0}, exact::kTurn, -exact::kTurn}) {
        const Point shift{turn, 0};
        const Segment shifted{path.a + shift, path.b + shift};
        if (in_plane(shifted.a.x)) {
            trace_in_frame(region, shifted, traces);
        } else if (in_plane(shifted.b.x)) {
            const std::size_t first = traces.size();
            trace_in_frame(region, {shifted.b, shifted.a}, traces);
            for (std::size_t i = first; i < traces.size(); ++i) traces[i].reverse();
        }
    }
}

// An edge of a region of one polygon, away from the antimeridian and with no other edge on its
// line, has the region on just one side.
bool RegionIndex::Impl::stands_alone(std::size_t region, std::uint32_t number,
                                     const Segment& edge) const {
    if (end_of_region(region) - region_begins[region] > 1) return false;
    if (std::abs(edge.a.x) == exact::kHalfTurn && edge.a.x == edge.b.x) return false;
    bool alone = true;
    grid.for_each_cell(edge, [&](std::size_t cell) {
        for (const std::uint32_t other : edges_of(cell, region)) {
            if (!alone) return;
            const Segment e = edges.edge(other);
            alone = other == number || exact::side(edge.a, edge.b, e.a) != 0 ||
                    exact::side(edge.a, edge.b, e.b) != 0;
        }
    });
    return alone;
}

RegionIndex::Builder::Builder() : state_(std::make_unique<State>()) {}
RegionIndex::Builder::~Builder() = default;

void RegionIndex::Builder::add_region(std::span<const Polygon> polygons) {
    state_->region_begins.push_back(static_cast<std::uint32_t>(state_->edges.polygon_count()));
    for (const Polygon& polygon : polygons) state_->edges.add(polygon);
}

RegionIndex RegionIndex::Builder::build() && {
    return RegionIndex(std::make_unique<const Impl>(std::move(*state_)));
}

RegionIndex::RegionIndex(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
RegionIndex::RegionIndex(std::span<const Polygon> polygons) {
    Builder builder;
    builder.add_region(polygons);
    impl_ = std::make_unique<const Impl>(std::move(*builder.state_));
}
RegionIndex::~RegionIndex() = default;
RegionIndex::RegionIndex(RegionIndex&&) noexcept = default;
RegionIndex& RegionIndex::operator=(RegionIndex&&) noexcept = default;

std::size_t RegionIndex::region_count() const {
    return impl_->region_begins.size();
}

void RegionIndex::regions_at(Position place, std::vector<std::uint32_t>& regions) const {
    regions.clear();
    const Point p = exact::point(place);
    impl_->regions_at(p, regions);
    if (std::abs(p.x) == exact::kHalfTurn) impl_->regions_at({-p.x, p.y}, regions);
    // Polygons ascend with regions; only several polygons of one region, or the antimeridian's two
    // sides, leave anything to do.
    if (regions.size() > 1) {
        std::sort(regions.begin(), regions.end());
        regions.erase(std::unique(regions.begin(), regions.end()), regions.end());
    }
}

bool RegionIndex::contains(std::size_t region, Position place) const {
    COMITY_CHECK(region < region_count());
    std::vector<std::uint32_t> regions;
    regions_at(place, regions);
    return holds(regions, static_cast<std::uint32_t>(region));
}

void RegionIndex::stretches_inside(std::size_t region, Position from, Position to,
                                   std::vector<Stretch>& stretches) const {
    COMITY_CHECK(region < region_count());
    const Segment path = exact::unrolled(from, to);
    if (path.a == path.b) {
        if (contains(region, from)) stretches.push_back({.begin = {0, 1}, .end = {1, 1}});
        return;
    }
    std::vector<PathTrace> traces;
    impl_->trace(region, path, traces);
    const std::size_t first = stretches.size();
    for (const PathTrace& trace : traces) add_stretches(trace, stretches);
    merge(stretches, first);
}

void RegionIndex::boundary(std::size_t region, std::vector<BoundaryStretch>& boundary) const {
    COMITY_CHECK(region < region_count());
    const Impl& impl = *impl_;
    const auto position = [](Point p) {
        return *Position::from_e7({.latitude = static_cast<std::int32_t>(p.y),
                                   .longitude = static_cast<std::int32_t>(p.x)});
    };
    std::vector<PathTrace> traces;
    std::vector<Fraction> breaks;
    std::vector<std::size_t> next;
    const auto add = [&](std::uint32_t number) {
        const Segment edge = impl.edges.edge(number);
        if (edge.a.y == edge.b.y && std::abs(edge.a.y) == exact::kPole) return;
        if (edge.a == edge.b) return;
        if (impl.stands_alone(region, number, edge)) {
            boundary.push_back({.from = position(edge.a),
                                .to = position(edge.b),
                                .stretch = {.begin = {0, 1}, .end = {1, 1}}});
            return;
        }
        traces.clear();
        impl.trace(region, edge, traces);
        breaks.clear();
        for (const PathTrace& trace : traces) {
            for (const PathTrace::Break& point : trace.breaks) breaks.push_back(point.at);
        }
        std::sort(breaks.begin(), breaks.end());
        breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
        next.assign(traces.size(), 0);
        std::size_t last_kept = 0;  // 1 + index of the break where the last kept stretch ends
        for (std::size_t i = 0; i + 1 < breaks.size(); ++i) {
            bool left = false;
            bool right = false;
            for (std::size_t t = 0; t < traces.size(); ++t) {
                while (traces[t].breaks[next[t] + 1].at <= breaks[i]) ++next[t];
                left = left || traces[t].sides[next[t]].left;
                right = right || traces[t].sides[next[t]].right;
            }
            if (left == right) continue;
            if (last_kept == i + 1) {
                boundary.back().stretch.end = breaks[i + 1];
            } else {
                boundary.push_back({.from = position(edge.a),
                                    .to = position(edge.b),
                                    .stretch = {.begin = breaks[i], .end = breaks[i + 1]}});
            }
            last_kept = i + 2;
        }
    };
    impl.edges.for_each_edge(impl.edges.begin_of_polygon(impl.region_begins[region]),
                             impl.edges.begin_of_polygon(impl.end_of_region(region)), add);
}

std::size_t RegionIndex::self_crossings(std::size_t region) const {
    COMITY_CHECK(region < region_count());
    const Impl& impl = *impl_;
    const auto cross_inside = [](const Segment& s, const Segment& t) {
        return exact::side(s.a, s.b, t.a) * exact::side(s.a, s.b, t.b) < 0 &&
               exact::side(t.a, t.b, s.a) * exact::side(t.a, t.b, s.b) < 0;
    };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    for (std::size_t cell = 0; cell < impl.grid.cell_count(); ++cell) {
        const auto count = [&](std::uint32_t, std::span<const std::uint32_t> numbers) {
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                const Segment s = impl.edges.edge(numbers[i]);
                for (std::size_t j = i + 1; j < numbers.size(); ++j) {
                    if (cross_inside(s, impl.edges.edge(numbers[j]))) {
                        found.emplace_back(numbers[i], numbers[j]);
                    }
                }
            }
        };
        for_each_polygon(impl.edges, impl.edges_of(cell, region), count);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found.size();
}

}  // namespace comity::geo
