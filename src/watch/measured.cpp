// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "measured.hpp"

#include "altitude.hpp"

#include "comity/watch/watch.hpp"

#include <algorithm>
#include <cstdint>

namespace comity::watch {

using geo::Instant;

namespace {

bool is_valid_at(const GuardedArea& area, Instant time) {
    return !area.validity || (area.validity->begin <= time && time <= area.validity->end);
}

// When on the way the area holds and the aircraft may be in its band.
std::optional<geo::Interval> window_of(const GuardedArea& area, const Sample& from,
                                       const Sample& to) {
    std::optional<geo::Interval> window = time_in_band(area.band, from, to);
    if (!window || !area.validity) return window;
    window->begin = std::max(window->begin, area.validity->begin);
    window->end = std::min(window->end, area.validity->end);
    if (window->begin > window->end) return std::nullopt;
    return window;
}

}  // namespace

Instant instant_at(Instant from, Instant to, geo::Fraction fraction) {
    __extension__ using Wide = __int128;
    const Wide length = (to - from).count();
    const Wide twice = 2 * length * fraction.num + fraction.den;
    return from + geo::Milliseconds(static_cast<std::int64_t>(twice / (2 * Wide{fraction.den})));
}

bool is_inside(const GuardedArea& area, const Sample& sample) {
    return is_valid_at(area, sample.time) && may_be_in(area.band, sample) &&
           area.area->region().contains(0, sample.position);
}

void append_stays(const GuardedArea& area, const std::optional<Sample>& from, bool was_inside,
                  const Sample& to, std::vector<MeasuredStay>& stays) {
    const bool inside = is_inside(area, to);
    if (!from) {
        if (inside != was_inside) {
            stays.push_back({.is_new = inside,
                             .entered = to.time,
                             .left = inside ? std::nullopt : std::optional(to.time)});
        }
        return;
    }
    const std::optional<geo::Interval> window = window_of(area, *from, to);
    if (!window) return;
    std::vector<geo::Stretch> stretches;
    area.area->region().stretches_inside(0, from->position, to.position, stretches);
    std::size_t count = 0;
    for (const geo::Stretch& stretch : stretches) {
        const Instant begin =
            std::max(window->begin, instant_at(from->time, to.time, stretch.begin));
        const Instant end = std::min(window->end, instant_at(from->time, to.time, stretch.end));
        if (begin > end) continue;
        const bool goes_on = inside && &stretch == &stretches.back() && end == to.time;
        const std::optional<Instant> left = goes_on ? std::nullopt : std::optional(end);
        if (was_inside && count == 0 && stretch.begin.num == 0) {
            if (left) stays.push_back({.is_new = false, .entered = begin, .left = left});
        } else if (count < Watch::kMaxStays) {
            stays.push_back({.is_new = true, .entered = begin, .left = left});
        } else {
            stays.back().left = left;
        }
        ++count;
    }
}

}  // namespace comity::watch
