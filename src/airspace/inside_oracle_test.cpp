// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Random areas and tracks against a slow oracle that follows the definition step by step: it walks
// along the path in small steps and asks at each for the distance to every piece of the boundary.
#include "random_areas.hpp"
#include "test_tracks.hpp"

#include "comity/airspace/inside.hpp"
#include "comity/geo/ecef.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace comity::airspace {
namespace {

using geo::Distance;
using geo::Ecef;
using geo::LatLon;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// --- The oracle ----------------------------------------------------------------------------------

Ecef vector_of(LatLon place) {
    const double phi = place.latitude * std::numbers::pi / 180.0;
    const double lambda = place.longitude * std::numbers::pi / 180.0;
    const double n =
        geo::wgs84::kA / std::sqrt(1.0 - geo::wgs84::kE2 * std::sin(phi) * std::sin(phi));
    return {.x = n * std::cos(phi) * std::cos(lambda),
            .y = n * std::cos(phi) * std::sin(lambda),
            .z = n * (1.0 - geo::wgs84::kE2) * std::sin(phi)};
}

struct Edge {
    LatLon a;
    LatLon b;

    LatLon at(double t) const {
        return {.latitude = a.latitude + t * (b.latitude - a.latitude),
                .longitude = a.longitude + t * (b.longitude - a.longitude)};
    }
};

LatLon place_of(geo::Position position) {
    return {.latitude = position.degrees().latitude, .longitude = position.degrees().longitude};
}

std::vector<Edge> edges_of(const geo::Polygon& polygon) {
    std::vector<Edge> edges;
    for (std::size_t r = 0; r < polygon.ring_count(); ++r) {
        const auto ring = polygon.ring(r);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            edges.push_back({place_of(ring[i]), place_of(ring[(i + 1) % ring.size()])});
        }
    }
    return edges;
}

// The even-odd rule, by a ray to the north. Not for places on an edge.
bool is_within(const std::vector<Edge>& edges, LatLon p) {
    bool inside = false;
    for (const Edge& e : edges) {
        if ((e.a.longitude > p.longitude) == (e.b.longitude > p.longitude)) continue;
        const double t = (p.longitude - e.a.longitude) / (e.b.longitude - e.a.longitude);
        if (e.at(t).latitude > p.latitude) inside = !inside;
    }
    return inside;
}

double cross(LatLon o, LatLon a, LatLon b) {
    return (a.longitude - o.longitude) * (b.latitude - o.latitude) -
           (a.latitude - o.latitude) * (b.longitude - o.longitude);
}

// Where on `edge` other edges cross or touch it, with both ends.
std::vector<double> cuts_of(const Edge& edge, const std::vector<Edge>& others) {
    constexpr double kOnLine = 1e-12;  // square degrees
    const double east = edge.b.longitude - edge.a.longitude;
    const double north = edge.b.latitude - edge.a.latitude;
    std::vector<double> cuts = {0.0, 1.0};
    for (const Edge& other : others) {
        const double from = cross(edge.a, edge.b, other.a);
        const double to = cross(edge.a, edge.b, other.b);
        for (const LatLon end : {other.a, other.b}) {
            if (std::fabs(cross(edge.a, edge.b, end)) > kOnLine) continue;
            cuts.push_back(((end.longitude - edge.a.longitude) * east +
                            (end.latitude - edge.a.latitude) * north) /
                           (east * east + north * north));
        }
        if (from * to < 0.0) {
            const double t = cross(other.a, other.b, edge.a);
            cuts.push_back(t / (t - cross(other.a, other.b, edge.b)));
        }
    }
    std::erase_if(cuts, [](double t) { return !(t >= 0.0 && t <= 1.0); });
    std::sort(cuts.begin(), cuts.end());
    return cuts;
}

// A short piece of an edge.
struct EdgePiece {
    Edge edge;
    Ecef a;
    Ecef b;
    bool is_boundary;  // not with the region on both sides
};

