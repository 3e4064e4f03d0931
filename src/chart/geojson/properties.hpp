// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geojson/json_reader.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/quantity.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace comity::chart {

/// What the properties of a feature say of its airspace.
struct FeatureProperties {
    std::string name;    ///< `name`, else `A3`; never empty
    std::string owner;   ///< empty: not stated
    std::string source;  ///< empty: not stated
    airspace::AirspaceType type = airspace::AirspaceType::kUnstated;
    std::optional<geo::Distance> accuracy;
    std::optional<geo::Interval> validity;
};

/// Reads a feature's properties. `feature` counts from 1 and names the place in errors.
base::Expected<FeatureProperties, ChartError> read_properties(JsonReader& reader,
                                                              json::value& value,
                                                              std::size_t feature);

/// The error of a feature without a name.
Failure no_name(const JsonReader& reader, std::size_t feature);

}  // namespace comity::chart
