// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/airspace/inside.hpp"

#include "least_distance.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace comity::airspace {

using geo::Distance;
using geo::Fraction;
using geo::Instant;
using geo::Line;
using geo::Milliseconds;
using geo::Part;
using geo::Seconds;

namespace {

// From the track's first point, in milliseconds; points of the track have whole numbers.
struct Span {
    double begin;
    double end;
};

// A nominal stay: its exact ends beside those for computation.
struct Nominal {
    Span span;
    Instant entry;
    Instant exit;
};

std::vector<geo::RegionIndex::BoundaryStretch> boundary_of(const geo::RegionIndex& region) {
    std::vector<geo::RegionIndex::BoundaryStretch> boundary;
    region.boundary(0, boundary);
    return boundary;
}

// From one point to the next: a straight path at even speed.
struct Leg {
    Instant begin_time;
    Instant end_time;
    geo::Position from;
    geo::Position to;
    Line line;
    double begin;  // as Span
    double end;
    Distance reach;  // the sum of the accuracies

    double at(double fraction) const {
        return fraction == 1.0 ? end : begin + fraction * (end - begin);
    }
    double fraction(double at) const {
        return begin == end ? 0.0 : std::clamp((at - begin) / (end - begin), 0.0, 1.0);
    }
    // To the nearest millisecond, halves upward.
    Instant instant(Fraction fraction) const {
        __extension__ using Wide = __int128;
        const Wide length = (end_time - begin_time).count();
        const Wide twice = 2 * length * fraction.num + fraction.den;
        return begin_time +
               Milliseconds(static_cast<std::int64_t>(twice / (2 * Wide{fraction.den})));
    }
};

Distance accuracy_of(const TrackPoint& point) {
    return point.accuracy.value_or(Distance{});
}

// The legs of a track without gaps; of a single point one leg of no length.
std::vector<Leg> legs_of(std::span<const TrackPoint> chain, const Accuracies& accuracies) {
    const Instant origin = chain.front().time;
    const auto offset = [&](const TrackPoint& point) {
        return static_cast<double>((point.time - origin).count());
    };
    std::vector<Leg> legs;
    for (std::size_t i = 0; i + 1 < chain.size() || legs.empty(); ++i) {
        const TrackPoint& from = chain[i];
        const TrackPoint& to = chain[std::min(i + 1, chain.size() - 1)];
        const Distance track =
            accuracies.every_point.value_or(std::max(accuracy_of(from), accuracy_of(to)));
        legs.push_back({.begin_time = from.time,
                        .end_time = to.time,
                        .from = from.position,
                        .to = to.position,
                        .line = Line(from.position, to.position),
                        .begin = offset(from),
                        .end = offset(to),
                        .reach = accuracies.area + track});
    }
    return legs;
}

void add_joined(std::vector<Span>& spans, Span next) {
    if (!spans.empty() && next.begin <= spans.back().end) {
        spans.back().end = std::max(spans.back().end, next.end);
    } else {
        spans.push_back(next);
    }
}

double common(Span a, Span b) {
    return std::max(0.0, std::min(a.end, b.end) - std::max(a.begin, b.begin));
}

// Calls f(leg, part) for each leg's part of `span`.
template <typename F>
void for_each_part(std::span<const Leg> legs, Span span, F&& f) {
    auto leg = std::partition_point(legs.begin(), legs.end(),
                                    [&](const Leg& l) { return l.end < span.begin; });
    for (; leg != legs.end() && leg->begin <= span.end; ++leg) {
        f(*leg, Part{.begin = leg->fraction(span.begin), .end = leg->fraction(span.end)});
    }
}

// One track without gaps against one area.
class ChainAssessment {
  public:
    ChainAssessment(const Area& area, std::vector<Leg> legs) : area_(area), legs_(std::move(legs)) {
        for (const Leg& leg : legs_) add_leg(leg);
        merge_possible();
    }

    void append_stays(std::vector<Stay>& stays) const {
        for (const Span& possible : possible_) stays.push_back(stay(possible));
    }

    // The least distance to the boundary along all of it, where it is below `below`.
    Distance least_distance(Distance below) const {
        return least_distance({.begin = legs_.front().begin, .end = legs_.back().end}, below);
    }

  private:
    void add_leg(const Leg& leg) {
        std::vector<geo::Stretch> stretches;
        area_.region().stretches_inside(0, leg.from, leg.to, stretches);
        for (const geo::Stretch& stretch : stretches) {
            const Nominal next{.span = {leg.at(stretch.begin.value()), leg.at(stretch.end.value())},
                               .entry = leg.instant(stretch.begin),
                               .exit = leg.instant(stretch.end)};
            if (!nominal_.empty() && stretch.begin.num == 0 &&
                nominal_.back().span.end == next.span.begin) {
                nominal_.back().span.end = next.span.end;
                nominal_.back().exit = next.exit;
            } else {
                nominal_.push_back(next);
            }
        }
        if (leg.reach > Distance{}) {
            std::vector<Part> parts;
            area_.boundary().parts_within(leg.line, leg.reach, parts);
            for (const Part& part : parts) {
                add_joined(near_, {leg.at(part.begin), leg.at(part.end)});
            }
        }
    }