class Oracle {
  public:
    explicit Oracle(const std::vector<geo::Polygon>& footprint) {
        std::vector<Edge> all;
        for (const geo::Polygon& polygon : footprint) {
            polygons_.push_back(edges_of(polygon));
            all.insert(all.end(), polygons_.back().begin(), polygons_.back().end());
        }
        for (const Edge& edge : all) {
            if (edge.a == edge.b) continue;
            const std::vector<double> cuts = cuts_of(edge, all);
            for (std::size_t i = 0; i + 1 < cuts.size(); ++i) add(edge, cuts[i], cuts[i + 1]);
        }
    }

    // Whether somewhere an edge has the region on neither side: a spike of no width.
    bool has_spike() const { return has_spike_; }

    // Positive inside; on an edge inside.
    double depth(LatLon p) const {
        const bool inside = is_in_region(p) || nearest(p, false) < 0.002;
        const double distance = nearest(p, true);
        return inside ? distance : -distance;
    }

  private:
    void add(const Edge& edge, double from, double to) {
        if (to - from < 1e-9) return;
        const double metres = geodesic_metres(edge.at(from), edge.at(to));
        const int count = 1 + static_cast<int>(metres / 400.0);
        for (int i = 0; i < count; ++i) {
            const Edge piece{edge.at(from + (to - from) * i / count),
                             edge.at(from + (to - from) * (i + 1) / count)};
            const bool left = is_beside(piece, 1e-6);
            const bool right = is_beside(piece, -1e-6);
            has_spike_ = has_spike_ || (!left && !right);
            pieces_.push_back({.edge = piece,
                               .a = vector_of(piece.a),
                               .b = vector_of(piece.b),
                               .is_boundary = !(left && right)});
        }
    }

    bool is_beside(const Edge& piece, double degrees) const {
        const double east = piece.b.longitude - piece.a.longitude;
        const double north = piece.b.latitude - piece.a.latitude;
        const double length = std::sqrt(east * east + north * north);
        const LatLon middle = piece.at(0.5);
        return is_in_region({.latitude = middle.latitude + degrees * east / length,
                             .longitude = middle.longitude - degrees * north / length});
    }

    bool is_in_region(LatLon p) const {
        if (p.longitude > 180.0) p.longitude -= 360.0;
        if (p.longitude < -180.0) p.longitude += 360.0;
        return std::any_of(polygons_.begin(), polygons_.end(),
                           [&](const auto& edges) { return is_within(edges, p); });
    }

    double nearest(LatLon p, bool only_boundary) const {
        const Ecef v = vector_of(p);
        double least = kInfinity;
        LatLon foot{};
        for (const EdgePiece& piece : pieces_) {
            if (only_boundary && !piece.is_boundary) continue;
            const Ecef chord = piece.b - piece.a;
            const double t = std::clamp(dot(v - piece.a, chord) / dot(chord, chord), 0.0, 1.0);
            const Ecef off = v - (piece.a + t * chord);
            if (dot(off, off) < least) {
                least = dot(off, off);
                foot = piece.edge.at(t);
            }
        }
        return least == kInfinity ? kInfinity : geodesic_metres(p, foot);
    }

    std::vector<std::vector<Edge>> polygons_;
    std::vector<EdgePiece> pieces_;
    bool has_spike_ = false;
};

// A step of the walk along the path.
struct Step {
    double begin;    // seconds after the track's first point
    double seconds;  // its length
    double depth;    // in its middle
    double reach;
    double metres;  // the length of the step on the ground, at most
    bool new_chain;
};

constexpr int kSteps = 1000;  // of a leg

