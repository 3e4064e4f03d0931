// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/release.hpp"
#include "comity/airspace/airspace.hpp"
#include "comity/airspace/volume.hpp"

#include <vector>

namespace comity::accord {

/// The cells that a volume may touch, snapped outward: those of its bounding box.
Cells cells_of(const airspace::Volume& volume);

/// Of several volumes, and of an airspace (without an end, to the end of the year 9999): in their
/// order, each once, and of up to Intent::kMaxVolumes none within another: they do not count parts.
std::vector<Cells> cells_of(const std::vector<airspace::Volume>& volumes);
std::vector<Cells> cells_of(const airspace::Airspace& airspace);

}  // namespace comity::accord