    void merge_possible() {
        std::vector<Span> all = near_;
        for (const Nominal& nominal : nominal_) all.push_back(nominal.span);
        std::sort(all.begin(), all.end(), [](Span a, Span b) {
            return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
        });
        for (const Span& span : all) add_joined(possible_, span);
    }

    std::span<const Nominal> nominal_in(Span possible) const {
        const auto begin =
            std::partition_point(nominal_.begin(), nominal_.end(),
                                 [&](const Nominal& n) { return n.span.end < possible.begin; });
        const auto end = std::partition_point(
            begin, nominal_.end(), [&](const Nominal& n) { return n.span.begin <= possible.end; });
        return {begin, end};
    }

    double seconds_near(Span span) const {
        double sum = 0.0;
        auto near = std::partition_point(near_.begin(), near_.end(),
                                         [&](Span n) { return n.end < span.begin; });
        for (; near != near_.end() && near->begin <= span.end; ++near) sum += common(*near, span);
        return sum;
    }

    Stay stay(Span possible) const {
        Stay stay;
        const auto seconds = [](double milliseconds) { return Seconds(milliseconds / 1000.0); };
        stay.possibly_inside = seconds(possible.end - possible.begin);
        const std::span<const Nominal> nominal = nominal_in(possible);
        for (const Nominal& n : nominal) {
            const double length = n.span.end - n.span.begin;
            stay.inside += seconds(length);
            stay.surely_inside += seconds(length - seconds_near(n.span));
        }
        if (!nominal.empty()) {
            if (nominal.front().span.begin > legs_.front().begin) {
                stay.entry = nominal.front().entry;
            }
            if (nominal.back().span.end < legs_.back().end) stay.exit = nominal.back().exit;
            stay.max_depth = greatest_depth(nominal);
            if (stay.inside == Seconds{}) stay.min_distance_outside = Distance{};
        } else {
            constexpr double kFar = std::numeric_limits<double>::infinity();
            const Distance least = least_distance(possible, Distance::metres(kFar));
            stay.max_depth = -least;
            stay.min_distance_outside = least;
        }
        return stay;
    }

    std::optional<Distance> greatest_depth(std::span<const Nominal> nominal) const {
        if (area_.boundary().empty()) return std::nullopt;
        Distance depth;
        for (const Nominal& n : nominal) {
            for_each_part(legs_, n.span, [&](const Leg& leg, Part part) {
                depth = area_.boundary().greatest_along(leg.line, part, depth).value_or(depth);
            });
        }
        return depth;
    }

    Distance least_distance(Span span, Distance below) const {
        std::vector<PathPart> path;
        for_each_part(legs_, span, [&](const Leg& leg, Part part) {
            path.push_back({.line = &leg.line, .part = part});
        });
        return airspace::least_distance(area_.boundary(), path, below);
    }

    const Area& area_;
    std::vector<Leg> legs_;
    std::vector<Nominal> nominal_;
    std::vector<Span> near_;  // nearer to the boundary than the accuracies
    std::vector<Span> possible_;
};

}  // namespace

Area::Area(std::span<const geo::Polygon> footprint)
    : region_(footprint), boundary_(boundary_of(region_)) {}

std::vector<Stay> assess_stays(const Area& area, std::span<const TrackPoint> track,
                               const Accuracies& accuracies) {
    COMITY_CHECK(!track.empty());
    std::vector<Stay> stays;
    std::vector<ChainAssessment> chains;
    std::vector<TrackPoint> chain;
    const auto end_chain = [&] { chains.emplace_back(area, legs_of(chain, accuracies)); };
    for (const TrackPoint& point : track) {
        if (!chain.empty()) {
            COMITY_CHECK(point.time >= chain.back().time);
            if (point.time == chain.back().time) continue;
            if (point.time - chain.back().time > kLongestGap) {
                end_chain();
                chain.clear();
            }
        }
        chain.push_back(point);
    }
    end_chain();
    for (const ChainAssessment& c : chains) c.append_stays(stays);
    if (!stays.empty()) return stays;

    Distance least = Distance::metres(std::numeric_limits<double>::infinity());
    for (const ChainAssessment& c : chains) least = c.least_distance(least);
    Stay none{.max_depth = Distance{}};
    if (!area.boundary().empty()) none.min_distance_outside = least;
    return {none};
}

}  // namespace comity::airspace