std::vector<Step> walk(const Oracle& oracle, const std::vector<TrackPoint>& track,
                       const Accuracies& accuracies) {
    std::vector<TrackPoint> points;
    for (const TrackPoint& point : track) {
        if (points.empty() || point.time != points.back().time) points.push_back(point);
    }
    const auto accuracy = [&](const TrackPoint& p) {
        return accuracies.every_point.value_or(p.accuracy.value_or(Distance{})).in_metres();
    };
    std::vector<Step> steps;
    bool new_chain = true;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const auto length = geo::Seconds(points[i + 1].time - points[i].time).count();
        if (length > 60.0) {
            new_chain = true;
            continue;
        }
        const geo::Position from = points[i].position;
        const geo::Position to = points[i + 1].position;
        for (int k = 0; k < kSteps; ++k) {
            const double before = static_cast<double>(k) / kSteps;
            const double after = static_cast<double>(k + 1) / kSteps;
            steps.push_back(
                {.begin =
                     geo::Seconds(points[i].time - track.front().time).count() + length * before,
                 .seconds = length / kSteps,
                 .depth = oracle.depth(between(from, to, 0.5 * (before + after))),
                 .reach = accuracies.area.in_metres() +
                          std::max(accuracy(points[i]), accuracy(points[i + 1])),
                 .metres =
                     geodesic_metres(between(from, to, before), between(from, to, after)) + 0.01,
                 .new_chain = new_chain && k == 0});
        }
        new_chain = false;
    }
    return steps;
}

bool is_possible(const Step& step) {
    return step.depth >= 0.0 || step.depth > -step.reach;
}

struct Figures {
    double surely = 0.0;
    double inside = 0.0;
    double possibly = 0.0;
    double depth = -kInfinity;  // the greatest
    double step_metres = 0.0;   // the longest step
    double tolerance = 0.0;     // of the seconds

    void add(const Step& step, bool joined, const Step& before) {
        if (is_possible(step)) possibly += step.seconds;
        if (step.depth >= 0.0) inside += step.seconds;
        if (step.depth >= 0.0 && step.depth >= step.reach) surely += step.seconds;
        depth = std::max(depth, step.depth);
        step_metres = std::max(step_metres, step.metres);
        const bool changes = !joined || is_possible(step) != is_possible(before) ||
                             (step.depth >= 0.0) != (before.depth >= 0.0) ||
                             (step.depth >= step.reach) != (before.depth >= before.reach);
        if (changes) tolerance += 1.1 * std::max(step.seconds, before.seconds);
    }
};

// All of the track, and each maximal run of steps possibly inside.
struct Walked {
    Figures all;
    std::vector<Figures> runs;
    bool is_clear = true;  // no run, and no time between two, is of a few steps only
};

Walked figures_of(const std::vector<Step>& steps) {
    Walked walked;
    constexpr int kFew = 4;
    int length = kFew;  // of the present run or the present time between
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& before = steps[i == 0 ? 0 : i - 1];
        const bool joined = i > 0 && !steps[i].new_chain;
        walked.all.add(steps[i], joined, before);
        const bool possible = is_possible(steps[i]);
        const bool begins = possible && !(joined && is_possible(before));
        const bool ends = joined && !possible && is_possible(before);
        if (begins || ends) {
            walked.is_clear = walked.is_clear && (length >= kFew || steps[i].new_chain);
            length = 0;
        }
        ++length;
        if (begins) walked.runs.emplace_back();
        if (possible) walked.runs.back().add(steps[i], !begins, before);
        if (ends) walked.runs.back().tolerance += 1.1 * std::max(steps[i].seconds, before.seconds);
    }
    return walked;
}

Figures sum_of(const std::vector<Stay>& stays) {
    Figures sum;
    for (const Stay& stay : stays) {
        sum.surely += stay.surely_inside.count();
        sum.inside += stay.inside.count();
        sum.possibly += stay.possibly_inside.count();
    }
    return sum;
}

void expect_seconds(const Figures& figures, const Figures& expected) {
    EXPECT_NEAR(figures.surely, expected.surely, expected.tolerance);
    EXPECT_NEAR(figures.inside, expected.inside, expected.tolerance);
    EXPECT_NEAR(figures.possibly, expected.possibly, expected.tolerance);
}

constexpr double kCentimetre = 0.01;

