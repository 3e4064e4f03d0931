// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "edge_table.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <limits>

namespace comity::geo {

void EdgeTable::add(const Polygon& polygon) {
    const Polygon& straight =
        polygon.edge_kind() == EdgeKind::kStraightLonLat ? polygon : straightened(polygon);
    COMITY_CHECK(vertices_.size() + straight.vertex_count() + straight.ring_count() <
                 std::numeric_limits<std::uint32_t>::max());
    polygon_begins_.push_back(end());
    for (std::size_t i = 0; i < straight.ring_count(); ++i) {
        const std::span<const Position> ring = straight.ring(i);
        vertices_.insert(vertices_.end(), ring.begin(), ring.end());
        ring_lasts_.push_back(end());
        vertices_.push_back(ring.front());
    }
}

std::uint32_t EdgeTable::polygon_of(std::uint32_t edge) const {
    const auto after = std::upper_bound(polygon_begins_.begin(), polygon_begins_.end(), edge);
    COMITY_CHECK(after != polygon_begins_.begin());
    return static_cast<std::uint32_t>(after - polygon_begins_.begin() - 1);
}

std::vector<std::uint32_t>::const_iterator EdgeTable::ring_last_from(std::uint32_t number) const {
    return std::lower_bound(ring_lasts_.begin(), ring_lasts_.end(), number);
}

}  // namespace comity::geo
