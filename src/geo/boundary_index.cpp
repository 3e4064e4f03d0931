// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/boundary_index.hpp"

#include "piece_tree.hpp"
#include "trig_degrees.hpp"

#include "comity/geo/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace comity::geo {
namespace {

constexpr Distance kEdgePiece = Distance::metres(20'000);
// Along so short a part of a path, the distance to one piece is a convex function: it has one least
// value, and stays below its greater end (a bend of the path adds 5 mm x tan(latitude) at most).
constexpr Distance kPathPiece = Distance::metres(500);
constexpr Distance kBoxPiece = Distance::metres(100'000);
constexpr double kAlongTolerance = 1e-4;     // metres of a path
constexpr double kGreatestTolerance = 5e-4;  // metres of distance
constexpr double kSmallestRadius = wgs84::kB * wgs84::kB / wgs84::kA;

double metres_between(const Piece& piece, const PointOnEllipsoid& place) {
    return geodesic_distance(place, foot_on(piece, place)).in_metres();
}

// No geodesic from `place` to `piece` is shorter.
double metres_at_least(const Piece& piece, const PointOnEllipsoid& place) {
    const Ecef chord = piece.b - piece.a;
    const Ecef to_place = place.vector - piece.a;
    const double chord_squared = dot(chord, chord);
    const double at =
        chord_squared > 0.0 ? std::clamp(dot(to_place, chord) / chord_squared, 0.0, 1.0) : 0.0;
    return geodesic_at_least(std::max(norm(to_place - at * chord) - piece.sagitta, 0.0));
}

// A part of a path that is close to straight in space, and one piece of the boundary.
class Approach {
  public:
    Approach(const Line& path, Part part, double length, const Piece& piece)
        : path_(path), part_(part), piece_(piece), tolerance_(kAlongTolerance / length) {}

    double metres_at(double at) const { return metres_between(piece_, path_.point_at(at)); }

    /// The fraction at which the distance is least; bisection on the sign of its derivative.
    double nearest() const {
        double before = part_.begin;
        double after = part_.end;
        if (!nears_at(before)) return before;
        if (nears_at(after)) return after;
        while (after - before > tolerance_ * (part_.end - part_.begin)) {
            const double middle = 0.5 * (before + after);
            (nears_at(middle) ? before : after) = middle;
        }
        return 0.5 * (before + after);
    }

    /// Where the distance passes `reach` between a fraction at which it is below and one at which
    /// it is not.
    double passes(double reach, double below, double above) const {
        while (std::fabs(above - below) > tolerance_ * (part_.end - part_.begin)) {
            const double middle = 0.5 * (below + above);
            (metres_at(middle) < reach ? below : above) = middle;
        }
        return 0.5 * (below + above);
    }

  private:
    bool nears_at(double at) const {
        const Line::Tangent tangent = path_.tangent_at(at);
        const Ecef to_foot = foot_on(piece_, tangent.point).vector - tangent.point.vector;
        return dot(to_foot, tangent.derivative) > 0.0;
    }

    const Line& path_;
    Part part_;
    const Piece& piece_;
    double tolerance_;  // as a fraction of the part
};

Box box_around(const Line& line) {
    return Piece(line).box();
}

void join(std::vector<Part>& parts, std::size_t first) {
    const auto begin = parts.begin() + static_cast<std::ptrdiff_t>(first);
    std::sort(begin, parts.end(), [](Part a, Part b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    std::size_t kept = first;
    for (std::size_t i = first; i < parts.size(); ++i) {
        if (kept > first && parts[i].begin <= parts[kept - 1].end) {
            parts[kept - 1].end = std::max(parts[kept - 1].end, parts[i].end);
        } else {
            parts[kept++] = parts[i];
        }
    }
    parts.resize(kept);
}

}  // namespace

struct BoundaryIndex::Impl {
    explicit Impl(std::vector<Piece> pieces) : tree(std::move(pieces)) {}

    struct Nearest {
        double metres = std::numeric_limits<double>::infinity();
        const Piece* piece = nullptr;
    };
    struct Sample {
        double at;
        PointOnEllipsoid point;
        Nearest nearest;
    };

    Nearest nearest(const PointOnEllipsoid& place, const Piece* guess) const;
    Sample sample(const Line& path, double at, const Piece* guess) const;
    void within(const Line& path, Part part, double reach, std::vector<Part>& parts) const;
    void within_short(const Line& path, Part part, double length, const Box& box, double reach,
                      std::vector<Part>& parts) const;
    void lessen(const Line& path, Part part, double& least) const;
    void greaten(const Line& path, const Sample& from, const Sample& to, double& greatest) const;
    double greatest_possible(const Line& path, const Sample& from, const Sample& to) const;

    PieceTree tree;
};

// A guess, such as what is nearest to a place close by, spares most of the search.
BoundaryIndex::Impl::Nearest BoundaryIndex::Impl::nearest(const PointOnEllipsoid& place,
                                                          const Piece* guess) const {
    Nearest best;
    if (guess != nullptr) best = {.metres = metres_between(*guess, place), .piece = guess};
    tree.for_each_near(
        Box::around(place.vector, place.vector, 0.0), [&] { return best.metres; },
        [&](const Piece& piece) {
            if (metres_at_least(piece, place) >= best.metres) return;
            const double metres = metres_between(piece, place);
            if (metres < best.metres) best = {.metres = metres, .piece = &piece};
        });
    return best;
}

BoundaryIndex::Impl::Sample BoundaryIndex::Impl::sample(const Line& path, double at,
                                                        const Piece* guess) const {
    const PointOnEllipsoid point = path.point_at(at);
    return {.at = at, .point = point, .nearest = nearest(point, guess)};
}

void BoundaryIndex::Impl::within(const Line& path, Part part, double reach,
                                 std::vector<Part>& parts) const {
    const Line line = path.part(part.begin, part.end);
    if (line.short_part_count(kBoxPiece) == 1) {
        const Box box = box_around(line);
        bool any = false;
        tree.for_each_near(
            box, [&] { return any ? 0.0 : reach; },
            [&](const Piece& piece) { any = any || gap(piece.box(), box) < reach; });
        if (!any) return;
        const Distance length = line.length_at_most();
        if (length <= kPathPiece) {
            within_short(path, part, std::max(length.in_metres(), kAlongTolerance), box, reach,
                         parts);
            return;
        }
    }
    const double middle = 0.5 * (part.begin + part.end);
    within(path, {.begin = part.begin, .end = middle}, reach, parts);
    within(path, {.begin = middle, .end = part.end}, reach, parts);
}

// The distance to one piece is convex along the part, so that each piece gives one stretch.
void BoundaryIndex::Impl::within_short(const Line& path, Part part, double length, const Box& box,
                                       double reach, std::vector<Part>& parts) const {
    const std::size_t first = parts.size();
    bool covered = false;
    tree.for_each_near(
        box, [&] { return covered ? 0.0 : reach; },
        [&](const Piece& piece) {
            if (covered || gap(piece.box(), box) >= reach) return;
            const Approach approach(path, part, length, piece);
            const bool at_begin = approach.metres_at(part.begin) < reach;
            const bool at_end = approach.metres_at(part.end) < reach;
            if (at_begin && at_end) {
                parts.resize(first);
                parts.push_back(part);
                covered = true;
            } else if (at_begin) {
                parts.push_back({part.begin, approach.passes(reach, part.begin, part.end)});
            } else if (at_end) {
                parts.push_back({approach.passes(reach, part.end, part.begin), part.end});
            } else if (const double middle = approach.nearest();
                       approach.metres_at(middle) < reach) {
                parts.push_back({approach.passes(reach, middle, part.begin),
                                 approach.passes(reach, middle, part.end)});
            }
        });
    join(parts, first);
}

void BoundaryIndex::Impl::lessen(const Line& path, Part part, double& least) const {
    const Line line = path.part(part.begin, part.end);
    if (line.short_part_count(kBoxPiece) == 1) {
        const Box box = box_around(line);
        const Distance length = line.length_at_most();
        const bool is_short = length <= kPathPiece;
        const double metres = std::max(length.in_metres(), kAlongTolerance);
        bool any = false;
        tree.for_each_near(
            box, [&] { return any && !is_short ? 0.0 : least; },
            [&](const Piece& piece) {
                if (geodesic_at_least(gap(piece.box(), box)) >= least) return;
                any = true;
                if (!is_short) return;
                const Approach approach(path, part, metres, piece);
                least = std::min(least, approach.metres_at(approach.nearest()));
            });
        if (!any || is_short) return;
    }
    const double middle = 0.5 * (part.begin + part.end);
    lessen(path, {.begin = part.begin, .end = middle}, least);
    lessen(path, {.begin = middle, .end = part.end}, least);
}

// No point between two samples is farther from the boundary. Nowhere does the distance change
// faster than the path runs; and the distances to the pieces that are nearest at the ends are
// convex, so that it lies below both their chords.
double BoundaryIndex::Impl::greatest_possible(const Line& path, const Sample& from,
                                              const Sample& to) const {
    const Line line = path.part(from.at, to.at);
    const double length = line.length_at_most().in_metres();
    const double by_speed = 0.5 * (from.nearest.metres + to.nearest.metres + length);
    if (line.short_part_count(kEdgePiece) > 1) return by_speed;
    const double rise_from = metres_between(*to.nearest.piece, from.point) - from.nearest.metres;
    const double rise_to = metres_between(*from.nearest.piece, to.point) - to.nearest.metres;
    double by_chords = std::max(from.nearest.metres, to.nearest.metres);
    if (rise_from > 0.0 && rise_to > 0.0) {
        const double share = rise_from / (rise_from + rise_to);
        by_chords = std::max(by_chords, from.nearest.metres + share * (to.nearest.metres + rise_to -
                                                                       from.nearest.metres));
    }
    const auto [sin, cos] = sin_cos_degrees(from.point.place.latitude);
    const double bend = (1.0 + std::fabs(sin) / std::max(cos, 1e-9)) / (4.0 * kSmallestRadius);
    return std::min(by_speed, by_chords + bend * length * length);
}

void BoundaryIndex::Impl::greaten(const Line& path, const Sample& from, const Sample& to,
                                  double& greatest) const {
    greatest = std::max({greatest, from.nearest.metres, to.nearest.metres});
    if (greatest_possible(path, from, to) <= greatest + kGreatestTolerance) return;
    const double at = 0.5 * (from.at + to.at);
    if (at <= from.at || at >= to.at) return;
    const Sample middle = sample(path, at, from.nearest.piece);
    // The half with more to hope for first.
    if (from.nearest.metres >= to.nearest.metres) {
        greaten(path, from, middle, greatest);
        greaten(path, middle, to, greatest);
    } else {
        greaten(path, middle, to, greatest);
        greaten(path, from, middle, greatest);
    }
}

BoundaryIndex::BoundaryIndex(std::span<const RegionIndex::BoundaryStretch> boundary) {
    std::vector<Piece> pieces;
    pieces.reserve(boundary.size());
    for (const RegionIndex::BoundaryStretch& edge : boundary) {
        const double begin = edge.stretch.begin.value();
        const double end = edge.stretch.end.value();
        const Line line = Line(edge.from, edge.to).part(begin, end);
        const int count = line.short_part_count(kEdgePiece);
        for (int i = 0; i < count; ++i) {
            pieces.emplace_back(
                line.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count));
        }
    }
    impl_ = std::make_unique<const Impl>(std::move(pieces));
}

BoundaryIndex::BoundaryIndex(BoundaryIndex&&) noexcept = default;
BoundaryIndex& BoundaryIndex::operator=(BoundaryIndex&&) noexcept = default;
BoundaryIndex::~BoundaryIndex() = default;

bool BoundaryIndex::empty() const {
    return impl_->tree.pieces().empty();
}

std::optional<Distance> BoundaryIndex::distance(const PointOnEllipsoid& place) const {
    if (empty()) return std::nullopt;
    return Distance::metres(impl_->nearest(place, nullptr).metres);
}

void BoundaryIndex::parts_within(const Line& path, Distance reach, std::vector<Part>& parts) const {
    const std::size_t first = parts.size();
    impl_->within(path, {}, reach.in_metres(), parts);
    join(parts, first);
}

std::optional<Distance> BoundaryIndex::least_along(const Line& path, Part part,
                                                   Distance below) const {
    double least = below.in_metres();
    impl_->lessen(path, part, least);
    if (least < below.in_metres()) return Distance::metres(least);
    return std::nullopt;
}

std::optional<Distance> BoundaryIndex::greatest_along(const Line& path, Part part,
                                                      Distance above) const {
    if (empty()) return std::nullopt;
    double greatest = above.in_metres();
    const Impl::Sample from = impl_->sample(path, part.begin, nullptr);
    const double length = path.part(part.begin, part.end).length_at_most().in_metres();
    if (from.nearest.metres + length > greatest) {
        impl_->greaten(path, from, impl_->sample(path, part.end, from.nearest.piece), greatest);
    }
    if (greatest > above.in_metres()) return Distance::metres(greatest);
    return std::nullopt;
}

}  // namespace comity::geo