void expect_depth(const Stay& stay, const Figures& run) {
    ASSERT_TRUE(stay.max_depth.has_value());
    const double depth = stay.max_depth->in_metres();
    // A stay that the walk passes over in one step may be inside at a point only.
    EXPECT_GE(depth, run.depth - kCentimetre);
    EXPECT_LE(depth, run.depth + run.step_metres + kCentimetre);
    EXPECT_EQ(stay.min_distance_outside.has_value(), stay.inside.count() == 0.0);
    if (stay.min_distance_outside) {
        EXPECT_NEAR(stay.min_distance_outside->in_metres(), std::max(0.0, -depth), kCentimetre);
    }
}

// An entry and an exit are on the boundary, but for half a millisecond of flight.
void expect_on_boundary(const Oracle& oracle, const std::vector<TrackPoint>& track,
                        const std::optional<geo::Instant>& instant) {
    if (!instant) return;
    double nearest = kInfinity;
    for (std::size_t i = 0; i + 1 < track.size(); ++i) {
        const TrackPoint& from = track[i];
        const TrackPoint& to = track[i + 1];
        if (to.time == from.time || *instant < from.time || *instant > to.time) continue;
        // Of equal times the first counts.
        const auto first = std::find_if(track.begin(), track.end(),
                                        [&](const TrackPoint& p) { return p.time == from.time; });
        const double seconds = geo::Seconds(to.time - from.time).count();
        const double at = geo::Seconds(*instant - from.time).count() / seconds;
        const double metres = std::fabs(
            oracle.depth(between(first->position, to.position, std::clamp(at, 0.0, 1.0))));
        const double speed =
            geodesic_metres(place_of(first->position), place_of(to.position)) / seconds;
        nearest = std::min(nearest, metres - 0.0006 * speed);
    }
    EXPECT_LE(nearest, 3 * kCentimetre);
}

TEST(InsideOracle, AgreesOnRandomAreasAndTracks) {
    RandomArguments random(24'112'015);
    int compared_stay_by_stay = 0;
    int stays_seen = 0;
    constexpr int kRounds = 400;
    for (int round = 0; round < kRounds; ++round) {
        const World& world = kWorlds[static_cast<std::size_t>(round) % std::size(kWorlds)];
        SCOPED_TRACE(testing::Message() << world.name << ", round " << round);
        const std::vector<geo::Polygon> footprint = random_area(world, random);
        const std::vector<TrackPoint> track = random_track(world, random);
        const Accuracies accuracies = random_accuracies(random);

        const std::vector<Stay> stays = assess_stays(Area(footprint), track, accuracies);
        const Oracle oracle(footprint);
        if (oracle.has_spike()) continue;
        const Walked walked = figures_of(walk(oracle, track, accuracies));
        expect_seconds(sum_of(stays), walked.all);
        for (const Stay& stay : stays) {
            expect_on_boundary(oracle, track, stay.entry);
            expect_on_boundary(oracle, track, stay.exit);
            EXPECT_LE(stay.surely_inside, stay.inside);
            EXPECT_LE(stay.inside, stay.possibly_inside);
        }
        if (walked.runs.empty() && stays.size() == 1 && walked.all.depth > -kInfinity &&
            stays.front().possibly_inside.count() == 0.0 && !stays.front().entry) {
            const double least = -walked.all.depth;
            const double ours = stays.front().min_distance_outside->in_metres();
            EXPECT_LE(ours, least + kCentimetre);
            // Lone points are no part of the walk.
            double lone = kInfinity;
            for (const TrackPoint& p : track) {
                lone = std::min(lone, -oracle.depth(place_of(p.position)));
            }
            EXPECT_GE(ours, std::min(lone, least - walked.all.step_metres) - kCentimetre);
        }
        if (!walked.is_clear || walked.runs.size() != stays.size()) continue;
        ++compared_stay_by_stay;
        for (std::size_t i = 0; i < stays.size(); ++i) {
            ++stays_seen;
            expect_seconds(sum_of({stays[i]}), walked.runs[i]);
            expect_depth(stays[i], walked.runs[i]);
        }
    }
    EXPECT_GT(compared_stay_by_stay, kRounds / 4);
    EXPECT_GT(stays_seen, kRounds / 2);
}

}  // namespace
}  // namespace comity::airspace
