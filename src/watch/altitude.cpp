// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "altitude.hpp"

#include "comity/airspace/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace comity::watch {

using geo::Height;
using geo::Milliseconds;
using report::ReportedAltitude;

namespace {

constexpr Height kLowestGround = Height::tenths_of_mm(-430 * 10'000);
constexpr Height kHighestGround = Height::tenths_of_mm(8'849 * 10'000);

Height height_of(const ReportedAltitude& altitude) {
    return std::visit([](const auto& a) { return a.above_datum(); }, altitude);
}

template <typename AltitudeType>
HeightLimits limits_of(const airspace::Band<AltitudeType>& band, const ReportedAltitude& altitude) {
    const auto bound = [&](const auto& limit) {
        return airspace::datum_bound(ReportedAltitude(limit), altitude);
    };
    HeightLimits limits;
    if constexpr (std::is_same_v<AltitudeType, geo::HeightAgl>) {
        airspace::Band<geo::AltitudeMsl> above_sea;
        if (band.lower) {
            above_sea.lower = geo::AltitudeMsl::at(band.lower->above_datum() + kLowestGround);
        }
        if (band.upper) {
            above_sea.upper = geo::AltitudeMsl::at(band.upper->above_datum() + kHighestGround);
        }
        return limits_of(above_sea, altitude);
    } else {
        if (band.lower) limits.lower = band.lower->above_datum() - bound(*band.lower);
        if (band.upper) limits.upper = band.upper->above_datum() + bound(*band.upper);
    }
    return limits;
}

bool is_in(const HeightLimits& limits, Height height) {
    return (!limits.lower || height >= *limits.lower) && (!limits.upper || height <= *limits.upper);
}

bool is_datum_of(const airspace::AltitudeBand& band, const ReportedAltitude& altitude) {
    return std::visit(
        [](const auto& b, const auto& a) {
            return std::is_same_v<std::decay_t<decltype(b)>,
                                  airspace::Band<std::decay_t<decltype(a)>>>;
        },
        band, altitude);
}

// After which time a height that goes from `a` to `b` in `duration` has come to `limit`, which lies
// between them; to the nearest millisecond.
Milliseconds crossing(Height a, Height b, Height limit, Milliseconds duration) {
    __extension__ using Wide = __int128;
    const Wide whole = std::abs((b - a).in_tenths_of_mm());
    const Wide part = std::abs((limit - a).in_tenths_of_mm());
    return Milliseconds(
        static_cast<std::int64_t>((2 * part * duration.count() + whole) / (2 * whole)));
}

std::optional<geo::Interval> linear_time_in(const HeightLimits& limits, const Sample& from,
                                            const Sample& to) {
    const Height a = height_of(*from.altitude);
    const Height b = height_of(*to.altitude);
    Milliseconds begin{0};
    Milliseconds end = to.time - from.time;
    const Milliseconds duration = end;
    const auto clip = [&](Height limit, bool a_is_beyond, bool b_is_beyond) {
        if (a_is_beyond && b_is_beyond) end = Milliseconds(-1);
        if (a_is_beyond == b_is_beyond) return;
        const Milliseconds at = crossing(a, b, limit, duration);
        if (a_is_beyond) begin = std::max(begin, at);
        if (b_is_beyond) end = std::min(end, at);
    };
    if (limits.lower) clip(*limits.lower, a < *limits.lower, b < *limits.lower);
    if (limits.upper) clip(*limits.upper, a > *limits.upper, b > *limits.upper);
    if (begin > end) return std::nullopt;
    return geo::Interval{.begin = from.time + begin, .end = from.time + end};
}

}  // namespace

HeightLimits limits_for(const airspace::AltitudeBand& band, const ReportedAltitude& altitude) {
    return std::visit([&](const auto& b) { return limits_of(b, altitude); }, band);
}

bool may_be_in(const airspace::AltitudeBand& band, const Sample& sample) {
    return !sample.altitude ||
           is_in(limits_for(band, *sample.altitude), height_of(*sample.altitude));
}

std::optional<Milliseconds> time_to_band(const airspace::AltitudeBand& band, const Sample& sample) {
    if (may_be_in(band, sample)) return Milliseconds(0);
    const HeightLimits limits = limits_for(band, *sample.altitude);
    const Height height = height_of(*sample.altitude);
    const double rate =
        sample.vertical_rate.value_or(geo::Speed{}).in_metres_per_second() / 1000.0;  // m/ms
    const bool is_below = limits.lower && height < *limits.lower;
    const double gap = (is_below ? *limits.lower - height : height - *limits.upper).in_metres();
    const double towards = is_below ? rate : -rate;
    constexpr double kLongest = 1e9;  // milliseconds; longer than any prediction
    if (towards <= 0.0 || gap >= kLongest * towards) return std::nullopt;
    return Milliseconds(static_cast<std::int64_t>(std::floor(gap / towards)));
}

std::optional<geo::Interval> time_in_band(const airspace::AltitudeBand& band, const Sample& from,
                                          const Sample& to) {
    if (from.altitude && to.altitude && from.altitude->index() == to.altitude->index() &&
        is_datum_of(band, *from.altitude)) {
        return linear_time_in(limits_for(band, *from.altitude), from, to);
    }
    const bool at_begin = may_be_in(band, from);
    const bool at_end = may_be_in(band, to);
    if (!at_begin && !at_end) return std::nullopt;
    return geo::Interval{.begin = at_begin ? from.time : to.time,
                         .end = at_end ? to.time : from.time};
}

}  // namespace comity::watch
