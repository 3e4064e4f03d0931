// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/airspace/pairs.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/geo/geodesic.hpp"
#include "comity/geo/line.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

namespace comity::airspace {

using geo::Distance;
using geo::Height;
using geo::Instant;
using geo::LatLon;
using geo::Milliseconds;

namespace {

__extension__ using Wide = __int128;

// A degree of latitude is nowhere shorter (110,574 m at the equator).
constexpr double kMetresPerDegreeAtLeast = 110'500.0;

Height height_of(const FlightAltitude& altitude) {
    return std::visit([](const auto& a) { return a.above_datum(); }, altitude);
}

// Between two neighbouring points of a flight, over the whole seconds from `first` to `last`.
struct Leg {
    std::int64_t first;
    std::int64_t last;
    std::size_t flight;
    const FlightPoint* from;
    const FlightPoint* to;
    geo::Line line;
};

bool is_bridged(const FlightPoint& from, const FlightPoint& to) {
    return to.time - from.time <= kLongestGap && from.altitude && to.altitude &&
           from.altitude->index() == to.altitude->index() && !from.on_ground && !to.on_ground;
}

std::int64_t floor_second(Instant t) {
    return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}

std::int64_t ceil_second(Instant t) {
    return std::chrono::ceil<std::chrono::seconds>(t).time_since_epoch().count();
}

// A second at a point between two legs is left to the later one.
void append_legs(std::size_t number, const Flight& flight, std::vector<Leg>& legs) {
    std::vector<const FlightPoint*> points;
    for (const FlightPoint& point : flight.points) {
        if (points.empty() || point.time > points.back()->time) points.push_back(&point);
    }
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const FlightPoint& from = *points[i];
        const FlightPoint& to = *points[i + 1];
        if (!is_bridged(from, to)) continue;
        const bool goes_on = i + 2 < points.size() && is_bridged(to, *points[i + 2]);
        const Leg leg{.first = ceil_second(from.time),
                      .last = goes_on ? ceil_second(to.time) - 1 : floor_second(to.time),
                      .flight = number,
                      .from = &from,
                      .to = &to,
                      .line = geo::Line(from.position, to.position)};
        if (leg.first <= leg.last) legs.push_back(leg);
    }
}

// A flight at one second.
struct Airborne {
    const Leg* leg;
    LatLon place;
    Wide height;            // tenths of a millimetre x `duration`
    std::int64_t duration;  // of the leg, milliseconds
    bool has_vector;
    geo::Ecef vector;

    void move_to(std::int64_t second) {
        const std::int64_t since = second * 1000 - leg->from->time.time_since_epoch().count();
        duration = (leg->to->time - leg->from->time).count();
        place = leg->line.at(static_cast<double>(since) / static_cast<double>(duration));
        height = Wide{height_of(*leg->from->altitude).in_tenths_of_mm()} * (duration - since) +
                 Wide{height_of(*leg->to->altitude).in_tenths_of_mm()} * since;
        has_vector = false;
    }
    geo::PointOnEllipsoid point() {
        if (!has_vector) vector = geo::to_ecef(place);
        has_vector = true;
        return {.place = place, .vector = vector};
    }
};

// The difference of two heights in tenths of a millimetre x both durations; exact.
Wide height_difference(const Airborne& a, const Airborne& b) {
    const Wide difference = a.height * b.duration - b.height * a.duration;
    return difference < 0 ? -difference : difference;
}

Height to_height(Wide difference, const Airborne& a, const Airborne& b) {
    const Wide scale = Wide{a.duration} * b.duration;
    return Height::tenths_of_mm(static_cast<std::int64_t>((2 * difference + scale) / (2 * scale)));
}

class Sweep {
  public:
    Sweep(std::span<const Flight> flights, const SeparationMinima& minima)
        : flights_(flights), minima_(minima) {}

    std::vector<SeparationLoss> run() {
        std::vector<Leg> legs;
        for (std::size_t i = 0; i < flights_.size(); ++i) append_legs(i, flights_[i], legs);
        std::sort(legs.begin(), legs.end(), [](const Leg& a, const Leg& b) {
            return std::tie(a.first, a.flight) < std::tie(b.first, b.flight);
        });
        auto next = legs.cbegin();
        std::int64_t second = 0;
        while (next != legs.cend() || !airborne_.empty()) {
            second = airborne_.empty() ? next->first : second + 1;
            std::erase_if(airborne_, [&](const Airborne& a) { return a.leg->last < second; });
            for (; next != legs.cend() && next->first == second; ++next) {
                airborne_.push_back({.leg = &*next});
            }
            look_at(second);
        }
        return finish();
    }

