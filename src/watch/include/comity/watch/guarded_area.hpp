// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/airspace/airspace.hpp"
#include "comity/airspace/inside.hpp"
#include "comity/geo/instant.hpp"
#include "comity/geo/quantity.hpp"

#include <memory>
#include <optional>
#include <string>

namespace comity::watch {

/// An airspace that some aircraft should not be in. A value; the footprint is shared.
struct GuardedArea {
    std::string airspace;  ///< its id
    std::string owner;     ///< aircraft operated by this party are not warned of; may be empty
    std::shared_ptr<const airspace::Area> area;  ///< its footprint; never null
    airspace::AltitudeBand band;
    std::optional<geo::Interval> validity;  ///< absent: always
    geo::Distance accuracy;                 ///< 95 % radius of the boundary
};

}  // namespace comity::watch
