// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "s2_oracle.hpp"

#include <vector>

#include <s2/s2latlng.h>
#include <s2/s2loop.h>

namespace comity::geo {
namespace {

S2Point point_of(LatLon place) {
    return S2LatLng::FromDegrees(place.latitude, place.longitude).ToPoint();
}

std::vector<S2Point> points_of(std::span<const LatLon> ring) {
    std::vector<S2Point> points;
    for (const LatLon& vertex : ring) points.push_back(point_of(vertex));
    return points;
}

}  // namespace

struct S2Oracle::Loop {
    explicit Loop(std::span<const LatLon> ring) : loop(points_of(ring)) { loop.Normalize(); }
    S2Loop loop;
};

S2Oracle::S2Oracle(std::span<const LatLon> ring) : loop_(std::make_unique<Loop>(ring)) {}
S2Oracle::~S2Oracle() = default;

bool S2Oracle::contains(LatLon place) const {
    return loop_->loop.Contains(point_of(place));
}

double S2Oracle::metres_to_boundary(LatLon place) const {
    return loop_->loop.GetDistanceToBoundary(point_of(place)).radians() * 6.371e6;
}

}  // namespace comity::geo
