// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geojson/json_reader.hpp"

#include "comity/base/expected.hpp"
#include "comity/geo/polygon.hpp"

#include <cstddef>

namespace comity::chart {

/// Reads a Polygon or MultiPolygon, members in any order, as one polygon of all its rings.
/// `feature` counts from 1 and names the place in errors; `vertices_left` is what the file may
/// still have.
base::Expected<geo::Polygon, ChartError> read_geometry(JsonReader& reader, json::value& value,
                                                       std::size_t feature,
                                                       std::size_t& vertices_left);

/// Refuses a member `crs` (the format of 2008 had it) that says other than WGS-84.
Checked check_crs(JsonReader& reader, json::value& value);

}  // namespace comity::chart
