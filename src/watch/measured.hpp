// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sample.hpp"

#include "comity/geo/fraction.hpp"
#include "comity/watch/guarded_area.hpp"

#include <optional>
#include <vector>

namespace comity::watch {

/// The moment at `fraction` of the way from one to another, to the nearest millisecond, halves
/// upward.
geo::Instant instant_at(geo::Instant from, geo::Instant to, geo::Fraction fraction);

/// Whether a report is in the area: its footprint, its band and its time.
bool is_inside(const GuardedArea& area, const Sample& sample);

/// A time in an area as measured.
struct MeasuredStay {
    bool is_new = true;  ///< absent before; else the stay that was open
    geo::Instant entered;
    std::optional<geo::Instant> left;  ///< absent: inside at the last report
};

/// What the way from one report to the next adds, appended to `stays`. Without `from` the way is
/// not known: it enters where it is inside first, leaves where it is outside first.
void append_stays(const GuardedArea& area, const std::optional<Sample>& from, bool was_inside,
                  const Sample& to, std::vector<MeasuredStay>& stays);

}  // namespace comity::watch
