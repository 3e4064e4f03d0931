// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/geo/boundary_index.hpp"

#include <span>

namespace comity::airspace {

/// A part of a leg of a path.
struct PathPart {
    const geo::Line* line;
    geo::Part part;
};

/// The least distance from a path to the boundary where it is below `below`, else `below`. `path`
/// is in one piece: each part begins where the one before it ends.
geo::Distance least_distance(const geo::BoundaryIndex& boundary, std::span<const PathPart> path,
                             geo::Distance below);

}  // namespace comity::airspace
