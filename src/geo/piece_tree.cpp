// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "piece_tree.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace comity::geo {
namespace {

constexpr std::size_t kPiecesPerLeaf = 6;
constexpr double kFootTolerance = 1e-4;  // metres along the piece
constexpr int kFootSteps = 6;
constexpr double kMeanRadius = 6'371'000.0;

// From a point of a chord to a line that bends evenly: 1.1 times the middle's, and what rounding
// and unevenness add.
double sagitta_of(const Line& line, Ecef a, Ecef b) {
    return 1.1 * norm(line.point_at(0.5).vector - 0.5 * (a + b)) + 1e-3;
}

}  // namespace

Box Box::around(Ecef a, Ecef b, double margin) {
    const Ecef by{margin, margin, margin};
    return {.low = Ecef{std::min(a.x, b.x), std::min(a.y, b.y), std::min(a.z, b.z)} - by,
            .high = Ecef{std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)} + by};
}

Box Box::joined(const Box& other) const {
    return {.low = {std::min(low.x, other.low.x), std::min(low.y, other.low.y),
                    std::min(low.z, other.low.z)},
            .high = {std::max(high.x, other.high.x), std::max(high.y, other.high.y),
                     std::max(high.z, other.high.z)}};
}

Piece::Piece(const Line& line_of_piece)
    : line(line_of_piece),
      a(line.point_at(0.0).vector),
      b(line.point_at(1.0).vector),
      sagitta(sagitta_of(line, a, b)) {}

// Newton's method for the zero of (place - point) . tangent along the line; the second derivative
// leaves out the line's own bend, which is small (see Piece), but not the earth's.
PointOnEllipsoid foot_on(const Piece& piece, const PointOnEllipsoid& place) {
    const Ecef chord = piece.b - piece.a;
    const double chord_squared = dot(chord, chord);
    double at = chord_squared > 0.0 ? dot(place.vector - piece.a, chord) / chord_squared : 0.0;
    at = std::clamp(at, 0.0, 1.0);
    Line::Tangent tangent = piece.line.tangent_at(at);
    for (int step = 0; step < kFootSteps; ++step) {
        const Ecef to_place = place.vector - tangent.point.vector;
        const double speed_squared = dot(tangent.derivative, tangent.derivative);
        if (speed_squared <= 0.0) break;
        const double bend = 1.0 - dot(to_place, to_place) / (2.0 * kMeanRadius * kMeanRadius);
        const double next = std::clamp(
            at + dot(to_place, tangent.derivative) / (speed_squared * std::max(bend, 0.1)), 0.0,
            1.0);
        const double move = next - at;
        if (move * move * speed_squared < kFootTolerance * kFootTolerance) break;
        at = next;
        tangent = piece.line.tangent_at(at);
    }
    return tangent.point;
}

struct PieceTree::Order {
    std::vector<Ecef> centres;

    // Along the axis in which the centres of `numbers` spread most.
    void split(std::span<std::uint32_t> numbers, std::size_t middle) const {
        Box spread{.low = centres[numbers.front()], .high = centres[numbers.front()]};
        for (const std::uint32_t n : numbers) {
            spread = spread.joined({.low = centres[n], .high = centres[n]});
        }
        const Ecef extent = spread.high - spread.low;
        const auto by = [&](auto coordinate) {
            std::nth_element(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(middle),
                             numbers.end(), [&](std::uint32_t m, std::uint32_t n) {
                                 const double a = centres[m].*coordinate;
                                 const double b = centres[n].*coordinate;
                                 return a != b ? a < b : m < n;
                             });
        };
        if (extent.x >= extent.y && extent.x >= extent.z) {
            by(&Ecef::x);
        } else if (extent.y >= extent.z) {
            by(&Ecef::y);
        } else {
            by(&Ecef::z);
        }
    }
};

PieceTree::PieceTree(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {
    if (pieces_.empty()) return;
    Order order;
    order.centres.reserve(pieces_.size());
    for (const Piece& piece : pieces_) order.centres.push_back(0.5 * (piece.a + piece.b));
    std::vector<std::uint32_t> numbers(pieces_.size());
    std::iota(numbers.begin(), numbers.end(), 0U);
    build(numbers, 0, order);
    std::vector<Piece> ordered;
    ordered.reserve(pieces_.size());
    for (const std::uint32_t n : numbers) ordered.push_back(pieces_[n]);
    pieces_ = std::move(ordered);
}

std::uint32_t PieceTree::build(std::span<std::uint32_t> numbers, std::uint32_t first,
                               const Order& order) {
    const auto number = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({.box = pieces_[numbers.front()].box(),
                      .first = first,
                      .last = first + static_cast<std::uint32_t>(numbers.size())});
    if (numbers.size() <= kPiecesPerLeaf) {
        for (const std::uint32_t n : numbers) {
            nodes_[number].box = nodes_[number].box.joined(pieces_[n].box());
        }
        return number;
    }
    const std::size_t middle = numbers.size() / 2;
    order.split(numbers, middle);
    build(numbers.first(middle), first, order);
    const std::uint32_t second =
        build(numbers.subspan(middle), first + static_cast<std::uint32_t>(middle), order);
    nodes_[number].second_child = second;
    nodes_[number].box = nodes_[number + 1].box.joined(nodes_[second].box);
    return number;
}

}  // namespace comity::geo
