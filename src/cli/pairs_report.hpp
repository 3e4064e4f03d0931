// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "input.hpp"

#include "comity/airspace/pairs.hpp"

#include <vector>

namespace comity::cli {

/// Flights by id, each ordered by time.
std::vector<airspace::Flight> load_flights(const TrackSource& source);

}  // namespace comity::cli
