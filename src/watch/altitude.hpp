// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sample.hpp"

#include "comity/airspace/airspace.hpp"
#include "comity/geo/instant.hpp"

#include <optional>

/// Whether an aircraft may be in a band: everything that is not known counts as in it.
namespace comity::watch {

/// A band in the datum of one altitude, widened by what the two data may differ; absent is
/// unlimited. Ground lies between 430 m below and 8,849 m above mean sea level.
struct HeightLimits {
    std::optional<geo::Height> lower;
    std::optional<geo::Height> upper;
};
HeightLimits limits_for(const airspace::AltitudeBand& band,
                        const report::ReportedAltitude& altitude);

bool may_be_in(const airspace::AltitudeBand& band, const Sample& sample);

/// After what time from `sample` it may be in the band: none where it may be now or its altitude is
/// not known, else when its vertical rate brings it there; absent where that never does.
std::optional<geo::Milliseconds> time_to_band(const airspace::AltitudeBand& band,
                                              const Sample& sample);

/// When between two samples the aircraft may be in the band. With both altitudes in the band's own
/// datum: linear in time, to the millisecond. Else a change shows at the samples only.
std::optional<geo::Interval> time_in_band(const airspace::AltitudeBand& band, const Sample& from,
                                          const Sample& to);

}  // namespace comity::watch
