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

/// Of an airspace. Without an end, to the end of the year 9999.
std::vector<Cells> cells_of(const airspace::Airspace& airspace);

}  // namespace comity::accord