  private:
    void look_at(std::int64_t second) {
        for (Airborne& a : airborne_) a.move_to(second);
        std::sort(airborne_.begin(), airborne_.end(), [](const Airborne& a, const Airborne& b) {
            return std::tie(a.place.latitude, a.leg->flight) <
                   std::tie(b.place.latitude, b.leg->flight);
        });
        const double band = minima_.horizontal.in_metres() / kMetresPerDegreeAtLeast;
        for (std::size_t i = 0; i < airborne_.size(); ++i) {
            for (std::size_t j = i + 1; j < airborne_.size(); ++j) {
                if (airborne_[j].place.latitude - airborne_[i].place.latitude > band) break;
                look_at_pair(second, airborne_[i], airborne_[j]);
            }
        }
    }

    void look_at_pair(std::int64_t second, Airborne& a, Airborne& b) {
        const Wide vertical = height_difference(a, b);
        const Height widened = std::max(datum_bound(*a.leg->from->altitude, *b.leg->from->altitude),
                                        datum_bound(*a.leg->to->altitude, *b.leg->to->altitude));
        const Height least = minima_.vertical + widened;
        if (vertical >= Wide{least.in_tenths_of_mm()} * a.duration * b.duration) return;
        if (norm(a.point().vector - b.point().vector) >= minima_.horizontal.in_metres()) return;
        const Distance horizontal = geo::geodesic_distance(a.point(), b.point());
        if (horizontal >= minima_.horizontal) return;
        add(second, a.leg->flight, b.leg->flight, horizontal, to_height(vertical, a, b));
    }

    void add(std::int64_t second, std::size_t a, std::size_t b, Distance horizontal,
             Height vertical) {
        const Instant now{Milliseconds(second * 1000)};
        if (flights_[b].id < flights_[a].id) std::swap(a, b);
        SeparationLoss loss{.first = a,
                            .second = b,
                            .start = now,
                            .end = now,
                            .min_horizontal = horizontal,
                            .at = now,
                            .vertical_there = vertical};
        const auto [open, is_new] = open_.try_emplace({a, b}, loss);
        if (is_new) return;
        SeparationLoss& run = open->second;
        if (now - run.end > Milliseconds(1000)) {
            losses_.push_back(std::exchange(run, loss));
            return;
        }
        run.end = now;
        if (horizontal < run.min_horizontal) {
            run.min_horizontal = horizontal;
            run.at = now;
            run.vertical_there = vertical;
        }
    }

    std::vector<SeparationLoss> finish() {
        for (const auto& [pair, loss] : open_) losses_.push_back(loss);
        std::sort(losses_.begin(), losses_.end(),
                  [&](const SeparationLoss& a, const SeparationLoss& b) {
                      return std::tie(flights_[a.first].id, flights_[a.second].id, a.start) <
                             std::tie(flights_[b.first].id, flights_[b.second].id, b.start);
                  });
        return std::move(losses_);
    }

    std::span<const Flight> flights_;
    SeparationMinima minima_;
    std::vector<Airborne> airborne_;
    std::map<std::pair<std::size_t, std::size_t>, SeparationLoss> open_;
    std::vector<SeparationLoss> losses_;
};

}  // namespace

Height datum_bound(const FlightAltitude& a, const FlightAltitude& b) {
    if (a.index() == b.index()) return {};
    const auto is = [&]<typename T>(std::type_identity<T>) {
        return std::holds_alternative<T>(a) || std::holds_alternative<T>(b);
    };
    std::int64_t bound = 0;
    if (is(std::type_identity<geo::AltitudeWgs84>{})) bound += 110 * 10'000;
    if (is(std::type_identity<geo::PressureAltitude>{})) {
        const std::int64_t greater = std::max(std::abs(height_of(a).in_tenths_of_mm()),
                                              std::abs(height_of(b).in_tenths_of_mm()));
        bound += 500 * 10'000 + greater / 100 * 12 + 12;
    }
    return Height::tenths_of_mm(bound);
}

std::vector<SeparationLoss> find_losses(std::span<const Flight> flights,
                                        const SeparationMinima& minima) {
    return Sweep(flights, minima).run();
}

}  // namespace comity::airspace
