// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/line.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace comity::geo {

/// A box in space that is parallel to the axes of the earth-centred frame; closed, metres.
struct Box {
    Ecef low;
    Ecef high;

    static Box around(Ecef a, Ecef b, double margin);
    Box joined(const Box& other) const;
    Ecef centre() const { return 0.5 * (low + high); }
};

/// The least distance between points of two boxes, in metres.
inline double gap(const Box& a, const Box& b) {
    const auto on_axis = [](double low_a, double high_a, double low_b, double high_b) {
        return std::max(std::max(low_b - high_a, low_a - high_b), 0.0);
    };
    return norm({on_axis(a.low.x, a.high.x, b.low.x, b.high.x),
                 on_axis(a.low.y, a.high.y, b.low.y, b.high.y),
                 on_axis(a.low.z, a.high.z, b.low.z, b.high.z)});
}

/// A line so short (`Line::short_part_count`) that it is close to straight in space.
struct Piece {
    Line line;
    Ecef a;
    Ecef b;
    double sagitta;  ///< at least the distance from any point of the line to the chord a-b, metres

    explicit Piece(const Line& line);
    Box box() const { return Box::around(a, b, sagitta); }
};

/// The point of `piece` that is nearest to `place`.
PointOnEllipsoid foot_on(const Piece& piece, const PointOnEllipsoid& place);

/// Pieces in a binary hierarchy of boxes.
class PieceTree {
  public:
    explicit PieceTree(std::vector<Piece> pieces);

    std::span<const Piece> pieces() const { return pieces_; }

    /// Calls `visit(piece)` for every piece to which a geodesic from `box` may be shorter than
    /// `reach()` metres, and perhaps for others, the nearer half of each node first; `reach` is
    /// asked again each time, so that it may shrink.
    template <typename Reach, typename Visit>
    void for_each_near(const Box& box, Reach&& reach, Visit&& visit) const {
        if (!nodes_.empty()) descend(0, box, reach, visit);
    }

  private:
    struct Node {
        Box box;
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::uint32_t second_child = 0;  // 0: a leaf; the first child is the next node
    };
    struct Order;

    std::uint32_t build(std::span<std::uint32_t> numbers, std::uint32_t first, const Order& order);

    template <typename Reach, typename Visit>
    void descend(std::uint32_t number, const Box& box, Reach& reach, Visit& visit) const {
        const Node& node = nodes_[number];
        if (node.second_child == 0) {
            for (std::uint32_t i = node.first; i < node.last; ++i) visit(pieces_[i]);
            return;
        }
        const std::uint32_t children[] = {number + 1, node.second_child};
        const double distances[] = {geodesic_at_least(gap(nodes_[children[0]].box, box)),
                                    geodesic_at_least(gap(nodes_[children[1]].box, box))};
        const int nearer = distances[1] < distances[0] ? 1 : 0;
        if (distances[nearer] < reach()) descend(children[nearer], box, reach, visit);
        if (distances[1 - nearer] < reach()) descend(children[1 - nearer], box, reach, visit);
    }

    std::vector<Piece> pieces_;
    std::vector<Node> nodes_;
};

}  // namespace comity::geo
