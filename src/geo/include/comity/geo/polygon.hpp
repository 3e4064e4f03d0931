// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/geo/position.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace comity::geo {

/// What the line between two neighbouring vertices is. Both meanings are in use in the field.
enum class EdgeKind : std::uint8_t {
    kStraightLonLat,  ///< straight in longitude and latitude (GeoJSON, RFC 7946, 3.1.1)
    kGeodesic,        ///< the shortest line on the ellipsoid (ASTM F3548-21, ED-269)
};

enum class [[nodiscard]] PolygonError{
    kNoRing,       ///< no ring at all
    kUnclosed,     ///< the last position of a ring is not its first
    kTooFew,       ///< fewer than four positions in a ring, the closing one counted
    kEdgeTooLong,  ///< neighbouring positions 180 degrees of longitude or more apart
    kTooMany,      ///< more than kMaxVertices positions in one polygon
};

/// Words for a person: what was expected.
const char* to_string(PolygonError error);

/// Rings on the ellipsoid; what lies inside an odd number of them is inside (even-odd rule over all
/// rings, whichever is drawn as a hole), and so is the boundary: a closed set. Rings may cross
/// themselves and each other. A value.
///
/// The plane of the rule is longitude -180 to 180, latitude -90 to 90; a polygon over the
/// antimeridian is cut there into parts that meet at 180 and -180 (RFC 7946, 3.1.9), and the cut is
/// not part of its boundary. A ring around a pole runs along latitude 90 (or -90) from 180 to -180:
/// edges with both ends at a pole are points on earth and may have any length.
class Polygon {
  public:
    static constexpr std::size_t kMaxVertices = 20'000'000;

    EdgeKind edge_kind() const { return edge_kind_; }
    std::size_t ring_count() const { return ring_ends_.size(); }
    /// The vertices of a ring in their order, without the closing repetition; at least three.
    std::span<const Position> ring(std::size_t index) const;
    /// All vertices, the closing repetitions not counted.
    std::size_t vertex_count() const { return vertices_.size(); }

  private:
    friend class PolygonBuilder;
    EdgeKind edge_kind_ = EdgeKind::kStraightLonLat;
    std::vector<Position> vertices_;
    std::vector<std::size_t> ring_ends_;
};

/// Builds a polygon ring by ring from a reader, refusing each fault where it stands. After an error
/// the builder is only to be destroyed. Geodesic edges over the antimeridian are accepted and taken
/// the short way round; straight ones are not (kEdgeTooLong), since in their plane the line goes
/// the long way.
class PolygonBuilder {
  public:
    explicit PolygonBuilder(EdgeKind edge_kind);
    base::Expected<void, PolygonError> add(Position vertex);
    /// Ends the ring whose positions were added since the last call, the closing one included.
    base::Expected<void, PolygonError> end_ring();
    base::Expected<Polygon, PolygonError> finish() &&;

  private:
    Polygon polygon_;
    std::size_t ring_begin_ = 0;
};

}  // namespace comity::geo
