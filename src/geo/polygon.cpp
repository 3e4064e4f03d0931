// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/geo/polygon.hpp"

#include "comity/base/check.hpp"

#include <cstdlib>
#include <utility>

namespace comity::geo {
namespace {

constexpr std::int64_t kHalfTurnE7 = 180LL * kE7PerDegree;
constexpr std::int32_t kPoleE7 = 90 * kE7PerDegree;

bool at_same_pole(Position a, Position b) {
    return a.latitude() == b.latitude() && std::abs(a.latitude().e7()) == kPoleE7;
}

bool too_long(EdgeKind kind, Position a, Position b) {
    if (at_same_pole(a, b)) return false;
    const std::int64_t span =
        std::abs(std::int64_t{b.longitude().e7()} - std::int64_t{a.longitude().e7()});
    return kind == EdgeKind::kGeodesic ? span == kHalfTurnE7 : span >= kHalfTurnE7;
}

}  // namespace

const char* to_string(PolygonError error) {
    switch (error) {
        case PolygonError::kNoRing:
            return "expected at least one ring";
        case PolygonError::kUnclosed:
            return "expected the last position of a ring to be its first";
        case PolygonError::kTooFew:
            return "expected at least four positions in a ring";
        case PolygonError::kEdgeTooLong:
            return "expected neighbouring positions less than 180 degrees of longitude apart "
                   "(a polygon over the antimeridian is cut there)";
        case PolygonError::kTooMany:
            return "expected at most 20,000,000 positions in a polygon";
    }
    return "unknown error";
}

std::span<const Position> Polygon::ring(std::size_t index) const {
    COMITY_CHECK(index < ring_ends_.size());
    const std::size_t begin = index == 0 ? 0 : ring_ends_[index - 1];
    return std::span(vertices_).subspan(begin, ring_ends_[index] - begin);
}

PolygonBuilder::PolygonBuilder(EdgeKind edge_kind) {
    polygon_.edge_kind_ = edge_kind;
}

base::Expected<void, PolygonError> PolygonBuilder::add(Position vertex) {
    std::vector<Position>& vertices = polygon_.vertices_;
    if (vertices.size() == Polygon::kMaxVertices) return base::Unexpected(PolygonError::kTooMany);
    if (vertices.size() > ring_begin_ && too_long(polygon_.edge_kind_, vertices.back(), vertex)) {
        return base::Unexpected(PolygonError::kEdgeTooLong);
    }
    vertices.push_back(vertex);
    return {};
}

base::Expected<void, PolygonError> PolygonBuilder::end_ring() {
    std::vector<Position>& vertices = polygon_.vertices_;
    if (vertices.size() - ring_begin_ < 4) return base::Unexpected(PolygonError::kTooFew);
    if (vertices[ring_begin_] != vertices.back()) return base::Unexpected(PolygonError::kUnclosed);
    vertices.pop_back();
    ring_begin_ = vertices.size();
    polygon_.ring_ends_.push_back(ring_begin_);
    return {};
}

base::Expected<Polygon, PolygonError> PolygonBuilder::finish() && {
    if (polygon_.ring_ends_.empty()) return base::Unexpected(PolygonError::kNoRing);
    COMITY_CHECK(ring_begin_ == polygon_.vertices_.size());
    polygon_.vertices_.shrink_to_fit();
    return std::move(polygon_);
}

}  // namespace comity::geo
